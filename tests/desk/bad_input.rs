//! Data that say too little or lie: every analysis answers, or says how much is missing. Never a figure
//! that is no number, never a hang.

use vafa::desk::reports::ReportKind;
use vafa::desk::{Answer, Cancel, Command, Load, Question, Refusal, ReportQuery};
use vafa::domain::{
    Customer, CustomerId, Day, Field, QueueKind, Subscription, SubscriptionId, Term,
};

use super::bench::Bench;
use super::queues::{TODAY, product, sale, store};

/// Fits, asks for every queue, report and profile, and looks for anything that is no number. True when
/// there was enough for a fit.
fn answers(case: &str, rows: Vec<Load>) -> bool {
    let bench = store(rows);
    let number = |what: &str, answer: &dyn std::fmt::Debug| {
        let said = format!("{answer:?}");
        let bad = |w: &str| w == "NaN" || w == "inf" || w == "-inf";
        let words = said.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        assert!(!words.into_iter().any(bad), "{case}, {what}: {said}");
    };
    let fit = Command::Fit { as_of: None, horizon_weeks: None, model: None };
    let fitted = match bench.desk.act(&bench.who, fit) {
        Ok(_) => true,
        Err(Refusal::NotEnough { have, needed, .. }) => {
            assert!(have < needed, "{case}: {have} of {needed}");
            false
        }
        Err(other) => panic!("{case}: {other:?}"),
    };
    bench.desk.prepare().expect("learned");
    let ask = |what: &str, question: Question| match bench.desk.ask(
        &bench.who,
        question,
        &Cancel::default(),
    ) {
        Ok(answer) => number(what, &answer),
        Err(Refusal::NotEnough { have, needed, .. }) => assert!(have < needed, "{case} {what}"),
        Err(other) => panic!("{case}, {what}: {other:?}"),
    };
    for kind in QueueKind::ALL {
        ask(kind.name(), Question::Queue { kind: *kind, from: 0, count: 100, anchor: None });
    }
    for kind in ReportKind::ALL {
        ask(kind.name(), Question::Report(ReportQuery::of(*kind)));
    }
    ask("models", Question::Models);
    for row in bench.list("", "").rows {
        ask("profile", Question::Profile(row.customer.id));
    }
    fitted
}

fn sales(customers: i32, days: &[i32], amount: i64) -> Vec<Load> {
    let of =
        |n: i32| days.iter().map(move |ago| sale(&format!("c{n}"), TODAY - ago, &[""], amount));
    (0..customers).flat_map(of).collect()
}

#[test]
fn purchases_that_say_too_little_are_answered() {
    // Those who bought as 40 others, and one who is unlike anybody.
    let with = |more: Vec<Load>| -> Vec<Load> {
        sales(40, &[100, 60, 20], 3_000).into_iter().chain(more).collect()
    };
    // 255 days of buying within 680 days, the last yesterday: x = 254, t_x = 97.14, T = 97.29.
    let daily: Vec<i32> = (0..255).map(|k| 1 + k * 680 / 254).collect();
    let thousands: Vec<i32> = (0..3_000).collect();
    let on_the_last_day = sales(30, &[90, 45, 0], 2_000);
    let many_today: Vec<Load> = (0..2_000).map(|_| sale("c0", TODAY, &[""], 100)).collect();
    for (case, rows, fits) in [
        ("nothing", Vec::new(), false),
        ("no repeat buyers", sales(50, &[30], 500), false),
        ("one customer", sales(1, &[90, 60, 30], 500), true),
        ("one purchase", sales(1, &[10], 500), false),
        ("all on one day", sales(50, &[0], 500), false),
        ("all on the same two days", sales(50, &[40, 10], 500), true),
        ("nothing was paid", sales(40, &[60, 30], 0), false),
        ("bought on the day asked about", on_the_last_day, true),
        ("x = 254", with(sales_of("often", &daily)), true),
        ("thousands of purchases", with(sales_of("always", &thousands)), true),
        ("thousands on one day", with(many_today), true),
        ("always the same amount", with(Vec::new()), true),
        ("a fortune", with(vec![sale("rich", TODAY - 5, &[""], 1_000_000_000_000)]), true),
        ("decades ago", with(sales_of("old", &[20_000, 19_990])), true),
    ] {
        assert_eq!(answers(case, rows), fits, "{case}");
    }
}

fn sales_of(name: &str, days: &[i32]) -> Vec<Load> {
    days.iter().map(|ago| sale(name, TODAY - ago, &[""], 3_000)).collect()
}

#[test]
fn baskets_that_say_too_little_are_answered() {
    let goods = || vec![product("a", "x", 500), product("b", "x", 0), product("c", "", 900)];
    let bought = |of: &dyn Fn(i32) -> Vec<&'static str>| -> Vec<Load> {
        let basket = |n: i32| sale(&format!("c{}", n % 40), TODAY - 7 * (n / 40), &of(n), 700);
        goods().into_iter().chain((0..200).map(basket)).collect()
    };
    for (case, rows) in [
        ("no product is known", bought(&|_| vec![""])),
        ("one product", bought(&|_| vec!["a"])),
        ("always both", bought(&|_| vec!["a", "b"])),
        ("the same twice in a basket", bought(&|_| vec!["a", "a"])),
        ("never together", bought(&|n| if n % 2 == 0 { vec!["a"] } else { vec!["c"] })),
        ("products nobody bought", goods()),
    ] {
        assert_eq!(answers(case, rows), case != "products nobody bought", "{case}");
    }
}

/// A contract of a customer of their own: how many days ago it began, and after how many it ended.
fn contract(n: i32, ago: i32, after: Option<i32>, term: Term, city: &str) -> [Load; 2] {
    let name = format!("c{n}");
    let mut customer = Customer::named(CustomerId(0), &name, Day(TODAY - ago));
    customer.external_id = Some(name.clone());
    customer.place.city = city.into();
    let subscription = Subscription {
        id: SubscriptionId(0),
        customer: CustomerId(0),
        external_id: Some(format!("s{n}")),
        product: None,
        start: Day(TODAY - ago),
        end: after.map(|days| Day(TODAY - ago + days)),
        term,
        amount: 1_000,
        auto_renew: true,
    };
    let given = vec![Field::Name, Field::ExternalId, Field::City];
    [
        Load::Customer { customer: Box::new(customer), given, facts: Vec::new() },
        Load::Subscription { customer: name, subscription, sku: None },
    ]
}

#[test]
fn contracts_that_say_too_little_are_answered() {
    type End = fn(i32) -> Option<i32>;
    let all = |count: i32, end: End, term: fn(i32) -> Term, city: fn(i32) -> &'static str| {
        (0..count)
            .flat_map(|n| contract(n, 400 + n % 90, end(n), term(n), city(n)))
            .collect::<Vec<Load>>()
    };
    let month: fn(i32) -> Term = |_| Term::Month;
    let half: End = |n| (n % 2 == 0).then_some(250 + n % 40);
    for (case, rows, fits) in [
        ("one contract", all(1, |_| None, month, |_| ""), false),
        ("nobody ever ended", all(200, |_| None, month, |_| "Tehran"), false),
        ("ended on the day they began", all(200, |_| Some(0), month, |_| "Tehran"), false),
        ("everybody ended", all(200, |_| Some(300), month, |_| "Tehran"), false),
        ("all alike, half ended", all(200, half, month, |_| "Tehran"), true),
        (
            // The term tells for certain who ends.
            "separable",
            all(200, half, |n| if n % 2 == 0 { Term::Month } else { Term::Year }, |_| "Tehran"),
            true,
        ),
        (
            "every city once",
            all(200, half, month, |n| ["Tehran", "Shiraz", "Rasht", "Tabriz", ""][n as usize % 5]),
            true,
        ),
    ] {
        assert_eq!(answers(case, rows), fits, "{case}");
    }
}

#[test]
fn amounts_below_nothing_are_refused_where_they_come_in() {
    let bench = Bench::new();
    let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
    for amount in [-1, i64::MIN] {
        let rows = vec![sale("c1", TODAY, &[""], amount)];
        let refused = bench.desk.act(&bench.who, Command::Load { gesture, rows });
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{amount}: {refused:?}");
    }
    let none = Question::Report(ReportQuery::of(ReportKind::Value));
    assert!(matches!(bench.ask(none), Answer::Report(_)));
}
