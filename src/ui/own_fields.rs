//! The organisation's own fields in forms and in changes of many: each defined one has a line of its own,
//! choices offer what can be chosen, days are typed as the agent reads them.

use crate::desk::own_values;
use crate::domain::{Day, OwnField, OwnFieldKind};
use crate::text::words::forms as w;
use crate::text::{SafeText, parse_date};

use super::form::{Form, Item};
use super::picker::Choice;
use super::shell::Shell;
use super::tell;

/// What the names of these lines begin with.
const PREFIX: &str = "own:";

/// The defined fields in their order.
pub fn defined(shell: &Shell) -> Vec<OwnField> {
    let status = shell.status.as_ref();
    let kept = status.iter().flat_map(|s| &s.definitions.own_fields);
    let mut all: Vec<OwnField> = kept.map(|kept| kept.record.clone()).collect();
    all.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
    all
}

/// The name of a field's line in a form.
fn line_of(field: &OwnField) -> String {
    format!("{PREFIX}{}", field.name)
}

/// The values of all defined fields as they would be typed, and the others of a record.
pub fn values(fields: &[(String, String)], shell: &Shell) -> (Vec<(String, String)>, Vec<String>) {
    let defined = defined(shell);
    let known = |name: &str| own_values::named(defined.iter(), name).is_some();
    let lines = defined.iter().map(|field| {
        let kept = fields.iter().find(|(name, _)| *name == field.name);
        let value = kept.map(|(_, value)| value.as_str()).unwrap_or_default();
        (line_of(field), typed(field, value, shell))
    });
    let others = fields.iter().filter(|(name, _)| !known(name));
    (lines.collect(), others.map(|(name, value)| format!("{name}={value}")).collect())
}

/// A value as the agent would type it.
fn typed(field: &OwnField, value: &str, shell: &Shell) -> String {
    let date = value.parse().ok().filter(|_| field.kind == OwnFieldKind::Date);
    date.map_or_else(|| value.to_owned(), |date| shell.date(Day::of(date)).plain().into_owned())
}

/// The line of a form for a field; `None` when its name is of none.
pub fn item(name: &str, value: &str, shell: &Shell) -> Option<Item> {
    let field = field_of(name, shell)?;
    let label = SafeText::clean(&field.name);
    Some(match field.kind {
        OwnFieldKind::Choice => {
            let mut options = vec![(String::new(), shell.say(w::NOT_SAID))];
            let choice = |choice: &String| (choice.clone(), SafeText::clean(choice).isolate());
            options.extend(field.choices.iter().map(choice));
            // What was chosen before the choices changed is not lost.
            if !options.iter().any(|(key, _)| key == value) {
                options.push(choice(&value.to_owned()));
            }
            Item::choice(name, label, options, value)
        }
        OwnFieldKind::Date => {
            let sample = shell.date(shell.today());
            let hint = shell.say_with(w::DATE_HINT, &[("sample", sample.into())]);
            Item::line(name, label, value).code().with_hint(hint)
        }
        OwnFieldKind::Number => Item::line(name, label, value).code(),
        OwnFieldKind::Text => Item::line(name, label, value),
    })
}

/// The field a line is of.
pub fn field_of(name: &str, shell: &Shell) -> Option<OwnField> {
    let wanted = name.strip_prefix(PREFIX)?;
    defined(shell).into_iter().find(|field| field.name == wanted)
}

/// What was typed for a field in the form it is kept in, or what is wrong with it.
pub fn kept(field: &OwnField, text: &str, shell: &Shell) -> Result<String, SafeText> {
    let text = text.trim();
    let value = if field.kind == OwnFieldKind::Date && !text.is_empty() {
        let today = shell.civil().date();
        let date = parse_date(text, today, shell.calendar());
        date.map_err(|e| e.words(shell.calendar(), shell.lang()))?.to_string()
    } else {
        text.to_owned()
    };
    let kept = own_values::kept(field, &value);
    kept.map_err(|invalid| tell::problem_in(&invalid.problem, shell.lang()))
}

/// The values of a form, those of undefined fields from `others`; `before` where nothing changed.
pub fn read(
    form: &Form,
    others: Vec<(String, String)>,
    before: &[(String, String)],
    shell: &Shell,
) -> Result<Vec<(String, String)>, (String, SafeText)> {
    let defined = defined(shell);
    let is_other = |name: &str| own_values::named(defined.iter(), name).is_none();
    let mut all: Vec<(String, String)> =
        others.into_iter().filter(|(name, _)| is_other(name)).collect();
    for field in &defined {
        let line = line_of(field);
        let known = before.iter().find(|(name, _)| *name == field.name);
        let same = known.filter(|(_, value)| typed(field, value, shell) == form.value(&line));
        // What was there before the field was defined stays until it is changed.
        let value = match same {
            Some((_, value)) => value.clone(),
            None => kept(field, form.value(&line), shell).map_err(|why| (line, why))?,
        };
        if !value.is_empty() {
            all.push((field.name.clone(), value));
        }
    }
    all.sort();
    let mut was = before.to_vec();
    was.sort();
    Ok(if was == all { before.to_vec() } else { all })
}

/// The defined fields to choose from, by their places.
pub fn choices(shell: &Shell) -> Vec<Choice> {
    let named = |(at, field): (usize, OwnField)| {
        Choice::new(&at.to_string(), SafeText::clean(&field.name).isolate())
    };
    defined(shell).into_iter().enumerate().map(named).collect()
}
