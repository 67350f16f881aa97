//! What is said in a call beside its outcome: the answer to an offer and why, how satisfied the customer
//! is, how likely to recommend us. Draws its rows; the strip has the keys.

use crate::desk::Proposition;
use crate::domain::{Draft, OfferAnswer, OfferId, Proposed, WrapUp};
use crate::text::words::queues as w;
use crate::text::{Field, SafeText, number, safe};

use super::super::canvas::{Area, Canvas};
use super::super::offer::ANSWERS;
use super::super::shell::Shell;
use super::super::theme::Role;
use super::super::{terms, why};
use super::Focus;

/// A row of the strip.
pub enum Row {
    Offer,
    Reason,
    Figures,
}

/// What was said beside the outcome.
pub struct Told {
    /// The offers that fit, the best first, and which of them is meant.
    pub offers: Vec<Proposition>,
    pub which: usize,
    pub answer: Option<(OfferId, OfferAnswer)>,
    pub reason: Field,
    pub satisfaction: Option<u8>,
    pub recommend: Option<u8>,
    /// The figures are asked for.
    pub is_asked: bool,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            offers: Vec::new(),
            which: 0,
            answer: None,
            reason: Field::new(""),
            satisfaction: None,
            recommend: None,
            is_asked: false,
        }
    }
}

impl Told {
    pub fn is_empty(&self) -> bool {
        self.answer.is_none() && self.satisfaction.is_none() && self.recommend.is_none()
    }

    pub fn wrap_up(&self) -> WrapUp {
        let reason = self.reason.text().trim().to_owned();
        WrapUp {
            offer: self.answer.map(|(offer, answer)| Proposed { offer, answer, reason }),
            satisfaction: self.satisfaction,
            recommend: self.recommend,
            ..WrapUp::default()
        }
    }

    /// As a draft keeps it.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut kept = Vec::new();
        let mut keep = |name: &str, text: String| kept.push((name.to_owned(), text));
        if let Some((offer, answer)) = self.answer {
            keep("offer", offer.0.to_string());
            keep("answer", answer.name().to_owned());
            keep("reason", self.reason.text().to_owned());
        }
        for (name, figure) in [("satisfaction", self.satisfaction), ("recommend", self.recommend)] {
            if let Some(figure) = figure {
                keep(name, figure.to_string());
            }
        }
        kept
    }

    pub fn restore(&mut self, draft: &Draft) {
        let field = |wanted: &str| draft.fields.iter().find(|(name, _)| name == wanted);
        let text = |wanted| field(wanted).map(|(_, text)| text.as_str());
        let figure = |wanted| text(wanted).and_then(|text| text.parse().ok());
        let offer = text("offer").and_then(|id| id.parse().ok()).map(OfferId);
        self.answer = offer.zip(text("answer").and_then(OfferAnswer::parse));
        self.reason.set(text("reason").unwrap_or_default());
        (self.satisfaction, self.recommend) = (figure("satisfaction"), figure("recommend"));
        self.is_asked = self.satisfaction.is_some() || self.recommend.is_some();
    }

    /// Takes the digit of an answer to the offer; true when a reason is wanted.
    pub fn say(&mut self, typed: char) -> bool {
        let hit = ANSWERS.iter().find(|(digit, _)| *digit == typed).map(|(_, answer)| *answer);
        let offer = self.offers.get(self.which).map(|p| p.offer.id);
        let Some(said) = offer.or(self.answer.map(|(id, _)| id)).zip(hit) else { return false };
        self.answer = Some(said);
        said.1 == OfferAnswer::Refused
    }

    /// What there is to show.
    pub fn rows(&self, _shell: &Shell) -> Vec<Row> {
        let offer = !self.offers.is_empty() || self.answer.is_some();
        let all = [
            (Row::Offer, offer),
            (Row::Reason, self.answer.is_some()),
            (Row::Figures, self.is_asked),
        ];
        all.into_iter().filter(|(_, shown)| *shown).map(|(row, _)| row).collect()
    }

    /// Draws one of them.
    pub fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        line: Area,
        row: &Row,
        focus: Focus,
        shell: &Shell,
    ) {
        if line.is_empty() {
            return;
        }
        match row {
            Row::Offer => self.offer(canvas, line, shell),
            Row::Reason => {
                let here = focus == Focus::Reason;
                let role = if here { Role::Accent } else { Role::Dim };
                let label = safe![shell.say(w::LOG_REASON), " "];
                let used = canvas.put((line.x, line.y), line.width, &label, role);
                let (_, room) = line.split_start(used);
                canvas.put_field((room.x, room.y), room.width, &self.reason, here);
            }
            Row::Figures => self.figures(canvas, line, focus, shell),
        }
    }

    fn offer(&self, canvas: &mut Canvas<'_>, line: Area, shell: &Shell) {
        let meant = self.offers.get(self.which);
        let mut parts = vec![(safe![shell.say(w::LOG_OFFER), "  "], Role::Dim)];
        if let Some(p) = meant {
            parts.push((safe![SafeText::clean(&p.offer.name).isolate(), "  "], Role::Strong));
        }
        for (digit, answer) in ANSWERS {
            let chosen = self
                .answer
                .is_some_and(|(id, said)| said == answer && meant.is_none_or(|p| p.offer.id == id));
            let role = if chosen { Role::Accent } else { Role::Text };
            parts.push((safe!["[", digit, "]"].ltr(), Role::Key));
            parts.push((safe![" ", shell.say(terms::answer(answer)), "  "], role));
        }
        if self.offers.len() > 1 {
            parts.push((safe![shell.say(w::LOG_OTHER), "  "], Role::Dim));
        }
        if let Some(p) = meant {
            parts.push((why::evidence(p, shell), Role::Dim));
        }
        canvas.put_parts((line.x, line.y), line.width, &parts);
    }

    fn figures(&self, canvas: &mut Canvas<'_>, line: Area, focus: Focus, shell: &Shell) {
        let figure = |given: Option<u8>, here: bool| match (given, here) {
            (Some(n), _) => number(i64::from(n), shell.lang()),
            (None, true) => safe!["▏"],
            (None, false) => safe!["–"],
        };
        let mut parts = Vec::new();
        for (label, given, at) in [
            (w::LOG_SATISFIED, self.satisfaction, Focus::Satisfied),
            (w::LOG_RECOMMENDS, self.recommend, Focus::Recommends),
        ] {
            let here = focus == at;
            let role = if here { Role::Accent } else { Role::Dim };
            parts.push((safe![shell.say(label), " "], role));
            parts.push((safe![figure(given, here), "   "], Role::Strong));
        }
        let hint = match focus {
            Focus::Satisfied => shell.say(w::SATISFIED_HINT),
            Focus::Recommends => shell.say(w::RECOMMENDS_HINT),
            _ => SafeText::EMPTY,
        };
        parts.push((hint, Role::Dim));
        canvas.put_parts((line.x, line.y), line.width, &parts);
    }
}
