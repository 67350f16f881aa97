//! Alike customers, merging side by side, erasing after the name was typed.

use vafa::desk::Command;
use vafa::domain::{AgentId, CustomerId, Field, Language, MergeField};

use crate::profile::full;
use crate::stage::Stage;

fn ready() -> Stage {
    let mut stage = Stage::new();
    stage.profile = Some(full);
    stage
}

/// Whom the last merge keeps and lets go, and what it takes from the latter.
#[track_caller]
fn merged(stage: &Stage) -> (u64, u64, Vec<MergeField>) {
    match stage.sent.last() {
        Some(Command::Merge { keep, gone, take: Some(take), base: Some((5, 6)) }) => {
            (keep.0, gone.0, take.clone())
        }
        other => panic!("{other:?}\n{}", stage.screen()),
    }
}

#[test]
fn alike_customers_are_listed_and_merged_field_by_field() {
    let city = MergeField::Field(Field::City);
    let mut stage = ready();
    stage.keys("D").sees("1 group").sees("92%").sees("phone, sound of the name").sees("#2");
    stage.keys("<Enter>").sees("stays: Reza Karimi #1").sees("goes: Mina Ahmadi #2");
    stage.sees("● Tehran").sees("○ Shiraz").sees("purchases: 3, conversations: 12");
    stage.keys("jl").sees("○ Tehran").sees("● Shiraz");
    stage.keys("h").sees("● Tehran").keys(" ").sees("● Shiraz").keys("<Enter>");
    assert_eq!(merged(&stage), (1, 2, vec![city]));
    stage.sees("Merged: Mina Ahmadi into Reza Karimi").sees("undo").sees_not("goes:");

    let mut stage = ready();
    stage.keys("D<Enter><Tab>").sees("stays: Mina Ahmadi #2").keys("<F2>");
    assert_eq!(merged(&stage), (2, 1, vec![]));
}

#[test]
fn two_that_are_marked_are_merged_and_two_agents_are_asked_about() {
    let mut stage = ready();
    stage.keys("M").sees("mark two customers");
    stage.people[0].owner = Some(AgentId(7));
    stage.people[1].owner = Some(AgentId(8));
    stage.keys("  M").sees("owner").keys("<Enter>").sees("two agents");
    assert!(stage.sent.is_empty());
    stage.keys("<Enter>");
    assert_eq!(merged(&stage).1, 2);
}

#[test]
fn nobody_is_erased_before_the_name_was_typed() {
    let mut stage = ready();
    stage.keys("X").sees("Erase Reza Karimi for good").keys("Mina<Enter>");
    stage.sees("Mina is not the customer's name");
    assert!(stage.sent.is_empty());
    stage.keys("<Esc>Xreza  KARIMI<Enter>").sees("Certificate of erasure").sees("purchases: 3");
    stage.sees("Still named in 22 records about others").sees("#7, 2024-10-04, conversations");
    stage.sees("and 21 more");
    let mut persian = Stage::at(120, 36, Language::Persian);
    persian.keys("XReza Karimi<Enter>").sees("۲۲").sees("۱۴۰۳/۰۷/۱۳").sees("۲۱");
    match stage.sent.last() {
        Some(Command::Erase { customer: CustomerId(1), .. }) => {}
        other => panic!("{other:?}"),
    }
    let mut stage = ready();
    stage.keys("<Enter>").sees("timeline").keys("XReza Karimi<Enter>").sees("Certificate");
    stage.keys("q").sees_not("timeline");
}

#[test]
fn it_is_said_in_persian_and_fits_a_small_screen() {
    for (width, height) in [(80, 24), (200, 60), (40, 10), (20, 5)] {
        let mut stage = Stage::at(width, height, Language::Persian);
        stage.keys("D");
        if width >= 80 {
            stage.sees("۹۲");
        }
        stage.keys("<Enter>");
        if width >= 80 {
            stage.sees("Mina Ahmadi");
        }
        stage.keys("jl<Enter>");
        assert_eq!(merged(&stage).0, 1, "{width}");
    }
}
