//! The rules of the stages from the keyboard: looked at first, then run, and taken back.

use vafa::desk::{Answer, Command, LifecycleRun, Question};
use vafa::domain::{CustomerId, Role, Stage};

use super::seat::Seat;

fn preview(seat: &Seat) -> LifecycleRun {
    match seat.ask(Question::Lifecycle) {
        Answer::Lifecycle(run) => *run,
        other => panic!("{other:?}"),
    }
}

fn stages(seat: &Seat) -> Vec<(CustomerId, Stage)> {
    seat.customers().iter().map(|c| (c.id, c.stage)).collect()
}

#[test]
fn who_would_move_is_shown_listed_moved_and_taken_back() {
    let mut seat = Seat::new();
    let due = preview(&seat);
    assert!(due.total() > 10, "the demonstration has nobody to move: {due:?}");
    let before = stages(&seat);
    seat.press("5/life<Enter>");
    seat.sees("of those who bought came back").sees("by the rules");
    seat.press("r");
    let head = format!("{} of {} customers would move", due.total(), due.of);
    seat.sees(&head).sees("2026-11-22");
    // Every line has its way, its reason and its number.
    let last = due.moves.last().expect("a move");
    let way = |stage: Stage| stage.name().replace('_', " ");
    seat.sees(&format!("{} → {}", way(last.from), way(last.to)));
    assert_eq!(stages(&seat), before, "looking moves nobody");
    // Enter lists those behind the last line; q is back at the panel.
    seat.press("G<Enter>");
    seat.sees(&format!("{} of {}", last.customers, due.of));
    seat.press("q");
    seat.sees(&head);
    seat.press("<F2>");
    seat.sees(&format!("{} customers moved", due.total())).sees("u undo");
    assert!(!seat.screen().contains("would move"), "the panel is closed");
    let moved = stages(&seat);
    let changed = before.iter().zip(&moved).filter(|(a, b)| a != b).count();
    assert_eq!(changed, due.total());
    // Nothing is left, and it is said.
    seat.press("r");
    seat.sees("Nobody would move").sees("2026-11-22");
    seat.press("<F2><Esc>");
    assert_eq!(stages(&seat), moved);
    seat.press("u");
    assert_eq!(stages(&seat), before);
}

#[test]
fn the_palette_and_one_key_lead_there_from_anywhere() {
    let mut seat = Seat::new();
    for tab in ["1", "2", "4", "6", "7"] {
        seat.press(tab);
        seat.press("<F9>");
        seat.sees("Who would move by the rules");
        seat.press("<Esc>");
        seat.press(":stages by<Enter>");
        seat.sees("Who would move by the rules");
        seat.press("q");
    }
}

#[test]
fn the_rules_in_force_are_seen_and_their_settings_changed() {
    let mut seat = Seat::new();
    let limits = preview(&seat).limits;
    seat.press("<F9><Tab>");
    seat.sees("The rules of the stages");
    seat.sees(&format!("bought on {} days or more", limits.loyal_days));
    seat.sees("chance to be still here below 50%");
    // What is learned or always the same is no setting.
    seat.press("<Enter>");
    seat.sees("not a setting");
    seat.press("je");
    seat.sees("gone below a chance of");
    for _ in 0..4 {
        seat.press("<Backspace>");
    }
    seat.press("70<F2>");
    assert!((seat.plans().settings.record.gone_below - 0.7).abs() < 1e-9);
    seat.sees("chance to be still here below 70%");
}

#[test]
fn the_settings_lead_to_the_rules_that_go_by_them() {
    let mut seat = Seat::new();
    seat.press("7");
    assert!(!seat.screen().contains("by the rules"), "offers are no rules");
    seat.press("Gk");
    seat.sees("gone below a chance of").sees("by the rules");
    seat.press("r");
    seat.sees("Who would move by the rules");
}

#[test]
fn an_agent_is_refused_and_told_who_may() {
    let mut seat = Seat::new();
    seat.becomes(Role::Agent);
    seat.press("<F9>");
    seat.sees("supervisor");
    assert!(!seat.screen().contains("Who would move"));
    let refused = seat.tries(Command::Lifecycle).expect_err("not permitted");
    assert!(refused.to_string().contains("supervisor"), "{refused}");
}

#[test]
fn a_supervisor_sees_the_rules_but_is_refused_the_settings() {
    let mut seat = Seat::new();
    seat.becomes(Role::Supervisor);
    seat.press("<F9><Tab>je");
    seat.sees("administrator").sees("The rules of the stages");
    assert!(!seat.screen().contains("gone below a chance of"));
}
