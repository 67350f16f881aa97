use proptest::prelude::*;

use super::*;

fn check(text: &str, printed: &str) {
    let parsed = Expression::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
    assert_eq!(parsed.to_string(), printed, "{text}");
}

fn fails(text: &str, at: Range<usize>, problem: ExpressionProblem) {
    assert_eq!(Expression::parse(text), Err(ExpressionError { at, problem }), "{text}");
}

#[test]
fn expressions_read_as_they_are_meant() {
    for (text, printed) in [
        ("", ""),
        ("   ", ""),
        ("reza", "reza"),
        ("city:Tehran stage:loyal", "city:Tehran stage:loyal"),
        ("city=Tehran or -tag:vip", "city=Tehran or -tag:vip"),
        ("a b or c d", "a b or c d"),
        ("a (b or c) and not d", "a (b or c) -d"),
        ("-(a b)", "-(a b)"),
        ("((a))", "a"),
        ("spent > 10m", "spent>10000000"),
        ("spent:>=1.5k", "spent>=1500"),
        ("risk>=60%", "risk>=0.6"),
        ("purchases!=3", "-purchases=3"),
        ("age<30y", "age<30"),
        (
            "last<30d contact>6mo joined>=1y birthday<=2w",
            "last<30d contact>6mo joined>=1y birthday<=2w",
        ),
        ("last=today", "last=0d"),
        ("joined>2025-3-1", "joined>2025-03-01"),
        ("leave<2025/12/31", "leave<2025-12-31"),
        ("email:none owner:me phone:any", "email:none owner:me phone:any"),
        ("city:\"none\"", "city:\"none\""),
        ("need:\"fast delivery\"", "need:\"fast delivery\""),
        ("«علی رضا»", "\"علی رضا\""),
        ("rfm:55* rfm:5", "rfm:55* rfm:5**"),
        (
            "stage:At-Risk gender:F kind:company dnc:yes",
            "stage:at_risk gender:female kind:organisation dnc:yes",
        ),
        ("field.plan:gold field.\"shoe size\">42", "field.plan:gold field.\"shoe size\">42"),
        ("segment:\"Big spenders\"", "segment:\"Big spenders\""),
        ("شهر:تهران یا مرحله:وفادار", "city:تهران or stage:loyal"),
        ("خرج>۱۰میلیون آخرین<۳۰روز", "spent>10000000 last<30d"),
        ("برچسب:ويژه و سن>۳۰", "tag:ويژه age>30"),
    ] {
        check(text, printed);
    }
}

/// Dates of 1 Farvardin and leap days as published by the calendar centre of the University of
/// Tehran (1403 is a leap year, 1404 is not).
#[test]
fn jalali_dates_are_converted() {
    for (text, printed) in [
        ("joined=1404/01/01", "joined=2025-03-21"),
        ("joined=1403-12-30", "joined=2025-03-20"),
        ("joined=۱۳۹۹/۰۱/۰۱", "joined=2020-03-20"),
    ] {
        check(text, printed);
    }
    fails("joined=1404/12/30", 7..17, ExpressionProblem::NoSuchDate);
    for (text, printed) in [
        ("bought_in:1404/01", "bought_in:2025-03-21..2025-04-20"),
        ("bought_in:1403-12", "bought_in:2025-02-19..2025-03-20"),
        ("خریده_در:۲۰۲۴-۲", "bought_in:2024-02-01..2024-02-29"),
        ("bought_in=2023-12", "bought_in:2023-12-01..2023-12-31"),
        ("bought_in:2024-02-03", "bought_in:2024-02-03..2024-02-03"),
        ("bought_in:2024-2-3..1403/01/01", "bought_in:2024-02-03..2024-03-20"),
        ("-bought_in:none", "-bought_in:none"),
    ] {
        check(text, printed);
    }
    fails("bought_in:2024-13", 10..17, ExpressionProblem::NoSuchDate);
    fails("bought_in:2024-02-03..2024-02-01", 10..32, ExpressionProblem::Date);
    fails("bought_in:2024-02-03..", 10..22, ExpressionProblem::Date);
    fails("bought_in:spring", 10..16, ExpressionProblem::Date);
    let field = "bought_in".to_owned();
    fails("bought_in<2024-02", 9..10, ExpressionProblem::Operator { field, takes: ": =" });
}

#[test]
fn errors_point_at_their_place() {
    use ExpressionProblem as P;
    let field = |name: &str, nearest: Option<&str>| P::UnknownField {
        name: name.into(),
        nearest: nearest.map(Into::into),
    };
    let value = |field: &str, value: &str, nearest: Option<&str>| P::UnknownValue {
        field: field.into(),
        value: value.into(),
        nearest: nearest.map(Into::into),
    };
    let operator = |field: &str, takes| P::Operator { field: field.into(), takes };
    for (text, at, problem) in [
        ("a ctiy:x", 2..6, field("ctiy", Some("city"))),
        ("a weight>3", 2..8, field("weight", None)),
        ("stage:loyl", 6..10, value("stage", "loyl", Some("loyal"))),
        ("stage:zzz", 6..9, value("stage", "zzz", None)),
        ("city<3", 4..5, operator("city", ": =")),
        ("spent>ten", 6..9, P::Number),
        ("spent>1.00001", 6..13, P::Number),
        ("spent>99999999999999999999", 6..26, P::Number),
        ("last<soon", 5..9, P::Date),
        ("last<2025", 5..9, P::Date),
        ("last<2025-02-30", 5..15, P::NoSuchDate),
        ("last<0900-01-01", 5..15, P::NoSuchDate),
        ("rfm:66", 4..6, P::Number),
        ("city:", 4..5, P::Value),
        ("(city:)", 5..6, P::Value),
        ("field.:x", 0..6, P::Value),
        ("field:x", 0..5, P::Value),
        ("a (b", 2..3, P::Unclosed('(')),
        ("a \"b", 2..3, P::Unclosed('"')),
        ("a) b", 1..2, P::Unexpected(")".into())),
        ("or a", 0..2, P::Unexpected("or".into())),
        ("a or", 4..4, P::Value),
        ("a -", 2..3, P::Unexpected("-".into())),
        ("a not", 2..5, P::Unexpected("not".into())),
        (":x", 0..1, P::Unexpected(":".into())),
        ("\"\"", 0..2, P::Value),
    ] {
        fails(text, at, problem);
    }
    let deep = "(".repeat(100);
    fails(&deep, MOST_DEPTH..100, P::TooComplex);
    fails(&"a".repeat(MOST_BYTES + 1), 0..MOST_BYTES + 1, P::TooComplex);
    let many = "a ".repeat(MOST_PARTS + 1);
    assert_eq!(Expression::parse(&many).map_err(|e| e.problem), Err(P::TooComplex));
}

#[test]
fn segments_stand_for_their_expression() {
    use ExpressionProblem as P;
    let saved = |name: &str| {
        let text = match name.to_lowercase().as_str() {
            "big" => "spent>10m or tag:vip",
            "near" => "city:Tehran segment:Big",
            "a" => "segment:b",
            "b" => "-segment:A",
            "broken" => "ctiy:x",
            "all" => "",
            _ => return None,
        };
        Some(text.to_owned())
    };
    let read = |text: &str| {
        Expression::parse_with(text, &saved).map(|e| e.to_string()).map_err(|e| (e.at, e.problem))
    };
    assert_eq!(read("-segment:Near"), Ok("-(city:Tehran (spent>10000000 or tag:vip))".into()));
    assert_eq!(read("segment:all x"), Ok("() x".into()));
    assert_eq!(read("x segment:a"), Err((10..11, P::Cycle { segment: "A".into() })));
    let nearest = Some("city".into());
    let problem = Box::new(P::UnknownField { name: "ctiy".into(), nearest });
    let broken = P::BrokenSegment { segment: "broken".into(), problem };
    assert_eq!(read("segment:broken"), Err((8..14, broken)));
    assert!(matches!(read("segment:nobody"), Err((_, P::UnknownValue { .. }))));
}

#[test]
fn completions_begin_with_what_is_typed() {
    for (text, has, has_not) in [
        ("ci", "city:", "region:"),
        ("city:x -sp", "spent>", "city:"),
        ("(la", "last<", "spent>"),
        ("شه", "شهر:", "city:"),
        ("stage:lo", "stage:loyal", "stage:repeat"),
        ("owner:", "owner:me", "owner:yes"),
    ] {
        let all = completions(text);
        assert!(all.iter().any(|c| c == has), "{text}: {all:?}");
        assert!(!all.iter().any(|c| c == has_not), "{text}: {all:?}");
    }
    assert!(completions("").is_empty());
    assert_eq!(open_value("a city:\"new yo"), Some((Attribute::City, "new yo")));
    assert_eq!(open_value("a city:x "), None);
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9@.+-]{1,8}",
        "[آ-ی ]{1,8}",
        "[ -~«»]{1,10}",
        Just("or".to_owned()),
        Just("none".to_owned()),
        Just("field.x".to_owned()),
    ]
    .prop_filter("not blank", |t| !t.trim().is_empty())
}

fn tests() -> impl Strategy<Value = Expression> {
    let orders =
        prop::sample::select(vec![Op::Equal, Op::Less, Op::AtMost, Op::Greater, Op::AtLeast]);
    let spans = (any::<u16>(), 0..4_usize).prop_map(|(count, unit)| {
        let units = [SpanUnit::Days, SpanUnit::Weeks, SpanUnit::Months, SpanUnit::Years];
        Value::Span(Span { count, unit: units[unit] })
    });
    let moments = prop_oneof![spans.clone(), (-50_000..100_000).prop_map(|d| Value::Day(Day(d)))];
    let numbers = any::<i64>().prop_map(|n| Value::Number(Decimal(n)));
    (prop::sample::select(Attribute::ALL), texts(), orders, numbers, moments, spans, any::<u8>())
        .prop_map(|(attribute, text, order, number, moment, span, n)| {
            let either = if n % 2 == 0 { Op::Has } else { Op::Equal };
            let number = match number {
                Value::Number(Decimal(i64::MIN)) => Value::Number(Decimal(0)),
                other => other,
            };
            let text = Value::Text(text);
            let (op, value) = match attribute.kind() {
                Kind::Segment => (Op::Equal, text),
                _ if n > 250 => (Op::Equal, Value::None),
                Kind::Agent if n > 200 => (Op::Equal, Value::Me),
                Kind::Own if n > 100 => (Op::Less, number),
                Kind::Text | Kind::Own | Kind::Agent | Kind::Phone => (either, text),
                Kind::Label => (Op::Equal, text),
                Kind::Words(rows) => (Op::Equal, Value::Word(n % rows.len() as u8)),
                Kind::Number | Kind::Money | Kind::Share | Kind::Years => (order, number),
                Kind::Past | Kind::Coming => (order, moment),
                Kind::Within => {
                    let first = Day(i32::from(n) * 100);
                    (Op::Equal, Value::Days(first, first.plus(i32::from(n) % 40)))
                }
                Kind::Yearly => (order, span),
                Kind::Rfm => (Op::Equal, Value::Rfm([n % 6, n / 6 % 6, n / 36 % 6])),
            };
            let key = match (attribute, &value) {
                (Attribute::Own, Value::Text(t)) => t.clone(),
                (Attribute::Own, _) => "x".to_owned(),
                _ => String::new(),
            };
            Expression::Test(Test { attribute, key, op, value })
        })
}

fn expressions() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![4 => tests(), 1 => texts().prop_map(Expression::Word), 1 => Just(Expression::All)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::Or),
            inner.prop_map(|e| Expression::Not(Box::new(e))),
        ]
    })
}

proptest! {
    #[test]
    fn printed_expressions_read_back_the_same(e in expressions()) {
        let text = e.to_string();
        prop_assert_eq!(Expression::parse(&text), Ok(e), "{}", text);
    }

    #[test]
    fn any_name_can_be_named(name in "\\PC{1,20}|none|me|هیچ|a \"b\" c|back\\\\slash|«x»") {
        let text = format!("segment:{}", as_value(&name));
        let test = Test {
            attribute: Attribute::Segment,
            key: String::new(),
            op: Op::Equal,
            value: Value::Text(name),
        };
        prop_assert_eq!(Expression::parse(&text), Ok(Expression::Test(test)), "{}", text);
    }

    #[test]
    fn no_text_panics(text in "\\PC*", pieces in prop::collection::vec("[a-z]{1,6}|[:<>=!()\"«» -]|or|not|city|last|30d|[۰-۹]|2025-01-01", 0..20)) {
        for text in [text, pieces.concat()] {
            match Expression::parse(&text) {
                Ok(e) => prop_assert_eq!(Expression::parse(&e.to_string()), Ok(e)),
                Err(e) => prop_assert!(text.is_char_boundary(e.at.start) && text.is_char_boundary(e.at.end)
                    && e.at.start <= e.at.end),
            }
            let _ = completions(&text);
        }
    }
}
