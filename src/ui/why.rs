//! Why a customer is worth a call, in words: reasons, and the arithmetic behind the value of a call.

use crate::desk::tell::{comma, lead_in, reason_in};
use crate::desk::{Arithmetic, Lack, LeftOut, Profile, Proposition, QueueRow, Uplift};
use crate::domain::QueueKind;
use crate::insight::maturity::Unit;
use crate::insight::offer::Bid;
use crate::insight::reasons::Reason;
use crate::insight::retention::{SaveRate, Worth};
use crate::text::words::queues as w;
use crate::text::{Arg, SafeText, decimal, safe, width};

use super::shell::Shell;
use super::{maturity, terms};

/// A reason in words.
pub fn reason(reason: &Reason, shell: &Shell) -> SafeText {
    reason_in(reason, &|minor| shell.short_money(minor), shell.lang())
}

/// Reasons in one line.
pub fn reasons(all: &[Reason], shell: &Shell) -> SafeText {
    let words: Vec<SafeText> = all.iter().map(|r| reason(r, shell)).collect();
    join(&words, shell)
}

fn join(words: &[SafeText], shell: &Shell) -> SafeText {
    SafeText::join(words, &comma(shell.lang()))
}

/// Why a row stands in its queue, in one line.
pub fn of_row(row: &QueueRow, shell: &Shell) -> SafeText {
    let leads = row.leads.iter().map(|l| lead_in(l, shell.lang()));
    let words: Vec<SafeText> = leads.chain(row.reasons.iter().map(|r| reason(r, shell))).collect();
    join(&words, shell)
}

/// How likely it comes off: to be gone, or to buy for the first time.
pub fn chance(row: &QueueRow, shell: &Shell) -> SafeText {
    match row.arithmetic {
        Some(Arithmetic::WinBack { p_gone, .. }) => shell.percent(p_gone),
        Some(Arithmetic::Acquisition { lead, .. }) => shell.percent(lead),
        _ => SafeText::EMPTY,
    }
}

/// What the calls of a queue brought against those held out.
pub fn uplift(uplift: &Uplift, kind: QueueKind, shell: &Shell) -> SafeText {
    let phrase = if kind == QueueKind::WinBack { w::UPLIFT_BACK } else { w::UPLIFT };
    let points = |x: f64| -> Arg { decimal(x * 100.0, 0, shell.lang()).into() };
    let args = [
        ("n", uplift.called.into()),
        ("held", uplift.held_out.into()),
        ("more", points(uplift.uplift)),
        ("low", points(uplift.low)),
        ("high", points(uplift.high)),
    ];
    shell.say_with(phrase, &args)
}

/// What there is too little of for a queue.
pub fn lack(lack: &Lack, shell: &Shell) -> SafeText {
    let phrase = match lack.what {
        "baskets of several products" => w::LACK_BASKETS,
        "first purchases of prospects" => w::LACK_LEADS,
        _ => w::LACK_PATHS,
    };
    shell.say_with(phrase, &[("have", lack.have.into()), ("needed", lack.needed.into())])
}

/// The arithmetic of the call a row proposes, a label and a figure a line.
pub fn of_call(row: Option<&QueueRow>, p: &Profile, shell: &Shell) -> Vec<(SafeText, SafeText)> {
    let Some((row, sum)) = row.and_then(|r| Some((r, r.arithmetic.as_ref()?))) else {
        return arithmetic(p, shell);
    };
    let minor = shell.currency().minor_per_major() as f64;
    let whole = |major: f64| shell.money_in((major * minor).round() as i64, 10);
    let rated = |phrase, rate: SaveRate| {
        let (low, high) = rate.interval();
        let half = ("half", shell.percent((high - low) / 2.0).into());
        shell.say_with(phrase, &[("rate", shell.percent(rate.mean()).into()), half])
    };
    let brings = |bid: &Bid| {
        let saved = ("saved", whole(bid.chance * bid.gain).into());
        let call = ("call", whole(bid.call_cost).into());
        (shell.say(w::BRINGS), shell.say_with(w::LESS_CALL, &[saved, call]))
    };
    let offered = || {
        let name = row.offer.as_ref().map(|o| SafeText::clean(&o.product.name).isolate());
        (shell.say(w::OFFER), name.unwrap_or_default())
    };
    let because = || {
        let names = row.offer.iter().flat_map(|o| &o.because);
        let names: Vec<SafeText> = names.map(|p| SafeText::clean(&p.name).isolate()).collect();
        join(&names, shell)
    };
    let weeks: Arg = usize::from(shell.settings().map_or(26, |s| s.horizon_weeks)).into();
    match sum {
        Arithmetic::Retention(worth) => keeping(worth, p, shell),
        Arithmetic::WinBack { bid, p_gone, rate, second_value, .. } => vec![
            (shell.say(w::SECOND_VALUE), whole(*second_value)),
            (shell.say(w::IS_GONE), shell.percent(*p_gone)),
            (rated(w::COMES_BACK, *rate), shell.percent(bid.chance)),
            brings(bid),
        ],
        Arithmetic::CrossSell { bid, goes_with, rate, margin, times, .. } => {
            let args = [
                ("margin", whole(*margin).into()),
                ("times", decimal(*times, 1, shell.lang()).into()),
            ];
            vec![
                offered(),
                (
                    shell.say_with(w::GOES_WITH, &[("what", because().into())]),
                    shell.percent(*goes_with),
                ),
                (rated(w::TAKES, *rate), shell.percent(bid.chance)),
                (shell.say(w::MARGIN), shell.say_with(w::MARGIN_TIMES, &args)),
                brings(bid),
            ]
        }
        Arithmetic::UpSell { bid, moves_up, headroom, rate, margin, .. } => vec![
            offered(),
            (shell.say_with(w::MOVED_UP, &[("what", because().into())]), shell.percent(*moves_up)),
            (shell.say(w::POWER_UNUSED), shell.percent(*headroom)),
            (rated(w::TAKES, *rate), shell.percent(bid.chance)),
            (shell.say_with(w::MARGIN_GAINED, &[("n", weeks)]), whole(*margin)),
            brings(bid),
        ],
        Arithmetic::Acquisition { bid, lead, first_year } => vec![
            (shell.say(w::FIRST_YEAR), whole(*first_year)),
            (
                shell.say(w::FIRST_PURCHASE),
                shell.say_with(
                    w::CHANCE_IN,
                    &[("share", shell.percent(*lead).into()), ("n", weeks)],
                ),
            ),
            brings(bid),
        ],
    }
}

/// What speaks for an offer: how often it was taken, by those alike where any were asked.
pub fn evidence(p: &Proposition, shell: &Shell) -> SafeText {
    let stage = shell.say(terms::stage(p.stage));
    let (phrase, tally) = match (p.alike.asked, p.all.asked) {
        (_, 0) => return shell.say(w::NEVER_MADE),
        (0, _) => (w::TOOK_ALL, p.all),
        _ => (w::TOOK_ALIKE, p.alike),
    };
    let counts = [("n", Arg::from(tally.taken as usize)), ("of", (tally.asked as usize).into())];
    shell.say_with(phrase, &[counts.as_slice(), &[("stage", stage.into())]].concat())
}

/// An offer and what it is worth, a label and a figure a line.
pub fn proposition(p: &Proposition, shell: &Shell) -> Vec<(SafeText, SafeText)> {
    let (low, high) = p.rate.interval();
    let rate = ("rate", shell.percent(p.rate.mean()).into());
    let half = ("half", shell.percent((high - low) / 2.0).into());
    vec![
        (shell.say(w::OFFER), SafeText::clean(&p.offer.name).isolate()),
        (SafeText::EMPTY, evidence(p, shell)),
        (shell.say(w::OFFER_BRINGS), shell.whole(p.gain)),
        (shell.say_with(w::TAKES, &[rate, half]), shell.whole(p.worth)),
    ]
}

/// The arithmetic of a call to one who may leave, a label and a figure a line.
pub fn arithmetic(p: &Profile, shell: &Shell) -> Vec<(SafeText, SafeText)> {
    p.worth.as_ref().map(|worth| keeping(worth, p, shell)).unwrap_or_default()
}

/// Every factor stands in a line: what a leaver has, times the chance to find one who would leave, times
/// the part that calls keep, is what is saved.
fn keeping(worth: &Worth, p: &Profile, shell: &Shell) -> Vec<(SafeText, SafeText)> {
    let minor = shell.currency().minor_per_major() as f64;
    let whole = |major: f64| shell.money_in((major * minor).round() as i64, FIGURE);
    let share = |x: f64| maturity::amount(x, Unit::Share, shell.lang());
    let left = ("left", whole(worth.leaver_value - worth.offer_cost).into());
    let part = ("share", share(worth.kept).into());
    let part = if worth.offer_cost > 0.0 {
        let offer = ("offer", whole(worth.offer_cost).into());
        shell.say_with(w::PART_LESS_OFFER, &[part, offer, left])
    } else {
        shell.say_with(w::PART_IS, &[part, left])
    };
    let weeks = shell.settings().map_or(26, |s| s.horizon_weeks);
    let chance = [("share", shell.percent(worth.risk()).into()), ("n", usize::from(weeks).into())];
    let mut all = vec![
        (shell.say(w::IF_KEPT), whole(worth.value_if_kept)),
        (shell.say(w::LEAVER_HAS), part),
        (shell.say(w::CHANCE), shell.say_with(w::CHANCE_IN, &chance)),
    ];
    let gone = 1.0 - worth.p_alive;
    if gone >= LEAST_TOLD {
        let args = [("gone", share(gone).into()), ("left", share(worth.to_keep()).into())];
        all.push((shell.say(w::GONE_ALREADY), shell.say_with(w::LESS_GONE, &args)));
    }
    if let Some(day) = p.figures.leave.filter(|day| *day > shell.today()) {
        let below = shell.settings().map_or(0.2, |s| s.gone_below);
        let args = [("when", shell.date(day).into()), ("share", shell.percent(below).into())];
        all.push((shell.say(w::GONE_IF), shell.say_with(w::GONE_AT, &args)));
    }
    let half = ("half", shell.percent(p.save_rate.1).into());
    let rate = ("rate", shell.percent(worth.save_rate).into());
    let saved = ("saved", whole(worth.saved).into());
    let call = ("call", whole(worth.call_cost).into());
    let saves = if worth.given_away > 0.0 {
        let given = ("given", whole(worth.given_away).into());
        shell.say_with(w::LESS_OFFER, &[saved, given, call])
    } else {
        shell.say_with(w::LESS_CALL, &[saved, call])
    };
    all.push((shell.say_with(w::SAVES_BY, &[rate, half]), saves));
    all
}

/// Cells of an amount that others are reckoned from: rials in billions need as many to be followed.
const FIGURE: u16 = 14;
/// Shares below this are told as nothing.
const LEAST_TOLD: f64 = 0.001;

/// Those a queue leaves out, and why, as many reasons as fit into `room` cells, the most frequent first;
/// after them, where there is room, whose day the scores are of.
pub fn left_out(
    out: &LeftOut,
    scores_of: Option<SafeText>,
    room: usize,
    shell: &Shell,
) -> SafeText {
    let mut all = [
        (w::STAY, out.stay_anyway),
        (w::GONE, out.gone),
        (w::COST_MORE, out.cost_more),
        (w::NO_CALL, out.do_not_call),
        (w::COOLING, out.cooling_off),
        (w::PUT_OFF, out.put_off),
        (w::NEVER_BOUGHT, out.never_bought),
        (w::STILL_HERE, out.still_here),
        (w::NOTHING_TO_OFFER, out.nothing_to_offer),
        (w::CUSTOMERS_ALREADY, out.customers),
        (w::HELD_OUT, out.held_out),
    ];
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let told = all.into_iter().filter(|(_, n)| *n > 0);
    let mut parts: Vec<SafeText> =
        told.map(|(phrase, n)| shell.say_with(phrase, &[("n", n.into())])).collect();
    while !parts.is_empty() {
        let list = SafeText::join(&parts, &safe![" · "]);
        let list = shell.say_with(w::LEFT_OUT, &[("list", list.into())]);
        if let Some(day) = &scores_of {
            let text = safe![list.clone(), "   ", day.clone()];
            if width(&text) <= room {
                return text;
            }
        }
        // The reasons matter more than the day.
        if width(&list) <= room {
            return list;
        }
        parts.pop();
    }
    scores_of.filter(|day| width(day) <= room).unwrap_or_default()
}

/// Five dots for 1 to 5; nothing when it was not said.
pub fn dots(n: u8) -> SafeText {
    if n == 0 {
        return SafeText::EMPTY;
    }
    let full = usize::from(n.min(5));
    SafeText::clean(&format!("{}{}", "●".repeat(full), "○".repeat(5 - full)))
}
