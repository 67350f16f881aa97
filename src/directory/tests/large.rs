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
        // Few are called An: the first page is of two ranks, of which one is of very many.
        let name = if id % 500 == 3 { "An" } else { names[(id % 7) as usize] };
        let mut c = person(id + 1, name);
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
        assert_eq!(found.rows.window(0, 400), &rows[..400], "{text}");
        assert_eq!(found.rows.place(rows[300]), Some(300), "{text}");
        let (few, nobody) = (found.rows.window(rows.len() - 3, 10), u32::MAX);
        assert_eq!((few, found.rows.place(nobody)), (&rows[rows.len() - 3..], None), "{text}");
        assert!(found.rows.all() == rows, "{text}: {} and {}", found.rows.len(), rows.len());
        let worth: i64 = rows.iter().map(|row| value(*row)).sum();
        assert_eq!((found.rows.len(), found.worth), (rows.len(), worth), "{text}");
    }
    // By a field, and of a set, the first page is what all begin with.
    let sort = Sort { field: SortField::Id, descending: true };
    let filter = Expression::parse("email:none").unwrap();
    for (text, filter) in [("an", None), ("", Some(&filter)), ("ann", Some(&filter))] {
        let found =
            d.search(&Query { text, filter, sort, today: TODAY, me: None }, &|| false).unwrap();
        let page = found.rows.window(0, 400).to_vec();
        assert_eq!((page.as_slice(), page.len()), (&found.rows.all()[..400], 400), "{text}");
        assert!(found.rows.all().is_sorted_by(|a, b| d.id_at(*a) > d.id_at(*b)), "{text}");
        assert_eq!(found.rows.all().len(), found.rows.len());
    }
}
