//! What campaigns came to, beside the calls outside them.

use crate::desk::reports::{CampaignResult, CampaignsReport};
use crate::text::words::{commands as c, insight as w};
use crate::text::{SafeText, safe};

use super::super::super::shell::Shell;
use super::super::picture::{Form, Picture, Spot};
use super::heads;

pub fn results(r: &CampaignsReport, shell: &Shell) -> Picture {
    let called = || r.rows.iter().filter(|row| row.called.customers > 0);
    let rate = |row: &CampaignResult| row.called.rate().unwrap_or(0.0);
    let best = called().max_by(|a, b| rate(a).total_cmp(&rate(b)));
    let Some(best) = best else { return Picture::nothing(shell.say(w::F_CAMPAIGNS_NONE)) };
    let name = SafeText::clean(&best.name).isolate();
    let mut args = vec![("name", name.into()), ("share", shell.percent(rate(best)).into())];
    let finding = match best.outside_rate {
        Some(other) => {
            args.push(("other", shell.percent(other).into()));
            shell.say_with(w::F_CAMPAIGNS, &args)
        }
        None => shell.say_with(w::F_CAMPAIGNS_ALONE, &args),
    };
    let most = called().map(rate).chain(called().filter_map(|row| row.outside_rate));
    let most = most.fold(0.01, f64::max);
    let spot = |row: &CampaignResult| {
        let label = SafeText::clean(&row.name).isolate();
        let share = |x: Option<f64>| x.map(|x| shell.percent(x)).unwrap_or_default();
        let within = row
            .called
            .interval()
            .map(|(low, high)| safe![shell.percent(low), " – ", shell.percent(high)]);
        let cells = vec![
            label.clone(),
            shell.number(row.members),
            shell.number(row.called.customers),
            shell.number(row.called.reached),
            shell.number(row.called.yes),
            shell.number(row.called.no),
            within.unwrap_or_default(),
            shell.short_money(row.cost),
            row.cost_per_yes().map(|cost| shell.short_money(cost)).unwrap_or_default(),
            shell.short_money(row.gain()),
            row.left.map(|left| shell.short_money(left)).unwrap_or_default(),
            share(row.outside_rate),
            row.outside_cost_per_yes().map(|cost| shell.short_money(cost)).unwrap_or_default(),
        ];
        Spot {
            expression: row.expression.clone(),
            label,
            text: share(row.called.rate()),
            share: rate(row) / most,
            tick: row.outside_rate.map(|other| other / most),
            row: cells,
            ..Spot::default()
        }
    };
    let titles = [
        c::C_CAMPAIGN,
        c::C_N,
        c::C_CALLED,
        c::C_REACHED,
        c::C_YES,
        c::C_SAID_NO,
        c::C_SHARE,
        c::C_COST,
        c::C_PER_YES,
        c::C_GAIN,
        c::C_LEFT,
        c::C_OUTSIDE_RATE,
        c::C_OUTSIDE_PER_YES,
    ];
    Picture {
        finding,
        legend: shell.say(w::L_CAMPAIGNS),
        form: Form::Bars,
        heads: heads(&titles, shell),
        spots: r.rows.iter().map(spot).collect(),
    }
}
