//! Rows of an import: met again they change nothing, and one undo takes the whole file back.

use vafa::desk::{Command, Deed, Load, Tally};
use vafa::domain::{
    Currency, Customer, CustomerId, Day, Field, GestureId, Line, Purchase, PurchaseId,
    PurchaseKind, Stage,
};

use super::bench::Bench;

fn purchase(customer: &str, day: i32, amount: i64, external: Option<&str>) -> Load {
    let line = Line { product: None, quantity: 1_000, amount, cost: None };
    let purchase = Purchase {
        id: PurchaseId(0),
        customer: CustomerId(0),
        external_id: external.map(Into::into),
        kind: PurchaseKind::Sale,
        day: Day(day),
        currency: Currency::USD,
        lines: vec![line],
    };
    Load::Purchase { customer: customer.into(), purchase, skus: vec![Some("tea".into())] }
}

fn begin(bench: &Bench) -> GestureId {
    bench.act(Command::Begin { label: "import".into() }).gesture
}

fn import(bench: &Bench, parts: &[Vec<Load>]) -> Tally {
    let gesture = begin(bench);
    for rows in parts {
        bench.act(Command::Load { gesture, rows: rows.clone() });
    }
    match bench.act(Command::Close { gesture }).deed {
        Deed::Closed { tally, .. } => tally,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_imported_again_changes_nothing_and_is_undone_whole() {
    let bench = Bench::new();
    let empty = bench.digest();
    // Two equal purchases are two; they lie in different parts of the file.
    let file = vec![
        vec![purchase("a", 100, 500, None), purchase("b", 101, 700, Some("B-1"))],
        vec![purchase("a", 100, 500, None), purchase("a", 120, 900, None)],
    ];
    let first = import(&bench, &file);
    assert_eq!((first.added, first.customers_made, first.same), (4, 2, 0));
    let full = bench.digest();
    let second = import(&bench, &file);
    assert_eq!((second.added, second.changed, second.same), (0, 0, 4));
    assert_eq!(bench.digest(), full);

    let a = bench.list("", "").rows.iter().find(|r| r.customer.name == "a").cloned().unwrap();
    assert_eq!((a.figures.purchases, a.figures.spent), (2, 1_900));
    assert_eq!(a.customer.stage, Stage::Repeat);
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), empty);
    bench.act(Command::Redo);
    assert_eq!(bench.digest(), full);
}

#[test]
fn a_row_with_the_same_external_id_and_other_content_changes_the_record() {
    let bench = Bench::new();
    import(&bench, &[vec![purchase("b", 101, 700, Some("B-1"))]]);
    let tally = import(&bench, &[vec![purchase("b", 102, 800, Some("B-1"))]]);
    assert_eq!((tally.added, tally.changed), (0, 1));
    let row = &bench.list("b", "").rows[0];
    assert_eq!((row.figures.purchases, row.figures.spent), (1, 800));
}

#[test]
fn customers_merge_by_external_id_and_keep_what_the_file_does_not_give() {
    let bench = Bench::new();
    let row = |name: &str, city: &str, given: &[Field]| {
        let mut c = Customer::named(CustomerId(0), name, Day(100));
        c.external_id = Some("7".into());
        c.place.city = city.into();
        Load::Customer { customer: Box::new(c), given: given.to_vec(), facts: Vec::new() }
    };
    import(&bench, &[vec![row("Reza", "Tehran", &[Field::Name, Field::City])]]);
    let tally = import(&bench, &[vec![row("Reza Karimi", "", &[Field::Name])]]);
    assert_eq!((tally.added, tally.changed), (0, 1));
    let customer = bench.list("reza", "").rows[0].customer.clone();
    assert_eq!((customer.name.as_str(), customer.place.city.as_str()), ("Reza Karimi", "Tehran"));
}

#[test]
fn customers_without_external_id_are_met_by_name_and_contacts() {
    let bench = Bench::new();
    let row = |name: &str| {
        let c = Customer::named(CustomerId(0), name, Day(100));
        Load::Customer { customer: Box::new(c), given: vec![Field::Name], facts: Vec::new() }
    };
    let file = vec![vec![row("Ali"), row("Ali")], vec![row("Mina")]];
    assert_eq!(import(&bench, &file).added, 3);
    let again = import(&bench, &file);
    assert_eq!((again.added, again.same), (0, 3));
}

#[test]
fn an_abandoned_import_leaves_nothing() {
    let bench = Bench::new();
    let empty = bench.digest();
    let gesture = begin(&bench);
    bench.act(Command::Load { gesture, rows: vec![purchase("a", 100, 500, None)] });
    bench.act(Command::Abandon { gesture });
    assert_eq!(bench.digest(), empty);
    assert_eq!(bench.list("", "").total, 0);
}

#[test]
fn an_import_that_was_cut_off_is_taken_back_at_the_next_opening() {
    let bench = Bench::new();
    let empty = bench.digest();
    let gesture = begin(&bench);
    bench.act(Command::Load { gesture, rows: vec![purchase("a", 100, 500, None)] });
    assert_ne!(bench.digest(), empty);
    let again = Bench::on(bench.engine.clone());
    assert_eq!(again.digest(), empty);
    assert_eq!(again.list("", "").total, 0);
}

#[test]
fn rows_that_are_wrong_are_refused_part_by_part() {
    let bench = Bench::new();
    let gesture = begin(&bench);
    let future = Load::Purchase {
        customer: "a".into(),
        purchase: match purchase("a", 90_000, 5, None) {
            Load::Purchase { purchase, .. } => purchase,
            other => panic!("{other:?}"),
        },
        skus: vec![None],
    };
    bench.refused(Command::Load { gesture, rows: vec![purchase("a", 100, 500, None), future] });
    bench.act(Command::Abandon { gesture });
    assert_eq!(bench.list("", "").total, 0);
}
