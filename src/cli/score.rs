//! `vafa score`: fits the models, scores everyone, prints what was found.

use std::io;

use serde_json::{Map, Value, json};

use crate::desk::{Answer, Command, Deed, Question};
use crate::domain::{Day, FittedModel, Scoring};
use crate::exchange::export::sheet::Cell;
use crate::insight::choice::Kind;
use crate::text::words::commands as words;
use crate::text::{SafeText, parse_date, safe};

use super::args::{Score, View};
use super::failure::{Failure, Status, clean};
use super::lifecycle;
use super::out::{self, Out};
use super::setup::Setup;
use super::table::Heading;
use super::visit::Visit;

const HEADINGS: &[Heading] = &[
    Heading::new("model", words::C_MODEL),
    Heading::new("n", words::C_N),
    Heading::new("log_likelihood", words::C_LIKELIHOOD),
    Heading::new("auc", words::C_AUC),
    Heading::new("lift_top_tenth", words::C_LIFT),
    Heading::new("mae", words::C_MAE),
    Heading::new("chosen", words::C_VERDICT),
    Heading::new("parameters", words::C_PARAMETERS),
];

/// `vafa score`.
pub fn run(setup: &Setup, given: &Score, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let today = jiff::Timestamp::now().to_zoned(setup.zone.clone()).date();
    let as_of = given.as_of.as_deref().map(|text| {
        parse_date(text, today, setup.calendar)
            .map(Day::of)
            .map_err(|e| Failure::new(Status::Usage, e.words(setup.calendar, lang)))
    });
    let as_of = as_of.transpose()?;
    let horizon_weeks = given.horizon.as_deref().map(|text| weeks(text, setup)).transpose()?;
    let model = given.model.as_deref().map(|name| kind(name, setup)).transpose()?;
    let visit = Visit::open_loaded(setup)?;
    let bar = out::bar(setup, words::FITTING);
    let fitted = visit.act(Command::Fit { as_of, horizon_weeks, model });
    bar.finish_and_clear();
    let fitted = fitted?;
    if fitted.begun > 0 {
        let batch = [("batch", clean(&fitted.gesture.to_string()))];
        let undo = words::UNDO_WITH.with(lang, &batch);
        out::note(setup, &safe![out::begun(fitted.begun, lang), "; ", undo]);
    }
    if as_of.is_none() {
        // What the scores say of stages is done at once, and can be taken back by itself.
        let moved = visit.act(Command::Lifecycle)?;
        if let Deed::Moved(run) = &moved.deed
            && run.total() > 0
        {
            let batch = Some(moved.gesture);
            out::note(setup, &lifecycle::summary(run, false, batch, setup));
            if moved.begun > 0 {
                out::note(setup, &out::begun(moved.begun, lang));
            }
        }
    }
    let Answer::Models(models) = visit.ask(Question::Models)? else { return Ok(()) };
    let Some(scoring) = models.fitted else {
        return Err(Failure::new(Status::NotFound, words::NO_SCORES.in_(lang)));
    };
    print(&scoring, given.format, setup, out).map_err(|e| Failure::output(&e, lang))
}

/// `26w`, `26 weeks` or `26`.
fn weeks(text: &str, setup: &Setup) -> Result<u16, Failure> {
    let number = text.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim();
    let unit = text.trim().get(number.len()..).unwrap_or_default().trim();
    let known = matches!(unit, "" | "w" | "week" | "weeks");
    let weeks = number.parse().ok().filter(|n| known && (1..=520).contains(n));
    weeks.ok_or_else(|| Failure::bad_word("--horizon", "1w - 520w", text, setup.lang))
}

/// A purchase model by name: `pareto_nbd`, `Pareto-NBD`.
fn kind(name: &str, setup: &Setup) -> Result<Kind, Failure> {
    let known = || Kind::ALL.iter().map(|k| k.name()).collect::<Vec<_>>().join(", ");
    Kind::parse(name).ok_or_else(|| Failure::bad_word("--model", &known(), name, setup.lang))
}

fn print(scoring: &Scoring, view: View, setup: &Setup, out: &mut Out) -> io::Result<()> {
    if view == View::Jsonl {
        return scoring.models.iter().try_for_each(|model| out.object(&object(model, scoring)));
    }
    let mut sheet = out.sheet(HEADINGS, view, setup, 0)?;
    for model in &scoring.models {
        let parameters = model.parameters.iter().map(|(name, value)| format!("{name}={value:.6}"));
        let parameters = parameters.collect::<Vec<_>>().join(" ");
        let figure = |name| Cell::of(model.figure(name), Cell::Real);
        sheet.row(&[
            Cell::text(&model.name),
            Cell::Count(model.n as i64),
            Cell::Real(model.log_likelihood),
            figure("auc"),
            figure("lift_top_tenth"),
            figure("mae"),
            Cell::Data(json!(model.chosen), verdict(model, scoring, setup)),
            Cell::Data(Value::from(parameters.clone()), SafeText::clean(&parameters)),
        ])?;
    }
    sheet.finish()
}

/// What a person has to know of a model: in use or not, named by hand, and whether it was worth fitting.
fn verdict(model: &FittedModel, scoring: &Scoring, setup: &Setup) -> SafeText {
    let mut said = Vec::new();
    if model.chosen {
        said.push(if scoring.forced { words::M_NAMED } else { words::M_CHOSEN });
    }
    match model.figure("beats_baselines") {
        Some(beats) if beats > 0.0 => said.push(words::M_BEATS),
        Some(_) => said.push(words::M_FAILS),
        None => {}
    }
    if model.shrunk {
        said.push(words::M_SHRUNK);
    }
    let said: Vec<SafeText> = said.into_iter().map(|phrase| phrase.in_(setup.lang)).collect();
    SafeText::join(&said, &safe!["; "])
}

/// A model as an object, its quality figures beside its parameters.
fn object(model: &FittedModel, scoring: &Scoring) -> Value {
    let numbers = |all: &[(String, f64)]| -> Map<String, Value> {
        all.iter().map(|(name, value)| (name.clone(), json!(value))).collect()
    };
    let mut map = Map::new();
    for (name, value) in [
        ("model", json!(model.name)),
        ("n", json!(model.n)),
        ("log_likelihood", json!(model.log_likelihood)),
        ("parameters", numbers(&model.parameters).into()),
        ("chosen", json!(model.chosen)),
        ("quality", numbers(&model.quality).into()),
        ("calibration", json!(model.calibration)),
        ("as_of", json!(scoring.as_of.to_string())),
        ("unit", json!("week")),
        ("horizon_weeks", json!(scoring.horizon_weeks)),
        ("shrunk", json!(model.shrunk)),
        ("seconds", json!(model.seconds)),
    ] {
        map.insert(name.to_owned(), value);
    }
    Value::Object(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn horizons_are_weeks() {
        let setup = Setup::for_tests();
        for (text, want) in [
            ("26w", Some(26)),
            ("26", Some(26)),
            (" 4 weeks", Some(4)),
            ("0w", None),
            ("521w", None),
            ("6mo", None),
            ("w", None),
            ("-3w", None),
            ("", None),
        ] {
            assert_eq!(weeks(text, &setup).ok(), want, "{text:?}");
        }
    }
}
