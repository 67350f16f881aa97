//! A strategy as one document: segments, offers, programmes, processes, scripts, campaigns and own
//! fields in TOML, by name; what refers to another names it. Sums are minor units, dates as 2026-11-22.
//! Reading checks form only; the desk checks sense and takes the document in as one gesture.

mod parts;

use std::fmt;
use std::ops::Range;

use toml::Spanned;

use crate::desk::tell::refusal_in;
use crate::desk::{Command, Planned, Plans, Refusal};
use crate::domain::{Definition, Expression, Field, Membership, Segment};
use crate::text::words::files;
use crate::text::{Lang, SafeText};

use parts::{
    CampaignPart, Document, OfferPart, OwnFieldPart, ProcessPart, ProgrammePart, ScriptPart,
    SegmentPart,
};

/// A document that was read.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    segments: Vec<Segment>,
    definitions: Vec<Planned>,
    /// Where each part begins: segments first, then definitions.
    places: Vec<usize>,
    text: String,
}

/// Why a document was not taken in. Nothing of it is kept.
#[derive(Debug)]
pub enum PlanError {
    /// It is not of the form.
    Form { line: usize, message: String },
    /// What should be a date is none.
    Date { line: usize, date: String },
    /// A segment needs either a rule or a tag.
    Membership { line: usize },
    /// A part of it is refused; `about` is the expression an error points into.
    Refused { line: usize, name: String, refusal: Box<Refusal>, about: Option<String> },
}

impl PlanError {
    /// What is wrong, and where.
    pub fn words(&self, lang: Lang) -> SafeText {
        match self {
            Self::Form { line, message } => files::PLAN_FORM.with(
                lang,
                &[("line", (*line).into()), ("message", SafeText::clean(message).into())],
            ),
            Self::Date { line, date } => files::PLAN_DATE
                .with(lang, &[("line", (*line).into()), ("date", SafeText::clean(date).into())]),
            Self::Membership { line } => {
                files::PLAN_MEMBERSHIP.with(lang, &[("line", (*line).into())])
            }
            Self::Refused { line, name, refusal, .. } => files::PLAN_PART.with(
                lang,
                &[
                    ("line", (*line).into()),
                    ("name", SafeText::clean(name).into()),
                    ("fault", refusal_in(refusal, lang).into()),
                ],
            ),
        }
    }
}

impl std::error::Error for PlanError {}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words(Lang::En).fmt(f)
    }
}

/// The document of all there is.
pub fn write(plans: &Plans) -> String {
    let known = &plans.definitions;
    let products = || plans.products.iter().map(|kept| &kept.record);
    let sku = |id| products().find(|p| p.id == id).map(|p| p.sku.clone());
    let document = Document {
        segment: plans.segments.iter().map(|k| one(SegmentPart::of(&k.record))).collect(),
        offer: known
            .offers
            .iter()
            .map(|k| one(OfferPart::of(&k.record, k.record.product.and_then(sku))))
            .collect(),
        programme: known.programmes.iter().map(|k| one(ProgrammePart::of(&k.record))).collect(),
        process: known.processes.iter().map(|k| one(ProcessPart::of(&k.record))).collect(),
        script: known.scripts.iter().map(|k| one(ScriptPart::of(&k.record))).collect(),
        campaign: known
            .campaigns
            .iter()
            .map(|k| {
                let offer = k.record.offer.and_then(|id| known.offer(id)).map(|o| o.name.clone());
                let script = k.record.script.and_then(|id| known.script(id));
                one(CampaignPart::of(&k.record, offer, script.map(|s| s.name.clone())))
            })
            .collect(),
        own_field: known.own_fields.iter().map(|k| one(OwnFieldPart::of(&k.record))).collect(),
    };
    // Every part is made of texts, numbers and lists: there is nothing TOML could not hold.
    toml::to_string_pretty(&document).unwrap_or_default()
}

/// Reads a document.
pub fn read(text: &str) -> Result<Plan, PlanError> {
    let form = |span: Option<Range<usize>>, message: &str| PlanError::Form {
        line: line_of(text, span.map_or(0, |span| span.start)),
        message: message.trim_end().replace('\n', ", "),
    };
    let document: Document =
        toml::from_str(text).map_err(|error| form(error.span(), error.message()))?;
    let mut plan = Plan { text: text.to_owned(), ..Plan::default() };
    for part in document.segment {
        plan.places.push(part.span().start);
        let line = line_of(text, part.span().start);
        let segment = part.into_inner().segment().ok_or(PlanError::Membership { line })?;
        plan.segments.push(segment);
    }
    let no_date = |at: &Range<usize>, date: String| PlanError::Date {
        line: line_with(text, at.start, &date),
        date,
    };
    let plain =
        |definition: Definition| Planned { definition, product: None, offer: None, script: None };
    for part in document.offer {
        let at = part.span();
        let part = part.into_inner();
        let product = part.product.clone();
        let offer = part.offer().map_err(|date| no_date(&at, date))?;
        plan.add(&at, Planned { product, ..plain(offer.into()) });
    }
    for part in document.programme {
        let at = part.span();
        plan.add(&at, plain(part.into_inner().programme().into()));
    }
    for part in document.process {
        let at = part.span();
        plan.add(&at, plain(part.into_inner().process().into()));
    }
    for part in document.script {
        let at = part.span();
        plan.add(&at, plain(part.into_inner().script().into()));
    }
    for part in document.campaign {
        let at = part.span();
        let part = part.into_inner();
        let (offer, script) = (part.offer.clone(), part.script.clone());
        let campaign = part.campaign().map_err(|date| no_date(&at, date))?;
        plan.add(&at, Planned { offer, script, ..plain(campaign.into()) });
    }
    for part in document.own_field {
        let at = part.span();
        plan.add(&at, plain(part.into_inner().own_field().into()));
    }
    Ok(plan)
}

impl Plan {
    fn add(&mut self, at: &Range<usize>, planned: Planned) {
        self.places.push(at.start);
        self.definitions.push(planned);
    }

    /// The definitions, in the order of the document's kinds.
    pub fn definitions(&self) -> &[Planned] {
        &self.definitions
    }

    /// How many parts there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// True when nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What takes it in.
    pub fn command(&self) -> Command {
        let (segments, definitions) = (self.segments.clone(), self.definitions.clone());
        Command::LoadPlan { segments, definitions }
    }

    /// The place in the document at which a part was refused; other refusals come back.
    pub fn fault(&self, refusal: Refusal) -> Result<PlanError, Refusal> {
        let Refusal::InPlan { at, refusal } = refusal else { return Err(refusal) };
        let place = self.places.get(at).copied().unwrap_or_default();
        let (name, expressions) = match self.definitions.get(at.wrapping_sub(self.segments.len())) {
            Some(planned) => {
                (planned.definition.name().to_owned(), planned.definition.expressions())
            }
            None => self.segments.get(at).map_or((String::new(), Vec::new()), |segment| {
                let rule = match &segment.membership {
                    Membership::Rule(text) | Membership::Tag(text) => text.as_str(),
                };
                (segment.name.clone(), vec![rule])
            }),
        };
        let about = match &*refusal {
            Refusal::Expression(error) => {
                let same = |text: &&&str| Expression::parse(text).as_ref() == Err(error);
                let found = expressions.iter().find(same).or_else(|| expressions.first());
                found.map(|text| (*text).to_owned())
            }
            _ => None,
        };
        let key = match &*refusal {
            Refusal::Invalid(invalid) => Some(key(invalid.field)),
            Refusal::Taken { .. } => Some(key(Field::Name)),
            _ => None,
        };
        let line = match (key, &about) {
            (Some(key), _) => key_line(&self.text, place, key),
            (None, Some(text)) => line_with(&self.text, place, text),
            (None, None) => line_of(&self.text, place),
        };
        Ok(PlanError::Refused { line, name, refusal, about })
    }
}

/// What a field is called in the document.
fn key(field: Field) -> &'static str {
    match field {
        Field::Start => "from",
        Field::End => "until",
        Field::Expression => "segment",
        Field::Tags => "tag",
        Field::Threshold | Field::Discount => "tiers",
        Field::Time => "calls_to",
        other => other.name(),
    }
}

/// The line of the part that begins at `place` that gives `key`; else its first.
fn key_line(text: &str, place: usize, key: &str) -> usize {
    of_part(text, place, &|line| {
        let rest = line.trim_start().trim_start_matches('[').strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start().starts_with(['=', ']']))
    })
}

/// The line of the part that begins at `place` that holds `wanted`; else its first.
fn line_with(text: &str, place: usize, wanted: &str) -> usize {
    of_part(text, place, &|line| !wanted.is_empty() && line.contains(wanted))
}

fn of_part(text: &str, place: usize, is_it: &dyn Fn(&str) -> bool) -> usize {
    let first = line_of(text, place);
    let is_next = |line: &str| line.starts_with("[[") && !line.contains('.');
    let part = text.lines().skip(first).take_while(|line| !is_next(line));
    let found = part.enumerate().find(|(_, line)| is_it(line));
    found.map_or(first, |(after, _)| first + 1 + after)
}

/// The line, from 1, in which a byte lies.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

fn one<T>(part: T) -> Spanned<T> {
    Spanned::new(0..0, part)
}
