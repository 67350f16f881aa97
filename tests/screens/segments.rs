//! Segments: the list, the one under the cursor, the editor.

use std::sync::Arc;

use vafa::desk::{Change, Command, Deed, Heard, Notice, Refusal, Whom};
use vafa::domain::{
    AgentId, ExpressionError, ExpressionProblem, Field, GestureId, Language, Membership, Segment,
    SegmentId, ThemeKind,
};
use vafa::ui::{Mouse, Msg};

use crate::profile::full;
use crate::stage::{Stage, now};

fn rule(id: u64, name: &str, rule: &str) -> Segment {
    Segment {
        id: SegmentId(id),
        name: name.into(),
        membership: Membership::Rule(rule.into()),
        target: id == 1,
        note: String::new(),
    }
}

fn at(width: u16, height: u16, language: Language) -> Stage {
    let mut stage = Stage::at(width, height, language);
    stage.profile = Some(full);
    stage.segments = vec![rule(1, "Capital", "city:Tehran"), rule(2, "Shirazi", "city:Shiraz")];
    stage.keys("4");
    stage
}

fn ready() -> Stage {
    at(120, 36, Language::English)
}

fn heard(stage: &mut Stage, deed: Deed) {
    let by = AgentId(9);
    let notice = Notice { seq: 9, gesture: GestureId(9), by, at: now(), deed, begun: 0 };
    stage.send(Msg::Heard(Heard::Notice(Arc::new(notice))));
}

/// The line of the list with the cursor.
fn cursor(stage: &Stage) -> String {
    let rows = stage.rows();
    let line = rows.iter().find(|r| r.trim_start().starts_with('▸'));
    line.map_or(String::new(), |l| l.split('│').next().unwrap_or_default().trim().to_owned())
}

#[track_caller]
fn saved(stage: &Stage) -> &Segment {
    match stage.sent.iter().rfind(|c| matches!(c, Command::SaveSegment { .. })) {
        Some(Command::SaveSegment { segment, .. }) => segment,
        _ => panic!("{:?}\n{}", stage.sent, stage.screen()),
    }
}

#[test]
fn rules_and_tags_are_told_apart_with_their_figures() {
    let mut stage = ready();
    stage.sees("rules 2").sees("tags 2").sees("★ Capital").sees("82,400").sees("31%");
    assert!(cursor(&stage).starts_with("▸★ Capital"), "{}", cursor(&stage));
    stage.sees("★ target").sees("city:Tehran").sees("2 of 5   worth 82,400   risk 31%");
    stage.sees("what sets them apart").sees("stage:loyal").sees("82%").sees("others 20%");
    stage.sees("members by value").sees("Farezeh Moradi").sees_not("Olivia Brown");
    stage.keys("G").sees("tag:vip").sees("1 of 5").sees_not("Farezeh");
}

#[test]
fn the_members_open_in_the_list_and_back_leads_here() {
    let mut stage = ready();
    stage.keys("<Enter>").sees("city:Tehran").sees("phone").sees("▸");
    // The filter stays while one steps back; the list goes, the cursor is where it was.
    stage.keys("/min<Esc><Esc><Esc>").sees("rules 2");
    stage.keys("j<Enter>q").sees("rules 2");
    assert!(cursor(&stage).contains("Shirazi"));
}

#[test]
fn all_members_are_tagged_at_once() {
    let mut stage = ready();
    stage.keys("jtvi<Enter>");
    let expression = "city:Shiraz".to_owned();
    match stage.sent.last() {
        Some(Command::Change { whom, change }) => {
            assert_eq!(*whom, Whom::Matching { text: String::new(), expression });
            assert_eq!(*change, Change::Tag("vip".into()));
        }
        other => panic!("{other:?}"),
    }
    // Nobody: nothing is asked.
    stage.segments = vec![rule(1, "Nowhere", "city:Atlantis")];
    stage.keys("24gt").sees("nobody is in it").sees_not("Tag ");
}

#[test]
fn a_target_is_set_and_taken_back_and_a_tag_becomes_a_segment() {
    let mut stage = ready();
    stage.keys("*");
    assert!(!saved(&stage).target);
    stage.keys("G*");
    let tag = Membership::Tag("vip".into());
    let want = (SegmentId(0), "vip", &tag, true);
    let s = saved(&stage);
    assert_eq!((s.id, s.name.as_str(), &s.membership, s.target), want);
    heard(&mut stage, Deed::SegmentSaved { name: "vip".into() });
    assert!(cursor(&stage).starts_with("▸★ vip"), "{}", cursor(&stage));
}

#[test]
fn one_is_removed_without_a_question_and_comes_back() {
    let mut stage = ready();
    stage.keys("jD").sees("Segment removed: Shirazi").sees("u undo");
    heard(&mut stage, Deed::SegmentDropped { name: "Shirazi".into() });
    stage.sees("rules 1").sees_not("city:Shiraz");
    stage.keys("u");
    heard(&mut stage, Deed::Undone { label: "x".into(), count: 1, undone: GestureId(1) });
    stage.sees("rules 2").sees("Shirazi");
    // A mere tag is not removed with a key.
    let sent = stage.sent.len();
    stage.keys("GD").sees("vip is only a tag: T takes it off");
    assert_eq!(stage.sent.len(), sent);
}

#[test]
fn the_cursor_stays_with_its_segment() {
    let mut stage = ready();
    stage.keys("j");
    stage.segments.insert(0, rule(9, "Always", "city:London"));
    heard(&mut stage, Deed::SegmentSaved { name: "Always".into() });
    stage.sees("rules 3").sees("Always");
    assert!(cursor(&stage).contains("Shirazi"), "{}", cursor(&stage));
    // What others do to customers is told within a minute.
    stage.people.remove(0);
    heard(&mut stage, Deed::Edited { customer: vafa::domain::CustomerId(1), name: "R".into() });
    stage.sees("tags 2");
    stage.send(Msg::Tick(now()));
    stage.sees_not("tags 2");
}

#[test]
fn a_segment_tells_what_serving_it_costs_and_how_it_answers_offers() {
    for (width, height) in [(80, 24), (120, 36)] {
        let screen = at(width, height, Language::English).screen();
        let joined = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(joined.contains("serving them costs 1,200 a year"), "{screen}");
    }
    ready().sees("4 of 9 said yes, 44%");
}

#[test]
fn two_segments_are_compared_and_a_rule_is_copied() {
    let mut stage = ready();
    stage.sees("o compares with another").keys("ovip<Enter>");
    stage.sees("1 are in vip too: 50% of these, 100% of those");
    stage.keys("y");
    assert_eq!(stage.copied, ["city:Tehran"]);
}

#[test]
fn a_rule_is_counted_and_completed_while_it_is_typed() {
    let mut stage = ready();
    stage.keys("nNew rule<Tab>").sees("New segment").sees("for instance city:Tehran");
    stage.keys("cit").sees("Tab  city:").keys("<Tab>Shiraz");
    stage.sees("1 of 5   worth 41,200   risk 31%").sees("Mina Ahmadi");
    // Nothing to complete any more: Tab goes on, past the kind to the target.
    stage.keys("<Tab><Tab>").sees("◂ no ▸").keys("<Space><F2>").sees("Segment saved: New rule");
    let s = saved(&stage);
    let want = Membership::Rule("city:Shiraz".into());
    assert_eq!((s.name.as_str(), &s.membership, s.target), ("New rule", &want, true));
    assert!(cursor(&stage).starts_with("▸★ New rule"), "{}", stage.screen());
}

#[test]
fn the_error_stands_under_its_character_and_is_not_saved() {
    let mut stage = ready();
    let problem =
        ExpressionProblem::UnknownField { name: "ctiy".into(), nearest: Some("city".into()) };
    stage.error = Some(ExpressionError { at: 8..12, problem });
    stage.keys("e<Ctrl-u>spent>1 ctiy:x").sees("there is no field ctiy; did you mean city?");
    let rows = stage.rows();
    let line = rows.iter().position(|r| r.contains("ctiy:x")).unwrap();
    let typed = rows[line].split("ctiy").next().unwrap().chars().count();
    let arrow = rows[line + 1].chars().position(|c| c == '▲').unwrap();
    assert_eq!(arrow, typed, "{}", stage.screen());
    stage.keys("<F2>").sees("▲").sees("Edit Capital");
    assert!(stage.sent.is_empty(), "{:?}", stage.sent);
    // The desk says the same when it was asked too early.
    let error = stage.error.take().unwrap();
    stage.refusals = vec![Refusal::Expression(error)];
    stage.keys("<Ctrl-u>spent>1 ctiy:y<F2>").sees("▲").sees("did you mean city?");
    stage.keys("<F2>").sees("Segment saved");
}

#[test]
fn what_is_missing_or_taken_is_said_at_its_field() {
    let mut stage = ready();
    stage.keys("n<F2>").sees("! ");
    assert!(stage.sent.is_empty());
    stage.refusals = vec![Refusal::Taken { field: Field::Name, name: "Capital".into() }];
    stage.keys("Capital<Tab>city:London<F2>").sees("! ").sees("Capital");
    let screen = stage.screen();
    let named = screen.lines().position(|l| l.starts_with(" name ")).unwrap();
    assert!(screen.lines().nth(named + 1).unwrap().contains("! "), "{screen}");
    stage.keys("2<F2>").sees("Segment saved: Capital2");
}

#[test]
fn a_tag_is_chosen_by_its_name_and_the_rule_is_kept_aside() {
    let mut stage = ready();
    stage.keys("nLoud<Tab>city:Rey<Tab><Right>").sees("◂ tag ▸").sees_not("city:Rey");
    stage.keys("<Right>").sees("city:Rey").keys("<Left><BackTab>fi<Tab>").sees("1 of 5");
    stage.keys("<F2>");
    assert_eq!(saved(&stage).membership, Membership::Tag("fibre".into()));
}

#[test]
fn what_was_typed_is_kept_when_one_leaves() {
    let mut stage = ready();
    stage
        .keys("nHalf<Tab><Tab><Right><BackTab>fibre<Esc>")
        .sees("Not saved; what was typed is kept");
    stage.keys("n").sees("Half").sees("fibre").sees("◂ tag ▸".trim_matches(['◂', '▸', ' ']));
    stage.keys("<F2>");
    assert_eq!(saved(&stage).membership, Membership::Tag("fibre".into()));
    assert!(stage.drafts.is_empty());
}

#[test]
fn a_click_chooses_and_a_second_opens() {
    let mut stage = ready();
    let y = stage.rows().iter().position(|r| r.contains("Shirazi")).unwrap() as u16;
    let click = |stage: &mut Stage| stage.send(Msg::Mouse(Mouse::Click { x: 6, y }));
    click(&mut stage);
    assert!(cursor(&stage).contains("Shirazi"));
    click(&mut stage);
    stage.sees_not("rules 2").sees("city:Shiraz").keys("q");
    stage.send(Msg::Mouse(Mouse::Wheel { x: 6, y, lines: -3 }));
    assert!(cursor(&stage).contains("Capital"));
}

#[test]
fn what_is_empty_says_what_to_press() {
    let mut stage = Stage::new();
    stage.people.clear();
    stage.keys("4").sees("No segments yet: press n").keys("n").sees("New segment");
}

#[test]
fn any_size_in_both_languages() {
    for (width, height) in [(1, 1), (3, 2), (20, 5), (79, 11), (80, 24), (120, 36), (200, 60)] {
        for language in [Language::English, Language::Persian] {
            let mut stage = at(width, height, language);
            for keys in ["j", "ovi<Enter>", "G", "n", "ab<Tab>ci", "<Esc>", "e", "<Esc>", "?"] {
                stage.keys(keys);
                assert_eq!(stage.rows().len(), usize::from(height), "{width}x{height} {keys}");
            }
        }
    }
    at(80, 24, Language::English).sees("rules 2").sees("apart").sees("Farezeh").sees("overlap");
    let mut persian = at(80, 24, Language::Persian);
    persian.sees("۸۲٬۴۰۰").sees("city:Tehran").sees("۸۲٪");
    assert!(persian.rows().iter().any(|r| r.trim_end().ends_with("Capital ★▸")));
    let mut mono = Stage::with(80, 24, Language::English, ThemeKind::Mono);
    mono.segments = vec![rule(1, "Capital", "city:Tehran")];
    mono.keys("4").sees("★").sees("▸");
}
