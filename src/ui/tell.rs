//! What was done and what was refused, in words. The command line says the same.

use jiff::Timestamp;

use crate::desk::tell::{act_in, comma};
pub use crate::desk::tell::{expression_in, problem_in, refusal_in};
use crate::desk::{Change, Deed, LifecycleRun, Notice, Oddity, Refusal};
use crate::domain::{CaseState, Outcome, Stage};
use crate::text::words::{deeds as d, lifecycle as l};
use crate::text::{Arg, Lang, Phrase, SafeText, safe};

use super::shell::Shell;
use super::terms;
use super::toast::{Toast, Tone};

/// Flows that are named of those the rules moved.
const FLOWS: usize = 2;

impl Shell {
    /// Shows words above the hints.
    pub fn toast(&mut self, tone: Tone, text: SafeText) {
        let at = self.now;
        self.toasts.push(Toast { text, tone, undoes: false, at });
    }

    /// Shows what came of an act of this agent.
    pub fn toast_result(&mut self, result: &Result<Notice, Refusal>) {
        match result {
            Ok(notice) => {
                let Some(mut text) = deed(self, &notice.deed) else { return };
                if notice.begun > 0 {
                    let begun = self.say_with(d::CASES_BEGUN, &[("n", Arg::from(notice.begun))]);
                    text = safe![text, "; ", begun];
                }
                // Without a gesture nothing was changed: there is nothing to take back.
                let undoes = undoable(&notice.deed) && notice.gesture.0 != 0;
                self.toasts.push(Toast { text, tone: Tone::Done, undoes, at: self.now });
            }
            Err(Refusal::Cancelled) => {}
            Err(refusal) => {
                let text = self.refusal(refusal);
                self.toast(Tone::Wrong, text);
            }
        }
    }

    /// A refusal in words: what was tried, what is wrong, what to do.
    pub fn refusal(&self, refusal: &Refusal) -> SafeText {
        refusal_in(refusal, self.lang())
    }

    /// The name of an outcome in the language of the screen; its code when it is not in the table.
    pub fn outcome(&self, code: &str) -> SafeText {
        let row = self.status.as_ref().and_then(|s| s.outcomes.iter().find(|o| o.code == code));
        row.map_or_else(|| SafeText::clean(code), |o| outcome_name(o, self.lang()))
    }
}

/// The name of an outcome.
pub fn outcome_name(outcome: &Outcome, lang: Lang) -> SafeText {
    SafeText::clean(match lang {
        Lang::En => &outcome.name_en,
        Lang::Fa => &outcome.name_fa,
    })
}

fn undoable(deed: &Deed) -> bool {
    !matches!(
        deed,
        Deed::Drafted
            | Deed::Erased(_)
            | Deed::Undone { .. }
            | Deed::Redone { .. }
            | Deed::Fitted { .. }
            | Deed::Begun
            | Deed::Loaded(_)
    )
}

/// What was done; nothing for what needs no words.
pub fn deed(shell: &Shell, deed: &Deed) -> Option<SafeText> {
    let clean = |text: &str| SafeText::clean(text);
    let named =
        |phrase: Phrase, name: &str| shell.say_with(phrase, &[("name", clean(name).into())]);
    Some(match deed {
        Deed::Created { name, .. } => named(d::CREATED, name),
        Deed::Edited { name, .. } => named(d::EDITED, name),
        Deed::Changed { change, count, of, one } => {
            changed(shell, change, *count, *of, one.as_ref().map(|(_, name)| name.as_str()))
        }
        Deed::Moved(run) => moved(shell, run),
        Deed::Erased(certificate) => {
            shell.say_with(d::ERASED, &[("n", Arg::from(certificate.total()))])
        }
        Deed::Merged { name, gone_name, rows, .. } => shell.say_with(
            d::MERGED,
            &[
                ("name", clean(name).into()),
                ("gone", clean(gone_name).into()),
                ("n", Arg::from(*rows)),
            ],
        ),
        Deed::Noted { name, .. } => named(d::NOTED, name),
        Deed::Logged { name, outcome, callback, oddities, .. } => {
            let notes = oddities.iter().map(|oddity| shell.say(oddity_phrase(*oddity)));
            notes
                .fold(logged(shell, name, outcome, *callback), |text, note| safe![text, "; ", note])
        }
        Deed::Corrected { name, outcome, .. } => shell.say_with(
            d::CORRECTED,
            &[("name", clean(name).into()), ("outcome", shell.outcome(outcome).into())],
        ),
        Deed::TaskChanged { name, done: true, .. } => named(d::TASK_DONE, name),
        Deed::TaskChanged { name, due, .. } => shell.say_with(
            d::TASK_DUE,
            &[("name", clean(name).into()), ("when", shell.when(*due).into())],
        ),
        Deed::CaseChanged { name, process, step, state, due, .. } => {
            let phrase = match state {
                CaseState::Open => d::CASE_AT,
                CaseState::Done => d::CASE_DONE,
                CaseState::Dropped => d::CASE_DROPPED,
            };
            let args = [
                ("name", clean(name).into()),
                ("process", clean(process).into()),
                ("step", clean(step).into()),
                ("when", shell.when(*due).into()),
            ];
            shell.say_with(phrase, &args)
        }
        Deed::PutOff { count, one, until, .. } => {
            let who = match one {
                Some((_, name)) => clean(name),
                None => shell.say_with(d::CUSTOMERS, &[("n", Arg::from(*count))]),
            };
            shell.say_with(d::PUT_OFF, &[("who", who.into()), ("when", shell.when(*until).into())])
        }
        Deed::SegmentSaved { name } => named(d::SEGMENT_SAVED, name),
        Deed::SegmentDropped { name } => named(d::SEGMENT_DROPPED, name),
        Deed::Configured { name, .. } => named(d::CONFIGURED, name),
        Deed::Defined { name, dropped: false, .. } => named(d::CONFIGURED, name),
        Deed::Defined { name, dropped: true, .. } => named(d::DROPPED, name),
        Deed::Undone { label, count, .. } => {
            let what = act_in(label, shell.lang()).into();
            shell.say_with(d::UNDONE, &[("what", what), ("n", Arg::from(*count))])
        }
        Deed::Redone { label, .. } => {
            shell.say_with(d::REDONE, &[("what", act_in(label, shell.lang()).into())])
        }
        Deed::Fitted { customers, .. } => {
            shell.say_with(d::FITTED, &[("n", Arg::from(*customers))])
        }
        Deed::Closed { label, .. } => {
            shell.say_with(d::CLOSED, &[("name", act_in(label, shell.lang()).into())])
        }
        Deed::Drafted | Deed::Begun | Deed::Loaded(_) => return None,
    })
}

/// How many the rules moved, and where most of them went.
fn moved(shell: &Shell, run: &LifecycleRun) -> SafeText {
    let told = shell.say_with(d::MOVED, &[("n", Arg::from(run.total()))]);
    if run.moves.is_empty() {
        return told;
    }
    let flows = run.moves.iter().take(FLOWS).map(|flow| {
        let (from, to) = (shell.say(terms::stage(flow.from)), shell.say(terms::stage(flow.to)));
        let pair = shell.say_with(l::MOVED, &[("from", from.into()), ("to", to.into())]);
        safe![pair, " ", shell.number(flow.customers)]
    });
    let more = if run.moves.len() > FLOWS { " …" } else { "" };
    safe![told, " · ", SafeText::join(&flows.collect::<Vec<_>>(), &comma(shell.lang())), more]
}

/// What is odd about an offer that was made, as a note.
pub const fn oddity_phrase(oddity: Oddity) -> Phrase {
    match oddity {
        Oddity::NotToday => d::OFFER_NOT_TODAY,
        Oddity::Unfit => d::OFFER_UNFIT,
        Oddity::Again => d::OFFER_AGAIN,
    }
}

fn logged(shell: &Shell, name: &str, outcome: &str, callback: Option<Timestamp>) -> SafeText {
    let name = SafeText::clean(name).into();
    let outcome: Arg = shell.outcome(outcome).into();
    match callback {
        None => shell.say_with(d::LOGGED, &[("name", name), ("outcome", outcome)]),
        Some(at) => shell.say_with(
            d::LOGGED_AGAIN,
            &[("name", name), ("outcome", outcome), ("when", shell.when(at).into())],
        ),
    }
}

fn changed(shell: &Shell, change: &Change, count: usize, of: usize, one: Option<&str>) -> SafeText {
    let who = match one {
        Some(name) => SafeText::clean(name),
        None => shell.say_with(d::CUSTOMERS, &[("n", Arg::from(count))]),
    };
    let clean = |text: &str| SafeText::clean(text);
    let (phrase, what) = match change {
        Change::Tag(tag) => (d::TAGGED, clean(tag)),
        Change::Untag(tag) => (d::UNTAGGED, clean(tag)),
        Change::Stage(stage) | Change::Moved(stage, _) => {
            (d::STAGE, shell.say(terms::stage(*stage)))
        }
        Change::Owner(Some(id)) => (d::OWNER, agent_name(shell, *id)),
        Change::Owner(None) => (d::NO_OWNER, SafeText::EMPTY),
        Change::Source(source) => (d::SOURCE, clean(source)),
        Change::DoNotCall(Some(_)) => (d::DO_NOT_CALL, SafeText::EMPTY),
        Change::DoNotCall(None) => (d::MAY_CALL, SafeText::EMPTY),
        Change::Marketing(_) => (d::MARKETING, SafeText::EMPTY),
        Change::Field(name, _) => (d::FIELD, clean(name)),
    };
    let text = shell.say_with(phrase, &[("who", who.into()), ("what", what.into())]);
    if of > count {
        let same = shell.say_with(d::WERE_SO, &[("n", Arg::from(of - count))]);
        return safe![text, " · ", same];
    }
    text
}

/// The name of an agent.
pub fn agent_name(shell: &Shell, id: crate::domain::AgentId) -> SafeText {
    let found = shell.status.as_ref().and_then(|s| s.agents.iter().find(|a| a.id == id));
    found.map_or_else(|| safe!["#", id.0], |a| SafeText::clean(&a.name))
}

/// The stage of a customer in words.
pub fn stage(stage: Stage, lang: Lang) -> SafeText {
    terms::stage(stage).in_(lang)
}
