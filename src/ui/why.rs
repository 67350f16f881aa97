//! Why a customer is worth a call, in words: reasons, and the arithmetic behind the value of a call.

use crate::desk::tell::{comma, reason_in};
use crate::desk::{LeftOut, Profile};
use crate::insight::reasons::Reason;
use crate::text::words::queues as w;
use crate::text::{SafeText, safe};

use super::shell::Shell;

/// A reason in words.
pub fn reason(reason: &Reason, shell: &Shell) -> SafeText {
    reason_in(reason, &|minor| shell.short_money(minor), shell.lang())
}

/// Reasons in one line.
pub fn reasons(all: &[Reason], shell: &Shell) -> SafeText {
    let words: Vec<SafeText> = all.iter().map(|r| reason(r, shell)).collect();
    SafeText::join(&words, &comma(shell.lang()))
}

/// The arithmetic of a call, a label and a figure a line.
pub fn arithmetic(p: &Profile, shell: &Shell) -> Vec<(SafeText, SafeText)> {
    let Some(worth) = &p.worth else { return Vec::new() };
    let minor = shell.currency().minor_per_major() as f64;
    let whole = |major: f64| shell.money_in((major * minor).round() as i64, 10);
    let weeks = shell.settings().map_or(26, |s| s.horizon_weeks);
    let (rate, half) = p.save_rate;
    let chance = shell.say_with(
        w::CHANCE_IN,
        &[("share", shell.percent(worth.p_leave).into()), ("n", usize::from(weeks).into())],
    );
    let label = shell.say_with(
        w::SAVES_BY,
        &[("rate", shell.percent(rate).into()), ("half", shell.percent(half).into())],
    );
    let saved = ("saved", whole(worth.saved).into());
    let call = ("call", whole(worth.call_cost).into());
    let saves = if worth.given_away > 0.0 {
        let given = ("given", whole(worth.given_away).into());
        shell.say_with(w::LESS_OFFER, &[saved, given, call])
    } else {
        shell.say_with(w::LESS_CALL, &[saved, call])
    };
    vec![
        (shell.say(w::IF_KEPT), whole(worth.value_if_kept)),
        (shell.say(w::CHANCE), chance),
        (label, saves),
    ]
}

/// Those a queue leaves out, and why.
pub fn left_out(out: &LeftOut, shell: &Shell) -> SafeText {
    let parts: Vec<SafeText> = [
        (w::STAY, out.stay_anyway),
        (w::GONE, out.gone),
        (w::COST_MORE, out.cost_more),
        (w::NO_CALL, out.do_not_call),
        (w::COOLING, out.cooling_off),
        (w::PUT_OFF, out.put_off),
        (w::NEVER_BOUGHT, out.never_bought),
    ]
    .into_iter()
    .filter(|(_, n)| *n > 0)
    .map(|(phrase, n)| shell.say_with(phrase, &[("n", n.into())]))
    .collect();
    if parts.is_empty() {
        return SafeText::EMPTY;
    }
    let list = SafeText::join(&parts, &safe![" · "]);
    shell.say_with(w::LEFT_OUT, &[("list", list.into())])
}

/// Five dots for 1 to 5; nothing when it was not said.
pub fn dots(n: u8) -> SafeText {
    if n == 0 {
        return SafeText::EMPTY;
    }
    let full = usize::from(n.min(5));
    SafeText::clean(&format!("{}{}", "●".repeat(full), "○".repeat(5 - full)))
}
