//! What else is kept of customers, as JSON Lines: facts, relations, tasks, cases with their steps, moves
//! between stages, win-backs, points, and who is put off. One object a record; what it refers to is named,
//! days and times are written out. Reading checks form only; the desk checks sense.
//!
//! ```text
//! {"record":"fact","customer":"C-1","kind":"need","text":"fast delivery","strength":3,…}
//! ```

use std::fmt;
use std::io::Write;

use serde_json::{Map, Value, json};

use crate::desk::tell::refusal_in;
use crate::desk::{Bought, Carried, Command, Definitions, Desk, Load, Notice, Refusal, Who};
use crate::domain::{
    Agent, Case, Day, DefinitionKind, Fact, Mark, Points, Relation, StageMove, Task, WinBack,
};
use crate::text::words::files;
use crate::text::{Lang, SafeText, store_note};

use super::export::{ExportError, Source, customer_name};

/// Rows written at a time.
const PART: usize = 1_000;
/// Fields that hold a day, an agent, words of a person.
const DAYS: [&str; 4] = ["on", "since", "day", "expires"];
const AGENTS: [&str; 2] = ["by", "owner"];
const WORDS: [&str; 5] = ["note", "text", "reason", "source", "other"];

/// Why a file was not taken in. Nothing of it is kept.
#[derive(Debug)]
pub enum CarriedError {
    /// A line is not of the form.
    Form { line: usize, message: String },
    /// A line names something that is not there.
    Unknown { line: usize, name: String },
    /// The desk refused a row of the part that begins with a line.
    Refused { line: usize, refusal: Box<Refusal> },
}

impl CarriedError {
    /// What is wrong, and where.
    pub fn words(&self, lang: Lang) -> SafeText {
        match self {
            Self::Form { line, message } => files::PLAN_FORM.with(
                lang,
                &[("line", (*line).into()), ("message", SafeText::clean(message).into())],
            ),
            Self::Unknown { line, name } => files::NOT_THERE
                .with(lang, &[("line", (*line).into()), ("name", SafeText::clean(name).into())]),
            Self::Refused { line, refusal } => files::PLAN_FORM.with(
                lang,
                &[("line", (*line).into()), ("message", refusal_in(refusal, lang).into())],
            ),
        }
    }
}

impl std::error::Error for CarriedError {}

impl fmt::Display for CarriedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words(Lang::En).fmt(f)
    }
}

/// Who and what ids stand for.
#[derive(Clone, Copy)]
pub struct Names<'n> {
    pub agents: &'n [Agent],
    pub definitions: &'n Definitions,
}

/// A record that is not of the form, or names something that is not there.
enum Fault {
    Form(String),
    Unknown(String),
}

impl Names<'_> {
    /// The kind of definition a field refers to.
    fn kind(field: &str) -> Option<DefinitionKind> {
        Some(match field {
            "process" => DefinitionKind::Process,
            "programme" => DefinitionKind::Programme,
            "campaign" => DefinitionKind::Campaign,
            _ => return None,
        })
    }

    fn agent_named(&self, id: u64) -> String {
        let known = self.agents.iter().find(|agent| agent.id.0 == id);
        match known {
            Some(agent) => agent.name.clone(),
            None if id == 0 => Agent::program().name,
            None => format!("#{id}"),
        }
    }

    /// Ids become names, days are written out.
    fn tell(&self, map: &mut Map<String, Value>) {
        for (field, value) in map.iter_mut() {
            let told = match (field.as_str(), value.as_i64(), Self::kind(field)) {
                (field, Some(day), _) if DAYS.contains(&field) => {
                    i32::try_from(day).ok().map(|day| Day(day).to_string())
                }
                (field, Some(id), _) if AGENTS.contains(&field) => {
                    Some(self.agent_named(id.unsigned_abs()))
                }
                (_, Some(id), Some(kind)) => {
                    let mut all = self.definitions.all(kind).into_iter();
                    let found = all.find(|kept| i64::try_from(kept.record.id()) == Ok(id));
                    found.map(|kept| kept.record.name().to_owned())
                }
                _ => None,
            };
            if let Some(told) = told {
                *value = told.into();
            }
            if field == "passages" {
                let passages = value.as_array_mut().into_iter().flatten();
                passages.filter_map(Value::as_object_mut).for_each(|passage| self.tell(passage));
            }
        }
    }

    /// Names become ids, days numbers; what people wrote becomes what is kept.
    fn read(&self, map: &mut Map<String, Value>) -> Result<(), Fault> {
        for (field, value) in map.iter_mut() {
            if field == "passages" {
                let passages = value.as_array_mut().into_iter().flatten();
                passages.filter_map(Value::as_object_mut).try_for_each(|p| self.read(p))?;
            }
            let Some(text) = value.as_str() else { continue };
            *value = match (field.as_str(), Self::kind(field)) {
                (field, _) if DAYS.contains(&field) => {
                    let wrong = || Fault::Form(format!("{field}: {text}"));
                    let date: jiff::civil::Date = text.parse().map_err(|_| wrong())?;
                    json!(Day::of(date).0)
                }
                (field, _) if AGENTS.contains(&field) => {
                    let wanted = text.to_lowercase();
                    let found = self.agents.iter().find(|a| a.name.to_lowercase() == wanted);
                    let program = || (wanted == Agent::program().name).then_some(0);
                    let id = found.map(|agent| agent.id.0).or_else(program);
                    json!(id.ok_or_else(|| Fault::Unknown(text.to_owned()))?)
                }
                (_, Some(kind)) => {
                    let found = self.definitions.named(kind, text);
                    let missing = || Fault::Unknown(text.to_owned());
                    json!(found.ok_or_else(missing)?.record.id())
                }
                (field, _) if WORDS.contains(&field) => json!(store_note(text)),
                _ => continue,
            };
        }
        Ok(())
    }
}

/// The record and the name of its kind, with what it refers to beside it.
fn object(carried: &Carried) -> Value {
    let (kind, record, beside) = match carried {
        Carried::Fact(fact) => ("fact", json!(fact), json!({})),
        Carried::Relation { relation, other } => {
            ("relation", json!(relation), json!({"to": other}))
        }
        Carried::Task { task, said } => ("task", json!(task), json!({"from": said})),
        Carried::Case(case) => ("case", json!(case), json!({})),
        Carried::Move(moved) => ("move", json!(moved), json!({})),
        Carried::WinBack(win_back) => ("win_back", json!(win_back), json!({})),
        Carried::Points { points, bought, said } => {
            let bought = bought.as_ref().map(Bought::to_string);
            ("points", json!(points), json!({"purchase": bought, "interaction": said}))
        }
        Carried::PutOff(mark) => ("put_off", json!(mark), json!({})),
    };
    let mut all = json!({"record": kind});
    for part in [record, beside] {
        if let (Some(all), Value::Object(part)) = (all.as_object_mut(), part) {
            all.extend(part);
        }
    }
    all
}

/// What a record need not say.
fn usual(kind: &str) -> Value {
    match kind {
        "fact" => json!({"strength": 0, "met": 0, "source": ""}),
        "relation" => json!({"note": ""}),
        "task" => json!({"zone": "", "note": "", "state": "open", "from": null}),
        "case" => json!({"step": 0, "owner": null, "state": "open", "passages": [], "note": ""}),
        "move" => json!({"reason": "", "rule": ""}),
        "win_back" => json!({"cost": 0, "note": ""}),
        "points" => json!({"expires": null, "purchase": null, "interaction": null, "note": ""}),
        "put_off" => json!({"campaign": null, "reason": ""}),
        _ => json!({}),
    }
}

fn carried(kind: &str, mut map: Map<String, Value>) -> Result<Carried, Fault> {
    let form = |error: serde_json::Error| Fault::Form(error.to_string());
    let mut take = |field: &str| match map.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(Fault::Form(format!("{field}: {other}"))),
    };
    let time = |text: Option<String>| {
        let wrong = |text: &String| Fault::Form(text.clone());
        text.map(|t| t.parse::<jiff::Timestamp>().map_err(|_| wrong(&t))).transpose()
    };
    Ok(match kind {
        "relation" => {
            let other = take("to")?.ok_or_else(|| Fault::Form("to".to_owned()))?;
            map.insert("from".to_owned(), json!(0));
            map.insert("to".to_owned(), json!(0));
            let relation: Relation = serde_json::from_value(map.into()).map_err(form)?;
            Carried::Relation { relation, other }
        }
        "task" => {
            let said = time(take("from")?)?;
            let task: Task = serde_json::from_value(map.into()).map_err(form)?;
            Carried::Task { task, said }
        }
        "points" => {
            let said = time(take("interaction")?)?;
            let bought = take("purchase")?.map(bought);
            let points: Points = serde_json::from_value(map.into()).map_err(form)?;
            Carried::Points { points, bought, said }
        }
        "fact" => Carried::Fact(serde_json::from_value::<Fact>(map.into()).map_err(form)?),
        "case" => Carried::Case(serde_json::from_value::<Case>(map.into()).map_err(form)?),
        "move" => Carried::Move(serde_json::from_value::<StageMove>(map.into()).map_err(form)?),
        "win_back" => {
            Carried::WinBack(serde_json::from_value::<WinBack>(map.into()).map_err(form)?)
        }
        "put_off" => Carried::PutOff(serde_json::from_value::<Mark>(map.into()).map_err(form)?),
        other => return Err(Fault::Form(format!("record: {other}"))),
    })
}

/// `2026-01-05#2` is the second purchase of that day; anything else is an external id.
fn bought(text: String) -> Bought {
    let place = text.rsplit_once('#').and_then(|(day, at)| {
        let day: jiff::civil::Date = day.parse().ok()?;
        Some((Day::of(day), at.parse().ok()?))
    });
    place.map_or(Bought::Named(text), |(day, at)| Bought::On(day, at))
}

/// Writes an object a line; how many there were.
pub fn write(
    source: Source<'_>,
    expression: &str,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, ExportError> {
    let ids = source.ids(expression)?;
    let names = Names { agents: &source.status.agents, definitions: &source.status.definitions };
    let (mut done, mut count) = (0, 0);
    source.desk.carried_of::<ExportError>(&ids, &mut |customer, all| {
        for record in &all {
            let mut line = object(record);
            if let Some(map) = line.as_object_mut() {
                map.remove("id");
                if matches!(record, Carried::Relation { .. }) {
                    map.remove("from");
                }
                names.tell(map);
                map.insert("customer".to_owned(), customer_name(customer).into());
            }
            writeln!(out, "{line}")?;
            count += 1;
        }
        done += 1;
        progress(done, ids.len());
        Ok(())
    })?;
    Ok(count)
}

/// Reads all lines: the customer each is about, and the record.
pub fn read(text: &str, names: Names<'_>) -> Result<Vec<(usize, Load)>, CarriedError> {
    let lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
    let lines = lines.filter(|(text, _)| !text.trim().is_empty());
    let one = |(text, line): (&str, usize)| {
        let load = row(text, names).map_err(|fault| match fault {
            Fault::Form(message) => CarriedError::Form { line, message },
            Fault::Unknown(name) => CarriedError::Unknown { line, name },
        })?;
        Ok((line, load))
    };
    lines.map(one).collect()
}

fn row(text: &str, names: Names<'_>) -> Result<Load, Fault> {
    let form = |error: serde_json::Error| Fault::Form(error.to_string());
    let mut map: Map<String, Value> = serde_json::from_str(text).map_err(form)?;
    let mut named = |field: &str| match map.remove(field) {
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text),
        _ => Err(Fault::Form(format!("{field}?"))),
    };
    let (kind, customer) = (named("record")?, named("customer")?);
    if let Value::Object(usual) = usual(&kind) {
        for (field, value) in usual {
            map.entry(field).or_insert(value);
        }
    }
    names.read(&mut map)?;
    map.insert("id".to_owned(), json!(0));
    map.insert("customer".to_owned(), json!(0));
    Ok(Load::Carried { customer, record: Box::new(carried(&kind, map)?) })
}

/// Takes rows in as one gesture: all or nothing. What came of it: [`crate::desk::Deed::Closed`].
pub fn import(desk: &Desk, who: &Who, rows: Vec<(usize, Load)>) -> Result<Notice, CarriedError> {
    let refused = |line: usize| {
        move |refusal: Refusal| CarriedError::Refused { line, refusal: Box::new(refusal) }
    };
    let label = "import records".to_owned();
    let gesture = desk.act(who, Command::Begin { label }).map_err(refused(1))?.gesture;
    let load = || {
        let mut rest = rows.into_iter().peekable();
        while let Some((line, _)) = rest.peek() {
            let line = *line;
            let (lines, part): (Vec<usize>, Vec<Load>) = rest.by_ref().take(PART).unzip();
            let rows = part.clone();
            let Err(refusal) = desk.act(who, Command::Load { gesture, rows }) else { continue };
            // Which row it was: the parts count for nothing any more.
            for (line, row) in lines.into_iter().zip(part) {
                let rows = vec![row];
                desk.act(who, Command::Load { gesture, rows }).map_err(refused(line))?;
            }
            return Err(refused(line)(refusal));
        }
        desk.act(who, Command::Close { gesture }).map_err(refused(1))
    };
    let done = load();
    if done.is_err() {
        // Whatever this answers, opening the store again takes the open gesture back.
        let _ = desk.act(who, Command::Abandon { gesture });
    }
    done
}
