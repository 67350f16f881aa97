//! E-mail addresses: what stands before the `@` in one buffer, the hosts, which many share, as numbers.

use std::ops::Range;

use memchr::memmem::Finder;

use super::bits::Bits;
use super::columns::Columns;
use super::rank::{NONE, Tier, rank};
use super::texts;

/// A part of an address, or a whole one, ready to be looked for.
pub(super) struct EmailPart {
    /// Looked for before the host; with the `@` when that was written.
    local: Option<Finder<'static>>,
    /// Hosts that pass.
    hosts: Bits,
    /// Host and what stands before it must pass both.
    joined: bool,
    /// The whole address must be the same.
    whole: bool,
}

/// Splits a folded address into what stands before the host, `@` included, and the host.
pub(super) fn split(address: &str) -> (&str, &str) {
    address.rfind('@').map_or((address, ""), |at| address.split_at(at + 1))
}

impl EmailPart {
    /// A folded part of an address, without spaces.
    pub fn new(part: &str, columns: &Columns) -> Self {
        let (local, host) = split(part);
        let joined = local.ends_with('@');
        let passes = |name: &str| if joined { name.starts_with(host) } else { name.contains(part) };
        let local = (local != "@").then(|| Finder::new(local).into_owned());
        Self { local, hosts: hosts(columns, passes), joined, whole: false }
    }

    /// A whole folded address.
    pub fn whole(address: &str, columns: &Columns) -> Self {
        let (local, host) = split(address);
        let local = Some(Finder::new(local).into_owned());
        Self { local, hosts: hosts(columns, |name| name == host), joined: true, whole: true }
    }

    /// False when no address can have it.
    pub fn is_possible(&self, columns: &Columns) -> bool {
        let local = self.local.as_ref();
        columns.odd_emails
            || self.hosts.count() > 0
            || local.is_some_and(|finder| finder.needle().is_ascii())
    }

    /// Tells the rank of each row of the range that has the part; a row can be told twice.
    pub fn scan(&self, columns: &Columns, rows: Range<usize>, mut hit: impl FnMut(u32, u16)) {
        if let Some(finder) = &self.local {
            texts::each_with(&columns.emails, rows.clone(), finder, |row, list, at| {
                let rank = self.local_rank(columns, row, list, at, finder);
                if rank != NONE {
                    hit(row, rank);
                }
            });
        }
        if (!self.joined || self.local.is_none()) && self.hosts.count() > 0 {
            let (items, starts) = columns.hosts.main();
            for row in columns.hosts.covered(&rows) {
                let list = &items[starts[row] as usize..starts[row + 1] as usize];
                if list.iter().any(|host| self.hosts.has(*host)) {
                    hit(row as u32, HOST);
                }
            }
            for (row, list) in columns.hosts.moved(&rows) {
                if list.iter().any(|host| self.hosts.has(*host)) {
                    hit(row, HOST);
                }
            }
        }
    }

    /// The rank of one row: the best that [`EmailPart::scan`] tells.
    pub fn rank(&self, columns: &Columns, row: u32) -> u16 {
        let mut best = NONE;
        if let Some(finder) = &self.local {
            let list = columns.emails.get(row);
            if let Some(at) = finder.find(list) {
                best = self.local_rank(columns, row, list, at, finder);
            }
        }
        let hosts = columns.hosts.get(row);
        if (!self.joined || self.local.is_none()) && hosts.iter().any(|host| self.hosts.has(*host))
        {
            best = best.min(HOST);
        }
        best
    }

    /// The rank of the first place that passes, from the place on where the part first stands.
    fn local_rank(
        &self,
        columns: &Columns,
        row: u32,
        list: &[u8],
        first: usize,
        finder: &Finder<'_>,
    ) -> u16 {
        let mut at = first;
        loop {
            let begins = at == 0 || list[at - 1] == b'\n';
            let host = || {
                let entry = list[..at].split(|b| *b == b'\n').count() - 1;
                columns.hosts.get(row).get(entry).is_some_and(|host| self.hosts.has(*host))
            };
            if (!self.whole || begins) && (!self.joined || host()) {
                let place = match at.checked_sub(1).map(|before| list[before]) {
                    None | Some(b'\n') => 0,
                    Some(b'.' | b'_' | b'-' | b'+') => 8,
                    Some(_) => 16,
                };
                return rank(Tier::Contact, place);
            }
            let Some(next) = finder.find(&list[at + 1..]) else { return NONE };
            at += 1 + next;
        }
    }
}

const HOST: u16 = rank(Tier::Contact, 12);

fn hosts(columns: &Columns, passes: impl Fn(&str) -> bool) -> Bits {
    let mut bits = Bits::default();
    for (number, name) in columns.host_names.pool().iter().skip(1) {
        if passes(name) {
            bits.add(number);
        }
    }
    bits
}
