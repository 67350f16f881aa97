//! Which column of a file goes where: by its heading, or as `--map` says.

use std::fmt;

use crate::domain::{FactKind, Field};
use crate::text::words::files;
use crate::text::{Lang, SafeText};

use super::Kind;
use super::fault::text;
use super::headings::{self, Heading};
use super::vocabulary::Words;

/// Where a column goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A field of the record.
    Field(Field),
    /// A field of the organisation's own.
    Own(String),
    /// A fact about the customer.
    Fact(FactKind),
    /// Nowhere.
    Ignored,
}

/// One `--map COLUMN=FIELD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// A title, or a number from 1.
    pub column: String,
    /// Where it goes.
    pub target: Target,
}

/// Why columns and fields do not come together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapError {
    /// Not COLUMN=FIELD.
    Form(String),
    /// No such field.
    UnknownField { name: String, kind: &'static str, known: String },
    /// No such column.
    NoColumn { column: String, known: String },
    /// Two columns for one field.
    Twice { field: Field, first: String, second: String },
    /// No column for a field that is needed; `known` is empty when the columns have no titles.
    Required { field: Field, known: String, count: usize },
}

impl MapError {
    /// What is wrong and what to do.
    pub fn words(&self, lang: Lang) -> SafeText {
        match self {
            Self::Form(given) => files::MAP_FORM.with(lang, &[("text", text(given))]),
            Self::UnknownField { name, kind, known } => files::UNKNOWN_FIELD
                .with(lang, &[("name", text(name)), ("kind", text(kind)), ("known", text(known))]),
            Self::NoColumn { column, known } => {
                files::NO_COLUMN.with(lang, &[("column", text(column)), ("known", text(known))])
            }
            Self::Twice { field, first, second } => files::TWICE.with(
                lang,
                &[("field", text(field.name())), ("first", text(first)), ("second", text(second))],
            ),
            Self::Required { field, known, count } if known.is_empty() => files::REQUIRED_NUMBER
                .with(lang, &[("field", text(field.name())), ("count", (*count).into())]),
            Self::Required { field, known, .. } => {
                files::REQUIRED.with(lang, &[("field", text(field.name())), ("known", text(known))])
            }
        }
    }
}

impl fmt::Display for MapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words(Lang::En).fmt(f)
    }
}

impl Map {
    /// Reads `COLUMN=FIELD` for a kind of rows. FIELD is a field's name in either language,
    /// `field.NAME`, a kind of fact, or `ignore`.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, MapError> {
        let form = || MapError::Form(text.to_owned());
        let (column, name) = text.rsplit_once('=').ok_or_else(form)?;
        let (column, name) = (column.trim(), name.trim());
        if column.is_empty() || name.is_empty() {
            return Err(form());
        }
        let target = target(name, kind).ok_or_else(|| {
            let fields = kind.fields().iter().map(|f| f.name());
            let mut known: Vec<&str> = fields.collect();
            if kind == Kind::Customers {
                known.push("field.NAME");
                known.extend(FactKind::ALL.iter().map(|k| k.name()));
            }
            known.push("ignore");
            let known = known.join(", ");
            MapError::UnknownField { name: name.to_owned(), kind: kind.name(), known }
        })?;
        Ok(Self { column: column.to_owned(), target })
    }
}

fn target(name: &str, kind: Kind) -> Option<Target> {
    if name == "ignore" || name == "-" {
        return Some(Target::Ignored);
    }
    if kind == Kind::Customers {
        if let Some(own) = own(name) {
            return Some(Target::Own(own));
        }
        if let Some(fact) = FactKind::read(name) {
            return Some(Target::Fact(fact));
        }
    }
    headings::field(kind, name).map(Target::Field)
}

/// Fields that several columns may fill.
fn may_repeat(field: Field) -> bool {
    matches!(
        field,
        Field::Phone
            | Field::Email
            | Field::Web
            | Field::Tags
            | Field::Other
            | Field::OtherIds
            | Field::Note
    )
}

/// The name in `field.NAME`.
fn own(name: &str) -> Option<String> {
    let name = name.strip_prefix("field.")?.trim();
    (!name.is_empty() && name.chars().count() <= 64).then(|| name.to_owned())
}

/// Where each column goes.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    titles: Vec<String>,
    targets: Vec<Target>,
    /// Columns of the first and the last part of a name, when no column has it whole.
    pub name_parts: Vec<usize>,
}

impl Columns {
    /// Finds out where the columns go. `numbered` columns have no titles of their own.
    pub fn resolve(
        kind: Kind,
        titles: &[String],
        numbered: bool,
        maps: &[Map],
    ) -> Result<Self, MapError> {
        let mut columns = Self::by_heading(kind, titles, numbered, maps);
        for map in maps {
            let place = columns.find(&map.column, numbered)?;
            columns.targets[place] = map.target.clone();
            columns.name_parts.retain(|part| *part != place);
        }
        columns.check_single()?;
        columns.check_required(kind)?;
        Ok(columns)
    }

    /// Adds the columns that came to light since (keys of later objects).
    pub fn extend(&mut self, kind: Kind, titles: &[String], maps: &[Map]) -> Result<(), MapError> {
        if titles.len() > self.titles.len() {
            let known: Vec<Map> = maps
                .iter()
                .filter(|m| titles.iter().any(|t| headings::plain(t) == headings::plain(&m.column)))
                .cloned()
                .collect();
            *self = Self::by_heading(kind, titles, false, &known);
            for map in &known {
                let place = self.find(&map.column, false)?;
                self.targets[place] = map.target.clone();
                self.name_parts.retain(|part| *part != place);
            }
            self.check_single()?;
        }
        Ok(())
    }

    fn by_heading(kind: Kind, titles: &[String], numbered: bool, maps: &[Map]) -> Self {
        let mut columns = Self {
            titles: titles.to_vec(),
            targets: vec![Target::Ignored; titles.len()],
            name_parts: Vec::new(),
        };
        if numbered {
            return columns;
        }
        let taken = |field: Field| {
            !may_repeat(field) && maps.iter().any(|m| m.target == Target::Field(field))
        };
        let (mut given, mut family) = (None, None);
        for (place, title) in titles.iter().enumerate() {
            if let Some(own) = own(title.trim()).filter(|_| kind == Kind::Customers) {
                columns.targets[place] = Target::Own(own);
                continue;
            }
            match headings::heading(kind, title) {
                // A field that `--map` gives to another column is not taken from a heading.
                Some(Heading::Field(f)) if !taken(f) => columns.targets[place] = Target::Field(f),
                Some(Heading::Given) => given = Some(place),
                Some(Heading::Family) => family = Some(place),
                Some(Heading::Field(_)) | None => {}
            }
        }
        columns.join_name(given, family, taken(Field::Name));
        columns
    }

    /// "First name, last name" and "name, last name" are a name in two columns.
    fn join_name(&mut self, given: Option<usize>, family: Option<usize>, taken: bool) {
        let name = Target::Field(Field::Name);
        let whole = self.targets.iter().position(|t| *t == name);
        let first = match (given, whole) {
            (_, _) if taken => return,
            (Some(_), Some(_)) => return, // first, last and whole: the whole one stands
            (given, whole) => given.or(whole),
        };
        if whole.is_some() && family.is_none() {
            return;
        }
        self.name_parts = first.into_iter().chain(family).collect();
        for part in &self.name_parts {
            self.targets[*part] = name.clone();
        }
    }

    fn find(&self, column: &str, numbered: bool) -> Result<usize, MapError> {
        let wanted = headings::plain(column);
        let exact = self.titles.iter().position(|t| t.trim() == column);
        let alike = || self.titles.iter().position(|t| headings::plain(t) == wanted);
        let by_title = if numbered { None } else { exact.or_else(alike) };
        let by_number = || {
            let number: usize = column.parse().ok()?;
            number.checked_sub(1).filter(|n| *n < self.titles.len())
        };
        by_title
            .or_else(by_number)
            .ok_or_else(|| MapError::NoColumn { column: column.to_owned(), known: self.known() })
    }

    fn known(&self) -> String {
        let shown = self
            .titles
            .iter()
            .filter(|t| !t.is_empty())
            .take(40)
            .map(|t| super::fault::shortened(t));
        shown.collect::<Vec<_>>().join(", ")
    }

    fn check_single(&self) -> Result<(), MapError> {
        for (place, target) in self.targets.iter().enumerate() {
            let Target::Field(field) = target else { continue };
            let many = may_repeat(*field) || self.name_parts.contains(&place);
            let earlier = self.targets[..place].iter().position(|t| t == target);
            if let Some(first) = earlier.filter(|_| !many) {
                return Err(MapError::Twice {
                    field: *field,
                    first: self.label(first),
                    second: self.label(place),
                });
            }
        }
        Ok(())
    }

    fn check_required(&self, kind: Kind) -> Result<(), MapError> {
        for field in kind.required() {
            let computed = *field == Field::Amount && self.has(Field::UnitPrice);
            if !self.has(*field) && !computed {
                return Err(MapError::Required {
                    field: *field,
                    known: self.known(),
                    count: self.width(),
                });
            }
        }
        Ok(())
    }

    /// True when a column is this field.
    pub fn has(&self, field: Field) -> bool {
        self.targets.contains(&Target::Field(field))
    }

    /// The titles as they stand in the file.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.titles.len()
    }

    /// All columns and where they go.
    pub fn targets(&self) -> impl Iterator<Item = (usize, &Target)> {
        self.targets.iter().enumerate()
    }

    /// The columns of a field.
    pub fn of(&self, field: Field) -> impl Iterator<Item = usize> {
        let wanted = Target::Field(field);
        self.targets().filter(move |(_, t)| **t == wanted).map(|(place, _)| place)
    }

    /// How a person would name the column.
    pub fn label(&self, place: usize) -> String {
        let title = self.titles.get(place).map(|t| t.trim()).unwrap_or_default();
        let titles = self.titles.iter().filter(|t| t.trim() == title).count();
        match (title.is_empty(), titles) {
            (true, _) => (place + 1).to_string(),
            (false, 1) => super::fault::shortened(title),
            (false, _) => format!("{} ({})", place + 1, super::fault::shortened(title)),
        }
    }

    /// The columns that go nowhere.
    pub fn ignored(&self) -> Vec<String> {
        let nowhere = self.targets().filter(|(_, t)| **t == Target::Ignored);
        nowhere.map(|(place, _)| self.label(place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    fn resolve(kind: Kind, heads: &str, maps: &[&str]) -> Result<Vec<Target>, MapError> {
        let maps: Result<Vec<Map>, _> = maps.iter().map(|m| Map::parse(m, kind)).collect();
        Columns::resolve(kind, &titles(heads), false, &maps?).map(|c| c.targets)
    }

    #[test]
    fn columns_go_where_headings_and_maps_say() {
        use Target::{Fact, Field as F, Ignored, Own};
        for (heads, maps, want) in [
            ("Name,City,Shoe size", &[][..], vec![F(Field::Name), F(Field::City), Ignored]),
            ("نام,شهر", &[], vec![F(Field::Name), F(Field::City)]),
            (
                "who,size,wants,x=y",
                &["who=name", "size=field.shoe size", "wants=need", "x=y=tags"],
                vec![F(Field::Name), Own("shoe size".into()), Fact(FactKind::Need), F(Field::Tags)],
            ),
            // A map takes the field away from the heading that has its name.
            ("name,nick", &["nick=name"], vec![Ignored, F(Field::Name)]),
            ("name,city", &["2=ignore"], vec![F(Field::Name), Ignored]),
            ("first name,last name", &[], vec![F(Field::Name), F(Field::Name)]),
            ("نام خانوادگی,نام", &[], vec![F(Field::Name), F(Field::Name)]),
            ("name,first name,last name", &[], vec![F(Field::Name), Ignored, Ignored]),
            (
                "name,field.size,phone,mobile",
                &[],
                vec![F(Field::Name), Own("size".into()), F(Field::Phone), F(Field::Phone)],
            ),
        ] {
            assert_eq!(resolve(Kind::Customers, heads, maps), Ok(want), "{heads} {maps:?}");
        }
    }

    #[test]
    fn what_does_not_come_together_is_said() {
        let said = |kind, heads, maps: &[&str]| resolve(kind, heads, maps).unwrap_err().to_string();
        for (got, want) in [
            (said(Kind::Customers, "city,phone", &[]), "no column is the name, which is needed"),
            (said(Kind::Customers, "name,Name", &[]), "two columns are the name: name and Name"),
            (
                said(Kind::Customers, "name,name", &[]),
                "two columns are the name: 1 (name) and 2 (name)",
            ),
            (said(Kind::Customers, "name", &["age=city"]), "no column age; there are name"),
            (said(Kind::Customers, "name", &["7=city"]), "no column 7"),
            (said(Kind::Customers, "name", &["0=city"]), "no column 0"),
            (said(Kind::Customers, "name", &["name=shoe"]), "no field shoe in customers"),
            (said(Kind::Customers, "name", &["name"]), "COLUMN=FIELD"),
            (said(Kind::Purchases, "customer,date", &[]), "no column is the amount"),
            (said(Kind::Purchases, "customer,date,amount", &["3=need"]), "no field need"),
        ] {
            assert!(got.contains(want), "{want:?} is not in {got:?}");
        }
        assert!(resolve(Kind::Purchases, "customer,date,qty,price", &[]).is_ok());
    }
}
