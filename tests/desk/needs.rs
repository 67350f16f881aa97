//! Needs: how many, how much they matter, how well they are met, among all and by segment.

use vafa::desk::reports::{Among, NeedRow, NeedsReport};
use vafa::desk::{Answer, Command, Question, Refusal, Report, ReportKind, ReportQuery};
use vafa::domain::{
    CustomerId, Day, Fact, FactId, FactKind, Membership, Offer, Segment, SegmentId,
};

use super::bench::Bench;

const TODAY: i32 = 20_779; // 2026-11-22

fn need(bench: &Bench, customer: CustomerId, text: &str, (strength, met): (u8, u8)) {
    let (text, source) = (text.to_owned(), String::new());
    let (id, kind, on) = (FactId(0), FactKind::Need, Day(TODAY));
    bench.act(Command::SaveFact(Fact { id, customer, kind, text, strength, met, source, on }));
}

fn report(bench: &Bench, expression: &str) -> NeedsReport {
    let expression = expression.to_owned();
    let query = ReportQuery { expression, ..ReportQuery::of(ReportKind::Needs) };
    let Answer::Report(report) = bench.ask(Question::Report(query)) else { panic!("a report") };
    let Report::Needs(report) = &*report else { panic!("{report:?}") };
    report.clone()
}

#[test]
fn needs_are_told_among_all_and_by_segment() {
    let bench = Bench::new();
    assert!(report(&bench, "").rows.is_empty());
    let [ada, ben, eve, fay] = ["Ada", "Ben", "Eve", "Fay"].map(|name| bench.create(name));
    need(&bench, ada, "Fast delivery", (5, 1));
    need(&bench, ben, "fast  delivery", (4, 0));
    need(&bench, eve, "Fast delivery", (0, 4));
    // Said twice it is one need; the later mark counts.
    need(&bench, ada, "Fast delivery", (0, 2));
    need(&bench, fay, "A \"quiet\" room", (3, 3));
    let segment = Segment {
        id: SegmentId(0),
        name: "A to B".into(),
        membership: Membership::Rule("name:ada or name:ben".into()),
        target: false,
        note: String::new(),
    };
    bench.act(Command::SaveSegment { segment, base: 0 });
    for (name, active) in [("Express", true), ("Drone", false)] {
        let need = "fast delivery".to_owned();
        let offer = Offer { name: name.into(), need, active, ..Offer::default() };
        bench.act(Command::SaveDefinition { definition: Box::new(offer.into()), base: 0 });
    }
    let told = |row: &NeedRow| {
        let among = match &row.among {
            Among::Segment(name) => name.clone(),
            _ => "all".to_owned(),
        };
        (row.need.clone(), among, row.customers, row.share, row.importance, row.met, row.unmet)
    };
    let all = report(&bench, "");
    let fast = || "Fast delivery".to_owned();
    assert_eq!(
        all.rows.iter().map(told).collect::<Vec<_>>(),
        [
            (fast(), "all".into(), 3, 0.75, Some(4.5), Some(3.0), 1),
            (fast(), "A to B".into(), 2, 1.0, Some(4.5), Some(2.0), 1),
            ("A \"quiet\" room".into(), "all".into(), 1, 0.25, Some(3.0), Some(3.0), 0),
        ]
    );
    assert_eq!(all.rows.iter().map(|row| row.offers).collect::<Vec<_>>(), [1, 1, 0]);
    // Each row opens the customers it counts.
    for row in all.rows.iter().chain(&report(&bench, "name:ada or name:fay").rows) {
        assert_eq!(bench.list("", &row.expression).total, row.customers, "{}", row.expression);
    }
    assert_eq!(report(&bench, "name:eve").rows[0].customers, 1);
    let query = ReportQuery { as_of: Some(Day(TODAY - 9)), ..ReportQuery::of(ReportKind::Needs) };
    let refused =
        bench.desk.ask(&bench.who, Question::Report(query), &vafa::desk::Cancel::default());
    assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
}
