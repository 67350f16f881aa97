//! Enough customers for all cores and for counting instead of sorting: the answer is the same.

use super::*;
use crate::directory::rank::{NONE, both};
use crate::directory::token::{Token, Typed};

/// Above the size at which work is split, and more matches than are sorted.
const CUSTOMERS: u64 = 140_000;

#[test]
fn many_matches_are_ranked_like_few() {
    let names = ["Ann", "Hanna", "Ann Marie", "Bob", "Susan Ann", "Dan O'Neill", "Zoe"];
    let mut d = Directory::new();
    for id in 0..CUSTOMERS {
        let mut c = person(id + 1, names[(id % 7) as usize]);
        if id % 11 == 0 {
            c.contacts.push(ContactPoint::new(ContactKind::Email, "han@anna.org"));
        }
        d.put_customer(&c);
    }
    let value = |row: u32| i64::from(row.wrapping_mul(2_654_435_761) >> 12);
    let scores: Vec<Score> =
        (0..CUSTOMERS as u32).map(|row| Score { value: value(row), ..Score::default() }).collect();
    d.set_scores(0, &scores);
    d.put_customer(&person(77, "Hanna Ann"));
    d.remove(CustomerId(100_001));
    for text in ["an", "ann", "an ma", "o'n", "bob"] {
        let typed = Typed::new(text);
        let tokens: Vec<Token> = typed.words.iter().map(|w| Token::new(w, &d.columns)).collect();
        let mut want: Vec<_> = (0..d.rows())
            .filter(|row| d.is_live(*row))
            .map(|row| {
                let ranks = tokens.iter().map(|token| token.rank(&d.columns, row));
                (ranks.reduce(both).unwrap_or(NONE), -value(row), row)
            })
            .filter(|(rank, ..)| *rank != NONE)
            .collect();
        want.sort_unstable();
        let query = Query { text, filter: None, sort: Sort::default(), today: TODAY, me: None };
        let found = d.search(&query, &|| false).unwrap();
        let rows: Vec<u32> = want.iter().map(|(.., row)| *row).collect();
        assert!(*found.rows == *rows, "{text}: {} and {}", found.total, rows.len());
        let worth: i64 = rows.iter().map(|row| value(*row)).sum();
        assert_eq!((found.total, found.worth), (rows.len(), worth), "{text}");
    }
}
