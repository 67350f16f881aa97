//! The search bar: from a text, a filter and an order to rows, in a few milliseconds for a million
//! customers.
//!
//! ```text
//! words of the query ─► words of all names (few) ─► names of all rows, by number ─┐
//!                   └─► e-mail, external ids, phones: one buffer each ────────────┴► rank a row
//! few rows?   loose matches are added: letters with others between, the same sounds
//! none?       as if typed on the other keyboard layout; letters in order across words
//! rank, then value: counted into buckets along the order of values
//! ```
//!
//! Never reads a clock; gives up as soon as it is told so. The answer of the query before is used
//! again where the new one only narrows it.

use crate::domain::expression::Expression;
use crate::domain::{AgentId, Day};
use crate::text;

use super::arrange::{Many, Matched};
use super::bits::{Bits, ones};
use super::kept::{Step, Steps};
use super::rank::{NONE, RANKS, Tier, both, moved, rank};
use super::rows::Rows;
use super::sort::Sort;
use super::token::{Token, Typed};
use super::{BLOCKS_AT_ONCE, Cancelled, Directory, loose, parallel};

/// With fewer rows than this that match exactly, loose matches are added. What many match exactly is
/// not watered down: count, value and bulk changes are about all that is found.
const FEW: usize = 64;
/// Up to so many rows are looked at one by one instead of all.
pub(super) const FEW_TO_LOOK_AT: usize = 40_000;

/// What is looked for.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// What was typed in the search bar.
    pub text: &'a str,
    /// Only these.
    pub filter: Option<&'a Expression>,
    /// In this order; [`super::SortField::Best`] is by rank of the match, or by name without a text.
    pub sort: Sort,
    /// The day of ages and lengths of time.
    pub today: Day,
    /// Who asks.
    pub me: Option<AgentId>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The rows, in order.
    pub rows: Rows,
    /// Sum of their expected residual values, minor units.
    pub worth: i64,
    /// Sum of what they spent, minor units.
    pub spent: i64,
}

impl Directory {
    /// Finds rows; `None` when it was cancelled.
    pub fn search(&self, q: &Query<'_>, cancelled: Cancelled<'_>) -> Option<Found> {
        if let Some(found) = self.answers.same(q, self.version) {
            return Some(found);
        }
        let typed = Typed::new(q.text);
        let swapped = text::swap_layout(q.text.trim());
        let swapped = swapped.map(|text| (Typed::new(&text), text));
        let filter = match q.filter {
            Some(e) => Some(self.filtered(e, q.today, q.me, cancelled)?),
            None => None,
        };
        let allowed = filter.as_deref().unwrap_or(&self.columns.live);
        let (matched, steps) = if typed.words.is_empty() {
            (Matched::Set(allowed.clone()), Steps::default())
        } else {
            self.matching(q, &typed, swapped.as_ref(), allowed, cancelled)?
        };
        if cancelled() {
            return None;
        }
        let found = self.arranged(matched, q.sort);
        let swapped = swapped.map(|(typed, _)| typed);
        self.answers.keep(q, self.version, typed, swapped, (steps, found.clone()));
        Some(found)
    }

    /// The rows the search bar finds exactly for a text, without loose matches.
    pub(super) fn exactly(&self, text: &str) -> Bits {
        let typed = Typed::new(text);
        let mut bits = Bits::with_rows(self.columns.rows());
        let never = || false;
        match self.exact(&typed, text, None, &self.columns.live, &never) {
            Some(Matched::Few(rows)) => rows.iter().for_each(|(row, _)| {
                bits.add(*row);
            }),
            Some(Matched::Many(Many { ranks, .. })) => {
                for (row, _) in ranks.iter().enumerate().filter(|(_, rank)| **rank != NONE) {
                    bits.add(row as u32);
                }
            }
            Some(Matched::Set(_)) | None => {}
        }
        bits
    }

    /// The rows that match, and what each step found.
    fn matching(
        &self,
        q: &Query<'_>,
        typed: &Typed,
        swapped: Option<&(Typed, String)>,
        allowed: &Bits,
        cancelled: Cancelled<'_>,
    ) -> Option<(Matched, Steps)> {
        let mut steps = Steps::default();
        let among = |step, typed: &Typed| self.answers.among(q, self.version, step, typed);
        let wider = among(Step::Exact, typed);
        let exact = self.exact(typed, q.text, wider.as_deref(), allowed, cancelled)?;
        let Matched::Few(mut rows) = exact else { return Some((exact, steps)) };
        steps.keep(Step::Exact, &rows);
        if rows.len() >= FEW {
            return Some((Matched::Few(rows), steps));
        }
        if rows.is_empty()
            && let Some((typed, text)) = swapped
        {
            let wider = among(Step::Swapped, typed);
            let other = self.exact(typed, text, wider.as_deref(), allowed, cancelled)?;
            let mut other = other.into_rows();
            steps.keep(Step::Swapped, &other);
            if !other.is_empty() {
                for (_, rank) in &mut other {
                    *rank = moved(Tier::Swapped, *rank);
                }
                return Some((Matched::Few(other), steps));
            }
        }
        let mut seen = Bits::with_rows(self.columns.rows());
        for (row, _) in &rows {
            seen.add(*row);
        }
        let mut add = |rows: &mut Vec<(u32, u16)>, more: Vec<(u32, u16)>| {
            for (row, rank) in more {
                if allowed.has(row) && seen.add(row) {
                    rows.push((row, rank));
                }
            }
        };
        if typed.words.iter().any(|w| w.chars().count() >= loose::FROM_FUZZY) {
            let mut tokens = self.loose_tokens(typed);
            tokens.sort_by_key(Token::breadth);
            let more = match among(Step::Loose, typed) {
                Some(wider) => self.ranked(&tokens, &wider, allowed),
                None => self.scan(&tokens, allowed, cancelled)?,
            };
            add(&mut rows, more.into_rows());
            steps.keep(Step::Loose, &rows);
        }
        if rows.is_empty()
            && let [word] = typed.words.as_slice()
            && word.chars().count() >= loose::FROM_FUZZY
        {
            add(&mut rows, loose::across(&self.columns, word, cancelled)?);
        }
        Some((Matched::Few(rows), steps))
    }

    fn loose_tokens(&self, typed: &Typed) -> Vec<Token> {
        let vocabulary = &self.columns.vocabulary;
        let alone = typed.words.len() == 1;
        let token = |word: &String| {
            let token = Token::new(word, &self.columns);
            let token = token.with_parts(|part| loose::loosen(part, vocabulary));
            // Alone, what is no name was found already.
            if alone { token.names_only() } else { token }
        };
        typed.words.iter().map(token).collect()
    }

    /// Rows that match word by word: beginnings, insides, contacts, ids.
    fn exact(
        &self,
        typed: &Typed,
        text: &str,
        among: Option<&[u32]>,
        allowed: &Bits,
        cancelled: Cancelled<'_>,
    ) -> Option<Matched> {
        let columns = &self.columns;
        let mut tokens: Vec<Token> = typed.words.iter().map(|w| Token::new(w, columns)).collect();
        // The word that matches least first: the others are looked for only in what is left.
        tokens.sort_by_key(Token::breadth);
        let mut matched = match among {
            Some(rows) => self.ranked(&tokens, rows, allowed),
            None => self.scan(&tokens, allowed, cancelled)?,
        };
        if let Some(row) = self.named(text).filter(|row| allowed.has(*row)) {
            match &mut matched {
                Matched::Few(rows) => {
                    rows.retain(|(other, _)| *other != row);
                    rows.push((row, rank(Tier::Exact, 0)));
                }
                // Among so many it is a match already, or the least of them.
                Matched::Many(many) => {
                    let was = many.ranks[row as usize];
                    if was != NONE {
                        let now = rank(Tier::Exact, 0);
                        many.counts[usize::from(was)] -= 1;
                        many.counts[usize::from(now)] += 1;
                        many.ranks[row as usize] = now;
                    }
                }
                Matched::Set(_) => {}
            }
        }
        Some(matched)
    }

    /// The row that a text names: `#7`, or an external id.
    fn named(&self, text: &str) -> Option<u32> {
        let text = text.trim();
        let columns = &self.columns;
        let by_id = || {
            let id = text::digits(text.strip_prefix('#')?).parse().ok()?;
            columns.row_of(crate::domain::CustomerId(id))
        };
        columns
            .by_external(text)
            .or_else(|| columns.by_external(&text.to_uppercase()))
            .or_else(|| columns.by_external(&text.to_lowercase()))
            .or_else(by_id)
    }

    /// Ranks these rows by all tokens.
    fn ranked(&self, tokens: &[Token], rows: &[u32], allowed: &Bits) -> Matched {
        let ranked = rows.iter().filter(|row| allowed.has(**row)).map(|row| {
            let all = tokens.iter().map(|token| token.rank(&self.columns, *row));
            (*row, all.reduce(both).unwrap_or(NONE))
        });
        Matched::Few(ranked.filter(|(_, rank)| *rank != NONE).collect())
    }

    /// Ranks all rows by all tokens, on all cores.
    fn scan(&self, tokens: &[Token], allowed: &Bits, cancelled: Cancelled<'_>) -> Option<Matched> {
        let columns = &self.columns;
        if !tokens.iter().all(|token| token.is_possible(columns)) {
            return Some(Matched::Few(Vec::new()));
        }
        let parts = parallel::split(columns.rows(), |range| {
            let mut ranks = vec![NONE; range.len()];
            let mut one = vec![NONE; BLOCKS_AT_ONCE.min(range.len())];
            let mut counts = vec![0_u32; RANKS];
            let (mut worth, mut spent) = (0_i64, 0_i64);
            let base = range.start;
            for piece in parallel::pieces(range, BLOCKS_AT_ONCE) {
                if cancelled() {
                    return None;
                }
                let out = &mut ranks[piece.start - base..piece.end - base];
                let mut left = piece.len();
                for (at, token) in tokens.iter().enumerate() {
                    if at == 0 {
                        token.scan(columns, piece.clone(), out);
                    } else if left < piece.len() / 16 {
                        for (row, rank) in piece.clone().zip(out.iter_mut()) {
                            if *rank != NONE {
                                *rank = both(*rank, token.rank(columns, row as u32));
                            }
                        }
                    } else {
                        let one = &mut one[..piece.len()];
                        token.scan(columns, piece.clone(), one);
                        out.iter_mut().zip(one).for_each(|(o, r)| *o = both(*o, *r));
                    }
                    if at + 1 < tokens.len() {
                        left = out.iter().filter(|rank| **rank != NONE).count();
                        if left == 0 {
                            break;
                        }
                    }
                }
                if left == 0 {
                    continue;
                }
                for (word, ranks) in out.chunks_mut(64).enumerate() {
                    let allowed = allowed.word(piece.start / 64 + word);
                    let ranked = ranks.iter().enumerate();
                    let found = ranked.fold(0, |bits, (at, r)| bits | u64::from(*r != NONE) << at);
                    for at in ones(found & !allowed) {
                        ranks[at as usize] = NONE;
                    }
                    let found = found & allowed;
                    for at in ones(found) {
                        counts[usize::from(ranks[at as usize])] += 1;
                        let money = self.money((piece.start + word * 64) as u32 + at);
                        worth = worth.saturating_add(money.0);
                        spent = spent.saturating_add(money.1);
                    }
                }
            }
            Some(Many { ranks, counts, worth, spent })
        });
        let mut parts = parts.into_iter();
        let mut all = parts.next()??;
        for part in parts {
            let part = part?;
            all.ranks.extend(part.ranks);
            all.counts.iter_mut().zip(part.counts).for_each(|(all, part)| *all += part);
            all.worth = all.worth.saturating_add(part.worth);
            all.spent = all.spent.saturating_add(part.spent);
        }
        if all.count() <= FEW_TO_LOOK_AT {
            return Some(Matched::Few(Matched::Many(all).into_rows()));
        }
        Some(Matched::Many(all))
    }
}
