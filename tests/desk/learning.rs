//! What calls bring is learned against those held out, and fits follow the data.

use std::collections::HashMap;
use std::time::Duration;

use jiff::ToSpan;
use vafa::desk::{Answer, Command, Deed, Heard, Listener, Load, Log, Question};
use vafa::domain::{
    Channel, Currency, CustomerId, Day, Direction, FittedModel, Line, Purchase, PurchaseId,
    PurchaseKind, QueueKind, Scoring, Settings, WrapUp,
};

use super::bench::Bench;

const TODAY: i32 = 20_779; // 2026-11-22
/// Calls were made in this week.
const CALLED: i32 = TODAY - 70;

fn sale(customer: &str, day: i32) -> Load {
    let line = Line { product: None, quantity: 1_000, amount: 9_000, cost: None };
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

fn import(bench: &Bench, rows: Vec<Load>) {
    let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
}

fn fit(bench: &Bench) {
    bench.act(Command::Fit { as_of: None, horizon_weeks: Some(8), model: None });
}

fn scoring(bench: &Bench) -> Scoring {
    let Answer::Models(models) = bench.ask(Question::Models) else { panic!("models") };
    models.fitted.expect("fitted")
}

/// A coin for a customer, the same each time.
fn coin(n: usize, salt: u64) -> bool {
    // Steele, Lea and Flood 2014.
    let mut z = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (salt << 40);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) & 1 == 0
}

/// Eight hundred regular buyers of whom half would leave after the week of the calls; half are held
/// out, the others are called, and `kept` says of a leaver who was called whether that helped.
fn world(kept: impl Fn(usize) -> bool) -> FittedModel {
    const ALL: usize = 800;
    let mut bench = Bench::new();
    let settings = Settings { hold_out: 0.5, minute_cost: 0, ..Settings::default() };
    bench.act(bench.settings(settings.clone()));
    let name = |n: usize| format!("c{n}");
    let (gap, late) = (|n: usize| 10 + (n % 9) as i32, |n: usize| 8 + (n % 11) as i32);
    let before = (0..ALL).flat_map(|n| (0..6).map(move |k| (n, CALLED - late(n) - k * gap(n))));
    import(&bench, before.map(|(n, day)| sale(&name(n), day)).collect());
    let all = bench.ids("");
    let mut ids: HashMap<String, CustomerId> = HashMap::new();
    for part in all.chunks(400) {
        let Answer::Rows(rows) = bench.ask(Question::Rows(part.to_vec())) else { panic!("rows") };
        ids.extend(rows.iter().map(|r| (r.customer.external_id.clone().unwrap(), r.customer.id)));
    }
    let now = bench.who.now;
    bench.who.now = now.checked_sub((24 * i64::from(TODAY - CALLED)).hours()).unwrap();
    let mut after = Vec::new();
    for n in 0..ALL {
        let customer = ids[&name(n)];
        let is_called = !settings.holds_out(customer);
        if is_called {
            bench.act(Command::Log(Log {
                customer,
                outcome: "answered".into(),
                note: String::new(),
                channel: Channel::Call,
                direction: Direction::Outbound,
                seconds: 60,
                callback: None,
                queue: Some(QueueKind::Retention),
                finishes: None,
                wrap_up: WrapUp::default(),
            }));
        }
        if coin(n, 1) || is_called && kept(n) {
            after.extend((1..4).map(|k| sale(&name(n), CALLED + k * gap(n))));
        }
    }
    bench.who.now = now;
    import(&bench, after);
    fit(&bench);
    scoring(&bench).model("save_rate").expect("learned").clone()
}

#[test]
fn a_planted_save_rate_is_learned_through_the_desk() {
    // Of those who would leave, calls keep half: a quarter of all more than of those held out.
    let model = world(|n| coin(n, 2));
    let of = |name: &str| model.figure(name).unwrap_or_else(|| panic!("{name}: {model:?}"));
    assert!(of("called") > 300.0 && of("held_out") > 300.0, "{model:?}");
    assert!((of("low")..of("high")).contains(&0.5), "{model:?}");
    assert!((0.4..0.6).contains(&of("mean")), "{model:?}");
    assert!(of("high") - of("low") < 0.2, "narrower than .40, the first belief: {model:?}");
    assert!(of("uplift_low") > 0.1 && of("uplift_low") < 0.25 && of("uplift_high") > 0.25);
    // Calls that do nothing teach that they do nothing.
    let model = world(|_| false);
    let of = |name: &str| model.figure(name).unwrap();
    assert!(of("mean") < 0.23 && of("uplift_low") < 0.0 && of("uplift_high") > 0.0, "{model:?}");
}

#[test]
fn without_calls_the_first_belief_stays() {
    let bench = small();
    assert!(scoring(&bench).model("save_rate").is_none());
    let page = bench.queue(QueueKind::Retention);
    assert!(page.uplift.is_none());
    let id = bench.list("", "").rows[0].customer.id;
    assert!((bench.profile(id).save_rate.0 - 0.3).abs() < 1e-12);
}

/// Two hundred who buy now and then, fitted today.
fn small() -> Bench {
    let bench = Bench::new();
    let rows = (0..200_i32).flat_map(|n| (0..=(n % 6)).map(move |k| (n, n * 7 % 90 + k * 20)));
    import(&bench, rows.map(|(n, ago)| sale(&format!("c{n}"), TODAY - ago)).collect());
    fit(&bench);
    bench
}

/// Goes on asking, as a screen does, until somebody has fitted.
fn fitted(bench: &Bench, listener: &Listener) -> bool {
    for _ in 0..200 {
        bench.ask(Question::Status);
        match listener.next(Duration::from_millis(300)) {
            Ok(Some(Heard::Notice(n))) if matches!(n.deed, Deed::Fitted { .. }) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    false
}

#[test]
fn a_fit_follows_the_data_in_the_background() {
    let mut bench = small();
    let first = scoring(&bench);
    let more =
        |from: i32, n: i32| (from..from + n).map(|n| sale(&format!("c{n}"), TODAY)).collect();
    // Nobody asked for it: a script's fit stays.
    import(&bench, more(0, 60));
    bench.ask(Question::Status);
    assert_eq!(scoring(&bench), first);
    bench.desk.keep_fresh();
    let listener = bench.desk.listen();
    assert!(fitted(&bench, &listener), "60 of about 700 days are new");
    let second = scoring(&bench);
    assert!(second.sale_days >= first.sale_days + 50 && !second.pinned, "{second:?}");
    // A few more are no reason; a week is.
    import(&bench, more(60, 5));
    let listener = bench.desk.listen();
    bench.later(24 * 8);
    assert!(fitted(&bench, &listener), "a week has passed");
    let third = scoring(&bench);
    assert_eq!(third.as_of.since(second.as_of), 8);
    // What is pinned to a day by hand stays there.
    let day = Some(Day(TODAY - 30));
    bench.act(Command::Fit { as_of: day, horizon_weeks: None, model: None });
    bench.later(24 * 30);
    let Answer::Status(status) = bench.ask(Question::Status) else { panic!("status") };
    assert!(!status.fitting && scoring(&bench).pinned);
    assert_eq!(status.as_of, Day(TODAY - 30));
}
