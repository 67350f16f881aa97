//! The segment language read the plain way: one customer at a time, over the records themselves.

use crate::directory::Score;
use crate::domain::expression::{Attribute as A, Decimal, Expression, Op, Span, Test, Value};
use crate::domain::{AgentId, ContactKind, Customer, Day, Fact, Gender, Ledger};
use crate::text;

/// All that is known of one customer.
#[derive(Clone, Debug)]
pub struct Whole {
    pub customer: Customer,
    pub ledger: Ledger,
    pub facts: Vec<Fact>,
    pub score: Score,
}

pub fn passes(e: &Expression, w: &Whole, today: Day, me: AgentId) -> bool {
    match e {
        Expression::All => true,
        Expression::And(all) => all.iter().all(|e| passes(e, w, today, me)),
        Expression::Or(some) => some.iter().any(|e| passes(e, w, today, me)),
        Expression::Not(e) => !passes(e, w, today, me),
        Expression::Word(text) => {
            let folded = text::fold(text);
            let name = text::fold(&w.customer.name);
            !folded.is_empty() && folded.split(' ').all(|word| name.contains(word))
        }
        Expression::Test(t) => test(t, w, today, me),
    }
}

fn test(t: &Test, w: &Whole, today: Day, me: AgentId) -> bool {
    let c = &w.customer;
    let texts: Vec<String> = match t.attribute {
        A::Name => vec![c.name.clone()],
        A::City => vec![c.place.city.clone()],
        A::Region => vec![c.place.region.clone()],
        A::Country => vec![c.place.country.clone()],
        A::Language => vec![c.language.clone()],
        A::Source => vec![c.source.clone()],
        A::Tag => c.tags.clone(),
        A::ExternalId => c.external_id.clone().into_iter().collect(),
        // Nobody has said who bought what.
        A::Bought | A::BoughtIn => Vec::new(),
        A::Email => c
            .contacts
            .iter()
            .filter(|c| c.kind == ContactKind::Email)
            .map(|c| c.value.clone())
            .collect(),
        A::Own => c
            .fields
            .iter()
            .filter(|(k, _)| text::fold(k) == text::fold(&t.key))
            .map(|(_, v)| v.clone())
            .collect(),
        A::Need | A::Expectation | A::Taste | A::Interest | A::Attitude | A::Biography => w
            .facts
            .iter()
            .filter(|f| f.kind.name() == t.attribute.name())
            .map(|f| f.text.clone())
            .collect(),
        A::Phone => return phone(t, c),
        _ => return other(t, w, today, me),
    };
    let texts: Vec<String> =
        texts.iter().map(|x| text::fold(x)).filter(|x| !x.is_empty()).collect();
    match &t.value {
        Value::None => texts.is_empty(),
        Value::Any => !texts.is_empty(),
        Value::Number(n) => {
            texts.iter().any(|x| x.parse::<f64>().is_ok_and(|x| by(t.op, &x, &decimal(*n))))
        }
        Value::Text(text) => {
            let wanted = text::fold(text);
            !wanted.is_empty()
                && texts.iter().any(|x| match t.op {
                    Op::Has => wanted.split(' ').all(|word| x.contains(word)),
                    _ => *x == wanted,
                })
        }
        _ => false,
    }
}

fn phone(t: &Test, c: &Customer) -> bool {
    let phones: Vec<String> = c
        .contacts
        .iter()
        .filter(|c| c.kind == ContactKind::Phone)
        .map(|c| text::digits(&c.value))
        .collect();
    let Value::Text(text) = &t.value else {
        return phones.is_empty() == (t.value == Value::None);
    };
    let digits = text::digits(text);
    let national = digits.trim_start_matches('0');
    let zeros = digits.len() - national.len();
    let forms = [
        digits.as_str(),
        if (1..=2).contains(&zeros) && national.len() >= 3 { national } else { &digits },
    ];
    !digits.is_empty()
        && phones.iter().any(|p| {
            forms.iter().any(|f| if t.op == Op::Has { p.contains(f) } else { p.ends_with(f) })
        })
}

fn other(t: &Test, w: &Whole, today: Day, me: AgentId) -> bool {
    let (c, s, history) = (&w.customer, &w.score, &w.ledger.purchases);
    let some = |x: f32| (!x.is_nan()).then_some(f64::from(x));
    let money = |x: i64| (x != Score::UNKNOWN).then_some(x as f64 / 100.0);
    let total = history.total();
    match t.attribute {
        A::Id => number(t, Some(c.id.0 as f64)),
        A::Purchases => {
            number(t, Some(f64::from(history.sale_days())).filter(|n| *n > 0.0 || !unknown(t)))
        }
        A::Spent => {
            number(t, Some(total.revenue as f64 / 100.0).filter(|n| *n != 0.0 || !unknown(t)))
        }
        A::Returned => {
            number(t, Some(total.returned as f64 / 100.0).filter(|n| *n != 0.0 || !unknown(t)))
        }
        A::Value => number(t, money(s.value)),
        A::Saves => number(t, s.saves.and_then(money)),
        A::Risk => number(t, some(s.risk)),
        A::Alive => number(t, some(s.p_alive)),
        A::Age => number(t, c.birth.and_then(|b| years(b, today))),
        A::Birth => day(t, c.birth, today),
        A::Joined => day(t, Some(c.joined), today),
        A::First => day(t, history.first_sale(), today),
        A::Last => day(t, history.last_sale(), today),
        A::Contact => day(t, Some(w.ledger.contacts.last).filter(|d| d.is_known()), today),
        A::Leave => day(t, s.leave, today),
        A::Birthday => match (&t.value, c.birth) {
            (Value::None, birth) => birth.is_none(),
            (Value::Any, birth) => birth.is_some(),
            (Value::Span(span), Some(birth)) => {
                let until = (0..=1_500).find(|ahead| is_birthday(birth, today.plus(*ahead)));
                // A leap day may be years off; its substitute is within a year.
                until.is_some_and(|until| by(t.op, &until, &span.after(today).since(today)))
            }
            _ => false,
        },
        A::Stage => word(t, Some(c.stage.code())),
        A::CustomerKind => word(t, Some(c.kind.code())),
        A::Gender => word(t, c.gender.map(Gender::code)),
        A::Marketing => word(t, c.consent.marketing.map(u8::from)),
        A::DoNotCall => {
            word(t, Some(u8::from(c.must_not_be_called())).filter(|yes| *yes > 0 || !unknown(t)))
        }
        // Nobody here is being won back.
        A::WinBack => word(t, None),
        A::Verdict => word(t, Some(s.verdict as u8).filter(|v| *v > 0 || !unknown(t))),
        A::Owner => match &t.value {
            Value::None => c.owner.is_none(),
            Value::Any => c.owner.is_some(),
            Value::Me => c.owner == Some(me),
            _ => false,
        },
        A::Rfm => match (&t.value, s.rfm) {
            (Value::None, rfm) => rfm.is_none(),
            (Value::Any, rfm) => rfm.is_some(),
            (Value::Rfm(p), Some(rfm)) => p.iter().zip(rfm).all(|(p, s)| *p == 0 || *p == s),
            _ => false,
        },
        _ => false,
    }
}

fn unknown(t: &Test) -> bool {
    matches!(t.value, Value::None | Value::Any)
}

fn decimal(d: Decimal) -> f64 {
    d.0 as f64 / 10_000.0
}

fn by<T: PartialOrd>(op: Op, a: &T, b: &T) -> bool {
    match op {
        Op::Less => a < b,
        Op::AtMost => a <= b,
        Op::Greater => a > b,
        Op::AtLeast => a >= b,
        Op::Equal | Op::Has => a == b,
    }
}

fn number(t: &Test, known: Option<f64>) -> bool {
    match (&t.value, known) {
        (Value::None, known) => known.is_none(),
        (Value::Any, known) => known.is_some(),
        // Shares are kept in single precision.
        (Value::Number(n), Some(x)) if (x - decimal(*n)).abs() < 1e-6 => {
            matches!(t.op, Op::AtMost | Op::AtLeast | Op::Equal)
        }
        (Value::Number(n), Some(x)) => by(t.op, &x, &decimal(*n)),
        _ => false,
    }
}

fn word(t: &Test, code: Option<u8>) -> bool {
    match t.value {
        Value::None => code.is_none(),
        Value::Any => code.is_some(),
        Value::Word(w) => code == Some(w),
        _ => false,
    }
}

fn day(t: &Test, known: Option<Day>, today: Day) -> bool {
    let back = |s: Span| match t.attribute {
        A::Leave => s.after(today),
        _ => s.before(today),
    };
    match (&t.value, known) {
        (Value::None, known) => known.is_none(),
        (Value::Any, known) => known.is_some(),
        (Value::Day(d), Some(x)) => by(t.op, &x, d),
        (Value::Span(s), Some(x)) if t.attribute == A::Leave => by(t.op, &x, &back(*s)),
        (Value::Span(s), Some(x)) => by(t.op, &back(*s), &x),
        _ => false,
    }
}

fn years(birth: Day, today: Day) -> Option<f64> {
    let (b, t) = (birth.date()?, today.date()?);
    let before = (t.month(), t.day()) < (b.month(), b.day());
    let age = i32::from(t.year()) - i32::from(b.year()) - i32::from(before);
    (age >= 0).then_some(f64::from(age))
}

fn is_birthday(birth: Day, day: Day) -> bool {
    let (Some(b), Some(d)) = (birth.date(), day.date()) else { return false };
    let leap_day = (b.month(), b.day()) == (2, 29);
    let same = (b.month(), b.day()) == (d.month(), d.day());
    same || (leap_day && !d.in_leap_year() && (d.month(), d.day()) == (3, 1))
}
