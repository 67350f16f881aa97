//! Answers about many customers: lists, searches, segments, completions.

use std::sync::Arc;

use crate::directory::{Query, Sort, SortField};
use crate::domain::expression::{Attribute, Expression, as_value};
use crate::domain::{Customer, CustomerId, ExpressionError, Membership, Segment};

use super::definitions::Kept;
use super::question::{ListQuery, Listing, Look, Row, SegmentRow, Trait};
use super::state::State;
use super::{Cancel, Desk, Refusal, Who};
use crate::store::records;

/// Most rows a window holds.
const MOST_ROWS: usize = 1_000;
/// Members shown of a segment that is looked at.
const MEMBERS: usize = 10;
/// Traits told that set a segment apart.
const TRAITS: usize = 5;
/// Where such traits are looked for.
const APART: [Attribute; 9] = [
    Attribute::City,
    Attribute::Stage,
    Attribute::Tag,
    Attribute::CustomerKind,
    Attribute::Source,
    Attribute::Language,
    Attribute::Gender,
    Attribute::Need,
    Attribute::Interest,
];

impl Desk {
    /// Parses an expression, with the saved segments it may name.
    pub(super) fn parse(&self, text: &str) -> Result<Expression, Refusal> {
        parse(&self.read(), text).map_err(Refusal::Expression)
    }

    /// A window of the customers that match.
    pub(super) fn list(
        &self,
        who: &Who,
        q: &ListQuery,
        cancel: &Cancel,
    ) -> Result<Listing, Refusal> {
        let state = self.read();
        let of = state.directory.len();
        let filter = match parse_some(&state, &q.expression) {
            Ok(filter) => filter,
            Err(error) => return Ok(Listing { of, error: Some(error), ..Listing::default() }),
        };
        let found = Self::search(&state, who, &q.text, filter.as_ref(), q.sort, cancel)?;
        let anchor_at = q
            .anchor
            .and_then(|id| state.directory.row_of(id))
            .and_then(|row| found.rows.place(row));
        let from = q.from.min(found.rows.len());
        let count = q.count.min(MOST_ROWS);
        let ids: Vec<CustomerId> =
            found.rows.window(from, count).iter().map(|row| state.directory.id_at(*row)).collect();
        let (total, worth, spent) = (found.rows.len(), found.worth, found.spent);
        drop(state);
        let rows = self.rows(&ids, &q.text)?;
        Ok(Listing { rows, from, total, of, worth, spent, anchor_at, error: None })
    }

    /// Ids of all that match, in order.
    pub(super) fn ids(
        &self,
        who: &Who,
        text: &str,
        expression: &str,
        sort: Sort,
        cancel: &Cancel,
    ) -> Result<Vec<CustomerId>, Refusal> {
        let state = self.read();
        let filter = parse_some(&state, expression).map_err(Refusal::Expression)?;
        let found = Self::search(&state, who, text, filter.as_ref(), sort, cancel)?;
        Ok(found.rows.all().iter().map(|row| state.directory.id_at(*row)).collect())
    }

    /// Ids of all that match, for a bulk change.
    pub(super) fn matching(
        &self,
        who: &Who,
        text: &str,
        expression: &str,
        cancel: &Cancel,
    ) -> Result<Vec<CustomerId>, Refusal> {
        let sort = Sort { field: SortField::Id, descending: false };
        self.ids(who, text, expression, sort, cancel)
    }

    fn search(
        state: &State,
        who: &Who,
        text: &str,
        filter: Option<&Expression>,
        sort: Sort,
        cancel: &Cancel,
    ) -> Result<crate::directory::Found, Refusal> {
        let today = state.scoring_day(Self::day_in(&state.settings, who.now));
        let me = Some(who.agent.id);
        let query = Query { text, filter, sort, today, me };
        let found = state.directory.search(&query, &|| cancel.is_cancelled());
        found.ok_or(Refusal::Cancelled)
    }

    /// Rows for these customers, in their order.
    pub(super) fn rows(&self, ids: &[CustomerId], text: &str) -> Result<Vec<Row>, Refusal> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let Some((customer, _)) = records::get::<Customer>(&*self.engine, &id.key())? else {
                continue;
            };
            found.push(customer);
        }
        let state = self.read();
        let row = |customer: Customer| {
            let at = state.directory.row_of(customer.id);
            Row {
                figures: at.map(|row| state.directory.figures(row)).unwrap_or_default(),
                matches: if text.is_empty() {
                    Vec::new()
                } else {
                    crate::directory::matches(&customer.name, text)
                },
                customer: Arc::new(customer),
            }
        };
        Ok(found.into_iter().map(row).collect())
    }

    /// The customers a word may mean: `#7`, an external id, a phone, else a name.
    pub(super) fn named(
        &self,
        who: &Who,
        word: &str,
        cancel: &Cancel,
    ) -> Result<Vec<CustomerId>, Refusal> {
        const CANDIDATES: usize = 20;
        let word = word.trim();
        if let Some(id) = word.strip_prefix('#').and_then(|n| n.parse().ok()).map(CustomerId) {
            let there = self.read().directory.row_of(id).is_some();
            return Ok(if there { vec![id] } else { Vec::new() });
        }
        if let Some(id) = self.read().directory.by_external_id(word) {
            return Ok(vec![id]);
        }
        if word.is_empty() {
            return Ok(Vec::new());
        }
        let ids = self.ids(who, word, "", Sort::default(), cancel)?;
        let ids: Vec<CustomerId> = ids.into_iter().take(CANDIDATES).collect();
        let wanted = crate::text::fold(word);
        let mut exact = Vec::new();
        for id in &ids {
            if crate::text::fold(&self.customer(*id)?.0.name) == wanted {
                exact.push(*id);
            }
        }
        Ok(if exact.len() == 1 { exact } else { ids })
    }

    /// All segments and all tags, with their figures.
    pub(super) fn segments(&self, who: &Who, cancel: &Cancel) -> Result<Vec<SegmentRow>, Refusal> {
        let state = self.read();
        let mut found = Vec::new();
        for kept in &state.segments {
            let expression = expression_of(&kept.record);
            let name = kept.record.name.clone();
            found.push(Self::segment_row(&state, who, Some(kept), name, expression, cancel)?);
        }
        for (tag, _) in state.directory.dictionary(Attribute::Tag) {
            let expression = format!("tag:{}", as_value(&tag));
            let known = state
                .segments
                .iter()
                .any(|kept| kept.record.membership == Membership::Tag(tag.clone()));
            if !known {
                found.push(Self::segment_row(&state, who, None, tag, expression, cancel)?);
            }
        }
        Ok(found)
    }

    fn segment_row(
        state: &State,
        who: &Who,
        segment: Option<&Kept<Segment>>,
        name: String,
        expression: String,
        cancel: &Cancel,
    ) -> Result<SegmentRow, Refusal> {
        let mut row = SegmentRow {
            segment: segment.map(|kept| kept.record.clone()),
            revision: segment.map_or(0, |kept| kept.revision),
            name,
            expression,
            count: 0,
            worth: 0,
            spent: 0,
            risk: None,
            error: None,
        };
        match parse_some(state, &row.expression) {
            Err(error) => row.error = Some(error),
            Ok(filter) => {
                let today = state.scoring_day(Self::day_in(&state.settings, who.now));
                let filter = filter.unwrap_or(Expression::All);
                let me = Some(who.agent.id);
                let found = state.directory.count_and_worth(&filter, today, me);
                row.count = found.count;
                row.worth = found.worth;
                row.spent = found.spent;
                row.risk = found.risk;
                if cancel.is_cancelled() {
                    return Err(Refusal::Cancelled);
                }
            }
        }
        Ok(row)
    }

    /// What an expression would select.
    pub(super) fn look(
        &self,
        who: &Who,
        expression: &str,
        against: Option<&str>,
        cancel: &Cancel,
    ) -> Result<Look, Refusal> {
        let state = self.read();
        let mut look = Look {
            expression: expression.to_owned(),
            error: None,
            count: 0,
            of: state.directory.len(),
            worth: 0,
            spent: 0,
            risk: None,
            cost: 0,
            response: crate::insight::acceptance::Tally::default(),
            members: Vec::new(),
            apart: Vec::new(),
            overlap: None,
        };
        let filter = match parse_some(&state, expression) {
            Ok(filter) => filter,
            Err(error) => {
                look.error = Some(error);
                return Ok(look);
            }
        };
        let today = state.scoring_day(Self::day_in(&state.settings, who.now));
        let me = Some(who.agent.id);
        let all = filter.clone().unwrap_or(Expression::All);
        let set = state.directory.eval(&all, today, me);
        let sum = state.directory.sum_up(&set);
        look.cost = state.cost_to_serve(&set);
        look.response = state.response(&set);
        (look.count, look.worth, look.spent, look.risk) =
            (sum.count, sum.worth, sum.spent, sum.risk);
        let by_value = Sort { field: SortField::Value, descending: true };
        let found = Self::search(&state, who, "", filter.as_ref(), by_value, cancel)?;
        look.apart = apart(&state, found.rows.all());
        if let Some(Ok(Some(other))) = against.map(|text| parse_some(&state, text)) {
            let both = Expression::And(vec![all, other]);
            look.overlap = Some(state.directory.count_and_worth(&both, today, me).count);
        }
        let ids: Vec<CustomerId> =
            found.rows.window(0, MEMBERS).iter().map(|r| state.directory.id_at(*r)).collect();
        drop(state);
        look.members = self.rows(&ids, "")?;
        Ok(look)
    }

    /// Words that can stand at the end of an expression, or in a field.
    pub(super) fn complete(&self, field: &str, start: &str) -> Vec<String> {
        const MOST: usize = 50;
        let state = self.read();
        let wanted = crate::text::fold(start);
        let values = match field {
            "" | "expression" => return complete_expression(&state, start),
            other => match Attribute::find(other) {
                Some(attribute) => state.directory.dictionary(attribute),
                None => return Vec::new(),
            },
        };
        values
            .into_iter()
            .map(|(value, _)| value)
            .filter(|value| crate::text::fold(value).starts_with(&wanted))
            .take(MOST)
            .collect()
    }
}

fn complete_expression(state: &State, start: &str) -> Vec<String> {
    use crate::domain::expression::{completions, open_value};
    const MOST: usize = 50;
    let Some((attribute, value)) = open_value(start) else { return completions(start) };
    let before = &start[..start.len() - value.len()];
    // What is offered brings its own quotes.
    let wanted = crate::text::fold(value.trim_start_matches('"'));
    let mut words: Vec<String> = attribute.words().iter().map(|w| w.name.to_owned()).collect();
    words.extend(state.directory.dictionary(attribute).into_iter().map(|(v, _)| v));
    if attribute == Attribute::Bought {
        words.extend(state.by_sku.keys().cloned());
        words.sort();
    }
    if attribute.name() == "segment" {
        words.extend(state.segments.iter().map(|kept| kept.record.name.clone()));
    }
    words
        .into_iter()
        .filter(|word| crate::text::fold(word).starts_with(&wanted))
        .take(MOST)
        .map(|word| format!("{before}{}", as_value(&word)))
        .collect()
}

/// The expression that selects a segment.
pub(super) fn expression_of(segment: &Segment) -> String {
    match &segment.membership {
        Membership::Rule(rule) => rule.clone(),
        Membership::Tag(tag) => format!("tag:{}", as_value(tag)),
    }
}

fn parse(state: &State, text: &str) -> Result<Expression, ExpressionError> {
    Expression::parse_with(text, &|name: &str| state.segment_rule(name))
}

pub(super) fn parse_some(state: &State, text: &str) -> Result<Option<Expression>, ExpressionError> {
    if text.trim().is_empty() { Ok(None) } else { parse(state, text).map(Some) }
}

/// What sets rows apart from the rest: values whose share inside differs most from the share outside.
fn apart(state: &State, rows: &[u32]) -> Vec<Trait> {
    let (inside, all) = (rows.len() as f64, state.directory.len() as f64);
    let outside = all - inside;
    if inside < 1.0 || outside < 1.0 {
        return Vec::new();
    }
    let mut traits = Vec::new();
    for attribute in APART {
        let field = attribute.name();
        let everyone: std::collections::HashMap<String, usize> =
            state.directory.dictionary(attribute).into_iter().collect();
        for (value, count) in state.directory.value_counts(rows, attribute) {
            let of_all = everyone.get(&value).copied().unwrap_or(count);
            let share_in = count as f64 / inside;
            let share_out = (of_all.saturating_sub(count)) as f64 / outside;
            traits.push(Trait {
                expression: format!("{field}:{}", as_value(&value)),
                inside: share_in,
                outside: share_out,
            });
        }
    }
    let strength = |t: &Trait| (t.inside - t.outside).abs();
    traits.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    traits.retain(|t| strength(t) >= 0.05);
    traits.truncate(TRAITS);
    traits
}
