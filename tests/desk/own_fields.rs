//! Own fields take what they are defined to take, by whatever way a value comes.

use vafa::desk::{Change, Command, Load, Refusal, Whom};
use vafa::domain::{
    Customer, CustomerId, Day, Field, Invalid, OwnField, OwnFieldId, OwnFieldKind, Problem,
};

use super::bench::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    for (name, kind, choices) in [
        ("shoe", OwnFieldKind::Number, &[][..]),
        ("prefers", OwnFieldKind::Choice, &["phone", "message"][..]),
        ("review", OwnFieldKind::Date, &[]),
    ] {
        let choices = choices.iter().map(|c| (*c).to_owned()).collect();
        let field = OwnField { id: OwnFieldId(0), name: name.into(), kind, choices, order: 0 };
        bench.act(Command::SaveDefinition { definition: Box::new(field.into()), base: 0 });
    }
    bench
}

/// What comes of a value, by every way there is: as it is kept, or why not.
fn check(name: &str, value: &str, want: Result<(&str, &str), Problem>) {
    let bench = bench();
    let id = bench.create("Reza");
    let gave = vec![(name.to_owned(), value.to_owned())];
    let whole = || Customer {
        fields: gave.clone(),
        external_id: Some("C-9".into()),
        ..Customer::named(CustomerId(0), "Mina", Day(20_000))
    };
    let edited = Customer { fields: gave.clone(), ..bench.profile(id).customer };
    let base = bench.profile(id).revision;
    let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
    let given = vec![Field::Name, Field::ExternalId, Field::Own];
    let (customer, facts) = (Box::new(whole()), Vec::new());
    let rows = vec![Load::Customer { customer, given, facts }];
    let change = Change::Field(name.into(), value.into());
    for (way, command) in [
        ("import", Command::Load { gesture, rows }),
        ("create", Command::Create(Box::new(Customer { external_id: None, ..whole() }))),
        ("edit", Command::Edit { customer: Box::new(edited), base }),
        ("change", Command::Change { whom: Whom::These(vec![id]), change }),
    ] {
        match &want {
            Ok(kept) => {
                bench.act(command);
                let found = bench.list("", "").rows;
                let newest = found.iter().rev().find(|row| match way {
                    "edit" | "change" => row.customer.id == id,
                    _ => row.customer.id != id,
                });
                let fields = newest.expect("a customer").customer.fields.clone();
                let kept = (kept.0.to_owned(), kept.1.to_owned());
                assert_eq!(fields, [kept], "{way} {name} {value}");
            }
            Err(problem) => {
                let problem = problem.clone();
                let want = Refusal::Invalid(Invalid { field: Field::Own, problem });
                let got = bench.refused(command);
                assert_eq!(format!("{got:?}"), format!("{want:?}"), "{way} {name} {value}");
            }
        }
    }
}

#[test]
fn values_are_kept_as_they_are_defined_or_refused() {
    let known = || Problem::NotAChoice { known: "phone, message".into() };
    check("shoe", "42", Ok(("shoe", "42")));
    check("Shoe", "۴۲٫۵", Ok(("shoe", "42.5")));
    check("shoe", "big", Err(Problem::NotANumber));
    check("prefers", "Message", Ok(("prefers", "message")));
    check("prefers", "letter", Err(known()));
    check("review", "2026-12-01", Ok(("review", "2026-12-01")));
    check("review", "soon", Err(Problem::NotADate));
    check("hobby", "anything at all", Ok(("hobby", "anything at all")));
}

#[test]
fn what_was_there_before_a_field_was_defined_stays_until_it_is_changed() {
    let bench = Bench::new();
    let id = bench.create("Reza");
    let set = |value: &str| Command::Change {
        whom: Whom::These(vec![id]),
        change: Change::Field("shoe".into(), value.into()),
    };
    bench.act(set("big"));
    let (choices, kind) = (Vec::new(), OwnFieldKind::Number);
    let field = OwnField { id: OwnFieldId(0), name: "shoe".into(), kind, choices, order: 0 };
    bench.act(Command::SaveDefinition { definition: Box::new(field.into()), base: 0 });
    let profile = bench.profile(id);
    let renamed = Customer { name: "Reza K".into(), ..profile.customer };
    bench.act(Command::Edit { customer: Box::new(renamed), base: profile.revision });
    assert_eq!(bench.profile(id).customer.fields[0].1, "big");
    bench.refused(set("bigger"));
    bench.act(set("44"));
    for (expression, found) in [("field.shoe>40", 1), ("field.shoe:44", 1), ("field.shoe<40", 0)] {
        assert_eq!(bench.list("", expression).total, found, "{expression}");
    }
}
