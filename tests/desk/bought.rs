//! Who bought what, as an expression: by stock-keeping unit or name, at once after a purchase and after it
//! is taken back, in saved segments, and behind the pictures.

use vafa::desk::reports::Period;
use vafa::desk::{Answer, Change, Command, Load, Question, Report, ReportKind, ReportQuery, Whom};
use vafa::domain::{
    Currency, CustomerId, Day, Line, Membership, Product, ProductId, Purchase, PurchaseId,
    PurchaseKind, Segment, SegmentId,
};
use vafa::text::Calendar;

use super::bench::{self, Bench};

const TODAY: i32 = 20_779; // 2026-11-22

fn product(bench: &Bench, sku: &str, name: &str) -> ProductId {
    let product = Product {
        id: ProductId(0),
        sku: sku.into(),
        name: name.into(),
        category: String::new(),
        price: None,
        unit_cost: None,
    };
    bench.act(Command::SaveProduct { product, base: 0 });
    let all = bench.plans().products;
    let known = all.into_iter().map(|kept| kept.record);
    known.into_iter().find(|product| product.sku == sku).expect("a product").id
}

fn buy(bench: &Bench, customer: CustomerId, product: ProductId, kind: PurchaseKind) {
    let line = Line { product: Some(product), quantity: 1_000, amount: 5_000, cost: Some(2_000) };
    bench.act(Command::AddPurchase(Purchase {
        id: PurchaseId(0),
        customer,
        external_id: None,
        kind,
        day: Day(TODAY - 3),
        currency: Currency::USD,
        lines: vec![line],
    }));
}

fn names(bench: &Bench, expression: &str) -> Vec<String> {
    let listing = bench.list("", expression);
    assert!(listing.error.is_none(), "{expression}: {:?}", listing.error);
    let mut names: Vec<String> = listing.rows.iter().map(|row| row.customer.name.clone()).collect();
    names.sort();
    names
}

#[test]
fn who_bought_what_follows_every_purchase() {
    let bench = Bench::new();
    let [mina, reza, _] = ["Mina", "Reza", "Sina"].map(|name| bench.create(name));
    let router = product(&bench, "RT-1", "Router of two bands");
    let cable = product(&bench, "CB-9", "Cable");
    let everyone = ["Mina", "Reza", "Sina"];
    // Asked before anything was bought.
    assert!(names(&bench, "bought:RT-1").is_empty());
    assert_eq!(names(&bench, "bought:none"), everyone);
    buy(&bench, reza, router, PurchaseKind::Sale);
    buy(&bench, mina, router, PurchaseKind::Sale);
    buy(&bench, mina, cable, PurchaseKind::Sale);
    // What is sent back was not sold: it makes nobody a buyer.
    buy(&bench, reza, cable, PurchaseKind::Return);
    for (expression, want) in [
        ("bought:RT-1", &["Mina", "Reza"][..]),
        ("bought:rt-1", &["Mina", "Reza"]),
        ("bought=\"router of two bands\"", &["Mina", "Reza"]),
        ("bought:RT-1 -bought:CB-9", &["Reza"]),
        ("bought:Cable or bought:none", &["Mina", "Sina"]),
        ("bought:any", &["Mina", "Reza"]),
        ("bought:none", &["Sina"]),
        ("bought:nonsense", &[]),
        ("خریده:RT-1 name:Reza", &["Reza"]),
    ] {
        assert_eq!(names(&bench, expression), want, "{expression}");
    }
    // A saved segment of it counts them, and so does a change of all who match.
    let membership = Membership::Rule("bought:CB-9".into());
    let segment = Segment {
        id: SegmentId(0),
        name: "Cabled".into(),
        membership,
        target: false,
        note: String::new(),
    };
    bench.act(Command::SaveSegment { segment, base: 0 });
    assert_eq!(names(&bench, "segment:Cabled"), ["Mina"]);
    let expression = "bought:RT-1".to_owned();
    let whom = Whom::Matching { text: String::new(), expression };
    bench.act(Command::Change { whom, change: Change::Tag("wifi".into()) });
    assert_eq!(names(&bench, "tag:wifi"), ["Mina", "Reza"]);
    bench.act(Command::Undo(None));
    // A new name is found at once, and a purchase that is taken back is forgotten.
    let mut all = bench.plans().products;
    let kept = all.swap_remove(all.iter().position(|p| p.record.id == cable).expect("there"));
    let product = Product { name: "Cord".into(), ..kept.record };
    bench.act(Command::SaveProduct { product, base: kept.revision });
    assert_eq!(names(&bench, "bought:Cord"), ["Mina"]);
    while !names(&bench, "bought:any").is_empty() {
        bench.act(Command::Undo(None));
    }
    assert_eq!(names(&bench, "bought:none"), everyone);
}

#[test]
fn what_was_bought_is_known_to_a_desk_that_opens_the_store_later() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    let router = product(&bench, "RT-1", "Router");
    buy(&bench, reza, router, PurchaseKind::Sale);
    let later = Bench::on(bench.engine.clone());
    assert_eq!(names(&later, "bought:RT-1"), ["Reza"]);
    let answer = later
        .ask(vafa::desk::Question::Complete { field: String::new(), start: "bought:r".into() });
    let vafa::desk::Answer::Complete(words) = answer else { panic!("words") };
    assert_eq!(words, ["bought:RT-1"]);
}

/// Each cell of the cohorts opens just the customers it counts, whatever the period and calendar.
#[test]
fn a_cell_of_the_cohorts_opens_those_who_bought_then() {
    let bench = Bench::new();
    let mut rows = Vec::new();
    for n in 0..40_i32 {
        for k in 0..=(n % 7) {
            let purchase = sale(TODAY - 600 + (n * 37) % 400 + k * (11 + n % 23));
            rows.push(Load::Purchase { customer: format!("c{n}"), purchase, skus: vec![None] });
        }
    }
    let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
    let mut cells = 0;
    for period in [Period::Month, Period::Quarter, Period::Week] {
        for calendar in [Calendar::Gregorian, Calendar::Jalali] {
            let query = ReportQuery { period, calendar, ..ReportQuery::of(ReportKind::Cohort) };
            let Answer::Report(report) = bench.ask(Question::Report(query)) else { panic!() };
            let Report::Cohort(report) = &*report else { panic!("{report:?}") };
            for row in &report.rows {
                for (k, active) in row.active.iter().enumerate() {
                    let expression = row.active_in(k);
                    let total = bench.list("", &expression).total;
                    assert_eq!(total, *active as usize, "{expression}");
                    cells += 1;
                }
            }
        }
    }
    assert!(cells > 200, "{cells}");
    // A purchase today is in the cell of today at once, and out of it when it is taken back.
    let today = "bought_in:2026-11-22";
    let was = bench.list("", today).total;
    let c1 = bench.list("c1", "").rows[0].customer.id;
    bench.act(Command::AddPurchase(Purchase { customer: c1, ..sale(TODAY) }));
    assert_eq!(bench.list("", today).total, was + 1);
    bench.act(Command::Undo(None));
    assert_eq!(bench.list("", today).total, was);
}

fn sale(day: i32) -> Purchase {
    bench::sale(CustomerId(0), Day(day), 5_000, None)
}
