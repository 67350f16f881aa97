//! Scores and the retention queue: they follow every purchase and call at once.

use jiff::ToSpan;
use vafa::desk::{Change, Command, Load, Log, Whom};
use vafa::domain::{
    Channel, Currency, CustomerId, Day, Direction, Line, Purchase, PurchaseId, PurchaseKind,
    QueueKind, WrapUp,
};

use super::bench::Bench;

/// 200 customers with repeat purchases at several paces, some silent for long.
pub fn shop() -> Bench {
    let bench = Bench::new();
    stock(&bench);
    bench.act(Command::Fit { as_of: None, horizon_weeks: None, model: None });
    bench
}

/// The same before anything was fitted.
pub fn stock(bench: &Bench) {
    let today = 20_779; // 2026-11-22
    let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
    let mut rows = Vec::new();
    for n in 0..200_i32 {
        let gap = 14 + n % 30;
        let silent = (n * 7) % 120;
        for k in 0..=(n % 9) {
            let day = today - silent - k * gap;
            rows.push(sale(&format!("c{n}"), day, 4_000 + i64::from(n % 17) * 900));
        }
    }
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
}

fn sale(customer: &str, day: i32, amount: i64) -> Load {
    let line = Line { product: None, quantity: 1_000, amount, cost: None };
    let purchase = Purchase {
        id: PurchaseId(0),
        customer: CustomerId(0),
        external_id: None,
        kind: PurchaseKind::Sale,
        day: Day(day),
        currency: Currency::USD,
        lines: vec![line],
    };
    Load::Purchase { customer: customer.into(), purchase, skus: vec![None] }
}

#[test]
fn the_queue_is_ranked_and_says_whom_it_leaves_out() {
    let bench = shop();
    let page = bench.queue(QueueKind::Retention);
    assert!(page.fitted && page.total > 0);
    let values: Vec<i64> = page.rows.iter().map(|r| r.expected_value).collect();
    assert!(values.windows(2).all(|w| w[0] >= w[1]) && values.iter().all(|v| *v > 0));
    assert_eq!(page.total + page.left_out.total(), 200);
    assert!(page.rows.iter().all(|r| r.arithmetic.is_some() && !r.reasons.is_empty()));
}

#[test]
fn a_call_a_purchase_a_ban_and_a_snooze_change_the_queue_at_once() {
    let mut bench = shop();
    let place = |bench: &Bench, id: CustomerId| {
        bench.queue(QueueKind::Retention).rows.iter().position(|r| r.row.customer.id == id)
    };
    let ids: Vec<CustomerId> =
        bench.queue(QueueKind::Retention).rows.iter().map(|r| r.row.customer.id).collect();
    let total = bench.queue(QueueKind::Retention).total;

    bench.act(Command::Log(Log {
        customer: ids[0],
        outcome: "answered".into(),
        note: String::new(),
        channel: Channel::Call,
        direction: Direction::Outbound,
        seconds: 90,
        callback: None,
        queue: Some(QueueKind::Retention),
        finishes: None,
        wrap_up: WrapUp::default(),
    }));
    assert_eq!(place(&bench, ids[0]), None, "cooling off");
    assert_eq!(bench.queue(QueueKind::Retention).left_out.cooling_off, 1);
    bench.act(Command::Undo(None));
    assert_eq!(place(&bench, ids[0]), Some(0));

    let ban = Change::DoNotCall(Some("asked".into()));
    bench.act(Command::Change { whom: Whom::These(vec![ids[1]]), change: ban });
    assert_eq!(place(&bench, ids[1]), None);

    let until = bench.who.now.checked_add(1.hours()).unwrap();
    bench.act(Command::PutOff {
        queue: QueueKind::Retention,
        campaign: None,
        customers: vec![ids[2]],
        until,
        reason: String::new(),
    });
    assert_eq!(place(&bench, ids[2]), None);
    assert_eq!(bench.queue(QueueKind::Retention).total, total - 2);
    bench.later(2);
    assert_eq!(place(&bench, ids[2]), Some(1), "the snooze is over");

    let before = bench.profile(ids[3]).figures.p_alive.unwrap();
    let Load::Purchase { purchase, .. } = sale("x", 20_779, 5_000) else { panic!() };
    bench.act(Command::AddPurchase(Purchase { customer: ids[3], ..purchase }));
    assert!(bench.profile(ids[3]).figures.p_alive.unwrap() > before);
}

#[test]
fn scores_of_one_are_the_scores_of_all() {
    let bench = shop();
    let of_all = bench.list("", "");
    // A tag ranks each customer singly again.
    let all = Whom::Matching { text: String::new(), expression: String::new() };
    bench.act(Command::Change { whom: all, change: Change::Tag("x".into()) });
    let singly = bench.list("", "");
    assert_eq!(of_all.total, 200);
    for row in &of_all.rows {
        let again = singly.rows.iter().find(|r| r.customer.id == row.customer.id).unwrap();
        assert_eq!(row.figures, again.figures);
    }
}

#[test]
fn too_little_data_is_said() {
    let bench = Bench::new();
    bench.create("Reza");
    let refused = bench.refused(Command::Fit { as_of: None, horizon_weeks: None, model: None });
    assert!(matches!(refused, vafa::desk::Refusal::NotEnough { .. }), "{refused:?}");
}

#[test]
fn scoring_is_nothing_to_take_back_and_never_looks_ahead() {
    let bench = shop();
    let ahead = Command::Fit { as_of: Some(Day(20_779 + 2)), horizon_weeks: None, model: None };
    assert!(matches!(bench.refused(ahead), vafa::desk::Refusal::Invalid(_)));
    // The import before the fit is what undo takes back.
    bench.act(Command::Undo(None));
    assert_eq!(bench.list("", "").total, 0);
    assert_eq!(bench.queue(QueueKind::Retention).total, 0);
}

#[test]
fn what_is_noted_selects_at_once() {
    let bench = shop();
    let id = bench.list("c7", "").rows[0].customer.id;
    let fact = vafa::domain::Fact {
        id: vafa::domain::FactId(0),
        customer: id,
        kind: vafa::domain::FactKind::Need,
        text: "fast delivery".into(),
        strength: 0,
        met: 0,
        source: String::new(),
        on: Day(20_779),
    };
    bench.act(Command::SaveFact(fact));
    assert_eq!(bench.list("", "need:\"fast delivery\"").total, 1);
    bench.act(Command::Undo(None));
    assert_eq!(bench.list("", "need:\"fast delivery\"").total, 0);
}
