//! Values as people write them, and as they must not be read.

use proptest::prelude::*;

use super::*;
use crate::domain::default_outcomes;

/// Conventions of a shop in Tehran on 2026-11-21.
pub fn tehran() -> Conventions {
    let agent = Agent { id: AgentId(7), name: "Sara".into(), ..Agent::program() };
    Conventions {
        currency: Currency::USD,
        country: "IR".into(),
        zone: TimeZone::get("Asia/Tehran").unwrap(),
        now: "2026-11-21T12:00:00Z".parse().unwrap(),
        date_format: None,
        decimal_comma: false,
        agents: vec![agent].into(),
        outcomes: default_outcomes().into(),
        campaigns: [(crate::domain::CampaignId(6), "Spring".to_owned())].into(),
        offers: [(crate::domain::OfferId(4), "Free delivery".to_owned())].into(),
        own_fields: [].into(),
        agent: AgentId(1),
        source: "test".into(),
    }
}

#[test]
fn dates_are_read_strictly() {
    let how = tehran();
    let check = |text: &str, want: Result<&str, Fault>| {
        let got = how.day(text).map(|d| d.to_string());
        assert_eq!(got, want.map(str::to_owned), "{text:?}");
    };
    check("2025-03-01", Ok("2025-03-01"));
    check("2025/3/1", Ok("2025-03-01"));
    check("19970101", Ok("1997-01-01"));
    // 1405-08-30 is 2026-11-21 (text.md); the last day of a Jalali leap year is 30 Esfand.
    check("1405/08/30", Ok("2026-11-21"));
    check("۱۴۰۵/۰۸/۳۰", Ok("2026-11-21"));
    check("١٤٠٥-٠٨-٣٠", Ok("2026-11-21"));
    check("14050830", Ok("2026-11-21"));
    check("1403/12/30", Ok("2025-03-20"));
    check("1404/12/30", Err(Fault::NoSuchDate));
    check("1404/07/31", Err(Fault::NoSuchDate));
    check("2025-02-29", Err(Fault::NoSuchDate));
    check("2024-02-29", Ok("2024-02-29"));
    check("2025-13-01", Err(Fault::NoSuchDate));
    check("2025-00-10", Err(Fault::NoSuchDate));
    check("2025-01-9999", Err(Fault::NoSuchDate));
    check("0000-01-01", Err(Fault::NoSuchDate));
    check("20250230", Err(Fault::NoSuchDate));
    check("03/04/2025", Err(Fault::AmbiguousDate));
    check("31.12.2024", Err(Fault::AmbiguousDate));
    let not_a_date = || Err(Fault::NotADate { format: None });
    for bad in
        ["yesterday", "2025", "2025-03", "2025-03-01-02", "250301", "-5", "", "1e5", "2025-x-1"]
    {
        check(bad, not_a_date());
    }
    // A time's day is the day in the store's zone: Tehran is 3:30 ahead.
    check("2025-03-01T22:00:00Z", Ok("2025-03-02"));
    check("2025-03-01 23:59", Ok("2025-03-01"));
    check("2025-03-01 25:00", not_a_date());
    check("2025-03-01 noon", not_a_date());
}

#[test]
fn other_forms_of_dates_are_named() {
    let how = Conventions { date_format: Some("%d/%m/%Y".into()), ..tehran() };
    for (text, want) in [
        ("03/04/2025", Ok("2025-04-03")),
        ("30/08/1405", Ok("2026-11-21")),
        ("31/02/1403", Ok("2024-05-20")),
        ("31/02/2025", Err(Fault::NoSuchDate)),
        ("2025-04-03", Err(Fault::NotADate { format: Some("%d/%m/%Y".into()) })),
        ("", Err(Fault::NotADate { format: Some("%d/%m/%Y".into()) })),
    ] {
        let got = how.day(text).map(|d| d.to_string());
        assert_eq!(got, want.map(str::to_owned), "{text:?}");
    }
    let bad = Conventions { date_format: Some("%Q".into()), ..tehran() };
    assert!(bad.day("2025-04-03").is_err());
}

#[test]
fn times_are_of_the_store_unless_they_say_otherwise() {
    let how = tehran();
    for (text, want) in [
        ("2025-03-01T10:00:00Z", Ok("2025-03-01T10:00:00Z")),
        ("2025-03-01T10:00:00+01:00", Ok("2025-03-01T09:00:00Z")),
        ("2025-03-01 10:00", Ok("2025-03-01T06:30:00Z")),
        ("2025-03-01 9:05:07", Ok("2025-03-01T05:35:07Z")),
        ("۱۴۰۵/۰۸/۲۹ ۱۴:۳۰", Ok("2026-11-20T11:00:00Z")),
        ("2025-03-01", Ok("2025-02-28T20:30:00Z")),
        ("2027-01-01", Err(Fault::Invalid(Problem::InTheFuture))),
        ("10:00", Err(Fault::NotADate { format: None })),
    ] {
        let got = how.past_time(text).map(|t| t.to_string());
        assert_eq!(got, want.map(str::to_owned), "{text:?}");
    }
}

#[test]
fn amounts_are_exact_or_refused() {
    let how = tehran();
    let not_a_number = || Err(Fault::Amount(AmountError::NotANumber));
    for (text, kind, want) in [
        ("29.33", CellKind::Text, Ok(2933)),
        ("۲۹٫۳۳", CellKind::Text, Ok(2933)),
        ("۱٬۲۵۰", CellKind::Text, Ok(125_000)),
        ("1,250,000.5", CellKind::Text, Ok(125_000_050)),
        ("1250,50", CellKind::Text, not_a_number()),
        ("1,25", CellKind::Text, not_a_number()),
        ("1.250,50", CellKind::Text, not_a_number()),
        ("$5", CellKind::Text, not_a_number()),
        ("29.333", CellKind::Text, Err(Fault::Amount(AmountError::TooPrecise(2)))),
        ("99999999999999999999", CellKind::Text, Err(Fault::Amount(AmountError::TooLarge))),
        ("2933", CellKind::Integer, Ok(2933)),
        ("18446744073709551615", CellKind::Integer, Err(Fault::Amount(AmountError::TooLarge))),
        ("29.33", CellKind::Float, Err(Fault::NotMinorUnits)),
    ] {
        assert_eq!(how.amount(text, kind), want, "{text:?} {kind:?}");
    }
    let comma = Conventions { decimal_comma: true, ..tehran() };
    assert_eq!(comma.amount("1.250,50", CellKind::Text), Ok(125_050));
    assert_eq!(comma.amount("1250.50", CellKind::Text), not_a_number());
    assert_eq!(how.quantity("2.5"), Ok(2500));
}

#[test]
fn contacts_are_made_uniform() {
    let how = tehran();
    let phones = |text: &str, country: &str| {
        how.contacts(text, ContactKind::Phone, country)
            .map(|all| all.into_iter().map(|c| (c.value, c.label)).collect::<Vec<_>>())
    };
    let own = |v: &str, l: &str| (v.to_owned(), l.to_owned());
    for (text, country, want) in [
        ("0912 123 4567", "", Ok(vec![own("+989121234567", "")])),
        ("۰۹۱۲۱۲۳۴۵۶۷", "", Ok(vec![own("+989121234567", "")])),
        (
            "+44 20 7946 0018 (work); 09121234567",
            "",
            Ok(vec![own("+442079460018", "work"), own("+989121234567", "")]),
        ),
        // The country of the row before that of the store.
        ("020 7946 0018", "UK", Ok(vec![own("+442079460018", "")])),
        ("0912 123 4567", "Elbonia", Ok(vec![own("+989121234567", "")])),
        ("+98 912 123 4567", "US", Ok(vec![own("+989121234567", "")])),
        // Of no use there: kept as it is written.
        ("0912 123 4567", "US", Ok(vec![own("09121234567", "")])),
        ("call me", "", Err(Fault::Invalid(Problem::Malformed))),
        ("7", "", Err(Fault::Invalid(Problem::Malformed))),
    ] {
        assert_eq!(phones(text, country), want, "{text:?} {country}");
    }
    let mails = how.contacts("a@b.co; x", ContactKind::Email, "");
    assert_eq!(mails, Err(Fault::Invalid(Problem::Malformed)));
}

#[test]
fn names_of_agents_and_outcomes_are_looked_up() {
    let how = tehran();
    assert_eq!(how.agent("sara"), Ok(AgentId(7)));
    assert_eq!(how.agent("Ali"), Err(Fault::UnknownAgent { known: "Sara".into() }));
    for name in ["no_answer", "No answer", "پاسخ نداد"] {
        assert_eq!(how.outcome(name), Ok("no_answer".into()), "{name}");
    }
    assert!(how.outcome("vanished").is_err());
    for (text, want) in [
        ("95", Some(95)),
        ("1:35", Some(95)),
        ("1:00:00", Some(3600)),
        ("۹۵", Some(95)),
        ("1:75", None),
        ("-3", None),
        ("86401", None),
        ("1:2:3:4", None),
        ("", None),
    ] {
        assert_eq!(seconds(text).ok(), want, "{text:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,40}", format in "[%a-zA-Z/ ]{0,8}") {
        let how = tehran();
        let _ = (how.day(&text), how.past_time(&text), how.quantity(&text), seconds(&text));
        let _ = (how.contacts(&text, ContactKind::Phone, ""), how.outcome(&text), how.agent(&text));
        let odd = Conventions { date_format: Some(format), ..how };
        let _ = odd.day(&text);
    }

    #[test]
    fn every_day_is_read_back(count in -40_000i32..60_000) {
        let how = tehran();
        let date = Day(count).date().unwrap();
        prop_assert_eq!(how.day(&date.to_string()), Ok(Day(count)));
        let (year, month, day) = Calendar::Jalali.parts(date);
        prop_assume!(JALALI_YEARS.contains(&year));
        prop_assert_eq!(how.day(&format!("{year}/{month:02}/{day:02}")), Ok(Day(count)));
    }
}
