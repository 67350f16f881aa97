//! `vafa set`: one trait of all whom an expression selects, as one gesture.

use crate::desk::{Change, Command, Deed, Whom, own_values};
use crate::domain::{OwnFieldKind, Stage};
use crate::text::words::{commands as words, housekeeping as h};
use crate::text::{fold, parse_date, safe, store_line, truth};

use super::args::Set;
use super::failure::{Failure, clean};
use super::out::Out;
use super::setup::Setup;
use super::visit::Visit;

/// What can be set, as it is typed.
const KNOWN: &str = "stage, owner, source, marketing, do_not_call, field.NAME";

/// `vafa set`.
pub fn run(setup: &Setup, given: &Set, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let visit = Visit::open_loaded(setup)?;
    let change = change(given, &visit, setup)?;
    let whom = Whom::Matching { text: String::new(), expression: given.filter.clone() };
    let notice = visit.act_where(Command::Change { whom, change }, &given.filter)?;
    let Deed::Changed { count, of, .. } = notice.deed else { return Ok(()) };
    let args = [
        ("count", count.into()),
        ("of", of.into()),
        ("field", clean(&given.field)),
        ("value", clean(&given.value)),
    ];
    let mut line = if given.value.is_empty() { h::CLEARED } else { h::SET }.with(lang, &args);
    if count > 0 {
        let batch = [("batch", clean(&notice.gesture.to_string()))];
        line = safe![line, "; ", words::UNDO_WITH.with(lang, &batch)];
    }
    out.line(&line).map_err(|e| Failure::output(&e, lang))
}

fn change(given: &Set, visit: &Visit, setup: &Setup) -> Result<Change, Failure> {
    let lang = setup.lang;
    let value = store_line(&given.value);
    let bad = |known: &str| Failure::bad_word(&given.field, known, &given.value, lang);
    if let Some(name) = given.field.strip_prefix("field.") {
        let defined = visit.status.definitions.own_fields.iter().map(|kept| &kept.record);
        let field = own_values::named(defined, name);
        let is_date = field.is_some_and(|field| field.kind == OwnFieldKind::Date);
        let today = visit.who.now.to_zoned(setup.zone.clone()).date();
        // A date may be typed as the calendar of this place has it.
        let date = Some(&value).filter(|value| is_date && !value.is_empty());
        let date = date.and_then(|value| parse_date(value, today, setup.calendar).ok());
        let value = date.map_or(value, |date| date.to_string());
        return Ok(Change::Field(store_line(name), value));
    }
    Ok(match crate::domain::names::machine_name(&given.field).as_str() {
        "stage" => {
            let known = || Stage::ALL.iter().map(|s| s.name()).collect::<Vec<_>>().join(", ");
            let stage = Stage::parse(&value).ok_or_else(|| bad(&known()))?;
            match store_line(&given.reason) {
                reason if reason.is_empty() => Change::Stage(stage),
                reason => Change::Moved(stage, reason),
            }
        }
        "owner" if value.is_empty() => Change::Owner(None),
        "owner" => {
            let agents = visit.status.agents.iter().filter(|a| a.id.0 > 0 && !a.disabled);
            let found = agents.clone().find(|a| fold(&a.name) == fold(&value));
            let known = || agents.map(|a| a.name.clone()).collect::<Vec<_>>().join(", ");
            Change::Owner(Some(found.ok_or_else(|| bad(&known()))?.id))
        }
        "source" => Change::Source(value),
        "marketing" => Change::Marketing(match truth(&value) {
            None if !value.is_empty() => return Err(bad("yes, no")),
            said => said,
        }),
        "do_not_call" if value.is_empty() => Change::DoNotCall(None),
        "do_not_call" => match (Change::do_not_call(&value), store_line(&given.reason)) {
            (Change::DoNotCall(Some(told)), reason) if told.is_empty() => {
                Change::DoNotCall(Some(reason))
            }
            (change, _) => change,
        },
        _ => return Err(Failure::bad_word("FIELD", KNOWN, &given.field, lang)),
    })
}
