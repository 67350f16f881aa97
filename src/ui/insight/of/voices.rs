//! Which offer works for whom, and how customers like it.

use crate::desk::reports::{Among, ExperienceReport, OfferRow, OffersReport, VoiceBy, VoiceRow};
use crate::domain::Stage;
use crate::domain::expression::as_value;
use crate::text::words::{commands as c, insight as w, terms as t};
use crate::text::{Phrase, SafeText, decimal, safe};

use super::super::super::shell::Shell;
use super::super::super::terms;
use super::super::picture::{Form, Picture, Spot};
use super::{heads, real};

pub fn offers(r: &OffersReport, shell: &Shell) -> Picture {
    let seen = r.rows.iter();
    let all = r.rows.iter().filter(|row| row.among == Among::All);
    let best = all.max_by(|a, b| a.rate.mean().total_cmp(&b.rate.mean()));
    let Some(best) = best else { return Picture::nothing(shell.say(w::F_OFFERS_NONE)) };
    let name = SafeText::clean(&best.name).isolate();
    let args = [
        ("offer", name.into()),
        ("n", (best.taken as usize).into()),
        ("of", (best.asked as usize).into()),
    ];
    let spot = |row: &OfferRow| {
        let label = match &row.among {
            Among::Stage(stage) => safe!["  ", shell.say(terms::stage(*stage))],
            Among::Segment(name) => safe!["  ", SafeText::clean(name).isolate()],
            Among::All => SafeText::clean(&row.name).isolate(),
        };
        let (low, high) = row.rate.interval();
        let mean = |x: Option<f64>| x.map(|x| decimal(x, 1, shell.lang())).unwrap_or_default();
        let cells = vec![
            label.clone(),
            shell.number(row.asked as usize),
            shell.number(row.taken as usize),
            safe![shell.percent(low), " – ", shell.percent(high)],
            row.margin.map(|m| shell.short_money(m)).unwrap_or_default(),
            shell.short_money(row.cost),
            mean(row.before.mean()),
            mean(row.after.mean()),
        ];
        Spot {
            expression: row.expression.clone(),
            label,
            text: shell.percent(row.rate.mean()),
            share: row.rate.mean(),
            row: cells,
            ..Spot::default()
        }
    };
    let titles = [
        t::OFFER,
        c::C_ASKED,
        c::C_ACCEPTED,
        c::C_SHARE,
        c::C_MARGIN,
        c::C_COST,
        c::C_BEFORE,
        c::C_AFTER,
    ];
    Picture {
        finding: shell.say_with(w::F_OFFERS, &args),
        legend: shell.say(w::L_OFFERS),
        form: Form::Bars,
        heads: heads(&titles, shell),
        spots: seen.map(spot).collect(),
    }
}

/// The word for what answers are grouped by; none for all of them.
fn by(by: VoiceBy) -> Option<Phrase> {
    Some(match by {
        VoiceBy::All => return None,
        VoiceBy::Stage => c::C_STAGE,
        VoiceBy::Segment => w::SEGMENT,
        VoiceBy::Offer => t::OFFER,
        VoiceBy::Agent => t::AGENT,
        VoiceBy::Month => w::MONTH,
    })
}

pub fn experience(r: &ExperienceReport, shell: &Shell) -> Picture {
    let Some(all) = r.rows.iter().find(|row| row.by == VoiceBy::All) else {
        return Picture::nothing(shell.say(w::F_EXPERIENCE_NONE));
    };
    let mean = |row: &VoiceRow| row.voices.mean().map(|x| decimal(x, 1, shell.lang()));
    let nps = |row: &VoiceRow| row.voices.net_promoter().map(|x| real(x, shell));
    let args = [
        ("mean", mean(all).unwrap_or_else(|| safe!["–"]).into()),
        ("n", (all.voices.satisfied as usize).into()),
        ("nps", nps(all).unwrap_or_else(|| safe!["–"]).into()),
        ("of", (all.voices.recommend as usize).into()),
    ];
    let spots = r.rows.iter().map(|row| {
        let label = match (row.by, Stage::parse(&row.name)) {
            (VoiceBy::All, _) => shell.say(c::EVERYONE),
            (VoiceBy::Stage, Some(stage)) => shell.say(terms::stage(stage)),
            _ => SafeText::clean(&row.name).isolate(),
        };
        let expression = match row.by {
            VoiceBy::Stage => format!("stage:{}", row.name),
            VoiceBy::Segment => format!("segment:{}", as_value(&row.name)),
            _ => String::new(),
        };
        // Which of them it is: a segment may be called as an agent is.
        let by = by(row.by).map(|phrase| shell.say(phrase)).unwrap_or_default();
        let cells = vec![
            by.clone(),
            label.clone(),
            shell.number(row.voices.satisfied as usize),
            mean(row).unwrap_or_default(),
            shell.number(row.voices.recommend as usize),
            nps(row).unwrap_or_default(),
        ];
        Spot {
            expression,
            label: if by.is_empty() { label } else { safe![by, " · ", label] },
            text: mean(row).unwrap_or_else(|| safe!["–"]),
            share: row.voices.mean().unwrap_or(0.0) / 5.0,
            row: cells,
            ..Spot::default()
        }
    });
    let titles = [w::BY, c::C_NAME, c::C_ASKED, c::C_SATISFACTION, c::C_ASKED, c::C_NPS];
    Picture {
        finding: shell.say_with(w::F_EXPERIENCE, &args),
        legend: shell.say(w::L_EXPERIENCE),
        form: Form::Bars,
        heads: heads(&titles, shell),
        spots: spots.collect(),
    }
}
