//! Points of loyalty programmes: earned with purchases and imports, redeemed, lost, owed; all of it
//! taken back with what earned it.

use vafa::desk::reports::ProgrammeLine;
use vafa::desk::{
    Answer, Cancel, Command, Deed, Load, Membership, Question, Refusal, Report, ReportKind,
    ReportQuery,
};
use vafa::domain::{
    Currency, CustomerId, Day, Field, Invalid, Line, Programme, ProgrammeId, Purchase, PurchaseId,
    PurchaseKind, Role, Tier,
};

use super::bench::Bench;

const TODAY: i32 = 20_779; // 2026-11-22

fn club(eligible: &str) -> Programme {
    let tier = |threshold, discount| Tier { threshold, discount, terms: String::new() };
    Programme {
        name: "Club".into(),
        eligible: eligible.into(),
        spend_per_point: 1_000,
        point_value: 10,
        expires_days: Some(100),
        tiers: vec![tier(0, 0), tier(50_000, 50)],
        active: true,
        ..Programme::default()
    }
}

fn save(bench: &Bench, programme: Programme) -> ProgrammeId {
    bench.act(Command::SaveDefinition { definition: Box::new(programme.into()), base: 0 });
    bench.plans().definitions.programmes[0].record.id
}

fn purchase(customer: CustomerId, ago: i32, amount: i64, kind: PurchaseKind) -> Purchase {
    Purchase {
        id: PurchaseId(0),
        customer,
        external_id: None,
        kind,
        day: Day(TODAY - ago),
        currency: Currency::USD,
        lines: vec![Line { product: None, quantity: 1_000, amount, cost: None }],
    }
}

fn member(bench: &Bench, id: CustomerId) -> Membership {
    bench.profile(id).memberships.into_iter().next().expect("a member")
}

#[test]
fn purchases_earn_points_that_are_redeemed_and_lost() {
    let mut bench = Bench::new();
    let id = bench.create("Reza");
    let programme = save(&bench, club(""));
    let before = bench.digest();
    bench.act(Command::AddPurchase(purchase(id, 20, 40_900, PurchaseKind::Sale)));
    bench.act(Command::AddPurchase(purchase(id, 0, 20_000, PurchaseKind::Sale)));
    bench.act(Command::AddPurchase(purchase(id, 0, 5_000, PurchaseKind::Return)));
    let m = member(&bench, id);
    assert_eq!((m.balance.points, m.balance.earned, m.worth), (55, 55, 550));
    // The return took five of those that are lost first.
    assert_eq!(m.balance.next, Some((Day(TODAY + 80), 35)));
    assert_eq!((m.spent, m.tier.map(|t| t.discount)), (60_900, Some(50)));
    let redeem = |points| {
        let note = "gift".into();
        Command::Redeem { customer: id, programme, points, note }
    };
    for (points, most) in [(0, 55), (-5, 55), (56, 55)] {
        let refused = bench.refused(redeem(points));
        let problem = vafa::domain::Problem::OutOfRange { from: 1, to: most };
        let want = Invalid { field: Field::Points, problem };
        assert!(matches!(&refused, Refusal::Invalid(found) if *found == want), "{refused:?}");
    }
    bench.act(redeem(40));
    assert_eq!(member(&bench, id).balance.points, 15);
    let rows = bench.desk.programmes_report(&bench.who, &Cancel::default()).expect("a report");
    let row = &rows[0];
    assert_eq!((row.members, row.earned, row.redeemed, row.open), (1, 55, 40, 15));
    assert_eq!((row.liability(), row.cost()), (150, 400));
    bench.later(24 * 100);
    let m = member(&bench, id);
    assert_eq!((m.balance.points, m.balance.lost), (0, 15));
    for _ in 0..4 {
        bench.act(Command::Undo(None));
    }
    assert_eq!(bench.digest(), before);
}

/// The report of programmes of the customers an expression selects.
fn report(bench: &Bench, expression: &str) -> Vec<ProgrammeLine> {
    let expression = expression.to_owned();
    let query = ReportQuery { expression, ..ReportQuery::of(ReportKind::Programmes) };
    match bench.ask(Question::Report(query)) {
        Answer::Report(report) => match &*report {
            Report::Programmes(report) => report.lines.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_report_says_who_earns_what_is_owed_and_what_members_bring() {
    let mut bench = Bench::new();
    assert!(report(&bench, "").is_empty());
    let ids: Vec<CustomerId> = ["Reza", "Mina", "Sina"].map(|name| bench.create(name)).into();
    // Reza and Mina bought a year before there was a programme: 100 in 30 days.
    for id in &ids[..2] {
        for ago in (10..370).step_by(30) {
            bench.act(Command::AddPurchase(purchase(*id, ago, 10_000, PurchaseKind::Sale)));
        }
    }
    let programme = save(&bench, club(""));
    let [all, ..] = &report(&bench, "")[..] else { panic!("a programme") };
    assert_eq!((all.eligible, all.earning, all.liability), (3, 0, 0));
    assert_eq!((all.compared, all.before, all.with), (0, None, None));
    let lately = all.without.expect("two who bought and earn nothing");
    // Reza joins and buys twice as much from then on.
    for n in 0..5 {
        bench.later(if n == 0 { 0 } else { 24 * 30 });
        let sale = purchase(ids[0], -30 * n, 20_000, PurchaseKind::Sale);
        bench.act(Command::AddPurchase(sale));
    }
    bench.act(Command::Redeem { customer: ids[0], programme, points: 30, note: String::new() });
    let lines = report(&bench, "");
    let [all, low, high] = &lines[..] else { panic!("a programme of two tiers: {lines:?}") };
    assert_eq!((all.eligible, all.earning, all.compared), (3, 1, 1));
    // 100 were earned; 20 of them each 30 days, lost after 100 days.
    assert_eq!((all.open + all.redeemed + all.lost, all.redeemed), (100, 30));
    assert_eq!((all.liability, all.cost), (all.open * 10, 300));
    assert!(all.lost > 0 && all.open > 0, "{all:?}");
    // Of 100 a month .3 is margin; of 200 too, over the days after the first.
    let (before, after) = (all.before.expect("known"), all.after.expect("known"));
    assert!((30_000..45_000).contains(&before), "{before}");
    assert!(after > before + before / 2, "{before} {after}");
    assert!(all.with.expect("one") > all.without.expect("another"), "{all:?}");
    assert!(lately > 30_000, "{lately}");
    assert_eq!((low.earning, high.earning), (0, 1), "spent more than 500 in the year");
    assert_eq!(high.tier.as_ref().map(|tier| tier.discount), Some(50));
    assert_eq!(report(&bench, &format!("id={}", ids[1]))[0].earning, 0);
}

#[test]
fn only_those_who_take_part_earn() {
    let bench = Bench::new();
    let (loyal, other) = (bench.create("Reza"), bench.create("Mina"));
    let whom = vafa::desk::Whom::These(vec![loyal]);
    bench.act(Command::Change { whom, change: vafa::desk::Change::Tag("club".into()) });
    save(&bench, club("tag:club"));
    for id in [loyal, other] {
        bench.act(Command::AddPurchase(purchase(id, 0, 9_999, PurchaseKind::Sale)));
    }
    assert_eq!(member(&bench, loyal).balance.points, 9);
    assert!(bench.profile(other).memberships.is_empty());
    let refused = bench.desk.act(&bench.other(9, Role::Agent), Command::Accrue);
    assert!(matches!(refused, Err(Refusal::NotPermitted { .. })), "{refused:?}");
}

#[test]
fn an_import_earns_points_and_gives_them_back_when_it_is_taken_back() {
    let bench = Bench::new();
    save(&bench, club(""));
    let before = bench.digest();
    let load = |bench: &Bench| {
        let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
        let rows = (0..3).map(|n| Load::Purchase {
            customer: format!("c{n}"),
            purchase: purchase(CustomerId(0), n, 7_000, PurchaseKind::Sale),
            skus: vec![None],
        });
        bench.act(Command::Load { gesture, rows: rows.collect() });
        bench.act(Command::Close { gesture })
    };
    load(&bench);
    let all = bench.list("", "").rows;
    assert_eq!(all.len(), 3);
    for row in &all {
        assert_eq!(member(&bench, row.customer.id).balance.points, 7);
    }
    // Neither the same file again nor another look gives them twice.
    load(&bench);
    let Deed::Closed { tally, .. } = bench.act(Command::Accrue).deed else { panic!("closed") };
    assert_eq!((tally.added, tally.same), (0, 3));
    for row in &all {
        assert_eq!(member(&bench, row.customer.id).balance.points, 7);
    }
    while bench.digest() != before {
        bench.act(Command::Undo(None));
    }
}

#[test]
fn what_was_bought_before_the_programme_earns_on_demand() {
    let bench = Bench::new();
    let id = bench.create("Reza");
    bench.act(Command::AddPurchase(purchase(id, 3, 12_000, PurchaseKind::Sale)));
    save(&bench, club(""));
    let before = bench.digest();
    assert_eq!(member(&bench, id).balance.points, 0);
    let Deed::Closed { tally, .. } = bench.act(Command::Accrue).deed else { panic!("closed") };
    assert_eq!(tally.added, 1);
    assert_eq!(member(&bench, id).balance.points, 12);
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
}
