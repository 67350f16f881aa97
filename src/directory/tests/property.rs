//! Random customers, expressions, queries and changes: the columns must say what the records say.

use proptest::prelude::*;

use super::naive::{Whole, passes};
use super::*;

const ME: AgentId = AgentId(2);

fn customers() -> impl Strategy<Value = Vec<Whole>> {
    prop::collection::vec(whole(), 1..40).prop_map(|mut all| {
        for (at, w) in all.iter_mut().enumerate() {
            w.customer.id = CustomerId(at as u64 * 3 + 1);
        }
        all
    })
}

fn maybe(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![1 => Just(String::new()), 3 => prop::sample::select(words).prop_map(str::to_owned)]
}

fn name() -> impl Strategy<Value = String> {
    const WORDS: &[&str] =
        &["Sara", "Karim", "Reza", "علی", "رضا", "کریمی", "O'Brien", "Ann-Marie", "Müller"];
    prop::collection::vec(prop::sample::select(WORDS), 1..4).prop_map(|w| w.join(" "))
}

fn record() -> impl Strategy<Value = Customer> {
    let who = (name(), maybe(&["Tehran", "New York", "تهران", "تهران نو"]), maybe(&["US", "ir"]));
    let what = (0..8_u8, prop::option::of(0..3_u8), any::<bool>(), prop::option::of(any::<bool>()));
    let when =
        (prop::option::of(-9_000..=20_000_i32), 15_000..20_100_i32, prop::option::of(1..4_u64));
    let tags =
        prop::collection::btree_set(prop::sample::select(&["vip", "new", "big-one"][..]), 0..3);
    let own = prop::option::of(prop::sample::select(&["7", "42.5", "Gold", "gold plan"][..]));
    let email = maybe(&["sara@x.org", "Reza.K@y.com", "a@b.co"]);
    let phone = maybe(&["+989121234567", "+12025550123"]);
    (who, what, when, tags, own, email, phone).prop_map(
        |(
            (name, city, country),
            (stage, gender, dnc, marketing),
            (birth, joined, owner),
            tags,
            own,
            email,
            phone,
        )| {
            let mut c = person(0, &name);
            c.place.city = city;
            c.place.country = country;
            c.stage = Stage::from_code(stage).unwrap();
            c.gender = gender.and_then(Gender::from_code);
            c.kind = CustomerKind::from_code(stage % 2).unwrap();
            let since = DoNotCall { since: TODAY, reason: String::new() };
            c.consent.do_not_call = dnc.then_some(since);
            c.consent.marketing = marketing;
            c.birth = birth.map(Day);
            c.joined = Day(joined);
            c.owner = owner.map(AgentId);
            c.tags = tags.into_iter().map(str::to_owned).collect();
            c.fields = own.map(|v| ("plan".to_owned(), v.to_owned())).into_iter().collect();
            for (kind, value) in [(ContactKind::Email, email), (ContactKind::Phone, phone)] {
                if !value.is_empty() {
                    c.contacts.push(ContactPoint::new(kind, &value));
                }
            }
            c
        },
    )
}

fn whole() -> impl Strategy<Value = Whole> {
    let sales = prop::collection::vec((19_000..20_001_i32, 0..50_000_i64), 0..4);
    let need = prop::option::of(prop::sample::select(&["fast delivery", "Discount", "موسیقی"][..]));
    let kind = prop::sample::select(&[FactKind::Need, FactKind::Interest][..]);
    let score = prop::option::of((0..=10_u8, 0..=10_u8, -500..90_000_i64, 1..=5_u8, 0..5_usize));
    (record(), sales, need, kind, score).prop_map(|(customer, sales, need, kind, score)| Whole {
        customer,
        ledger: ledger(&sales),
        facts: need.map(|text| fact(0, kind, text)).into_iter().collect(),
        score: score.map_or_else(Score::default, |(alive, risk, value, r, verdict)| Score {
            p_alive: f32::from(alive) / 10.0,
            risk: f32::from(risk) / 10.0,
            value,
            saves: (value > 0).then_some(value / 2),
            leave: (r > 2).then_some(TODAY.plus(i32::from(r) * 7)),
            rfm: Some([r, 6 - r, r]),
            verdict: Verdict::ALL[verdict],
        }),
    })
}

fn expression() -> impl Strategy<Value = Expression> {
    let tests = &[
        "name:ar",
        "name:\"rez sar\"",
        "name=\"sara reza\"",
        "name:علی",
        "city:tehran",
        "city:york",
        "city=تهران",
        "city:none",
        "city:any",
        "country:us",
        "country:IR",
        "stage:loyal",
        "stage:prospect",
        "gender:female",
        "gender:none",
        "kind:person",
        "tag:vip",
        "tag:none",
        "tag:big-one",
        "owner:me",
        "owner:none",
        "owner:any",
        "email:x.org",
        "email=a@b.co",
        "email:none",
        "phone:0912",
        "phone:555",
        "phone=4567",
        "phone:none",
        "id>10",
        "id<=40",
        "age<30",
        "age>=18",
        "age=24",
        "age:none",
        "age<=0",
        "birth<1990-05-05",
        "birth>20y",
        "birthday<30d",
        "birthday>=6mo",
        "birthday:none",
        "joined<1y",
        "joined>=2020-01-01",
        "joined<=6mo",
        "last<30d",
        "last<=100d",
        "last>6mo",
        "last=2024-10-01",
        "last:none",
        "first>1y",
        "contact:none",
        "spent>100",
        "spent<=99.99",
        "spent:none",
        "spent=0",
        "purchases>=2",
        "purchases:any",
        "returned:none",
        "value>100",
        "value<=0",
        "value:none",
        "risk>=0.5",
        "risk<20%",
        "risk:none",
        "alive>0.7",
        "alive<=0.3",
        "saves>1",
        "saves:any",
        "leave<30d",
        "leave>=21d",
        "leave:none",
        "rfm:5*",
        "rfm:333",
        "rfm:none",
        "verdict:gone",
        "verdict:any",
        "need:fast",
        "need:\"delivery fast\"",
        "need=discount",
        "need:none",
        "interest:any",
        "interest:موسیقی",
        "dnc:yes",
        "dnc:no",
        "dnc:none",
        "marketing:no",
        "marketing:none",
        "field.plan:gold",
        "field.plan>10",
        "field.plan<=7",
        "field.plan:none",
        "segment:x",
        "source:none",
    ];
    let leaf = prop::sample::select(&tests[..]).prop_map(|t| Expression::parse(t).unwrap());
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::Or),
            inner.prop_map(|e| Expression::Not(Box::new(e))),
        ]
    })
}

fn directory(all: &[Whole]) -> Directory {
    let mut d = Directory::new();
    for w in all {
        let row = d.upsert(&w.customer, Some(&w.ledger), &w.facts);
        d.set_score(row, &w.score);
    }
    d
}

fn ask(text: &str, sort: Sort) -> Query<'_> {
    Query { text, filter: None, sort, today: TODAY, me: Some(ME) }
}

fn ids(d: &Directory, found: &Found) -> Vec<u64> {
    found.rows.all().iter().map(|row| d.id_at(*row).0).collect()
}

proptest! {
    #[test]
    fn columns_say_what_the_records_say(all in customers(), e in expression()) {
        let d = directory(&all);
        let got: Vec<u32> = d.eval(&e, TODAY, Some(ME)).rows().collect();
        let want: Vec<u32> = (0..all.len() as u32)
            .filter(|row| passes(&e, &all[*row as usize], TODAY, ME))
            .collect();
        let one_by_one: Vec<u32> =
            (0..d.rows()).filter(|row| d.matches(&e, *row, TODAY, Some(ME))).collect();
        prop_assert_eq!(&got, &one_by_one, "{}", e);
        prop_assert_eq!(got, want, "{}", e);
    }

    /// Letters typed one by one, answers narrowed from the ones before, find what a fresh search does.
    #[test]
    fn typing_on_narrows_to_the_same(all in customers(), text in "(sara|kar|rez|علی رضا|reza k|0912|\\+98 912 1|x\\.org|o'br|ann-m|mull|skr|علیرضا ک|alireza ka|alikarimi|krimi re|سارا|vqh hgd|uhn|rzsr)( k| 98|a|h| رض|rez)?") {
        let d = directory(&all);
        let mut typed = String::new();
        for c in text.chars() {
            typed.push(c);
            let fresh = directory(&all);
            let got = d.search(&ask(&typed, Sort::default()), &|| false).unwrap();
            let want = fresh.search(&ask(&typed, Sort::default()), &|| false).unwrap();
            prop_assert_eq!(got.rows.all(), want.rows.all(), "{}", typed);
            prop_assert_eq!((got.worth, got.spent), (want.worth, want.spent));
        }
    }

    /// After changes and removals everything is as if it had been built from what is left.
    #[test]
    fn changes_leave_what_a_new_directory_has(
        all in customers(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::option::weighted(0.7, whole())), 1..30),
        text in prop::sample::select(&["", "sara", "kar", "رضا", "0912", "x.org", "reza ali"][..]),
    ) {
        let mut d = directory(&all);
        let fields = [SortField::Best, SortField::Name, SortField::City, SortField::Value, SortField::LastPurchase];
        let mut now: std::collections::BTreeMap<u64, Whole> =
            all.into_iter().map(|w| (w.customer.id.0, w)).collect();
        let every: Vec<u64> = now.keys().copied().collect();
        d.prepare(&fields.map(|field| Sort { field, descending: false }));
        for (at, change) in changes {
            let id = every[at.index(every.len())];
            if let Some(mut w) = change {
                w.customer.id = CustomerId(id);
                let row = d.upsert(&w.customer, Some(&w.ledger), &w.facts);
                d.set_score(row, &w.score);
                now.insert(id, w);
            } else {
                prop_assert_eq!(d.remove(CustomerId(id)), now.remove(&id).is_some());
            }
        }
        let left: Vec<Whole> = now.into_values().collect();
        let fresh = directory(&left);
        for field in fields {
            for descending in [false, true] {
                let sort = Sort { field, descending };
                let got = d.search(&ask(text, sort), &|| false).unwrap();
                let want = fresh.search(&ask(text, sort), &|| false).unwrap();
                prop_assert_eq!(ids(&d, &got), ids(&fresh, &want), "{:?} {}", sort, text);
            }
        }
        for attribute in [Attribute::City, Attribute::Tag, Attribute::Need, Attribute::Stage] {
            prop_assert_eq!(d.dictionary(attribute), fresh.dictionary(attribute));
        }
    }
}
