//! The list of customers.

use vafa::desk::{Change, Command, Whom};
use vafa::domain::{
    CustomerId, ExpressionError, ExpressionProblem, Language, Stage as CustomerStage,
};

use crate::profile::full;
use crate::stage::Stage;

fn ready() -> Stage {
    let mut stage = Stage::new();
    stage.profile = Some(full);
    stage
}

#[track_caller]
fn sends(keys: &str, want: Whom, change: Change) {
    let mut stage = ready();
    stage.keys(keys);
    match stage.sent.last() {
        Some(Command::Change { whom, change: sent }) => {
            assert_eq!((whom, sent), (&want, &change), "{keys}");
        }
        other => panic!("{keys}: {other:?}\n{}", stage.screen()),
    }
}

#[test]
fn a_customer_opens_by_four_letters_or_four_digits_in_six_keys() {
    ready().keys("/mina<Enter>").sees("Mina Ahmadi  loyal").sees("timeline");
    ready().keys("/4567<Enter>").sees("Reza Karimi  loyal");
}

#[test]
fn what_matches_is_marked_and_counted() {
    let mut stage = ready();
    stage.keys("/rez").sees("2 of 5").sees_not("Mina");
    let marked = stage.underlined();
    assert!(marked.contains(&"Rez".into()) && marked.contains(&"rez".into()), "{marked:?}");
    // Esc leaves the field and keeps the search; the next takes it away; none quits.
    stage.keys("<Esc>").sees("2 of 5");
    stage.keys("<Esc>").sees("5 of 5");
    stage.keys("<Esc><Esc>");
    assert!(!stage.has_quit);
    stage.keys("q");
    assert!(stage.has_quit);
}

#[test]
fn one_is_tagged_in_four_keys_and_a_search_in_eleven() {
    let one = Whom::These(vec![CustomerId(1)]);
    sends("tfi<Enter>", one.clone(), Change::Tag("fibre".into()));
    sends("tch<Enter>", one.clone(), Change::Tag("churned".into()));
    sends("tNew One<Enter>", one.clone(), Change::Tag("new-one".into()));
    sends("Tvi<Enter>", one, Change::Untag("vip".into()));
    let all = Whom::Matching { text: "mina".into(), expression: String::new() };
    sends("/mina<Esc>*tfi<Enter>", all, Change::Tag("fibre".into()));
}

#[test]
fn marks_and_ranges_say_whom_a_change_is_about() {
    let these = |ids: &[u64]| Whom::These(ids.iter().map(|id| CustomerId(*id)).collect());
    sends(" j tvi<Enter>", these(&[1, 3]), Change::Tag("vip".into()));
    sends("jvjjvtvi<Enter>", these(&[2, 3, 4]), Change::Tag("vip".into()));
    sends("  bslapsed<Enter><Enter>", these(&[1, 2]), Change::Stage(CustomerStage::Lapsed));
    let moved = Change::Moved(CustomerStage::Lapsed, "moved away".into());
    sends("  bslapsed<Enter>moved away<Enter>", these(&[1, 2]), moved);
    sends("bdmoved<Enter>", these(&[1]), Change::DoNotCall(Some("moved".into())));
    // A yes or a no is no reason.
    sends("bdyes<Enter>", these(&[1]), Change::DoNotCall(Some(String::new())));
    sends("bd<Enter>", these(&[1]), Change::DoNotCall(Some(String::new())));
    sends("bdno<Enter>", these(&[1]), Change::DoNotCall(None));
    sends("boali<Enter>", these(&[1]), Change::Owner(Some(vafa::domain::AgentId(8))));
    sends("bfclub=gold<Enter>", these(&[1]), Change::Field("club".into(), "gold".into()));
    // The same again on the next customer.
    sends("tvi<Enter>j.", these(&[2]), Change::Tag("vip".into()));
    // Marked customers are shown and counted.
    ready().keys(" j ").sees("2 marked").sees("●");
}

#[test]
fn an_expression_error_points_at_its_character() {
    let mut stage = ready();
    let nearest = Some("city".to_owned());
    let problem = ExpressionProblem::UnknownField { name: "ctiy".into(), nearest };
    stage.error = Some(ExpressionError { at: 6..10, problem });
    stage.keys("fspent ctiy:x");
    let screen = stage.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let typed = lines[2].split("ctiy").next().unwrap().chars().count();
    let arrow = lines[3].chars().position(|c| c == '▲').unwrap();
    assert_eq!(arrow, typed, "{screen}");
    stage.sees("there is no field ctiy; did you mean city?");
}

#[test]
fn an_expression_is_completed() {
    let mut stage = ready();
    stage.keys("fci<Tab>T<Tab>");
    stage.sees("city:Tehran");
}

#[test]
fn the_list_is_sorted_and_its_columns_chosen() {
    ready().keys("sv").sees("value▾");
    ready().keys("svsv").sees("value▴");
    ready().keys("svr").sees("value▴");
    let mut stage = ready();
    stage.sees("phone").keys("Cpho<Tab><Enter>");
    match stage.sent.last() {
        Some(Command::SavePreferences(p)) => {
            assert!(!p.columns.contains(&"phone".to_owned()) && p.columns.contains(&"city".into()));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_callback_is_promised_in_words() {
    let mut stage = ready();
    stage.keys("ctomorrow 10").sees("= tomorrow 10:00").keys("<Enter>");
    match stage.sent.last() {
        Some(Command::AddTask(task)) => {
            assert_eq!(task.due.to_string(), "2026-11-22T06:30:00Z");
            assert_eq!(task.zone, "Asia/Tehran");
        }
        other => panic!("{other:?}"),
    }
    ready().keys("cyesterdayish<Enter>").sees("! ");
}

#[test]
fn the_phone_is_copied_in_logical_order() {
    let mut stage = ready();
    stage.keys("y");
    assert_eq!(stage.copied, ["+989121234567"]);
}

#[test]
fn what_is_empty_says_what_to_press() {
    ready().keys("/zzzz").sees("Nobody matches");
    let mut stage = Stage::new();
    stage.people.clear();
    stage.keys("/x<Esc><Esc>").sees("No customers yet: press n");
}

#[test]
fn a_persian_list_is_mirrored() {
    let mut stage = Stage::at(120, 20, Language::Persian);
    let rows = stage.rows();
    // The tabs begin at the right, phones stay left to right, the cursor stands at the right edge.
    assert!(rows[0].trim_end().ends_with("vafa"), "{}", rows[0]);
    assert!(rows[5].contains("+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷"), "{}", rows[5]);
    assert!(rows[5].trim_end().ends_with('▸'), "{}", rows[5]);
    // Command keys by position on a Persian keyboard: ف is t.
    stage.keys("فfi");
    stage.sees("fibre");
}
