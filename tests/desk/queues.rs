//! The queues beside retention: each proposes those it should, says why, and says whom it leaves out.

use vafa::desk::{Arithmetic, Command, Load, Question, QueuePage, Refusal};
use vafa::domain::{
    Currency, Customer, CustomerId, Day, Field, Line, Product, ProductId, Purchase, PurchaseId,
    PurchaseKind, QueueKind, Settings,
};
use vafa::insight::reasons::Reason;

use super::bench::Bench;

pub const TODAY: i32 = 20_779; // 2026-11-22

/// A store of rows; nobody is held out, so that every row can be accounted for.
pub fn store(rows: Vec<Load>) -> Bench {
    let bench = Bench::new();
    let settings = Settings { hold_out: 0.0, minute_cost: 50, ..Settings::default() };
    bench.act(bench.settings(settings));
    let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
    bench
}

pub fn fit(bench: &Bench) {
    bench.act(Command::Fit { as_of: None, horizon_weeks: None, model: None });
    bench.desk.prepare().expect("learned");
}

pub fn product(sku: &str, category: &str, price: i64) -> Load {
    Load::Product(Product {
        id: ProductId(0),
        sku: sku.into(),
        name: sku.to_uppercase(),
        category: category.into(),
        price: Some(price),
        unit_cost: Some(price / 2),
    })
}

pub fn sale(customer: &str, day: i32, skus: &[&str], amount: i64) -> Load {
    let line = |_: &&str| Line { product: None, quantity: 1_000, amount, cost: Some(amount / 2) };
    let purchase = Purchase {
        id: PurchaseId(0),
        customer: CustomerId(0),
        external_id: None,
        kind: PurchaseKind::Sale,
        day: Day(day),
        currency: Currency::USD,
        lines: skus.iter().map(line).collect(),
    };
    let skus = skus.iter().map(|s| (!s.is_empty()).then(|| (*s).to_owned())).collect();
    Load::Purchase { customer: customer.into(), purchase, skus }
}

/// A sale or return of one plan.
pub fn purchase(customer: &str, day: i32, kind: PurchaseKind, amount: i64) -> Load {
    let Load::Purchase { customer, purchase, skus } = sale(customer, day, &["plan"], amount) else {
        unreachable!()
    };
    Load::Purchase { customer, purchase: Purchase { kind, ..purchase }, skus }
}

fn person(name: &str, source: &str, joined: i32) -> Load {
    let mut customer = Customer::named(CustomerId(0), name, Day(joined));
    customer.external_id = Some(name.into());
    customer.source = source.into();
    Load::Customer {
        customer: Box::new(customer),
        given: vec![Field::Name, Field::ExternalId, Field::Source, Field::Joined],
        facts: Vec::new(),
    }
}

fn names(page: &QueuePage) -> Vec<String> {
    page.rows.iter().map(|r| r.row.customer.external_id.clone().unwrap_or_default()).collect()
}

/// Everyone is in the queue or left out of it, the most worth first, each with arithmetic that adds up.
fn sound(bench: &Bench, kind: QueueKind) -> QueuePage {
    let page = bench.queue(kind);
    let all = bench.list("", "").of;
    assert_eq!(page.total + page.left_out.total(), all, "{kind}: {:?}", page.left_out);
    let values: Vec<i64> = page.rows.iter().map(|r| r.expected_value).collect();
    assert!(values.is_sorted_by(|a, b| a >= b) && values.iter().all(|v| *v >= 0), "{values:?}");
    for row in &page.rows {
        let ev = row.arithmetic.as_ref().expect("arithmetic").ev();
        assert!(ev > 0.0 && ((ev * 100.0).round() as i64 - row.expected_value).abs() <= 1);
        assert!(row.reasons.len() + row.leads.len() >= 1 && row.reasons.len() <= 2, "{row:?}");
    }
    let size = page.sizes.iter().find(|(k, _)| *k == kind).map(|(_, n)| *n);
    assert_eq!(size, Some(page.total));
    page
}

/// Regular buyers, some of them silent for most of a year.
pub fn regulars() -> Vec<Load> {
    let mut rows = Vec::new();
    for n in 0..150_i32 {
        let (gap, silent) = (14 + n % 20, if n % 3 == 0 { 260 + n } else { n % 14 });
        for k in 0..(4 + n % 6) {
            rows.push(sale(&format!("c{n}"), TODAY - silent - k * gap, &[""], 9_000));
        }
    }
    rows
}

#[test]
fn who_left_is_won_back_and_who_is_here_is_not() {
    let bench = store(regulars());
    fit(&bench);
    let page = sound(&bench, QueueKind::WinBack);
    assert!(page.total > 20, "{:?}", page.left_out);
    assert!(page.left_out.still_here >= 90);
    for row in &page.rows {
        let n: i32 = names(&page)[0][1..].parse().unwrap();
        assert_eq!(n % 3, 0, "one who buys is proposed");
        let Some(Arithmetic::WinBack { bid, p_gone, second_value, rate, .. }) = row.arithmetic
        else {
            panic!("{row:?}");
        };
        assert!(p_gone > 0.5 && second_value > 0.0 && (rate.mean() - 0.1).abs() < 1e-12);
        assert!((bid.ev - (p_gone * 0.1 * second_value - bid.call_cost)).abs() < 1e-9);
        assert!(matches!(row.reasons[0], Reason::Silent { silent_days: 260.., .. }), "{row:?}");
    }
    // Coming back takes them out at once.
    let id = page.rows[0].row.customer.id;
    let Load::Purchase { purchase, .. } = sale("x", TODAY, &[""], 9_000) else { unreachable!() };
    bench.act(Command::AddPurchase(Purchase { customer: id, ..purchase }));
    let after = sound(&bench, QueueKind::WinBack);
    assert!(after.rows.iter().all(|r| r.row.customer.id != id) && after.total == page.total - 1);
}

/// A shop where two thirds of those who buy a phone take a case with it, and phones are replaced by
/// dearer ones.
fn phone_shop() -> Bench {
    let mut rows = vec![
        product("phone", "phones", 20_000),
        product("phone-pro", "phones", 80_000),
        product("case", "accessories", 6_000),
        product("bread", "food", 500),
    ];
    for n in 0..240_i32 {
        let who = format!("c{n}");
        let first = TODAY - 300 - n % 60;
        let with: &[&str] = if n % 3 == 0 { &["phone"] } else { &["phone", "case"] };
        rows.push(sale(&who, first, with, 20_000));
        for k in 0..(3 + n % 5) {
            rows.push(sale(&who, TODAY - 3 - n % 9 - k * 30, &["bread"], 500));
        }
        if n % 4 == 0 {
            rows.push(sale(&who, TODAY - 20 - n % 9, &["phone-pro"], 80_000));
        }
    }
    let bench = store(rows);
    fit(&bench);
    bench
}

#[test]
fn a_complement_is_proposed_to_those_who_lack_it() {
    let bench = phone_shop();
    let page = sound(&bench, QueueKind::CrossSell);
    assert!(page.total >= 60 && page.total <= 80, "{} {:?}", page.total, page.left_out);
    for (row, name) in page.rows.iter().zip(names(&page)) {
        let n: i32 = name[1..].parse().unwrap();
        assert_eq!(n % 3, 0, "{name} has a case");
        let offer = row.offer.as_ref().expect("a product");
        assert_eq!((offer.product.sku.as_str(), offer.because[0].sku.as_str()), ("case", "phone"));
        assert!(matches!(row.reasons[0], Reason::GoesWith { percent: 55..=70 }), "{row:?}");
    }
    // Buying it ends the proposal at once, taking that back brings it back.
    let id = page.rows[0].row.customer.id;
    let Load::Purchase { mut purchase, .. } = sale("x", TODAY, &["case"], 6_000) else {
        unreachable!()
    };
    purchase.customer = id;
    purchase.lines[0].product = page.rows[0].offer.as_ref().map(|o| o.product.id);
    bench.act(Command::AddPurchase(purchase));
    let stands = |page: &QueuePage| page.rows.iter().any(|r| r.row.customer.id == id);
    assert!(!stands(&sound(&bench, QueueKind::CrossSell)));
    bench.act(Command::Undo(None));
    assert!(stands(&sound(&bench, QueueKind::CrossSell)));
}

#[test]
fn a_step_up_is_proposed_to_those_who_have_not_taken_it() {
    let bench = phone_shop();
    let page = sound(&bench, QueueKind::UpSell);
    assert!(page.total > 0, "{:?}", page.left_out);
    for (row, name) in page.rows.iter().zip(names(&page)) {
        let n: i32 = name[1..].parse().unwrap();
        assert_ne!(n % 4, 0, "{name} has it");
        let offer = row.offer.as_ref().expect("a product");
        assert_eq!(offer.product.sku, "phone-pro");
        assert_eq!(offer.because[0].sku, "phone");
        let Some(Arithmetic::UpSell { moves_up, headroom, .. }) = row.arithmetic else {
            panic!("{row:?}")
        };
        assert!((0.2..0.3).contains(&moves_up), "a quarter moved up: {moves_up}");
        assert!(headroom > 0.3 && headroom <= 1.0, "others spend more: {headroom}");
        let planted = [
            Reason::MovesUp { percent: (moves_up * 100.0).round() as u32 },
            Reason::Headroom { percent: (headroom * 100.0).round() as u32 },
        ];
        assert_eq!(row.reasons, planted);
    }
}

/// Prospects of two sources, of which one brings buyers; all join over a year.
fn prospects() -> Vec<Load> {
    let mut rows = Vec::new();
    for n in 0..400_i32 {
        let name = format!("p{n}");
        let joined = TODAY - 5 - n;
        let source = if n % 2 == 0 { "friend" } else { "fair" };
        rows.push(person(&name, source, joined));
        let buys = if n % 2 == 0 { n % 8 != 0 } else { n % 10 == 1 };
        let first = joined + 20 + n % 40;
        if buys && first < TODAY {
            for k in 0..4 {
                let day = first + k * 25;
                if day < TODAY {
                    rows.push(sale(&name, day, &[""], 8_000));
                }
            }
        }
    }
    rows
}

#[test]
fn prospects_are_ranked_by_who_became_a_customer() {
    let bench = store(prospects());
    fit(&bench);
    let page = sound(&bench, QueueKind::Acquisition);
    assert!(page.total >= 10 && page.left_out.customers > 150, "{:?}", page.left_out);
    let friend = |name: &str| name[1..].parse::<i32>().unwrap() % 2 == 0;
    let first: Vec<bool> = names(&page).iter().take(8).map(|n| friend(n)).collect();
    assert!(first.iter().all(|f| *f), "friends of friends come first: {:?}", names(&page));
    for row in page.rows.iter().take(8) {
        let lead = &row.leads[..2];
        assert!(
            lead.iter().any(|l| l.field == Field::Source && l.value == "friend" && l.odds > 1.0)
        );
        let Some(Arithmetic::Acquisition { lead, first_year, bid }) = row.arithmetic else {
            panic!("{row:?}")
        };
        assert!((0.2..1.0).contains(&lead) && first_year > 0.0);
        assert!((bid.ev - (lead * first_year - bid.call_cost)).abs() < 1e-9);
    }
    // A first purchase makes a customer of a prospect, at once.
    let id = page.rows[0].row.customer.id;
    let Load::Purchase { purchase, .. } = sale("x", TODAY, &[""], 9_000) else { unreachable!() };
    bench.act(Command::AddPurchase(Purchase { customer: id, ..purchase }));
    let after = sound(&bench, QueueKind::Acquisition);
    assert_eq!(after.left_out.customers, page.left_out.customers + 1);
}

#[test]
fn those_held_out_are_never_proposed_and_are_counted() {
    let bench = store(regulars());
    fit(&bench);
    let all = sound(&bench, QueueKind::WinBack);
    let settings = Settings { hold_out: 0.5, minute_cost: 50, ..Settings::default() };
    bench.act(bench.settings(settings.clone()));
    for kind in [QueueKind::Retention, QueueKind::WinBack] {
        let page = sound(&bench, kind);
        assert!(page.left_out.held_out > 0, "{kind}");
        assert!(page.rows.iter().all(|r| !settings.holds_out(r.row.customer.id)));
    }
    let page = sound(&bench, QueueKind::WinBack);
    assert_eq!(page.total + page.left_out.held_out, all.total);
}

/// Stores with too little in them: an answer or a clear word, for every queue.
#[test]
fn too_little_data_is_said_and_never_hangs() {
    let many = |rows: &[Load]| rows.to_vec();
    let one_day: Vec<Load> = (0..60).map(|n| sale(&format!("c{n}"), TODAY, &[""], 500)).collect();
    let zero: Vec<Load> = (0..60)
        .flat_map(|n| (0..3).map(move |k| sale(&format!("c{n}"), TODAY - 30 * k, &[""], 0)))
        .collect();
    let no_repeats: Vec<Load> =
        (0..60).map(|n| sale(&format!("c{n}"), TODAY - n * 3, &[""], 500)).collect();
    let single: Vec<Load> = (0..4).map(|k| sale("c", TODAY - k * 20, &[""], 900)).collect();
    let prospects: Vec<Load> = (0..9).map(|n| person(&format!("p{n}"), "web", TODAY - n)).collect();
    let busy: Vec<Load> = (0..900).map(|k| sale("c", TODAY - k, &[""], 900)).collect();
    for (case, rows, can_fit) in [
        ("nothing", vec![], false),
        ("prospects only", prospects, false),
        ("all the same day", one_day, false),
        ("zero amounts", zero, false),
        ("no repeat buyers", no_repeats, false),
        ("one customer", many(&single), true),
        ("one who buys every day", busy, true),
    ] {
        let bench = store(rows);
        let fitted = bench
            .desk
            .act(&bench.who, Command::Fit { as_of: None, horizon_weeks: None, model: None });
        match fitted {
            Ok(_) => assert!(can_fit, "{case}"),
            Err(Refusal::NotEnough { have, needed, .. }) => {
                assert!(!can_fit && have < needed, "{case}");
            }
            Err(other) => panic!("{case}: {other}"),
        }
        bench.desk.prepare().expect("nothing to wait for");
        for kind in QueueKind::ALL {
            let page = bench.queue(*kind);
            assert!(!page.preparing, "{case} {kind}");
            for row in &page.rows {
                let ev = row.arithmetic.as_ref().map_or(0.0, Arithmetic::ev);
                assert!(ev.is_finite(), "{case} {kind}: {row:?}");
            }
            let proposes = matches!(kind, QueueKind::CrossSell | QueueKind::UpSell);
            if proposes && can_fit {
                let lack = page.lack.expect("said");
                assert!(lack.have < lack.needed, "{case} {kind}: {lack:?}");
            }
        }
        bench.ask(Question::Today);
    }
}

#[test]
fn the_cost_of_the_offer_that_is_proposed_goes_into_what_a_call_saves() {
    let bench = store(regulars());
    fit(&bench);
    let before = sound(&bench, QueueKind::Retention);
    assert!(before.rows.iter().all(|row| row.proposition.is_none()));
    let dear = vafa::domain::Offer {
        name: "Dear".into(),
        cost: 10_000,
        margin: Some(90_000),
        active: true,
        ..vafa::domain::Offer::default()
    };
    bench.act(Command::SaveDefinition { definition: Box::new(dear.into()), base: 0 });
    bench.desk.prepare().expect("learned");
    let after = sound(&bench, QueueKind::Retention);
    assert!(after.worth < before.worth, "{} {}", after.worth, before.worth);
    for row in &after.rows {
        let proposed = row.proposition.as_ref().map(|p| p.offer.name.as_str());
        assert_eq!(proposed, Some("Dear"));
        let Some(Arithmetic::Retention(worth)) = row.arithmetic else { panic!("{row:?}") };
        let given = worth.p_alive * (1.0 - worth.p_leave) * 100.0;
        assert!((worth.given_away - given).abs() < 1e-9);
        // The factors that are shown make the figure, and the list shows the same chance.
        let saved = (worth.value_if_kept * worth.kept - worth.offer_cost)
            * (worth.risk() - (1.0 - worth.p_alive))
            * worth.save_rate;
        assert!((saved - worth.saved).abs() < 1e-9, "{worth:?}");
        let listed = row.row.figures.risk.expect("scored");
        assert!((worth.risk() - f64::from(listed)).abs() < 1e-5, "{worth:?}");
    }
    bench.act(Command::Undo(None));
    bench.desk.prepare().expect("learned");
    assert_eq!(sound(&bench, QueueKind::Retention).worth, before.worth);
}
