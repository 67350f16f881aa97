//! Why a customer stands in a queue, in words.

use crate::insight::reasons::Reason;
use crate::text::words::commands as words;
use crate::text::{Lang, SafeText, money};

/// A reason with its numbers; `decimals` of the store's money.
pub fn words(reason: &Reason, decimals: u8, lang: Lang) -> SafeText {
    let cash = |minor: i64| money(minor, decimals, lang).into();
    match *reason {
        Reason::Silent { usual_gap_days, silent_days } => words::R_SILENT
            .with(lang, &[("usual", usual_gap_days.into()), ("silent", silent_days.into())]),
        Reason::Slowing { from_days, to_days } => {
            words::R_SLOWING.with(lang, &[("from", from_days.into()), ("to", to_days.into())])
        }
        Reason::SpendFalling { from, to } => {
            words::R_SPEND.with(lang, &[("from", cash(from)), ("to", cash(to))])
        }
        Reason::Returns { percent } => words::R_RETURNS.with(lang, &[("percent", percent.into())]),
        Reason::Complaints { count } => words::R_COMPLAINTS.with(lang, &[("count", count.into())]),
        Reason::RefusedLast => words::R_REFUSED.in_(lang),
        Reason::PriceRise { percent } => words::R_PRICE.with(lang, &[("percent", percent.into())]),
        Reason::NeverRepeated { days } => words::R_NEVER.with(lang, &[("days", days.into())]),
        Reason::NoContact { days } => words::R_NO_CONTACT.with(lang, &[("days", days.into())]),
        Reason::TopValue { percent } => words::R_TOP.with(lang, &[("percent", percent.into())]),
        Reason::Steady { usual_gap_days, silent_days } => words::R_STEADY
            .with(lang, &[("usual", usual_gap_days.into()), ("silent", silent_days.into())]),
        Reason::LastBought { days } => words::R_LAST.with(lang, &[("days", days.into())]),
    }
}
