//! The columns themselves: one entry a customer in each, all of the same length.
//!
//! ```text
//! row   ids  live  names          city  stage  birth  ...  revenue  value  risk
//! 0     1    1     [sara|karimi]  3     1      9021        12000    5400   .12
//! 1     2    1     [علی|رضایی]    0     0      never       0        ?      ?
//! ```
//!
//! A customer keeps the row it was given; a removed one leaves its row dead. Unknown figures are
//! [`Day::NEVER`], [`UNKNOWN`] and not-a-number.

use std::collections::HashMap;

use crate::domain::{
    AgentId, ContactKind, CustomerId, CustomerRef, Day, Fact, Ledger, WinBackState,
};
use crate::text;

use super::bits::Bits;
use super::emails;
use super::figures::Score;
use super::lists::Lists;
use super::pool::{Dictionary, KEY_END, Values};
use super::vocabulary::{self, Vocabulary};

/// Marks money that is not known.
pub(super) const UNKNOWN: i64 = i64::MIN;

/// A column of values that many customers share.
#[derive(Default)]
pub(super) struct Coded {
    pub codes: Vec<u32>,
    pub values: Values,
}

/// All columns.
#[derive(Default)]
pub(super) struct Columns {
    pub ids: Vec<u64>,
    /// The first so many ids ascend; the others are in `strays`.
    ascending: usize,
    strays: HashMap<u64, u32>,
    pub live: Bits,
    pub alive_rows: usize,

    pub vocabulary: Vocabulary,
    /// Words of the name, then, each after a 0, of the other names.
    pub names: Lists<u32>,
    /// Letters of all names.
    pub masks: Vec<u64>,
    /// Folded addresses up to their host, a line each.
    pub emails: Lists<u8>,
    /// An address was met that is not all ASCII.
    pub odd_emails: bool,
    /// The hosts of the addresses, in the same order.
    pub hosts: Lists<u32>,
    pub host_names: Dictionary,
    /// Digits of the phones, a line each.
    pub phones: Lists<u8>,
    /// External ids as given, a line each.
    pub external: Lists<u8>,
    /// Row + 1 by hash of the external id; 0 is free. Rows whose id has changed stay and do not verify.
    pub external_slots: Vec<u32>,
    pub external_used: usize,
    pub hasher: std::hash::RandomState,

    pub city: Coded,
    pub region: Coded,
    pub country: Coded,
    pub zone: Coded,
    pub language: Coded,
    pub source: Coded,
    /// Number in `owners`; 0 is nobody.
    pub owner: Vec<u32>,
    pub owners: Vec<AgentId>,
    pub kind: Vec<u8>,
    /// Code + 1.
    pub gender: Vec<u8>,
    pub stage: Vec<u8>,
    pub do_not_call: Vec<u8>,
    /// 0 never asked, 1 refused, 2 agreed.
    pub marketing: Vec<u8>,
    pub birth: Vec<i32>,
    pub joined: Vec<i32>,
    pub tags: Lists<u32>,
    pub tag_values: Values,
    /// Own fields, `key KEY_END value`.
    pub own: Lists<u32>,
    pub own_values: Values,
    /// Facts, `kind KEY_END text`.
    pub facts: Lists<u32>,
    pub fact_values: Values,

    pub first: Vec<i32>,
    pub last: Vec<i32>,
    pub contact: Vec<i32>,
    pub sale_days: Vec<u32>,
    pub revenue: Vec<i64>,
    pub cost: Vec<i64>,
    pub returned: Vec<i64>,
    pub first_revenue: Vec<i64>,

    pub p_alive: Vec<f32>,
    pub risk: Vec<f32>,
    pub value: Vec<i64>,
    /// Rows whose value is known.
    pub valued: usize,
    pub saves: Vec<i64>,
    pub leave: Vec<i32>,
    pub verdict: Vec<u8>,
    /// 0, or 1 + the three scores less one as a number to the base 5.
    pub rfm: Vec<u8>,
    /// How far it is with having somebody back: 0 where nothing was to be tried, else code + 1.
    pub win_back: Vec<u8>,
}

impl Columns {
    /// Rows, dead ones included.
    pub fn rows(&self) -> usize {
        self.ids.len()
    }

    /// The row of a customer that is not removed.
    pub fn row_of(&self, id: CustomerId) -> Option<u32> {
        self.place(id.0).filter(|row| self.live.has(*row))
    }

    pub fn put_customer(&mut self, c: &CustomerRef<'_>) -> u32 {
        let row = self.make_row(c.id.0);
        let at = row as usize;
        self.put_names(row, c);
        self.put_contacts(row, c);
        let ids = c.external_id.iter().chain(&c.other_ids);
        self.put_external(row, ids.copied().filter(|id| !id.is_empty()));
        for (column, value) in [
            (&mut self.city, c.city),
            (&mut self.region, c.region),
            (&mut self.country, c.country),
            (&mut self.zone, c.time_zone),
            (&mut self.language, c.language),
            (&mut self.source, c.source),
        ] {
            column.codes[at] = column.values.number(value);
        }
        self.owner[at] = c.owner.map_or(0, |owner| self.owner_code(owner));
        self.kind[at] = c.kind.code();
        self.gender[at] = c.gender.map_or(0, |g| g.code() + 1);
        self.stage[at] = c.stage.code();
        self.do_not_call[at] = u8::from(c.must_not_be_called);
        self.marketing[at] = c.marketing.map_or(0, |yes| 1 + u8::from(yes));
        self.birth[at] = c.birth.unwrap_or(Day::NEVER).0;
        self.joined[at] = c.joined.0;
        let tags: Vec<u32> = c.tags.iter().map(|tag| self.tag_values.number(tag)).collect();
        self.tags.set(row, &tags);
        let own = |(key, value): &(&str, &str)| format!("{key}{KEY_END}{value}");
        let own: Vec<u32> = c.fields.iter().map(|f| self.own_values.number(&own(f))).collect();
        self.own.set(row, &own);
        if self.live.add(row) {
            self.alive_rows += 1;
        }
        row
    }

    pub fn put_ledger(&mut self, row: u32, ledger: &Ledger) {
        let at = row as usize;
        let history = &ledger.purchases;
        let total = history.total();
        let day = |day: Option<Day>| day.unwrap_or(Day::NEVER).0;
        self.first[at] = day(history.first_sale());
        self.last[at] = day(history.last_sale());
        self.contact[at] = ledger.contacts.last.0;
        self.sale_days[at] = history.sale_days();
        self.revenue[at] = total.revenue;
        self.cost[at] = total.cost;
        self.returned[at] = total.returned;
        let folded = history.folded.filter(|f| f.days > 0).map(|f| f.first_revenue);
        let kept = || history.days.iter().find(|d| d.sales > 0).map(|d| d.revenue);
        self.first_revenue[at] = folded.or_else(kept).unwrap_or_default();
    }

    pub fn put_facts(&mut self, row: u32, facts: &[Fact]) {
        let fact = |f: &Fact| format!("{}{KEY_END}{}", f.kind, f.text);
        let codes: Vec<u32> = facts.iter().map(|f| self.fact_values.number(&fact(f))).collect();
        self.facts.set(row, &codes);
    }

    pub fn put_score(&mut self, row: u32, score: &Score) {
        let at = row as usize;
        self.p_alive[at] = score.p_alive;
        self.risk[at] = score.risk;
        self.valued -= usize::from(self.value[at] != UNKNOWN);
        self.valued += usize::from(score.value != UNKNOWN);
        self.value[at] = score.value;
        self.saves[at] = score.saves.unwrap_or(UNKNOWN);
        self.leave[at] = score.leave.unwrap_or(Day::NEVER).0;
        self.verdict[at] = score.verdict as u8;
        self.rfm[at] = score.rfm.map_or(0, rfm_code);
    }

    /// How far it is with having a customer back; kept for one whose record comes later.
    pub fn put_win_back(&mut self, id: CustomerId, state: Option<WinBackState>) -> Option<u32> {
        let row = self.place(id.0)?;
        *self.win_back.get_mut(row as usize)? = state.map_or(0, |state| state.code() + 1);
        Some(row)
    }

    /// Forgets the scores of all rows.
    pub fn drop_scores(&mut self) {
        self.p_alive.fill(f32::NAN);
        self.risk.fill(f32::NAN);
        self.value.fill(UNKNOWN);
        self.valued = 0;
        self.saves.fill(UNKNOWN);
        self.leave.fill(Day::NEVER.0);
        self.verdict.fill(0);
        self.rfm.fill(0);
    }

    /// Leaves the row dead and empty of texts.
    pub fn remove(&mut self, row: u32) {
        if !self.live.has(row) {
            return;
        }
        self.live.drop(row);
        self.alive_rows -= 1;
        self.names.set(row, &[]);
        self.masks[row as usize] = 0;
        for texts in [&mut self.emails, &mut self.phones, &mut self.external] {
            texts.set(row, &[]);
        }
        for codes in [&mut self.tags, &mut self.own, &mut self.facts, &mut self.hosts] {
            codes.set(row, &[]);
        }
        self.put_ledger(row, &Ledger::default());
        self.put_score(row, &Score::default());
    }

    fn put_names(&mut self, row: u32, c: &CustomerRef<'_>) {
        let mut words = Vec::with_capacity(8);
        let mut mask = 0;
        let mut folded = String::new();
        for name in std::iter::once(&c.name).chain(&c.other_names) {
            if !words.is_empty() {
                words.push(0);
            }
            folded.clear();
            text::fold_into(name, &mut folded);
            words.extend(vocabulary::words(&folded).map(|word| self.vocabulary.number(word)));
            // The non-joiner parts words for some and nothing for others: both can be searched.
            if name.contains('\u{200c}') {
                words.push(0);
                let tight = text::fold(&name.replace('\u{200c}', ""));
                words.extend(vocabulary::words(&tight).map(|word| self.vocabulary.number(word)));
            }
        }
        for word in &words {
            mask |= self.vocabulary.mask(*word);
        }
        self.masks[row as usize] = mask;
        self.names.set(row, &words);
    }

    fn put_contacts(&mut self, row: u32, c: &CustomerRef<'_>) {
        let (mut emails, mut phones, mut hosts) = (String::new(), String::new(), Vec::new());
        for (kind, value) in &c.contacts {
            match kind {
                ContactKind::Phone => {
                    phones.push_str(&text::digits(value));
                    phones.push('\n');
                }
                ContactKind::Email => {
                    let folded = text::fold(value);
                    let (local, host) = emails::split(&folded);
                    emails.push_str(local);
                    emails.push('\n');
                    hosts.push(self.host_names.number(host));
                }
                ContactKind::Web => {}
            }
        }
        self.odd_emails |= !emails.is_ascii();
        self.emails.set(row, emails.as_bytes());
        self.phones.set(row, phones.as_bytes());
        self.hosts.set(row, &hosts);
    }

    fn owner_code(&mut self, owner: AgentId) -> u32 {
        if self.owners.is_empty() {
            self.owners.push(AgentId::default());
        }
        let known = self.owners.iter().skip(1).position(|o| *o == owner);
        known.map_or_else(
            || {
                self.owners.push(owner);
                self.owners.len() as u32 - 1
            },
            |at| at as u32 + 1,
        )
    }

    fn place(&self, id: u64) -> Option<u32> {
        let ids = self.ids.get(..self.ascending)?;
        // Ids are handed out in order: where none is missing, the place follows from the first.
        let guess = id.checked_sub(*ids.first()?).unwrap_or(u64::MAX) as usize;
        if ids.get(guess) == Some(&id) {
            return Some(guess as u32);
        }
        let found = ids.binary_search(&id).ok().map(|at| at as u32);
        found.or_else(|| self.strays.get(&id).copied())
    }

    fn make_row(&mut self, id: u64) -> u32 {
        if let Some(row) = self.place(id) {
            return row;
        }
        let row = self.rows() as u32;
        if self.ascending == self.rows() && self.ids.last().is_none_or(|last| *last < id) {
            self.ascending += 1;
        } else {
            self.strays.insert(id, row);
        }
        self.ids.push(id);
        self.masks.push(0);
        for column in self.coded() {
            column.codes.push(0);
        }
        self.owner.push(0);
        self.sale_days.push(0);
        for column in self.byte_columns() {
            column.push(0);
        }
        for column in self.day_columns() {
            column.push(Day::NEVER.0);
        }
        for column in self.money_columns() {
            column.push(0);
        }
        for column in [&mut self.value, &mut self.saves] {
            column.push(UNKNOWN);
        }
        self.p_alive.push(f32::NAN);
        self.risk.push(f32::NAN);
        row
    }

    fn coded(&mut self) -> [&mut Coded; 6] {
        [
            &mut self.city,
            &mut self.region,
            &mut self.country,
            &mut self.zone,
            &mut self.language,
            &mut self.source,
        ]
    }

    fn byte_columns(&mut self) -> [&mut Vec<u8>; 8] {
        [
            &mut self.kind,
            &mut self.gender,
            &mut self.stage,
            &mut self.do_not_call,
            &mut self.marketing,
            &mut self.verdict,
            &mut self.rfm,
            &mut self.win_back,
        ]
    }

    fn day_columns(&mut self) -> [&mut Vec<i32>; 6] {
        [
            &mut self.birth,
            &mut self.joined,
            &mut self.first,
            &mut self.last,
            &mut self.contact,
            &mut self.leave,
        ]
    }

    fn money_columns(&mut self) -> [&mut Vec<i64>; 4] {
        [&mut self.revenue, &mut self.cost, &mut self.returned, &mut self.first_revenue]
    }

    /// Makes room for so many rows in all.
    pub fn reserve(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.rows());
        self.ids.reserve_exact(more);
        self.masks.reserve_exact(more);
        self.coded().into_iter().for_each(|c| c.codes.reserve_exact(more));
        self.owner.reserve_exact(more);
        self.sale_days.reserve_exact(more);
        self.byte_columns().into_iter().for_each(|c| c.reserve_exact(more));
        self.day_columns().into_iter().for_each(|c| c.reserve_exact(more));
        self.money_columns().into_iter().for_each(|c| c.reserve_exact(more));
        self.value.reserve_exact(more);
        self.saves.reserve_exact(more);
        self.p_alive.reserve_exact(more);
        self.risk.reserve_exact(more);
    }

    /// Gives back the room that growing has left over.
    pub fn shrink(&mut self) {
        self.names.shrink();
        [&mut self.emails, &mut self.phones, &mut self.external]
            .into_iter()
            .for_each(Lists::shrink);
        [&mut self.tags, &mut self.own, &mut self.facts, &mut self.hosts]
            .into_iter()
            .for_each(Lists::shrink);
    }

    /// Bytes in use.
    pub fn heap(&mut self) -> usize {
        let mut sum = self.ids.capacity() * 8 + self.strays.capacity() * 24 + self.live.heap();
        sum += self.vocabulary.heap() + self.names.heap() + self.masks.capacity() * 8;
        sum += self.hosts.heap() + self.host_names.heap();
        sum += self.emails.heap() + self.phones.heap() + self.external.heap();
        sum += self.external_slots.capacity() * 4 + self.owner.capacity() * 4;
        sum += self.tags.heap() + self.own.heap() + self.facts.heap();
        sum += self.tag_values.heap() + self.own_values.heap() + self.fact_values.heap();
        sum += self.coded().iter().map(|c| c.codes.capacity() * 4 + c.values.heap()).sum::<usize>();
        sum += self.byte_columns().iter().map(|c| c.capacity()).sum::<usize>();
        sum += self.day_columns().iter().map(|c| c.capacity() * 4).sum::<usize>();
        sum += self.money_columns().iter().map(|c| c.capacity() * 8).sum::<usize>();
        sum += (self.value.capacity() + self.saves.capacity()) * 8 + self.sale_days.capacity() * 4;
        sum + (self.p_alive.capacity() + self.risk.capacity()) * 4
    }
}

/// Three scores from 1 to 5 as one number from 1 to 125.
pub(super) fn rfm_code(scores: [u8; 3]) -> u8 {
    scores.iter().fold(0, |code, score| code * 5 + (score.clamp(&1, &5) - 1)) + 1
}

/// The three scores of a number from [`rfm_code`]; `None` for 0.
pub(super) fn rfm_scores(code: u8) -> Option<[u8; 3]> {
    let code = code.checked_sub(1)?;
    Some([code / 25 + 1, code / 5 % 5 + 1, code % 5 + 1])
}
