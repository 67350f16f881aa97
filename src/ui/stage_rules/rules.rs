//! The rules of the stages in words, in the order in which they are asked, and what in them is a setting.

use crate::domain::Stage;
use crate::insight::lifecycle::{LEFT_BELOW, Limits, PROMOTES_FROM};
use crate::text::words::lifecycle as l;
use crate::text::{Phrase, SafeText, decimal};

use super::super::shell::Shell;
use super::super::terms;

/// Where a limit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Fixed,
    Learned,
    /// The setting of this name.
    Setting(&'static str),
}

/// The first that holds decides.
const RULES: [(Stage, Source); COUNT] = [
    (Stage::Prospect, Source::Fixed),
    (Stage::Lapsed, Source::Setting("gone_below")),
    (Stage::WonBack, Source::Fixed),
    (Stage::AtRisk, Source::Learned),
    (Stage::Advocate, Source::Fixed),
    (Stage::Loyal, Source::Learned),
    (Stage::Repeat, Source::Fixed),
    (Stage::FirstTime, Source::Fixed),
];

/// How many they are.
pub const COUNT: usize = 8;

/// The setting behind the rule at a place.
pub fn setting(at: usize) -> Option<&'static str> {
    match RULES.get(at)?.1 {
        Source::Setting(name) => Some(name),
        Source::Fixed | Source::Learned => None,
    }
}

/// The rules: the stage, when one is in it, where its limit comes from.
pub fn told(limits: &Limits, shell: &Shell) -> Vec<[SafeText; 3]> {
    let rows = RULES.iter().map(|(stage, source)| {
        [shell.say(terms::stage(*stage)), rule(*stage, limits, shell), told_of(*source, shell)]
    });
    rows.collect()
}

fn rule(stage: Stage, limits: &Limits, shell: &Shell) -> SafeText {
    let simple = |phrase: Phrase| shell.say(phrase);
    match stage {
        Stage::Prospect => simple(l::R_PROSPECT),
        Stage::WonBack => simple(l::R_WON_BACK),
        Stage::Repeat => simple(l::R_REPEAT),
        Stage::FirstTime => simple(l::R_FIRST),
        Stage::Lapsed => {
            let share = shell.percent(limits.gone_below);
            shell.say_with(l::R_LAPSED, &[("share", share.into())])
        }
        Stage::AtRisk => {
            let weeks = shell.settings().map_or(0, |s| usize::from(s.horizon_weeks));
            let share = shell.percent(limits.at_risk_from);
            shell.say_with(l::R_AT_RISK, &[("weeks", weeks.into()), ("share", share.into())])
        }
        Stage::Advocate => {
            shell.say_with(l::R_ADVOCATE, &[("n", usize::from(PROMOTES_FROM).into())])
        }
        Stage::Loyal => {
            let days = ("days", (limits.loyal_days as usize).into());
            if limits.loyal_gap.is_finite() {
                let gap = decimal(limits.loyal_gap, 0, shell.lang());
                shell.say_with(l::R_LOYAL, &[days, ("gap", gap.into())])
            } else {
                shell.say_with(l::R_LOYAL_ANY, &[days])
            }
        }
    }
}

fn told_of(source: Source, shell: &Shell) -> SafeText {
    match source {
        Source::Fixed => shell.say(l::FIXED),
        Source::Learned => shell.say(l::LEARNED),
        Source::Setting("gone_below") => {
            let least = shell.percent(LEFT_BELOW);
            shell.say_with(l::BY_SETTING_FROM, &[("least", least.into())])
        }
        Source::Setting(_) => shell.say(l::BY_SETTING),
    }
}
