//! Two who look alike and are not one: said once, it is remembered, and can be taken back.

use vafa::desk::{Answer, Command, Question};
use vafa::domain::{
    ContactKind, ContactPoint, Customer, CustomerId, Day, Relation, RelationId, RelationKind,
};

use super::bench::Bench;

fn groups(bench: &Bench) -> Vec<Vec<CustomerId>> {
    match bench.ask(Question::Duplicates { from: 0, count: 10 }) {
        Answer::Duplicates(page) => {
            assert_eq!(page.total, page.groups.len());
            let ids = |rows: Vec<vafa::desk::Row>| rows.iter().map(|row| row.customer.id).collect();
            page.groups.into_iter().map(|group| ids(group.rows)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_was_told_apart_is_not_proposed_again() {
    let bench = Bench::new();
    for name in ["Reza Karimi", "Reza Karimi"] {
        let mut twin = Customer::named(CustomerId(0), name, Day(20_000));
        twin.contacts.push(ContactPoint::new(ContactKind::Phone, "+989121234567"));
        bench.act(Command::Create(Box::new(twin)));
    }
    let found = groups(&bench);
    let [group] = &found[..] else { panic!("one group: {found:?}") };
    let [from, to] = group[..] else { panic!("two of them: {group:?}") };
    let (id, kind, note) = (RelationId(0), RelationKind::Distinct, String::new());
    bench.act(Command::Relate(Relation { id, from, to, kind, note }));
    assert!(groups(&bench).is_empty());
    // Another change does not bring them back; taking it back does.
    bench.create("Mina");
    assert!(groups(&bench).is_empty());
    bench.act(Command::Undo(None));
    bench.act(Command::Undo(None));
    assert_eq!(groups(&bench), found);
}
