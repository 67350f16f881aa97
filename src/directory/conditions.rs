//! One condition on one attribute made ready for the columns: names looked up, dates and money turned
//! into bounds, words into tables.

use crate::domain::Day;
use crate::domain::expression::{Attribute, Decimal, Kind, Op, Span, SpanUnit, Test, Value};
use crate::text;

use super::bits::Bits;
use super::columns::{Coded, Columns, rfm_scores};
use super::emails::EmailPart;
use super::lists::Lists;
use super::parallel;
use super::plan::{Plan, Setting, month_and_day};
use super::pool::{KEY_END, Values};
use super::texts;
use super::vocabulary;

impl<'a> Plan<'a> {
    /// The plan of one condition.
    pub(super) fn test(t: &Test, s: &Setting<'a>) -> Self {
        use Attribute as A;
        let c = s.columns;
        match t.attribute {
            A::Name => Self::name(t, c),
            A::City => coded(&c.city, t),
            A::Region => coded(&c.region, t),
            A::Country => coded(&c.country, t),
            A::Language => coded(&c.language, t),
            A::Source => coded(&c.source, t),
            A::Tag => listed(&c.tags, &c.tag_values, None, t),
            A::Stage => bytes(&c.stage, t, |code| code),
            A::CustomerKind => bytes(&c.kind, t, |code| code),
            A::Gender => bytes(&c.gender, t, |code| code + 1),
            A::DoNotCall => bytes(&c.do_not_call, t, |code| code),
            A::Marketing => bytes(&c.marketing, t, |code| code + 1),
            A::Verdict => bytes(&c.verdict, t, |code| code),
            A::WinBack => bytes(&c.win_back, t, |code| code + 1),
            A::Owner => owner(t, s),
            A::Email => emails(t, c),
            A::Phone => phones(t, c),
            A::ExternalId => match &t.value {
                Value::Text(id) => Self::External(c, id.trim().to_lowercase()),
                _ => known(t, Self::Rows(texts::not_empty(&c.external, c.rows()))),
            },
            A::Id => {
                let (low, high) = bounds(t, 1);
                Self::Ids(&c.ids, low, high)
            }
            A::Purchases => counts(t, &c.sale_days),
            A::Spent => sums(t, &c.revenue, s),
            A::Returned => sums(t, &c.returned, s),
            A::Value => figures(t, &c.value, s),
            A::Saves => figures(t, &c.saves, s),
            A::Risk => share(t, &c.risk),
            A::Alive => share(t, &c.p_alive),
            A::Age => age(t, c, s.today),
            A::Birth => days(t, &c.birth, s.today),
            A::Joined => days(t, &c.joined, s.today),
            A::First => days(t, &c.first, s.today),
            A::Last => days(t, &c.last, s.today),
            A::Contact => days(t, &c.contact, s.today),
            A::Leave => days(t, &c.leave, s.today),
            A::Birthday => birthday(t, &c.birth, s.today),
            A::Rfm => rfm(t, &c.rfm),
            A::Need | A::Expectation | A::Taste | A::Interest | A::Attitude | A::Biography => {
                listed(&c.facts, &c.fact_values, Some(t.attribute.name()), t)
            }
            A::Own => listed(&c.own, &c.own_values, Some(&t.key), t),
            A::Bought => match &t.value {
                Value::Text(product) => Self::Rows((s.bought)(Some(product))),
                _ => known(t, Self::Rows((s.bought)(None))),
            },
            A::BoughtIn => match t.value {
                Value::Days(from, to) => Self::Rows((s.bought_in)(from, to)),
                _ => known(t, Self::Rows((s.bought_in)(Day(i32::MIN), Day(i32::MAX)))),
            },
            // Segments are put in place when the expression is read; one that was not selects nobody.
            A::Segment => Self::Fixed(false),
        }
    }

    fn name(t: &Test, c: &'a Columns) -> Self {
        let Value::Text(text) = &t.value else { return known(t, Self::Fixed(true)) };
        let folded = text::fold(text);
        if t.op == Op::Equal {
            let words: Option<Vec<u32>> =
                vocabulary::words(&folded).map(|word| c.vocabulary.find(word)).collect();
            return words
                .filter(|w| !w.is_empty())
                .map_or(Self::Fixed(false), |words| Self::Name(&c.names, words));
        }
        let pool = c.vocabulary.pool();
        let all: Vec<_> = vocabulary::words(&folded)
            .map(|word| Self::List(&c.names, texts::containing(pool, word)))
            .collect();
        if all.is_empty() { Self::Fixed(false) } else { Self::And(all) }
    }
}

/// `any` as the plan, `none` as its opposite.
fn known<'a>(t: &Test, any: Plan<'a>) -> Plan<'a> {
    match t.value {
        Value::None => Plan::Not(Box::new(any)),
        Value::Any => any,
        _ => Plan::Fixed(false),
    }
}

fn all_but_first(numbers: usize) -> Bits {
    let mut bits = Bits::with_rows(numbers);
    (1..numbers as u32).for_each(|n| {
        bits.add(n);
    });
    bits
}

/// The folded values that pass the test.
fn wanted<'v>(values: impl Iterator<Item = (u32, &'v str)>, t: &Test) -> Bits {
    let mut bits = Bits::default();
    if let Value::Text(text) = &t.value {
        let folded = text::fold(text);
        let label = matches!(t.attribute.kind(), Kind::Label);
        let hyphened = folded.replace(' ', "-");
        let words: Vec<_> =
            folded.split(' ').map(|w| memchr::memmem::Finder::new(w.as_bytes())).collect();
        for (number, value) in values {
            let passes = match t.op {
                Op::Has => words.iter().all(|word| word.find(value.as_bytes()).is_some()),
                _ => value == folded || (label && value == hyphened),
            };
            if passes && !folded.is_empty() {
                bits.add(number);
            }
        }
    }
    bits
}

fn coded<'a>(column: &'a Coded, t: &Test) -> Plan<'a> {
    match t.value {
        Value::None | Value::Any => {
            known(t, Plan::Codes(&column.codes, all_but_first(column.values.len())))
        }
        _ => Plan::Codes(&column.codes, wanted(column.values.folded(), t)),
    }
}

/// Lists of values; with a key, those of `key KEY_END value` only.
fn listed<'a>(lists: &'a Lists<u32>, values: &'a Values, key: Option<&str>, t: &Test) -> Plan<'a> {
    let Some(key) = key else {
        return match t.value {
            Value::None | Value::Any => known(t, Plan::List(lists, all_but_first(values.len()))),
            _ => Plan::List(lists, wanted(values.folded(), t)),
        };
    };
    let key = text::fold(key);
    let of_key = values.folded().filter_map(|(number, value)| {
        Some((number, value.split_once(KEY_END).filter(|(k, _)| *k == key)?.1))
    });
    match &t.value {
        Value::None | Value::Any => {
            let mut bits = Bits::default();
            of_key.for_each(|(number, _)| {
                bits.add(number);
            });
            known(t, Plan::List(lists, bits))
        }
        Value::Number(than) => {
            let mut bits = Bits::default();
            for (number, value) in of_key {
                let value = value.replace(',', "").trim().parse::<f64>();
                let than = than.0 as f64 / Decimal::ONE as f64;
                if value.is_ok_and(|v| ordered(t.op, &v, &than)) {
                    bits.add(number);
                }
            }
            Plan::List(lists, bits)
        }
        _ => Plan::List(lists, wanted(of_key, t)),
    }
}

fn ordered<T: PartialOrd>(op: Op, a: &T, b: &T) -> bool {
    match op {
        Op::Less => a < b,
        Op::AtMost => a <= b,
        Op::Greater => a > b,
        Op::AtLeast => a >= b,
        Op::Equal | Op::Has => a == b,
    }
}

fn bytes<'a>(column: &'a [u8], t: &Test, code: impl Fn(u8) -> u8) -> Plan<'a> {
    let mut wanted = Box::new([false; 256]);
    if let Value::Word(word) = t.value {
        wanted[usize::from(code(word))] = true;
        return Plan::Bytes(column, wanted);
    }
    // Code 0 is unknown, "no" or "unknown", save of what is always known.
    wanted.fill(true);
    wanted[0] = matches!(t.attribute, Attribute::Stage | Attribute::CustomerKind);
    known(t, Plan::Bytes(column, wanted))
}

fn owner<'a>(t: &Test, s: &Setting<'a>) -> Plan<'a> {
    let owners = &s.columns.owners;
    let mut wanted = Bits::default();
    match &t.value {
        Value::Me => {
            let mine = owners.iter().skip(1).position(|o| Some(*o) == s.me);
            mine.map(|at| wanted.add(at as u32 + 1));
        }
        Value::Text(_) => {
            let named = self::wanted((0..).zip(s.agents.iter().map(|(_, name)| name.as_str())), t);
            for at in named.rows() {
                let agent = s.agents.get(at as usize).map(|(id, _)| *id);
                let code = owners.iter().skip(1).position(|o| Some(*o) == agent);
                code.map(|code| wanted.add(code as u32 + 1));
            }
        }
        _ => return known(t, Plan::Codes(&s.columns.owner, all_but_first(owners.len()))),
    }
    Plan::Codes(&s.columns.owner, wanted)
}

fn emails<'a>(t: &Test, c: &'a Columns) -> Plan<'a> {
    let Value::Text(text) = &t.value else {
        return known(t, Plan::Rows(texts::not_empty(&c.emails, c.rows())));
    };
    let folded = text::fold(text);
    let rows = |part: EmailPart| {
        let parts = parallel::split(c.rows(), |range| {
            let base = range.start;
            let mut words = vec![0_u64; range.len().div_ceil(64)];
            part.scan(c, range, |row, _| {
                let row = row as usize - base;
                words[row / 64] |= 1 << (row % 64);
            });
            words
        });
        Plan::Rows(Bits::from_parts(parts))
    };
    match t.op {
        _ if folded.is_empty() => Plan::Fixed(false),
        Op::Equal => rows(EmailPart::whole(&folded, c)),
        _ => Plan::And(folded.split(' ').map(|word| rows(EmailPart::new(word, c))).collect()),
    }
}

fn phones<'a>(t: &Test, c: &'a Columns) -> Plan<'a> {
    let Value::Text(text) = &t.value else {
        return known(t, Plan::Rows(texts::not_empty(&c.phones, c.rows())));
    };
    let digits = text::digits(text);
    let ends = |list: &[u8], at: usize| list.get(at) == Some(&b'\n');
    let whole = t.op == Op::Equal;
    let rows = |digits: &str| {
        let accept = |list: &[u8], at: usize| !whole || ends(list, at + digits.len());
        Plan::Rows(texts::rows_with(&c.phones, c.rows(), digits, accept))
    };
    if digits.is_empty() {
        return Plan::Fixed(false);
    }
    Plan::Or(texts::phone_forms(&digits).into_iter().map(rows).collect())
}

/// The whole numbers that pass, when the number of the test is multiplied by `times`.
fn bounds(t: &Test, times: i64) -> (i64, i64) {
    const NONE: (i64, i64) = (1, 0);
    let one = i128::from(Decimal::ONE);
    let (number, op) = match t.value {
        Value::Number(Decimal(number)) => (i128::from(number) * i128::from(times), t.op),
        Value::Any => (0, Op::Greater),
        Value::None => (0, Op::Equal),
        _ => return NONE,
    };
    let floor = number.div_euclid(one);
    let whole = number.rem_euclid(one) == 0;
    let narrow = |n: i128| n.clamp(i128::from(i64::MIN) + 1, i128::from(i64::MAX)) as i64;
    match op {
        Op::Less => (i64::MIN, narrow(if whole { floor - 1 } else { floor })),
        Op::AtMost => (i64::MIN, narrow(floor)),
        Op::Greater => (narrow(floor + 1), i64::MAX),
        Op::AtLeast => (narrow(if whole { floor } else { floor + 1 }), i64::MAX),
        Op::Equal | Op::Has if whole => (narrow(floor), narrow(floor)),
        Op::Equal | Op::Has => NONE,
    }
}

fn counts<'a>(t: &Test, column: &'a [u32]) -> Plan<'a> {
    let (low, high) = bounds(t, 1);
    Plan::Counts(column, low, high)
}

/// Sums that are 0 where there is nothing.
fn sums<'a>(t: &Test, column: &'a [i64], s: &Setting<'_>) -> Plan<'a> {
    let (low, high) = bounds(t, s.minor_per_major);
    Plan::Money(column, low, high)
}

/// Money that can be unknown.
fn figures<'a>(t: &Test, column: &'a [i64], s: &Setting<'_>) -> Plan<'a> {
    match t.value {
        Value::None | Value::Any => known(t, Plan::Money(column, i64::MIN, i64::MAX)),
        _ => sums(t, column, s),
    }
}

fn share<'a>(t: &Test, column: &'a [f32]) -> Plan<'a> {
    match t.value {
        Value::Number(than) => {
            Plan::Share(column, t.op, (than.0 as f64 / Decimal::ONE as f64) as f32)
        }
        _ => known(t, Plan::Known(column)),
    }
}

fn days<'a>(t: &Test, column: &'a [i32], today: Day) -> Plan<'a> {
    let coming = matches!(t.attribute.kind(), Kind::Coming);
    let (day, op) = match t.value {
        Value::Day(day) => (day.0, t.op),
        Value::Span(span) if coming => (span.after(today).0, t.op),
        // Longer ago is earlier.
        Value::Span(span) => {
            let op = match t.op {
                Op::Less => Op::Greater,
                Op::AtMost => Op::AtLeast,
                Op::Greater => Op::Less,
                Op::AtLeast => Op::AtMost,
                op => op,
            };
            (span.before(today).0, op)
        }
        _ => return known(t, Plan::Days(column, i32::MIN, i32::MAX)),
    };
    match op {
        Op::Less => Plan::Days(column, i32::MIN, day.saturating_sub(1)),
        Op::AtMost => Plan::Days(column, i32::MIN, day),
        Op::Greater => Plan::Days(column, day.saturating_add(1), i32::MAX),
        Op::AtLeast => Plan::Days(column, day, i32::MAX),
        Op::Equal | Op::Has => Plan::Days(column, day, day),
    }
}

/// Whole years: `age >= n` is to be born `n` years ago or before.
fn age<'a>(t: &Test, c: &'a Columns, today: Day) -> Plan<'a> {
    if matches!(t.value, Value::None | Value::Any) {
        return known(t, Plan::Days(&c.birth, i32::MIN, i32::MAX));
    }
    let (low, high) = bounds(t, 1);
    if low > high {
        return Plan::Fixed(false);
    }
    let ago = |years: i64| {
        let count = u16::try_from(years.clamp(0, 2_000)).unwrap_or_default();
        Span { count, unit: SpanUnit::Years }.before(today).0
    };
    // Somebody not born yet has no age.
    let latest = ago(low);
    let earliest = if high < 2_000 { ago(high + 1).saturating_add(1) } else { i32::MIN };
    if high < 0 { Plan::Fixed(false) } else { Plan::Days(&c.birth, earliest, latest) }
}

/// Days until the next birthday. Who was born on 29 February has it on 1 March in other years.
fn birthday<'a>(t: &Test, column: &'a [i32], today: Day) -> Plan<'a> {
    let Value::Span(span) = t.value else {
        return known(t, Plan::Days(column, i32::MIN, i32::MAX));
    };
    let within = span.after(today).since(today);
    let mut wanted = Box::new([[false; 32]; 13]);
    let mut seen = [[false; 32]; 13];
    for ahead in 0..=366 {
        let (month, day) = month_and_day(today.0.saturating_add(ahead));
        let mut mark = |month: usize, day: usize| {
            // The first time a date comes is the next birthday.
            if !std::mem::replace(&mut seen[month][day], true) {
                wanted[month][day] = ordered(t.op, &ahead, &within);
            }
        };
        mark(month, day);
        if (month, day) == (3, 1) && month_and_day(today.0.saturating_add(ahead - 1)) != (2, 29) {
            mark(2, 29);
        }
    }
    Plan::Birthday(column, wanted)
}

fn rfm<'a>(t: &Test, column: &'a [u8]) -> Plan<'a> {
    let mut wanted = Box::new([false; 256]);
    for code in 1..=125_u8 {
        let scores = rfm_scores(code).unwrap_or_default();
        wanted[usize::from(code)] = match t.value {
            Value::Rfm(pattern) => pattern.iter().zip(scores).all(|(p, s)| *p == 0 || *p == s),
            _ => true,
        };
    }
    let plan = Plan::Bytes(column, wanted);
    if matches!(t.value, Value::Rfm(_)) { plan } else { known(t, plan) }
}
