//! A call by its script: the line that is said now, what is ticked off, and that no word is lost.

use vafa::desk::{Answer, Command, Question, Which};
use vafa::domain::{QueueKind, Script, ScriptLine};

use super::seat::Seat;

fn with_script() -> Seat {
    let seat = Seat::new();
    let line = |text: &str, check| ScriptLine { text: text.into(), check };
    let script = Script {
        name: "Staying".into(),
        queue: Some(QueueKind::Retention),
        lines: vec![
            line("Good day {name}", false),
            line("We miss you since {last_purchase}", true),
            line("Is {need} still what you need?", true),
            line("Thank you", true),
        ],
        ..Script::default()
    };
    // In the place of the sample's own.
    let plans = seat.plans();
    let own = plans.definitions.scripts.iter();
    for kept in own.filter(|kept| kept.record.queue == Some(QueueKind::Retention)) {
        let (id, base) = (kept.record.id.0, kept.revision);
        let kind = vafa::domain::DefinitionKind::Script;
        seat.act(Command::DropDefinition { kind, id, base });
    }
    seat.act(Command::SaveDefinition { definition: Box::new(script.into()), base: 0 });
    seat
}

#[test]
fn lines_are_ticked_off_while_the_note_is_typed() {
    let mut seat = with_script();
    seat.press("3");
    let first = seat.target().expect("somebody to call");
    let name = seat.profile(first).customer.name;
    seat.press("l");
    seat.sees("Staying · line 1 of 4 · 0 of 3 steps").sees(&format!("▸   Good day {name}"));
    // The greeting is no step; the next is ticked off, from the letters and from the note alike.
    seat.press("<F7><F7>");
    seat.sees("line 3 of 4 · 1 of 3 steps").sees("✓ We miss you since 20");
    seat.press("aall<F7> well");
    seat.sees("line 4 of 4 · 2 of 3 steps").sees("all well");
    // Back, and what was ticked off by mistake is not any more.
    seat.press("<F3><F7>");
    seat.sees("1 of 3 steps");
    seat.press("<Enter>");
    let profile = seat.profile(first);
    let (call, _) = profile.interactions.first().expect("a call");
    assert_eq!((call.wrap_up.checked.as_slice(), call.note.as_str()), (&[1][..], "all well"));
    assert_eq!(profile.steps.first(), Some(&(call.id, 3)));
}

#[test]
fn what_was_ticked_off_comes_back_with_the_draft() {
    let mut seat = with_script();
    seat.press("3l<F7><F7><F7><Esc>");
    seat.press("l");
    seat.sees("line 4 of 4 · 2 of 3 steps");
}

#[test]
fn a_call_from_the_list_is_for_what_most_is_at_stake_in() {
    let mut seat = with_script();
    let purpose = |seat: &Seat, customer| {
        let which = Which::Call { queue: None, campaign: None };
        match seat.ask(Question::Script { customer, which }) {
            Answer::Script(found) => {
                found.map(|spoken| (spoken.name, spoken.queue, spoken.campaign))
            }
            other => panic!("{other:?}"),
        }
    };
    // The dearest first; some are worth a call and some are not.
    seat.press("2");
    let (mut with, mut without) = (false, false);
    for _ in 0..60 {
        let id = seat.target().expect("somebody");
        match purpose(&seat, id) {
            Some((name, queue, campaign)) if !with => {
                with = true;
                seat.press("l");
                seat.sees(&format!("{name} · line 1 of "));
                seat.press("aheard<Enter>");
                let (call, _) = seat.profile(id).interactions.into_iter().next().expect("a call");
                assert_eq!((call.queue, call.wrap_up.campaign), (queue, campaign));
                assert_eq!(call.note, "heard");
            }
            // Its keys do nothing then.
            None if !without => {
                without = true;
                seat.press("l<F7>");
                assert!(!seat.screen().contains("line 1 of"), "{}", seat.screen());
                seat.press("aso<Enter>");
                let (call, _) = seat.profile(id).interactions.into_iter().next().expect("a call");
                assert_eq!((call.queue, call.wrap_up.campaign), (None, None));
            }
            _ => {}
        }
        seat.press("j");
    }
    assert!(with && without, "{with} {without}");
}
