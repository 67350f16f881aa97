//! Which values an attribute has, and how often: for completion, and for what sets a group apart.

use crate::domain::expression::Attribute;

use super::Directory;
use super::columns::Coded;
use super::lists::Lists;
use super::pool::{KEY_END, Values};

impl Directory {
    /// The values of an attribute among all customers with how many have each, the most frequent
    /// first. Own fields come as `name:value`; an attribute without a list of values has none.
    pub fn dictionary(&self, attribute: Attribute) -> Vec<(String, usize)> {
        self.counted(attribute, self.columns.live.rows())
    }

    /// The values of an attribute among some rows with how many have each, the most frequent first.
    pub fn value_counts(&self, rows: &[u32], attribute: Attribute) -> Vec<(String, usize)> {
        self.counted(attribute, rows.iter().copied())
    }

    fn counted(
        &self,
        attribute: Attribute,
        rows: impl Iterator<Item = u32>,
    ) -> Vec<(String, usize)> {
        use Attribute as A;
        let c = &self.columns;
        let mut all = match attribute {
            A::City => coded(&c.city, rows),
            A::Region => coded(&c.region, rows),
            A::Country => coded(&c.country, rows),
            A::Language => coded(&c.language, rows),
            A::Source => coded(&c.source, rows),
            A::Tag => listed(&c.tags, &c.tag_values, rows, |value| Some(value.to_owned())),
            A::Stage => words(attribute, &c.stage, 0, rows),
            A::CustomerKind => words(attribute, &c.kind, 0, rows),
            A::Gender => words(attribute, &c.gender, 1, rows),
            A::DoNotCall => words(attribute, &c.do_not_call, 0, rows),
            A::Marketing => words(attribute, &c.marketing, 1, rows),
            A::Verdict => words(attribute, &c.verdict, 0, rows),
            A::WinBack => words(attribute, &c.win_back, 1, rows),
            A::Owner => self.owners(rows),
            A::Need | A::Expectation | A::Taste | A::Interest | A::Attitude | A::Biography => {
                listed(&c.facts, &c.fact_values, rows, |value| {
                    let (kind, text) = value.split_once(KEY_END)?;
                    (kind == attribute.name()).then(|| text.to_owned())
                })
            }
            A::Own => listed(&c.own, &c.own_values, rows, |value| {
                value.split_once(KEY_END).map(|(name, value)| format!("{name}:{value}"))
            }),
            _ => Vec::new(),
        };
        all.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
        all
    }

    fn owners(&self, rows: impl Iterator<Item = u32>) -> Vec<(String, usize)> {
        let mut counts = vec![0; self.columns.owners.len().max(1)];
        rows.for_each(|row| counts[self.columns.owner[row as usize] as usize] += 1);
        let name = |code: usize| {
            let id = self.columns.owners.get(code)?;
            self.agents.iter().find(|(agent, _)| agent == id).map(|(_, name)| name.clone())
        };
        let found = counts.into_iter().enumerate().skip(1).filter(|(_, n)| *n > 0);
        found.filter_map(|(code, n)| Some((name(code)?, n))).collect()
    }
}

fn coded(column: &Coded, rows: impl Iterator<Item = u32>) -> Vec<(String, usize)> {
    let mut counts = vec![0; column.values.len()];
    rows.for_each(|row| counts[column.codes[row as usize] as usize] += 1);
    let found = counts.into_iter().enumerate().skip(1).filter(|(_, n)| *n > 0);
    found.map(|(code, n)| (column.values.get(code as u32).to_owned(), n)).collect()
}

fn listed(
    lists: &Lists<u32>,
    values: &Values,
    rows: impl Iterator<Item = u32>,
    shown: impl Fn(&str) -> Option<String>,
) -> Vec<(String, usize)> {
    let mut counts = vec![0; values.len()];
    rows.for_each(|row| lists.get(row).iter().for_each(|code| counts[*code as usize] += 1));
    let found = counts.into_iter().enumerate().skip(1).filter(|(_, n)| *n > 0);
    found.filter_map(|(code, n)| Some((shown(values.get(code as u32))?, n))).collect()
}

/// Codes less `from` are the attribute's words; smaller ones are unknown.
fn words(
    attribute: Attribute,
    column: &[u8],
    from: usize,
    rows: impl Iterator<Item = u32>,
) -> Vec<(String, usize)> {
    let mut counts = [0; 256];
    rows.for_each(|row| counts[usize::from(column[row as usize])] += 1);
    let found = attribute.words().iter().zip(counts.into_iter().skip(from));
    found.filter(|(_, n)| *n > 0).map(|(word, n)| (word.name.to_owned(), n)).collect()
}
