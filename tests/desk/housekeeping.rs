//! Two records of one customer are made one, and two again.

use proptest::prelude::*;
use vafa::desk::{Answer, Change, Command, Deed, Load, Log, Question, Refusal, Whom};
use vafa::domain::{
    AgentId, Channel, ContactKind, ContactPoint, Customer, CustomerId, Day, Direction, Draft, Fact,
    FactId, FactKind, Field, Interaction, InteractionId, Ledger, MergeField, Purchase, QueueKind,
    Relation, RelationId, RelationKind, Role, Subscription, SubscriptionId, Task, TaskId, TaskKind,
    TaskState, Term, WrapUp,
};
use vafa::store::records::{self, Stored, keys};
use vafa::store::{Engine, KeyRange, Table};

use super::bench::{self, Bench};

/// Something that lies beside a customer.
#[derive(Clone, Debug)]
enum Child {
    Purchase(i32, i64),
    Call(u8, u32),
    /// Corrects the last call.
    Correction,
    Fact(u8),
    /// A tie to a third customer, from it, or between the two.
    Tie(u8),
    Task,
    Mark(u8),
    Draft(u8),
    Subscription,
    Tag(u8),
}

fn child() -> impl Strategy<Value = Child> {
    prop_oneof![
        3 => (19_000..20_400, 1..1_000_000_i64).prop_map(|(day, sum)| Child::Purchase(day, sum)),
        3 => (0..4_u8, 0..600_u32).prop_map(|(outcome, seconds)| Child::Call(outcome, seconds)),
        1 => Just(Child::Correction),
        2 => (0..6_u8).prop_map(Child::Fact),
        2 => (0..3_u8).prop_map(Child::Tie),
        1 => Just(Child::Task),
        1 => (0..5_u8).prop_map(Child::Mark),
        1 => (0..3_u8).prop_map(Child::Draft),
        1 => Just(Child::Subscription),
        1 => (0..3_u8).prop_map(Child::Tag),
    ]
}

fn purchase(customer: CustomerId, day: i32, amount: i64) -> Purchase {
    bench::sale(customer, Day(day), amount, None)
}

fn call(customer: CustomerId, outcome: &str, seconds: u32, note: &str) -> Log {
    Log {
        customer,
        outcome: outcome.into(),
        note: note.into(),
        channel: Channel::Call,
        direction: Direction::Outbound,
        seconds,
        callback: None,
        queue: None,
        finishes: None,
        wrap_up: WrapUp::default(),
    }
}

fn import(bench: &Bench, rows: Vec<Load>) -> vafa::desk::Tally {
    let gesture = bench.act(Command::Begin { label: "import customers".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    match bench.act(Command::Close { gesture }).deed {
        Deed::Closed { tally, .. } => tally,
        other => panic!("{other:?}"),
    }
}

fn add(
    bench: &Bench,
    at: usize,
    child: &Child,
    who: CustomerId,
    (one, other): (CustomerId, CustomerId),
    third: CustomerId,
) {
    let due = bench.who.now.checked_add(jiff::SignedDuration::from_hours(4)).unwrap();
    match child {
        Child::Purchase(day, sum) => _ = bench.act(Command::AddPurchase(purchase(who, *day, *sum))),
        Child::Call(outcome, seconds) => {
            let outcome = ["answered", "no_answer", "refused", "sale"][usize::from(*outcome)];
            bench.act(Command::Log(call(who, outcome, *seconds, &format!("note {at}"))));
        }
        Child::Correction => {
            if let Some((last, _)) = bench.profile(who).interactions.first() {
                let (interaction, outcome) = (last.id, "busy".to_owned());
                bench.act(Command::Correct { customer: who, interaction, outcome });
            }
        }
        Child::Fact(text) => {
            let fact = Fact {
                id: FactId(0),
                customer: who,
                kind: FactKind::Need,
                text: format!("need {text}"),
                strength: 0,
                met: 0,
                source: String::new(),
                on: Day(20_000),
            };
            bench.act(Command::SaveFact(fact));
        }
        Child::Tie(how) => {
            let (from, to) = match how {
                0 => (who, third),
                1 => (third, who),
                _ => (one, other),
            };
            let kind = RelationKind::Household;
            let note = format!("tie {at}");
            bench.act(Command::Relate(Relation { id: RelationId(0), from, to, kind, note }));
        }
        Child::Task => {
            let task = Task {
                id: TaskId(0),
                customer: who,
                kind: TaskKind::Todo,
                due,
                zone: String::new(),
                owner: bench.who.agent.id,
                note: format!("task {at}"),
                state: TaskState::Open,
                from: None,
            };
            bench.act(Command::AddTask(task));
        }
        Child::Mark(queue) => {
            let queue = QueueKind::ALL[usize::from(*queue)];
            let until = due.checked_add(jiff::SignedDuration::from_hours(at as i64)).unwrap();
            let (campaign, customers, reason) = (None, vec![who], String::new());
            bench.act(Command::PutOff { queue, campaign, customers, until, reason });
        }
        Child::Draft(form) => {
            let form = ["log", "task", "customer"][usize::from(*form)];
            let fields = vec![("note".to_owned(), format!("draft {at}"))];
            let slot = format!("{form}:{who}");
            let draft = Draft { agent: AgentId(1), slot, fields, at: bench.who.now };
            bench.act(Command::SaveDraft(draft));
        }
        Child::Subscription => {
            let row = Subscription {
                id: SubscriptionId(0),
                customer: CustomerId(0),
                external_id: Some(format!("S-{at}")),
                product: None,
                start: Day(20_000),
                end: None,
                term: Term::Month,
                amount: 500,
                auto_renew: true,
            };
            let customer = format!("#{who}");
            import(bench, vec![Load::Subscription { customer, subscription: row, sku: None }]);
        }
        Child::Tag(tag) => {
            let (whom, change) = (Whom::These(vec![who]), Change::Tag(format!("tag-{tag}")));
            bench.act(Command::Change { whom, change });
        }
    }
}

/// What there is of a kind, without whose it is.
fn texts<T: Stored>(bench: &Bench, text: impl Fn(&T) -> String) -> Vec<String> {
    let rows = bench.engine.scan(T::TABLE, KeyRange::all(), usize::MAX).unwrap().rows;
    let open = |(key, r): &(Vec<u8>, vafa::store::Record)| records::open::<T>(key, r.lend());
    let mut found: Vec<String> = rows.iter().map(|row| text(&open(row).unwrap())).collect();
    found.sort();
    found
}

/// All that must be there after as before.
fn kept(bench: &Bench) -> Vec<Vec<String>> {
    let mut facts = texts::<Fact>(bench, |f| f.text.clone());
    facts.dedup();
    let mut drafts: Vec<String> = texts::<Draft>(bench, |d| d.fields[0].1.clone());
    drafts = drafts.iter().flat_map(|d| d.lines().map(str::to_owned)).collect();
    drafts.sort();
    drafts.dedup();
    let mut tags = texts::<Customer>(bench, |c| c.tags.join("\n"));
    tags = tags.iter().flat_map(|t| t.lines().map(str::to_owned)).collect();
    tags.sort();
    tags.dedup();
    vec![
        texts::<Purchase>(bench, |p| format!("{} {} {}", p.id, p.day, p.amount())),
        texts::<Interaction>(bench, |i| {
            format!("{} {} {:?} {}", i.id, i.outcome, i.corrects, i.note)
        }),
        texts::<Task>(bench, |t| format!("{} {} {}", t.id, t.due, t.note)),
        texts::<Subscription>(bench, |s| format!("{} {:?}", s.id, s.external_id)),
        facts,
        drafts,
        tags,
    ]
}

fn ledger(bench: &Bench, id: CustomerId) -> Ledger {
    let read = records::get::<Ledger>(&*bench.engine, &keys::customer(id)).unwrap();
    read.map(|(ledger, _)| ledger).unwrap_or_default()
}

/// Rows whose key or text still names a customer.
fn leftovers(bench: &Bench, id: CustomerId) -> usize {
    let tables = [
        Table::Customer,
        Table::History,
        Table::Fact,
        Table::Relation,
        Table::Purchase,
        Table::Interaction,
        Table::Subscription,
    ];
    let under = tables.into_iter().map(|table| {
        bench.engine.scan(table, KeyRange::prefix(&id.key()), usize::MAX).unwrap().rows.len()
    });
    let naming = texts::<Task>(bench, |t| t.customer.to_string());
    let naming = naming.iter().filter(|named| **named == id.to_string()).count();
    let ties = texts::<Relation>(bench, |r| format!("{} {}", r.from, r.to));
    let ties = ties.iter().filter(|t| t.split(' ').any(|end| end == id.to_string())).count();
    under.sum::<usize>() + naming + ties
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_merge_loses_nothing_and_can_be_taken_back(
        children in prop::collection::vec((any::<bool>(), child()), 0..24),
        taken in prop::sample::subsequence(vec!["name", "city", "joined", "field.plan"], 0..4),
    ) {
        let bench = Bench::new();
        let (keep, gone, third) =
            (bench.create("Reza Karimi"), bench.create("رضا کریمی"), bench.create("Mina"));
        for (id, plan) in [(keep, "gold"), (gone, "iron")] {
            let change = Change::Field("plan".into(), plan.into());
            bench.act(Command::Change { whom: Whom::These(vec![id]), change });
        }
        for (at, (first, child)) in children.iter().enumerate() {
            add(&bench, at, child, if *first { keep } else { gone }, (keep, gone), third);
        }
        let (before, there) = (bench.digest(), kept(&bench));
        let (mine, theirs) = (ledger(&bench, keep), ledger(&bench, gone));
        let take: Vec<MergeField> = taken.iter().filter_map(|t| MergeField::parse(t)).collect();
        bench.act(Command::Merge { keep, gone, take: Some(take), base: None });

        prop_assert_eq!(kept(&bench), there);
        prop_assert_eq!(leftovers(&bench, gone), 0);
        let now = ledger(&bench, keep);
        let (total, first, second) =
            (now.purchases.total(), mine.purchases.total(), theirs.purchases.total());
        prop_assert_eq!(total.revenue, first.revenue + second.revenue);
        prop_assert_eq!(total.sales, first.sales + second.sales);
        prop_assert_eq!(now.contacts.count, mine.contacts.count + theirs.contacts.count);
        prop_assert_eq!(now.contacts.seconds, mine.contacts.seconds + theirs.contacts.seconds);
        let profile = bench.profile(keep);
        prop_assert_eq!(profile.purchases.len(), total.sales as usize);
        for spelling in ["reza karimi", "رضا کریمی"] {
            prop_assert_eq!(bench.list(spelling, "").rows[0].customer.id, keep);
        }
        // What is in memory is what a desk opened anew reads.
        let after = bench.digest();
        let anew = Bench::on(bench.engine.clone());
        let figures = |bench: &Bench| {
            let rows = bench.list("", "").rows.into_iter();
            rows.map(|r| (r.customer, r.figures)).collect::<Vec<_>>()
        };
        prop_assert_eq!(figures(&bench), figures(&anew));

        bench.act(Command::Undo(None));
        prop_assert_eq!(bench.digest(), before.clone());
        bench.act(Command::Redo);
        prop_assert_eq!(bench.digest(), after);
        bench.act(Command::Undo(None));
        prop_assert_eq!(bench.digest(), before);
    }
}

#[test]
fn many_rows_go_over_in_parts_and_come_back() {
    let bench = Bench::new();
    let (keep, gone) = (bench.create("Shop"), bench.create("The Shop"));
    let rows = |customer: CustomerId, days: std::ops::Range<i32>| {
        let row = |day| Load::Purchase {
            customer: format!("#{customer}"),
            purchase: purchase(CustomerId(0), day, 7),
            skus: vec![],
        };
        days.map(row).collect::<Vec<_>>()
    };
    import(&bench, rows(keep, 15_000..15_900));
    import(&bench, rows(gone, 15_400..17_000));
    let before = bench.digest();
    bench.act(Command::Merge { keep, gone, take: None, base: None });
    let history = ledger(&bench, keep).purchases;
    assert_eq!((history.sale_days(), history.total().sales), (2_000, 2_500));
    assert_eq!(leftovers(&bench, gone), 0);
    bench.act(Command::Undo(None));
    assert_eq!(bench.digest(), before);
}

#[test]
fn a_file_that_names_the_one_that_is_gone_meets_the_one_that_stayed() {
    let bench = Bench::new();
    let person = |name: &str, external: Option<&str>, phone: &str| {
        let mut c = Customer::named(CustomerId(0), name, Day(20_000));
        c.external_id = external.map(str::to_owned);
        c.contacts.push(ContactPoint::new(ContactKind::Phone, phone));
        c.place.city = format!("city of {name}");
        c
    };
    let given = vec![Field::Name, Field::Phone, Field::City];
    let file = |people: &[Customer]| {
        let row = |c: &Customer| Load::Customer {
            customer: Box::new(c.clone()),
            given: given.clone(),
            facts: vec![],
        };
        people.iter().map(row).collect::<Vec<_>>()
    };
    let people = [
        person("Reza Karimi", Some("A"), "+989121234567"),
        person("R. Karimi", Some("B"), "+982188001122"),
        person("Rezza Karimi", None, "+989121234567"),
        person("Reza K.", None, "+989350000000"),
    ];
    assert_eq!(import(&bench, file(&people)).added, 4);
    let id = |name: &str| bench.list("", &format!("name:\"{name}\"")).rows[0].customer.id;
    let keep = id("Reza Karimi");
    for gone in ["R. Karimi", "Rezza Karimi", "Reza K."].map(id) {
        bench.act(Command::Merge { keep, gone, take: None, base: None });
    }
    let merged = bench.profile(keep).customer;
    assert_eq!(merged.external_id.as_deref(), Some("A"));
    assert_eq!(merged.other_ids, ["B", "#3", "#4"]);
    assert_eq!((merged.contacts.len(), merged.place.city.as_str()), (3, "city of Reza Karimi"));

    let again = import(&bench, file(&people));
    assert_eq!((again.added, again.changed, again.same), (0, 0, 4), "nobody comes back");
    let bought = |customer: &str| Load::Purchase {
        customer: customer.into(),
        purchase: purchase(CustomerId(0), 20_100, 5),
        skus: vec![],
    };
    let tally = import(&bench, vec![bought("B"), bought("#3")]);
    assert_eq!((tally.added, tally.customers_made), (2, 0));
    assert_eq!(bench.profile(keep).purchases.len(), 2);
    let mut other = Customer::named(CustomerId(0), "Somebody", Day(20_000));
    other.external_id = Some("B".into());
    assert!(matches!(bench.refused(Command::Create(Box::new(other))), Refusal::Taken { .. }));
    assert!(matches!(bench.ask(Question::Named("B".into())), Answer::Ids(ids) if ids == [keep]));
}

#[test]
fn what_stands_in_the_way_of_a_merge_or_its_undoing_is_said() {
    let bench = Bench::new();
    let (keep, gone) = (bench.create("Reza"), bench.create("Rezza"));
    let merge = |base| Command::Merge { keep, gone, take: None, base };
    let stale = bench.refused(merge(Some((1, 1))));
    assert!(matches!(stale, Refusal::Conflict { by, .. } if by == "Sara"));
    let same = Command::Merge { keep, gone: keep, take: None, base: None };
    assert!(matches!(bench.refused(same), Refusal::Invalid(_)));
    let nobody = Command::Merge { keep, gone: CustomerId(99), take: None, base: None };
    assert!(matches!(bench.refused(nobody), Refusal::NotFound { .. }));

    // Somebody else's customer is merged by a supervisor only.
    let agent = bench.other(7, Role::Agent);
    let change = Change::Owner(Some(AgentId(1)));
    bench.act(Command::Change { whom: Whom::These(vec![gone]), change });
    let refused = bench.desk.act(&agent, merge(None)).expect_err("not permitted");
    assert!(matches!(refused, Refusal::NotPermitted { needs: Role::Supervisor }));

    // A first purchase would move the stage, and with it the record.
    let change = Change::Stage(vafa::domain::Stage::Loyal);
    bench.act(Command::Change { whom: Whom::These(vec![keep]), change });
    bench.act(Command::Log(call(gone, "answered", 60, "said much")));
    let made = bench.act(merge(None));
    let said: InteractionId = bench.profile(keep).interactions[0].0.id;
    // What comes later stays with the one that is kept.
    bench.act(Command::AddPurchase(purchase(keep, 20_000, 5)));
    let fixed = Command::Correct { customer: keep, interaction: said, outcome: "busy".into() };
    let corrected = bench.act(fixed);
    let refused = bench.refused(Command::Undo(Some(made.gesture)));
    assert!(
        matches!(&refused, Refusal::ChangedSince { name, by } if name == "Reza" && by == "Sara"),
        "{refused:?}"
    );
    bench.act(Command::Undo(Some(corrected.gesture)));
    bench.act(Command::Undo(Some(made.gesture)));
    assert_eq!(bench.profile(gone).interactions.len(), 1);
    assert_eq!(bench.profile(keep).purchases.len(), 1);
    assert_eq!(ledger(&bench, keep).purchases.total().revenue, 5);
    assert_eq!(ledger(&bench, keep).contacts.count, 0);
}
