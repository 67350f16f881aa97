//! Contracts written by hand: begun, changed, ended, and taken back.

use vafa::desk::{Command, Refusal};
use vafa::domain::{
    CustomerId, Day, Field, Invalid, Product, ProductId, Subscription, SubscriptionId, Term,
};

use super::bench::Bench;
use super::queues::TODAY;

fn contract(customer: CustomerId, amount: i64) -> Subscription {
    Subscription {
        id: SubscriptionId(0),
        customer,
        external_id: None,
        product: None,
        start: Day(TODAY - 100),
        end: None,
        term: Term::Month,
        amount,
        auto_renew: true,
    }
}

fn save(subscription: Subscription, product: &str) -> Command {
    Command::SaveSubscription { subscription, product: product.into() }
}

#[test]
fn a_contract_is_begun_changed_ended_and_taken_back() {
    let bench = Bench::new();
    let plan = |id: u64, sku: &str, name: &str| Product {
        id: ProductId(id),
        sku: sku.into(),
        name: name.into(),
        category: String::new(),
        price: None,
        unit_cost: None,
    };
    bench.act(Command::SaveProduct { product: plan(0, "NET-100", "Internet 100"), base: 0 });
    bench.act(Command::SaveProduct { product: plan(0, "NET-300", "Internet 300"), base: 0 });
    let reza = bench.create("Reza");
    let all = || bench.profile(reza).subscriptions;
    bench.act(save(contract(reza, 3_500), "net-100"));
    let first = all()[0].clone();
    assert_eq!((first.amount, first.product, first.end), (3_500, Some(ProductId(1)), None));
    // Changed and ended: the same contract, found by a part of its product's name.
    let ended = Subscription { amount: 4_000, end: Some(Day(TODAY)), ..first.clone() };
    bench.act(save(ended, "300"));
    let second = all()[0].clone();
    assert_eq!((second.id, second.amount, second.product), (first.id, 4_000, Some(ProductId(2))));
    assert_eq!(second.end, Some(Day(TODAY)));
    bench.act(Command::Undo(None));
    assert_eq!(all(), std::slice::from_ref(&first));
    bench.act(Command::DropSubscription(reza, first.id));
    assert!(all().is_empty());
    bench.act(Command::Undo(None));
    assert_eq!(all(), [first]);
}

#[test]
fn a_contract_that_cannot_be_is_refused() {
    let bench = Bench::new();
    let reza = bench.create("Reza");
    let good = || contract(reza, 3_500);
    for (command, field) in [
        (save(Subscription { end: Some(Day(TODAY - 101)), ..good() }, ""), Field::End),
        (save(Subscription { amount: -1, ..good() }, ""), Field::Amount),
        (save(Subscription { start: Day(TODAY + 400), ..good() }, ""), Field::Start),
        (save(good(), "no such plan"), Field::Product),
    ] {
        let refused = bench.refused(command);
        assert!(
            matches!(refused, Refusal::Invalid(Invalid { field: f, .. }) if f == field),
            "{field}: {refused:?}"
        );
    }
    let unknown = Subscription { id: SubscriptionId(9), ..good() };
    assert!(matches!(bench.refused(save(unknown, "")), Refusal::NotFound { .. }));
    let nobody = contract(CustomerId(99), 1);
    assert!(matches!(bench.refused(save(nobody, "")), Refusal::NotFound { .. }));
    assert!(bench.profile(reza).subscriptions.is_empty());
}
