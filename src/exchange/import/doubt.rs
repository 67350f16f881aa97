//! Numbers by which people, firms, accounts and addresses are known in Iran, checked as they come in.
//! A wrong one is told and kept: registers hold numbers that break their own rules.

use std::collections::HashMap;

use crate::domain::{ContactKind, Field};
use crate::text::identity::{IdKind, IdProblem, bank, identity};
use crate::text::words::{files, identity as words};
use crate::text::{Lang, Phrase, SafeText, phone, safe};

use super::columns::{Columns, Target};
use super::fault::{place, shortened};
use super::headings::plain;
use super::record::Cells;
use super::value::items;

/// A number that may be wrong. It is kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Line on which the row begins, from 1.
    pub line: u64,
    /// Title of the column.
    pub column: String,
    /// What stood there, shortened.
    pub value: String,
    pub kind: IdKind,
    pub problem: IdProblem,
    /// The bank, of an account of which it can be told.
    pub bank: Option<Phrase>,
}

/// Titles of own fields that hold such numbers.
const TITLES: &[(IdKind, &[&str])] = &[
    (IdKind::NationalId, &["national id", "national code", "melli code", "کد ملی", "شماره ملی"]),
    (IdKind::LegalId, &["legal id", "company id", "شناسه ملی", "شناسه ملی شرکت"]),
    (IdKind::Sheba, &["sheba", "shaba", "iban", "شبا", "شماره شبا"]),
    (IdKind::PostalCode, &["postal code", "کد پستی"]),
];

/// The columns that hold such numbers, by their place; addresses only where they are Iranian.
pub fn columns(columns: &Columns, country: &str) -> Vec<(usize, IdKind)> {
    let kind = |target: &Target| match target {
        Target::Field(Field::Phone) => Some(IdKind::Phone),
        Target::Field(Field::PostalCode) => (country == "IR").then_some(IdKind::PostalCode),
        Target::Own(name) => {
            let wanted = plain(name);
            let known = |titles: &&[&str]| titles.iter().any(|title| plain(title) == wanted);
            TITLES.iter().find(|(_, titles)| known(titles)).map(|(kind, _)| *kind)
        }
        _ => None,
    };
    columns.targets().filter_map(|(place, target)| Some((place, kind(target)?))).collect()
}

/// Beginnings of phone numbers that were looked up, and whether there are such numbers: to look one up
/// takes longer than to read the rest of its row.
pub type Plans = HashMap<String, bool>;

/// Last digits that make no difference to a plan, of numbers with so many and more.
const SUBSCRIBER: usize = 4;
const LONG: usize = 11;

/// False when the plan of its country has no such number.
fn is_in_plan(number: &str, plans: &mut Plans) -> bool {
    let digits = number.len().saturating_sub(1);
    let beginning = number.get(..number.len().saturating_sub(SUBSCRIBER));
    let Some(beginning) = beginning.filter(|_| digits >= LONG) else {
        return phone::is_in_plan(number);
    };
    // Numbers of different length are told apart by what is left of them.
    if let Some(known) = plans.get(beginning) {
        return *known;
    }
    let is = phone::is_in_plan(number);
    plans.insert(beginning.to_owned(), is);
    is
}

/// What may be wrong in a row.
pub fn doubts(cells: Cells<'_>, of: &[(usize, IdKind)], plans: &mut Plans) -> Vec<Doubt> {
    let Cells { row, columns, how } = cells;
    let mut doubt = |place: usize, kind: IdKind, value: &str| {
        let (number, problem) = match kind {
            IdKind::Phone => {
                let known = how.contacts(value, ContactKind::Phone, cells.country()).ok()?;
                let number = known.into_iter().next()?.value;
                let problem = (!is_in_plan(&number, plans)).then_some(IdProblem::Pattern);
                (number, problem)
            }
            _ => identity(kind, value),
        };
        Some(Doubt {
            line: row.line,
            column: columns.label(place),
            value: shortened(value),
            kind,
            problem: problem?,
            bank: bank(&number).filter(|_| kind == IdKind::Sheba),
        })
    };
    let mut found = Vec::new();
    for (place, kind) in of {
        let value = row.cell(*place).0;
        match kind {
            IdKind::Phone => found.extend(items(value).filter_map(|v| doubt(*place, *kind, v))),
            _ if value.trim().is_empty() => {}
            _ => found.extend(doubt(*place, *kind, value)),
        }
    }
    found
}

impl Doubt {
    /// Line, column, value and what may be wrong, in one line.
    pub fn words(&self, lang: Lang) -> SafeText {
        let kind = match self.kind {
            IdKind::NationalId => words::NATIONAL_ID,
            IdKind::LegalId => words::LEGAL_ID,
            IdKind::Sheba => words::SHEBA,
            IdKind::Mobile => words::MOBILE,
            IdKind::Phone => words::PHONE,
            IdKind::PostalCode => words::POSTAL_CODE,
        };
        let what = match self.bank {
            Some(bank) => {
                let args = [("kind", kind.in_(lang).into()), ("bank", bank.in_(lang).into())];
                words::OF_BANK.with(lang, &args)
            }
            None => kind.in_(lang),
        };
        let value = SafeText::clean(&self.value).ltr();
        let place = place(self.line, Some(&self.column), lang);
        let args = [("what", what.into()), ("problem", self.problem.words(lang).into())];
        safe![place, ": \"", value, "\": ", files::DOUBT.with(lang, &args)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::Kind;
    use crate::exchange::import::row::{CellKind, Row};
    use crate::exchange::import::value::Conventions;
    use crate::exchange::import::value::tests::tehran;

    fn found(titles: &[&str], cells: &[&str], country: &str) -> Vec<Doubt> {
        let titles: Vec<String> = titles.iter().map(|t| (*t).to_owned()).collect();
        let resolved = Columns::resolve(Kind::Customers, &titles, false, &[]).unwrap();
        let mut row = Row::default();
        row.begin(7);
        for (place, cell) in cells.iter().enumerate() {
            row.set(place, CellKind::Text, cell);
        }
        let how = Conventions { country: country.to_owned(), ..tehran() };
        let cells = Cells { row: &row, columns: &resolved, how: &how };
        doubts(cells, &columns(&resolved, country), &mut Plans::new())
    }

    #[test]
    fn wrong_numbers_are_told_and_right_ones_are_not() {
        let titles = ["name", "field.کد ملی", "field.sheba", "postal_code"];
        for (cells, country, want) in [
            (["Sara", "0123456789", "IR050170000000123456789012", "1619735744"], "IR", &[][..]),
            (["Sara", "۰۱۲۳۴۵۶۷۸۸", "", ""], "IR", &[IdKind::NationalId]),
            (["Sara", "", "IR060170000000123456789012", ""], "US", &[IdKind::Sheba]),
            (["Sara", "", "", "0000000000"], "IR", &[IdKind::PostalCode]),
            (["Sara", "", "", "0000000000"], "US", &[]),
        ] {
            let kinds: Vec<IdKind> =
                found(&titles, &cells, country).into_iter().map(|d| d.kind).collect();
            assert_eq!(kinds, want, "{cells:?}");
        }
        let titles = ["name", "phone", "country"];
        for (cells, country, want) in [
            (["Ali", "0912 345 6789", ""], "IR", 0),
            (["Ali", "0912 345 6789", "Iran"], "US", 0),
            (["Ali", "0912 345 6789", ""], "US", 1),
            (["Ali", "0912; +98 912 345 6789; 0919", "IR"], "US", 2),
            (["Ann", "(212) 555-0123", "US"], "IR", 0),
            (["Ann", "", "US"], "IR", 0),
        ] {
            let found = found(&titles, &cells, country);
            assert_eq!(found.len(), want, "{cells:?} {found:?}");
            assert!(found.iter().all(|d| d.kind == IdKind::Phone));
        }
        let titles = ["name", "field.کد ملی", "field.sheba", "postal_code"];
        let doubt = &found(&titles, &["Sara", "", "IR060170000000123456789012", ""], "IR")[0];
        for (lang, want) in [(Lang::En, "Melli"), (Lang::Fa, "بانک ملی")] {
            let words = doubt.words(lang).plain().into_owned();
            assert!(words.contains(want) && words.contains("IR0601"), "{words}");
        }
        assert!(doubt.words(Lang::En).plain().starts_with("line 7, column field.sheba"));
    }
}
