//! What is found, in what order, and what expressions select; the naive reading of the language and
//! the comparison of both lie beside.

mod large;
mod naive;
mod property;

use super::*;
use crate::domain::expression::{Attribute, Expression};
use crate::domain::{
    ContactKind, ContactPoint, CustomerKind, DayTotal, DoNotCall, FactId, FactKind, Gender, Stage,
};

const TODAY: Day = Day(20_000); // 2024-10-04

fn person(id: u64, name: &str) -> Customer {
    Customer::named(CustomerId(id), name, Day(19_000))
}

fn with_contact(mut c: Customer, kind: ContactKind, value: &str) -> Customer {
    c.contacts.push(ContactPoint::new(kind, value));
    c
}

fn fact(c: u64, kind: FactKind, text: &str) -> Fact {
    let (id, customer) = (FactId(1), CustomerId(c));
    let (text, source) = (text.to_owned(), String::new());
    Fact { id, customer, kind, text, strength: 0, met: 0, source, on: TODAY }
}

fn ledger(days: &[(i32, i64)]) -> Ledger {
    let mut ledger = Ledger::default();
    for (day, revenue) in days {
        let (day, revenue) = (Day(*day), *revenue);
        ledger.purchases.add(DayTotal { day, sales: 1, revenue, cost: 0, returned: 0 });
    }
    ledger
}

/// Names from a search, in order.
fn found(d: &Directory, names: &[&'static str], text: &str) -> Vec<&'static str> {
    let query = Query { text, filter: None, sort: Sort::default(), today: TODAY, me: None };
    let found = d.search(&query, &|| false).expect("not cancelled");
    found.rows.all().iter().map(|row| names[*row as usize]).collect()
}

fn of_names(names: &[&'static str]) -> Directory {
    let mut d = Directory::new();
    for (at, name) in names.iter().enumerate() {
        d.put_customer(&person(at as u64 + 1, name));
    }
    d
}

#[test]
fn names_are_found_best_first() {
    let names = [
        "Sara Karimi",      // 0
        "Reza Karimi",      // 1
        "Karim Sadeghi",    // 2
        "Anna O'Brien",     // 3
        "Oskar Lind",       // 4
        "José Müller",      // 5
        "علیرضا رضایی",     // 6
        "علی‌رضا کریمی",     // 7
        "مریم صادقی",       // 8
        "Jean-Paul Sartre", // 9
    ];
    let d = of_names(&names);
    let check = |text: &str, want: &[usize]| {
        let want: Vec<_> = want.iter().map(|at| names[*at]).collect();
        assert_eq!(found(&d, &names, text), want, "{text}");
    };
    check("kar", &[2, 0, 1, 4, 7]); // first word, second word, inside, the other script
    check("karimi", &[0, 1, 7]);
    check("KARIMI sa", &[0]);
    check("sa kar", &[0, 2]);
    check("o'bri", &[3]);
    check("brien", &[3]);
    check("jose mul", &[5]);
    check("josé", &[5]);
    check("paul", &[9]);
    check("jean-p", &[9]);
    check("علی", &[7, 6]);
    check("علیرضا", &[6, 7]);
    check("علي رضا", &[7, 6]);
    check("كريمى", &[7, 2, 0, 1]); // then the same consonants
    check("skrm", &[0]); // letters across words
    check("krmi", &[0, 1, 7]); // letters with others between, then sounds
    check("vqh", &[7, 6]); // رضا on the Persian keyboard
    check("ساره", &[0, 9]); // the other script: the whole sound, then its beginning
    check("alireza rezaei", &[6, 7]); // رضا has the consonants of rezaei
    check("sadeghi", &[2, 8]);
    check("xyzzy", &[]);
    check("sara xyzzy", &[]);
    check("-", &[]);
}

#[test]
fn a_name_is_found_however_its_words_are_parted_or_spelt() {
    let names = ["علي رضايي", "J Smithson", "Mohammad Ali Karimi", "علی‌اکبر", "رضا کریمی"];
    let d = of_names(&names);
    let check = |text: &str, want: &[usize]| {
        let want: Vec<_> = want.iter().map(|at| names[*at]).collect();
        assert_eq!(found(&d, &names, text), want, "{text}");
    };
    check("علیرضا رضایی", &[0]);
    check("alireza rezaei", &[0]);
    check("ali rezaei", &[0]);
    check("ugd vqhdd", &[0]);
    check("رضایی", &[0]);
    check("jsmith", &[1]);
    check("mohammadali kar", &[2]);
    check("aliakbar", &[3]);
    check("علیاکبر", &[3]);
    check("علیرضا کریمی", &[]);
}

#[test]
fn customers_are_found_by_what_they_can_be_reached_by() {
    let names = ["Ann", "Bob", "Cleo", "Dan"];
    let mut d = Directory::new();
    let ann = with_contact(person(1, "Ann"), ContactKind::Phone, "+989121234567");
    let ann = with_contact(ann, ContactKind::Phone, "+982188776655");
    d.put_customer(&Customer { external_id: Some("C-0042".into()), ..ann });
    let bob = with_contact(person(2, "Bob"), ContactKind::Email, "Bob.Smith@Example.com");
    d.put_customer(&Customer { external_id: Some("C-0043".into()), ..bob });
    d.put_customer(&with_contact(person(3, "Cleo"), ContactKind::Phone, "+989354567123"));
    d.put_customer(&Customer { external_id: Some("ann".into()), ..person(4, "Dan") });
    let check = |text: &str, want: &[&str]| assert_eq!(found(&d, &names, text), want, "{text}");
    check("4567", &["Ann", "Cleo"]); // last digits first
    check("۴۵۶۷", &["Ann", "Cleo"]);
    check("0912 123 45 67", &["Ann"]);
    check("0098 21 8877-6655", &["Ann"]);
    check("+98 (912) 123-4567", &["Ann"]);
    check("7123", &["Cleo"]);
    check("9999", &[]);
    check("smith@", &["Bob"]);
    check("example.com", &["Bob"]);
    check("c-004", &["Ann", "Bob"]);
    check("C-0043", &["Bob"]);
    check("#3", &["Cleo"]);
    check("#9", &[]);
    check("ann", &["Dan", "Ann"]); // the external id itself, then the name
    check("bob 0043", &["Bob"]);
    assert_eq!(d.by_external_id("C-0042"), Some(CustomerId(1)));
    assert_eq!(d.by_external_id("c-0042"), None);
    assert_eq!(d.by_external_id(""), None);
}

#[test]
fn worth_ranks_those_who_match_equally_well() {
    let names = ["Ali A", "Ali B", "Ali C"];
    let mut d = of_names(&names);
    for (id, spent) in [(1, 100), (2, 300), (3, 200)] {
        d.put_ledger(CustomerId(id), &ledger(&[(19_990, spent)]));
    }
    assert_eq!(found(&d, &names, "ali"), ["Ali B", "Ali C", "Ali A"]);
    d.set_scores(0, &[9, 5, 7].map(|value| Score { value, ..Score::default() }));
    assert_eq!(found(&d, &names, "ali"), ["Ali A", "Ali C", "Ali B"]);
    d.set_score(1, &Score { value: 8, ..Score::default() });
    assert_eq!(found(&d, &names, "ali"), ["Ali A", "Ali B", "Ali C"]);
    let sort = Sort { field: SortField::Spent, descending: false };
    let query = Query { text: "ali", filter: None, sort, today: TODAY, me: None };
    let by_spent = d.search(&query, &|| false).unwrap();
    assert_eq!((by_spent.rows.all(), by_spent.worth, by_spent.spent), (&[0, 2, 1][..], 24, 600));
    assert!(d.search(&Query { text: "al", ..query }, &|| true).is_none());
}

#[test]
fn lists_are_ordered_and_the_unknown_is_last() {
    let names = ["گیتا", "Zoe", "پری", "Ann", "Zoe Ann"];
    let mut d = of_names(&names);
    let set = |d: &mut Directory, id: u64, name: &str, city: &str, birth: Option<i32>| {
        let mut c = person(id, name);
        c.place.city = city.into();
        c.birth = birth.map(Day);
        d.put_customer(&c);
    };
    for (id, city, birth) in [
        (1, "Yazd", Some(5)),
        (2, "", None),
        (3, "اهواز", Some(3)),
        (4, "Ahvaz", None),
        (5, "Yazd", Some(5)),
    ] {
        set(&mut d, id, names[id as usize - 1], city, birth);
    }
    let check = |d: &Directory, field, descending, want: &[u32]| {
        let sort = Sort { field, descending };
        let query = Query { text: "", filter: None, sort, today: TODAY, me: None };
        let found = d.search(&query, &|| false).unwrap();
        assert_eq!(found.rows.all(), want, "{field:?} {descending}");
        assert_eq!(found.rows.len(), want.len());
    };
    check(&d, SortField::Best, false, &[3, 1, 4, 2, 0]);
    check(&d, SortField::Name, true, &[0, 2, 4, 1, 3]);
    check(&d, SortField::City, false, &[3, 0, 4, 2, 1]);
    check(&d, SortField::City, true, &[2, 0, 4, 3, 1]);
    check(&d, SortField::Birth, false, &[2, 0, 4, 1, 3]);
    check(&d, SortField::Birth, true, &[0, 4, 2, 1, 3]);
    check(&d, SortField::Id, true, &[4, 3, 2, 1, 0]);
    check(&d, SortField::Value, true, &[0, 1, 2, 3, 4]);
    // A changed customer moves to its new place, a removed one goes.
    set(&mut d, 4, "Ann", "Zanjan", Some(9));
    d.remove(CustomerId(1));
    check(&d, SortField::City, false, &[4, 3, 2, 1]);
    check(&d, SortField::Birth, false, &[2, 4, 3, 1]);
    check(&d, SortField::Best, false, &[3, 1, 4, 2]);
    assert_eq!((d.len(), d.rows(), d.contains(CustomerId(1))), (4, 5, false));
}

/// Three customers that differ in everything.
fn three() -> Directory {
    let mut d = Directory::new();
    let mut ann = with_contact(person(1, "Ann Lee"), ContactKind::Email, "ann@lee.org");
    ann.external_id = Some("C1".into());
    ann.birth = Some(Day(9_043)); // 1994-10-05: 30 tomorrow
    ann.gender = Some(Gender::Female);
    ann.place.city = "New York".into();
    ann.place.country = "US".into();
    ann.stage = Stage::Loyal;
    ann.owner = Some(AgentId(7));
    for tag in ["vip", "big-spender"] {
        ann.tag(tag);
    }
    ann.consent.marketing = Some(true);
    ann.fields = vec![("Plan".into(), "Gold".into()), ("size".into(), "42".into())];
    let bought = ledger(&[(19_500, 1_000), (19_980, 5_000)]);
    d.upsert(&ann, Some(&bought), &[fact(1, FactKind::Need, "Fast, free delivery")]);
    let mut bita = with_contact(person(2, "بیتا کریمی"), ContactKind::Phone, "+989121234567");
    bita.birth = Some(Day(11_016)); // 2000-02-29
    bita.place.city = "تهران".into();
    bita.joined = Day(19_985);
    bita.consent.do_not_call = Some(DoNotCall { since: TODAY, reason: String::new() });
    d.upsert(&bita, None, &[fact(2, FactKind::Interest, "موسیقی")]);
    let mut co = person(3, "Acme");
    co.kind = CustomerKind::Organisation;
    co.owner = Some(AgentId(8));
    co.source = "Web shop".into();
    d.upsert(&co, Some(&ledger(&[(19_999, 250)])), &[]);
    d.set_agents([(AgentId(7), "Sara"), (AgentId(8), "Omid")]);
    let (p_alive, risk) = (0.9, 0.7);
    let (leave, rfm) = (Some(Day(20_010)), Some([5, 5, 4]));
    let score =
        Score { p_alive, risk, value: 900, saves: Some(0), leave, rfm, verdict: Verdict::Call };
    d.set_score(0, &score);
    d
}

#[test]
fn expressions_select() {
    let d = three();
    let check = |text: &str, want: &[u32]| {
        let e = Expression::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        let set = d.eval(&e, TODAY, Some(AgentId(8)));
        assert_eq!(set.rows().collect::<Vec<_>>(), want, "{text}");
    };
    for (text, want) in [
        ("", &[0, 1, 2][..]),
        ("name:lee", &[0]),
        ("name=\"lee ann\"", &[]),
        ("name=\"ANN LEE\"", &[0]),
        ("city:york", &[0]),
        ("city=york", &[]),
        ("city:\"york new\"", &[0]),
        ("city:تهران", &[1]),
        ("city:none", &[2]),
        ("city:any -country:us", &[1]),
        ("stage:loyal or kind:org", &[0, 2]),
        ("gender:none", &[1, 2]),
        ("tag:vip", &[0]),
        ("tag:vi", &[]),
        ("tag:\"Big Spender\"", &[0]),
        ("tag:none", &[1, 2]),
        ("owner:me", &[2]),
        ("owner:sar", &[0]),
        ("owner:none", &[1]),
        ("email:lee", &[0]),
        ("email=ann@lee.org", &[0]),
        ("email=nn@lee.org", &[]),
        ("email:none phone:any", &[1]),
        ("phone:0912123", &[1]),
        ("phone=09121234567", &[1]),
        ("phone=0912123", &[]),
        ("id>1 id<=3", &[1, 2]),
        ("external_id:c1", &[0]),
        ("external_id:none", &[1, 2]),
        ("age<30", &[0, 1]),
        ("age=29", &[0]),
        ("age>29", &[]),
        ("age>=24 age<24.5", &[1]),
        ("age:none", &[2]),
        ("birth<2000-01-01", &[0]),
        ("birthday<=1d", &[0]),
        ("birthday<2w", &[0]),
        ("birthday>140d", &[1]), // 1 March
        ("birthday=148d", &[1]),
        ("joined<30d", &[1]),
        ("joined>=2024-09-19", &[1]),
        ("last<30d", &[0, 2]),
        ("last<20d", &[2]),
        ("last<=20d", &[0, 2]),
        ("last>5d", &[0]),
        ("last:none", &[1]),
        ("last=today", &[]),
        ("first>1y", &[0]),
        ("contact:none", &[0, 1, 2]),
        ("spent>=60", &[0]),
        ("spent<2.51", &[1, 2]),
        ("spent=2.5", &[2]),
        ("spent:none", &[1]),
        ("purchases=2", &[0]),
        ("value>=9", &[0]),
        ("value<9", &[]),
        ("value:none", &[1, 2]),
        ("risk>=0.7 risk<=70%", &[0]),
        ("risk>0.7", &[]),
        ("alive:any", &[0]),
        ("saves=0", &[0]),
        ("leave<11d leave>=10d", &[0]),
        ("leave>2024-10-13 ", &[0]),
        ("rfm:55*", &[0]),
        ("rfm:555", &[]),
        ("rfm:none", &[1, 2]),
        ("verdict:call", &[0]),
        ("verdict:none", &[1, 2]),
        ("need:\"delivery fast\"", &[0]),
        ("need:موسیقی", &[]),
        ("interest:موسيقي", &[1]),
        ("taste:none", &[0, 1, 2]),
        ("dnc:yes", &[1]),
        ("dnc:no", &[0, 2]),
        ("marketing:yes", &[0]),
        ("marketing:none", &[1, 2]),
        ("field.plan:gold", &[0]),
        ("field.PLAN=GOLD", &[0]),
        ("field.size>41.5", &[0]),
        ("field.size>42", &[]),
        ("field.plan:none", &[1, 2]),
        ("segment:x", &[]),
        ("acm or بیت", &[1, 2]),
        ("0912", &[1]),
        ("-(acm or stage:loyal)", &[1]),
    ] {
        check(text, want);
    }
    let all = d.count_and_worth(&Expression::All, TODAY, None);
    assert_eq!((all.count, all.worth, all.spent), (3, 900, 6_250));
    assert!((all.risk.unwrap() - 0.7).abs() < 1e-6);
}

#[test]
fn rows_have_their_figures() {
    let d = three();
    let f = d.figures(0);
    assert_eq!((f.first, f.last, f.purchases, f.spent), (Day(19_500), Day(19_980), 2, 6_000));
    assert_eq!(
        (f.value, f.saves, f.rfm, f.verdict),
        (Some(900), Some(0), Some([5, 5, 4]), Verdict::Call)
    );
    assert_eq!((d.figures(1), d.figures(99)), (Figures::default(), Figures::default()));
    let s = d.summary(0);
    assert_eq!((s.sale_days, s.repeat_mean), (2, 5_000.0));
    assert_eq!(d.summary(1).last, Day::NEVER);
    assert!(d.must_not_be_called(1) && !d.must_not_be_called(0));
}

#[test]
fn values_are_counted() {
    let d = three();
    let check = |attribute, want: &[(&str, usize)]| {
        let counts = d.dictionary(attribute);
        let counts: Vec<_> = counts.iter().map(|(value, n)| (value.as_str(), *n)).collect();
        assert_eq!(counts, want, "{attribute}");
    };
    check(Attribute::City, &[("New York", 1), ("تهران", 1)]);
    check(Attribute::Tag, &[("big-spender", 1), ("vip", 1)]);
    check(Attribute::Stage, &[("prospect", 2), ("loyal", 1)]);
    check(Attribute::Gender, &[("female", 1)]);
    check(Attribute::Marketing, &[("yes", 1)]);
    check(Attribute::Owner, &[("omid", 1), ("sara", 1)]);
    check(Attribute::Need, &[("Fast, free delivery", 1)]);
    check(Attribute::Own, &[("Plan:Gold", 1), ("size:42", 1)]);
    check(Attribute::Spent, &[]);
    assert_eq!(d.value_counts(&[1, 2], Attribute::City), [("تهران".to_owned(), 1)]);
}

/// The words of the segment language have the codes of the directory's verdicts.
#[test]
fn verdicts_have_their_words() {
    let words: Vec<_> =
        Attribute::Verdict.words().iter().map(|w| w.name.replace('_', "")).collect();
    let verdicts: Vec<_> = Verdict::ALL.iter().map(|v| format!("{v:?}").to_lowercase()).collect();
    assert_eq!(words, verdicts);
}
