//! Which offer is proposed to whom, with what evidence; what answers to offers leave behind; and that
//! the offer's cost goes into what a call is worth.

use vafa::desk::reports::Among;
use vafa::desk::{
    Answer, Change, Command, Log, Proposition, Question, Refusal, Report, ReportKind, ReportQuery,
    Whom,
};
use vafa::domain::{
    Channel, CustomerId, Day, Direction, Fact, FactId, FactKind, Field, Invalid, Membership, Offer,
    OfferAnswer, OfferId, Proposed, Segment, SegmentId, Stage, WrapUp,
};
use vafa::insight::acceptance::Tally;

use super::bench::Bench;

const TODAY: i32 = 20_779; // 2026-11-22

fn offer(name: &str) -> Offer {
    Offer { name: name.into(), margin: Some(10_000), cost: 1_000, active: true, ..Offer::default() }
}

fn save(bench: &Bench, offer: Offer) -> OfferId {
    let name = offer.name.clone();
    bench.act(Command::SaveDefinition { definition: Box::new(offer.into()), base: 0 });
    let plans = bench.plans();
    let kept = plans.definitions.offers.iter().find(|kept| kept.record.name == name);
    kept.expect("kept").record.id
}

fn log(customer: CustomerId, wrap_up: WrapUp) -> Log {
    Log {
        customer,
        outcome: "answered".into(),
        note: String::new(),
        channel: Channel::Call,
        direction: Direction::Outbound,
        seconds: 60,
        callback: None,
        queue: None,
        finishes: None,
        wrap_up,
    }
}

fn says(offer: OfferId, answer: OfferAnswer) -> WrapUp {
    let reason = "too dear".into();
    WrapUp { offer: Some(Proposed { offer, answer, reason }), ..WrapUp::default() }
}

fn propositions(bench: &Bench, id: CustomerId) -> Vec<Proposition> {
    bench.desk.learn_propositions().expect("learned");
    match bench.ask(Question::Propositions { customer: id, campaign: None }) {
        Answer::Propositions(all) => all,
        other => panic!("{other:?}"),
    }
}

fn names(bench: &Bench, id: CustomerId) -> Vec<String> {
    propositions(bench, id).into_iter().map(|p| p.offer.name).collect()
}

fn stage(bench: &Bench, id: CustomerId, stage: Stage) {
    bench.act(Command::Change { whom: Whom::These(vec![id]), change: Change::Stage(stage) });
}

#[test]
fn only_offers_that_hold_today_for_such_a_customer_are_proposed() {
    let bench = Bench::new();
    let id = bench.create("Reza");
    stage(&bench, id, Stage::Loyal);
    for (name, change) in [
        ("for all", (|_| {}) as fn(&mut Offer)),
        ("asleep", |o| o.active = false),
        ("over", |o| o.until = Some(Day(TODAY - 1))),
        ("to come", |o| o.from = Some(Day(TODAY + 1))),
        ("last day", |o| o.until = Some(Day(TODAY))),
        ("for loyal", |o| o.segment = "stage:loyal".into()),
        ("for prospects", |o| o.segment = "stage:prospect".into()),
        ("for the hasty", |o| o.need = "Fast Delivery".into()),
        ("for gardeners", |o| o.need = "garden".into()),
    ] {
        let mut made = offer(name);
        change(&mut made);
        save(&bench, made);
    }
    let mut all = names(&bench, id);
    all.sort();
    assert_eq!(all, ["for all", "for loyal", "last day"]);
    // A need that was just told counts at once, whatever its letters and words around.
    let fact = |kind, text: &str| Fact {
        id: FactId(0),
        customer: id,
        kind,
        text: text.into(),
        strength: 0,
        met: 0,
        source: "call".into(),
        on: Day(TODAY),
    };
    bench.act(Command::SaveFact(fact(FactKind::Need, "delivery must be FAST")));
    bench.act(Command::SaveFact(fact(FactKind::Attitude, "hates his garden")));
    let mut all = names(&bench, id);
    all.sort();
    assert_eq!(all, ["for all", "for loyal", "for the hasty", "last day"]);
    assert!(propositions(&bench, CustomerId(999)).is_empty());
}

#[test]
fn what_worked_for_those_alike_comes_first_with_its_evidence() {
    let bench = Bench::new();
    let gift = save(&bench, offer("Gift"));
    let call = save(&bench, offer("Own agent"));
    let many: Vec<CustomerId> = (0..20).map(|n| bench.create(&format!("c{n}"))).collect();
    for (n, id) in many.iter().enumerate() {
        // Loyal ones take the gift, others the agent of their own.
        let loyal = n % 2 == 0;
        stage(&bench, *id, if loyal { Stage::Loyal } else { Stage::AtRisk });
        let answer = |taken| if taken { OfferAnswer::Accepted } else { OfferAnswer::Refused };
        bench.act(Command::Log(log(*id, says(gift, answer(loyal)))));
        bench.act(Command::Log(log(*id, says(call, answer(!loyal)))));
    }
    let new = bench.create("new");
    for (at, first) in [(Stage::Loyal, gift), (Stage::AtRisk, call)] {
        stage(&bench, new, at);
        let all = propositions(&bench, new);
        assert_eq!(all[0].offer.id, first, "{at}");
        assert_eq!(all[0].alike, Tally { asked: 10, taken: 10 });
        assert_eq!(all[0].all, Tally { asked: 20, taken: 10 });
        assert_eq!(all[1].alike, Tally { asked: 10, taken: 0 });
        // Beta(2 + 10, 6 + 10): 12/28; then (10 x 12/28 + 10) / 20
        assert!((all[0].rate.mean() - (10.0 * 12.0 / 28.0 + 10.0) / 20.0).abs() < 1e-9);
        assert_eq!(all[0].gain, 9_000);
        assert_eq!(all[0].worth, (all[0].rate.mean() * 9_000.0).round() as i64);
    }
    // A larger margin outweighs a smaller chance.
    save(&bench, Offer { margin: Some(1_000_000), ..offer("Grand") });
    assert_eq!(names(&bench, new)[0], "Grand");
}

#[test]
fn who_has_answered_is_not_asked_again_soon() {
    let mut bench = Bench::new();
    let id = bench.create("Reza");
    let gift = save(&bench, offer("Gift"));
    let notice = bench.act(Command::Log(log(id, says(gift, OfferAnswer::Undecided))));
    assert_eq!(names(&bench, id), ["Gift"]);
    bench.act(Command::Log(log(id, says(gift, OfferAnswer::Refused))));
    assert!(names(&bench, id).is_empty());
    bench.act(Command::Undo(None));
    assert_eq!(names(&bench, id), ["Gift"], "what was taken back was not said");
    bench.act(Command::Redo);
    bench.later(24 * 91);
    assert_eq!(names(&bench, id), ["Gift"]);
    assert_eq!(propositions(&bench, id)[0].all, Tally { asked: 2, taken: 0 });
    bench.act(Command::Undo(Some(notice.gesture)));
    assert_eq!(propositions(&bench, id)[0].all, Tally { asked: 1, taken: 0 });
}

#[test]
fn answers_are_known_to_a_desk_that_opens_later_and_corrections_count_once() {
    let bench = Bench::new();
    let (id, other) = (bench.create("Reza"), bench.create("Mina"));
    let gift = save(&bench, offer("Gift"));
    let made = bench.act(Command::Log(log(id, says(gift, OfferAnswer::Accepted)))).deed;
    let vafa::desk::Deed::Logged { interaction, .. } = made else { panic!("{made:?}") };
    let outcome = "sale".to_owned();
    bench.act(Command::Correct { customer: id, interaction, outcome });
    let want = Tally { asked: 1, taken: 1 };
    assert_eq!(propositions(&bench, other)[0].all, want);
    let again = Bench::on(bench.engine.clone());
    assert_eq!(propositions(&again, other)[0].all, want);
    assert!(propositions(&again, id).is_empty(), "taken lately");
}

#[test]
fn an_answer_is_kept_with_the_call_and_taken_back_with_it() {
    let bench = Bench::new();
    let id = bench.create("Reza");
    let gift = save(&bench, offer("Gift"));
    let before = bench.digest();
    let told =
        WrapUp { satisfaction: Some(2), recommend: Some(10), ..says(gift, OfferAnswer::Refused) };
    bench.act(Command::Log(log(id, told.clone())));
    let profile = bench.profile(id);
    assert_eq!(profile.interactions[0].0.wrap_up, told);
    assert_eq!(profile.offered, [(gift, "Gift".to_owned())]);
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
    for (wrap_up, field) in [
        (says(OfferId(99), OfferAnswer::Accepted), Field::Offer),
        (WrapUp { satisfaction: Some(6), ..WrapUp::default() }, Field::Satisfaction),
        (WrapUp { recommend: Some(11), ..WrapUp::default() }, Field::Recommend),
    ] {
        let refused = bench.refused(Command::Log(log(id, wrap_up)));
        assert!(
            matches!(&refused, Refusal::Invalid(Invalid { field: found, .. }) if *found == field),
            "{field}: {refused:?}"
        );
    }
    assert_eq!(bench.digest(), before);
}

#[test]
fn a_target_group_tells_value_risk_cost_and_response() {
    let bench = Bench::new();
    let ids: Vec<CustomerId> = (0..4).map(|n| bench.create(&format!("customer {n}"))).collect();
    stage(&bench, ids[0], Stage::Loyal);
    stage(&bench, ids[1], Stage::Loyal);
    let gift = save(&bench, offer("Gift"));
    for (name, rule, target) in [("Loyal", "stage:loyal", true), ("Others", "-stage:loyal", false)]
    {
        let membership = Membership::Rule(rule.into());
        let (id, name, note) = (SegmentId(0), name.to_owned(), String::new());
        let segment = Segment { id, name, membership, target, note };
        bench.act(Command::SaveSegment { segment, base: 0 });
    }
    for (at, answer) in
        [OfferAnswer::Accepted, OfferAnswer::Refused, OfferAnswer::Refused].into_iter().enumerate()
    {
        bench.act(Command::Log(log(ids[at], says(gift, answer))));
    }
    let ask = |expression: &str| {
        let expression = expression.to_owned();
        let query = ReportQuery { expression, ..ReportQuery::of(ReportKind::Segments) };
        match bench.ask(Question::Report(query)) {
            Answer::Report(report) => match &*report {
                Report::Segments(report) => report.rows.clone(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    };
    let rows = ask("");
    let told: Vec<_> = rows.iter().map(|r| (r.name.as_str(), r.target, r.customers)).collect();
    assert_eq!(told, [("Loyal", true, 2), ("Others", false, 2)], "targets first");
    assert_eq!(rows[0].response, Tally { asked: 2, taken: 1 });
    assert_eq!(rows[1].response, Tally { asked: 1, taken: 0 });
    // A minute of 50 in the first week of a relation, as if the year went on so.
    assert!(rows.iter().all(|r| r.cost > 0), "{rows:?}");
    assert_eq!(rows[0].cost, 2 * rows[1].cost);
    for row in &rows {
        assert_eq!(bench.list("", &row.expression).total, row.customers);
        let look = Question::Look { expression: row.expression.clone(), against: None };
        let Answer::Look(look) = bench.ask(look) else { panic!("a look") };
        assert_eq!((look.cost, look.response), (row.cost, row.response), "as on the screen");
    }
    assert_eq!(ask(&format!("id={}", ids[0]))[0].response, Tally { asked: 1, taken: 1 });
}

#[test]
fn an_answer_tells_of_those_who_stand_where_the_customer_stood_then() {
    let mut bench = Bench::new();
    let gift = save(&bench, offer("Gift"));
    let moved = |bench: &Bench, id, to| {
        let change = Change::Moved(to, "as told".into());
        bench.act(Command::Change { whom: Whom::These(vec![id]), change });
    };
    let many: Vec<CustomerId> = (0..6).map(|n| bench.create(&format!("c{n}"))).collect();
    for id in &many {
        moved(&bench, *id, Stage::Lapsed);
    }
    bench.later(24);
    for (n, id) in many.iter().enumerate() {
        let answer = if n < 2 { OfferAnswer::Accepted } else { OfferAnswer::Refused };
        bench.act(Command::Log(log(*id, says(gift, answer))));
    }
    bench.later(24);
    // Those who took it came back and are loyal by now.
    moved(&bench, many[0], Stage::WonBack);
    bench.later(24);
    moved(&bench, many[0], Stage::Loyal);
    moved(&bench, many[1], Stage::Loyal);
    let (left, loyal) = (bench.create("left"), bench.create("loyal"));
    moved(&bench, left, Stage::Lapsed);
    moved(&bench, loyal, Stage::Loyal);
    let again = Bench::on(bench.engine.clone());
    for bench in [&bench, &again] {
        assert_eq!(propositions(bench, left)[0].alike, Tally { asked: 6, taken: 2 });
        assert_eq!(propositions(bench, loyal)[0].alike, Tally { asked: 0, taken: 0 });
        let Answer::Report(report) =
            bench.ask(Question::Report(ReportQuery::of(ReportKind::Offers)))
        else {
            panic!("report")
        };
        let Report::Offers(report) = &*report else { panic!("another") };
        let told: Vec<_> =
            report.rows.iter().map(|r| (r.among.clone(), r.asked, r.taken)).collect();
        assert_eq!(told, [(Among::All, 6, 2), (Among::Stage(Stage::Lapsed), 6, 2)]);
    }
    bench.act(Command::Undo(None));
    assert_eq!(propositions(&bench, left)[0].alike, Tally { asked: 6, taken: 2 });
}
