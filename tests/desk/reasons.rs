//! The retention queue names what was planted: customers who differ in one thing from the others, and
//! the reason that must come first.

use jiff::{Timestamp, ToSpan};
use vafa::desk::{Command, Load};
use vafa::domain::{
    AgentId, Channel, Customer, CustomerId, Day, Direction, Fact, FactId, FactKind, Field,
    Interaction, InteractionId, PurchaseKind, QueueKind, WrapUp,
};
use vafa::insight::reasons::Reason;

use super::bench::Bench;
use super::queues::{TODAY, fit, product, purchase, regulars, store};

/// What happened to a customer, days counted back from today.
#[derive(Default)]
struct Story {
    name: &'static str,
    /// Sales: how many days ago, and what a unit of the plan cost then.
    bought: Vec<(i32, i64)>,
    returned: Vec<(i32, i64)>,
    /// Contacts: how many days ago, and how they ended.
    talks: Vec<(i32, &'static str)>,
    /// A need: in words, how much it matters, how well it is met.
    need: Option<(&'static str, u8, u8)>,
}

impl Story {
    fn rows(&self) -> Vec<Load> {
        let mut customer = Customer::named(CustomerId(0), self.name, Day(TODAY - 900));
        customer.external_id = Some(self.name.into());
        let fact = |(text, strength, met): (&str, u8, u8)| Fact {
            id: FactId(0),
            customer: CustomerId(0),
            kind: FactKind::Need,
            text: text.into(),
            strength,
            met,
            source: "call".into(),
            on: Day(TODAY - 30),
        };
        let mut rows = vec![Load::Customer {
            customer: Box::new(customer),
            given: vec![Field::Name, Field::ExternalId],
            facts: self.need.map(fact).into_iter().collect(),
        }];
        let goods = |of: &[(i32, i64)], kind: PurchaseKind| -> Vec<Load> {
            of.iter().map(|(ago, amount)| purchase(self.name, TODAY - ago, kind, *amount)).collect()
        };
        rows.extend(goods(&self.bought, PurchaseKind::Sale));
        rows.extend(goods(&self.returned, PurchaseKind::Return));
        rows.extend(self.talks.iter().map(|(ago, outcome)| Load::Interaction {
            customer: self.name.into(),
            interaction: talk(*ago, outcome),
        }));
        rows
    }
}

fn talk(ago: i32, outcome: &str) -> Interaction {
    let noon: Timestamp = "2026-11-22T12:00:00Z".parse().expect("a time");
    Interaction {
        id: InteractionId(0),
        customer: CustomerId(0),
        external_id: None,
        at: noon.checked_sub((24 * ago).hours()).expect("earlier"),
        channel: Channel::Call,
        direction: Direction::Inbound,
        outcome: outcome.into(),
        seconds: 200,
        agent: AgentId(1),
        note: String::new(),
        corrects: None,
        queue: None,
        wrap_up: WrapUp::default(),
    }
}

/// Every `gap` days until `last` days ago, at one price.
fn habit(gap: i32, last: i32, times: i32, price: i64) -> Vec<(i32, i64)> {
    (0..times).rev().map(|k| (last + k * gap, price)).collect()
}

fn queue_of(stories: &[Story]) -> (Bench, Vec<(String, Vec<Reason>)>) {
    let mut rows = vec![product("plan", "internet", 90_000)];
    rows.extend(regulars());
    rows.extend(stories.iter().flat_map(Story::rows));
    let bench = store(rows);
    fit(&bench);
    let page = bench.queue(QueueKind::Retention);
    let of = |row: &vafa::desk::QueueRow| {
        (row.row.customer.external_id.clone().unwrap_or_default(), row.reasons.clone())
    };
    let found = page.rows.iter().map(of).collect();
    (bench, found)
}

type Wanted = fn(&Reason) -> bool;

#[test]
fn the_queue_names_what_was_planted() {
    let price = 90_000;
    // Between usual and gone: every three weeks, nothing for seven.
    let late = || habit(21, 50, 18, price);
    let on_time = || habit(21, 10, 18, price);
    let named = |name, bought| Story { name, bought, ..Story::default() };
    let mut dearer = habit(21, 71, 16, price);
    dearer.push((50, price * 118 / 100));
    let mut slowing = habit(10, 210, 12, price);
    slowing.extend(habit(30, 30, 6, price));
    let mut halved = habit(21, 10 + 21 * 9, 9, price);
    halved.extend(habit(21, 10, 9, price / 2));
    let cases: Vec<(Story, Wanted)> = vec![
        (named("silent", late()), |r| *r == Reason::Silent { usual_gap_days: 21, silent_days: 50 }),
        (named("dearer", dearer), |r| *r == Reason::PriceRise { percent: 18 }),
        (named("slowing", slowing), |r| {
            matches!(r, Reason::Slowing { from_days: 10, to_days: 30 })
        }),
        (named("halved", halved), |r| {
            matches!(r, Reason::SpendFalling { from: 90_000, to: 45_000 })
        }),
        (
            Story {
                returned: vec![(40, price * 3), (20, price * 3 / 2)],
                ..named("sends back", on_time())
            },
            |r| *r == Reason::Returns { percent: 25 },
        ),
        (
            Story {
                talks: vec![(60, "complaint"), (52, "complaint")],
                ..named("complained", late())
            },
            |r| *r == Reason::Complaints { count: 2 },
        ),
        (
            // Long ago, or no complaint at all.
            Story {
                talks: vec![(400, "complaint"), (390, "complaint"), (20, "answered")],
                ..named("forgave", late())
            },
            |r| matches!(r, Reason::Silent { .. }),
        ),
        (Story { need: Some(("delivery on time", 5, 1)), ..named("lacks", on_time()) }, |r| {
            *r == Reason::UnmetNeed { need: "delivery on time".into() }
        }),
        (
            // Met well enough: nothing to tell.
            Story {
                need: Some(("delivery on time", 5, 4)),
                talks: vec![(40, "refused")],
                ..named("refused", on_time())
            },
            |r| *r == Reason::RefusedLast,
        ),
    ];
    let (stories, wanted): (Vec<Story>, Vec<Wanted>) = cases.into_iter().unzip();
    let (bench, found) = queue_of(&stories);
    for (story, wanted) in stories.iter().zip(wanted) {
        let row = found.iter().find(|(name, _)| name == story.name);
        let left_out = bench.queue(QueueKind::Retention).left_out;
        let (_, reasons) = row.unwrap_or_else(|| panic!("{} is out: {left_out:?}", story.name));
        assert!(wanted(&reasons[0]), "{}: {reasons:?}", story.name);
    }
}

#[test]
fn a_complaint_that_is_logged_is_the_reason_at_once() {
    let story = Story { name: "late", bought: habit(21, 50, 18, 90_000), ..Story::default() };
    let (bench, found) = queue_of(&[story]);
    let reasons = |found: &[(String, Vec<Reason>)]| {
        found.iter().find(|(name, _)| name == "late").map(|(_, reasons)| reasons.clone())
    };
    assert!(matches!(reasons(&found).as_deref(), Some([Reason::Silent { .. }, ..])), "{found:?}");
    let id = bench.list("late", "").rows[0].customer.id;
    for _ in 0..2 {
        bench.act(Command::Log(vafa::desk::Log {
            customer: id,
            outcome: "complaint".into(),
            note: "late again".into(),
            channel: Channel::Call,
            direction: Direction::Inbound,
            seconds: 60,
            callback: None,
            queue: None,
            finishes: None,
            wrap_up: WrapUp::default(),
        }));
    }
    // Called within the cooling-off time they leave the queue; their profile says why.
    assert_eq!(bench.profile(id).reasons[0], Reason::Complaints { count: 2 });
}
