//! Who is found to be one and the same, and that no likely pair is missed.

use super::*;
use crate::domain::{ContactKind, ContactPoint, Customer, Gender};

/// Name, phone, e-mail, birth, city, own field.
type Person<'a> = (&'a str, &'a str, &'a str, i32, &'a str, &'a str);

fn directory(people: &[Person<'_>]) -> Directory {
    let mut d = Directory::new();
    for (at, (name, phone, email, birth, city, id)) in people.iter().enumerate() {
        let mut c = Customer::named(CustomerId(at as u64 + 1), name, Day(20_000));
        for (kind, value) in [(ContactKind::Phone, phone), (ContactKind::Email, email)] {
            if !value.is_empty() {
                c.contacts.push(ContactPoint::new(kind, value));
            }
        }
        c.birth = (*birth > 0).then_some(Day(*birth));
        (*city).clone_into(&mut c.place.city);
        if !id.is_empty() {
            c.fields.push(("National ID".into(), (*id).into()));
        }
        c.gender = name.contains("Mina").then_some(Gender::Female);
        d.put_customer(&c);
    }
    d
}

fn check(people: &[Person<'_>], want: &[(&[u64], &[Likeness])]) {
    let found = directory(people).duplicates(&|| false).unwrap();
    let found: Vec<(Vec<u64>, Vec<Likeness>)> = found
        .iter()
        .map(|g| (g.customers.iter().map(|id| id.0).collect(), g.shares.clone()))
        .collect();
    let want: Vec<(Vec<u64>, Vec<Likeness>)> =
        want.iter().map(|(ids, shares)| (ids.to_vec(), shares.to_vec())).collect();
    assert_eq!(found, want, "{people:?}");
}

#[test]
fn what_two_share_makes_them_alike() {
    use Likeness::{BirthDate, City, Email, Name, NationalId, Phone, Sound};
    let (mobile, other) = ("+989121234567", "+989350000000");
    check(&[("Reza Karimi", mobile, "", 0, "", ""), ("Sara", other, "", 0, "", "")], &[]);
    check(
        &[("Reza Karimi", mobile, "", 0, "Qom", ""), ("REZA  KARIMI", mobile, "", 0, "qom", "")],
        &[(&[1, 2], &[Phone, Name, City])],
    );
    // One script and the other, words in another order.
    check(
        &[("Karimi Reza", mobile, "", 0, "", ""), ("رضا کریمی", mobile, "", 0, "", "")],
        &[(&[1, 2], &[Phone, Sound])],
    );
    check(
        &[("علی رضا", "", "a@b.co", 0, "", ""), ("علي‌رضا", "", "A@B.co", 0, "", "")],
        &[(&[1, 2], &[Email, Name])],
    );
    check(
        &[("Ann", "", "", 0, "", "12-34567"), ("Anna Brown", "", "", 0, "", "1234567")],
        &[(&[1, 2], &[NationalId])],
    );
    check(
        &[("Zal Zarir", "", "", 900, "", ""), ("زال زریر", "", "", 900, "", "")],
        &[(&[1, 2], &[Sound, BirthDate])],
    );
    // Other numbers: two people, whatever else they share.
    check(&[("Ann Lee", mobile, "", 9, "", "11111"), ("Ann Lee", mobile, "", 9, "", "22222")], &[]);
    // A household: one phone, one family name.
    check(&[("Reza Karimi", mobile, "", 0, "", ""), ("Mina Karimi", mobile, "", 0, "", "")], &[]);
    // An initial is a part of the name.
    check(
        &[("Reza Karimi", mobile, "", 0, "", ""), ("R. Karimi", mobile, "", 0, "", "")],
        &[(&[1, 2], &[Phone])],
    );
    // Three in a chain are one group.
    check(
        &[
            ("Reza Karimi", mobile, "r@x.ir", 0, "", ""),
            ("Reza Karimi", mobile, "", 0, "", ""),
            ("Reza Karimi", "", "r@x.ir", 0, "", ""),
        ],
        &[(&[1, 2, 3], &[Email, Phone, Name])],
    );
}

#[test]
fn what_many_share_says_nothing() {
    let names: Vec<String> = (0..30).map(|n| format!("Name{n} Of{n}")).collect();
    let phone: Vec<Person<'_>> =
        names.iter().map(|n| (n.as_str(), "+982188001122", "", 0, "Qom", "")).collect();
    check(&phone, &[]);
    let name: Vec<Person<'_>> = (0..30).map(|_| ("Mohammad", "", "", 0, "Qom", "")).collect();
    check(&name, &[]);
}

/// No likely pair is missed for want of a key.
#[test]
fn keys_find_what_comparing_all_with_all_finds() {
    const NAMES: &[&str] =
        &["Reza Karimi", "رضا کریمی", "Riza Karimi", "Mina Karimi", "R Karimi", "آوا", "Ann"];
    let mut state = 7_u64;
    let mut pick = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % n
    };
    let texts: Vec<[String; 4]> = (0..240)
        .map(|_| {
            let some = |yes: bool, text: String| if yes { text } else { String::new() };
            [
                some(pick(3) == 0, format!("+98912123{:04}", pick(60))),
                some(pick(4) == 0, format!("a{}@b.co", pick(60))),
                some(pick(9) == 0, format!("1234{}", pick(30))),
                some(pick(2) == 0, ["Qom", "Yazd"][pick(2) as usize].to_owned()),
            ]
        })
        .collect();
    let people: Vec<Person<'_>> = texts
        .iter()
        .map(|[phone, email, id, city]| {
            let name = NAMES[pick(NAMES.len() as u64) as usize];
            let birth = if pick(2) == 0 { 1 + pick(40) as i32 } else { 0 };
            (name, phone.as_str(), email.as_str(), birth, city.as_str(), id.as_str())
        })
        .collect();
    let d = directory(&people);
    let found = d.duplicates(&|| false).unwrap();
    let c = &d.columns;
    let id_values = id_values(c);
    let all = |of: fn(&mut Keys, &Columns, u32, &[bool]), pick: fn(Keys) -> Vec<u64>| {
        let rows = (0..c.rows() as u32).flat_map(|row| {
            let mut keys = Keys::default();
            of(&mut keys, c, row, &id_values);
            pick(keys).into_iter().map(move |key| (key, row))
        });
        Index::new(rows.collect())
    };
    let indexes = Indexes {
        ids: all(Keys::put_ids, |k| k.ids),
        emails: all(|k, c, row, _| k.put_emails(c, row), |k| k.emails),
        phones: all(|k, c, row, _| k.put_phones(c, row), |k| k.phones),
        names: all(|k, c, row, _| k.put_names(c, row), |k| k.names),
        sounds: all(|k, c, row, _| k.put_names(c, row), |k| k.sounds),
    };
    let mut pairs = Vec::new();
    for one in 0..c.rows() as u32 {
        for other in one + 1..c.rows() as u32 {
            let (score, shares) = score(c, &indexes, &id_values, one, other);
            if score >= LIKELY {
                pairs.push((one, other, score, shares));
            }
        }
    }
    assert!(pairs.len() > 20, "{}", pairs.len());
    assert_eq!(found, d.grouped(pairs));
}
