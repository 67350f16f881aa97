//! Insight: what the analyses say, in pictures; the customers behind every mark are one key away.
//!
//! ```text
//!  RFM  Tiers  Cohorts  Value  Loyalty  Staying  Leaving  Products ...           everyone
//! ────────────────────────────────────────────────────────────────────────────────────────
//!  ▸ RFM                                          │ Tiers
//!  12 % of the buyers are champions and brought … │ The top 18 % bring 71 % of the margin
//!  recency down, frequency across                 │ top 5%   ██████┃···········  38 %
//!         1      2      3      4      5           │ 5–20%    █████████┃········  31 %
//!   5    12     40     88    120    310           │ ...
//!  recency 5 · frequency 4 · customers 120 · ...
//! ```
//! The picture in focus stands at the start and is the largest; Tab brings the next one there.

mod bars;
mod draw;
mod go;
mod heat;
mod ladders;
mod of;
mod paper;
mod picture;
mod tabs;

use std::sync::Arc;

use crate::desk::reports::{MOST_NAMED, Period};
use crate::desk::{
    Answer, Command, Deed, Heard, Question, Refusal, Report, ReportKind, ReportQuery, SegmentRow,
};
use crate::domain::{Membership, Segment, SegmentId};
use crate::text::words::{frame as f, insight as w, lifecycle as l, relations};
use crate::text::{SafeText, safe};

use super::canvas::{Area, Canvas};
use super::choose::Choose;
use super::customers::Customers;
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::picker::Choice;
use super::screen::{Screen, Told};
use super::shell::Shell;
use super::toast::Tone;
use super::work;
use picture::{Form, Kind, Picture, Spot};

/// The answers this screen waits for.
const REPORT: u8 = 0;
const SEGMENTS: u8 = 1;
/// Acts.
const FIT: u8 = 2;
const KEEP: u8 = 3;
/// What panels tell it.
const WHOM: u8 = 10;
const NEXT: u8 = 11;
const PICTURE: u8 = 12;

/// A report that was answered, or why it was not.
struct Known {
    query: ReportQuery,
    told: Result<Arc<Report>, SafeText>,
    /// Something happened since.
    is_stale: bool,
}

/// The screen.
pub struct Insight {
    id: ScreenId,
    /// The picture in focus.
    kind: Kind,
    /// The mark under the cursor.
    cursor: usize,
    is_table: bool,
    period: Period,
    /// Whom the pictures are about: name and expression; everyone when empty.
    whom: (String, String),
    known: Vec<Known>,
    /// The pictures that were made of them.
    pictures: Vec<(Kind, Picture)>,
    /// The report that was asked for.
    asked: Option<ReportQuery>,
    segments: Vec<SegmentRow>,
    is_fitting: bool,
    was_seen: bool,
}

impl Insight {
    pub fn new(shell: &mut Shell) -> Self {
        Self {
            id: shell.new_screen(),
            kind: Kind::Rfm,
            cursor: 0,
            is_table: false,
            period: Period::Month,
            whom: (String::new(), String::new()),
            known: Vec::new(),
            pictures: Vec::new(),
            asked: None,
            segments: Vec::new(),
            is_fitting: false,
            was_seen: false,
        }
    }

    fn query(&self, kind: ReportKind, shell: &Shell) -> ReportQuery {
        let calendar = shell.calendar();
        let by_period = matches!(kind, ReportKind::Cohort | ReportKind::Moves);
        let period = if by_period { self.period } else { Period::Month };
        // Maturity is of the whole store.
        let of_all = kind == ReportKind::Maturity;
        let expression = if of_all { String::new() } else { self.whom.1.clone() };
        ReportQuery { expression, period, calendar, ..ReportQuery::of(kind) }
    }

    fn known(&self, query: &ReportQuery) -> Option<&Known> {
        self.known.iter().find(|k| k.query == *query)
    }

    /// Asks for the next report that is needed: one at a time, so that a long one leaves room for
    /// what other screens ask.
    fn ask(&mut self, shell: &mut Shell) {
        let loading = shell.status.as_ref().is_none_or(|s| s.loading.is_some());
        if loading || self.asked.is_some() {
            return;
        }
        let seen = draw::seen(self.kind, shell).into_iter().map(Kind::report);
        let needed = seen
            .map(|kind| self.query(kind, shell))
            .find(|query| self.known(query).is_none_or(|k| k.is_stale));
        if let Some(query) = needed {
            self.asked = Some(query.clone());
            shell.ask(self.id, REPORT, Question::Report(query));
        }
    }

    /// Makes the pictures of what is known.
    fn make(&mut self, shell: &Shell) {
        let kinds = Kind::ALL.iter().filter_map(|kind| {
            let known = self.known(&self.query(kind.report(), shell))?;
            let picture = match &known.told {
                Ok(report) => of::picture(*kind, report, &known.query, shell),
                Err(why) => Picture::nothing(safe!["! ", why]),
            };
            Some((*kind, picture))
        });
        self.pictures = kinds.collect();
        self.cursor = self.cursor.min(self.spots().saturating_sub(1));
    }

    fn picture(&self, kind: Kind) -> Option<&Picture> {
        self.pictures.iter().find(|(k, _)| *k == kind).map(|(_, p)| p)
    }

    fn focus(&self) -> Option<&Picture> {
        self.picture(self.kind)
    }

    fn spots(&self) -> usize {
        self.focus().map_or(0, |p| p.spots.len())
    }

    /// The mark under the cursor.
    fn spot(&self) -> Option<&Spot> {
        self.focus().and_then(|p| p.spots.get(self.cursor))
    }

    fn expression(&self) -> &str {
        self.spot().map_or("", |s| s.expression.as_str())
    }

    /// Goes to a picture; the cursor begins where the most are.
    fn turn(&mut self, kind: Kind, shell: &mut Shell) {
        self.kind = kind;
        self.cursor = 0;
        self.make(shell);
        self.start();
        self.ask(shell);
    }

    fn start(&mut self) {
        let Some(picture) = self.focus() else { return };
        let most = picture
            .spots
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.share.total_cmp(&b.1.share).then(b.0.cmp(&a.0)));
        if matches!(picture.form, Form::Heat { .. }) {
            self.cursor = most.map_or(0, |(at, _)| at);
        }
    }

    /// Moves by marks, never to one that is not there.
    fn step(&mut self, across: i32, down: i32) {
        let Some(picture) = self.focus() else { return };
        if self.is_table {
            let lines = picture.lines();
            let here = lines.iter().position(|at| *at == self.cursor).unwrap_or(0);
            let by = usize::try_from(down.unsigned_abs()).unwrap_or(0);
            let wanted = if down < 0 { here.saturating_sub(by) } else { here + by };
            let last = lines.len().saturating_sub(1);
            self.cursor = lines.get(wanted.min(last)).copied().unwrap_or(self.cursor);
            return;
        }
        let columns = picture.columns();
        let rows = picture.spots.len().div_ceil(columns.max(1));
        let (row, column) = (self.cursor / columns.max(1), self.cursor % columns.max(1));
        let moved = |at: usize, by: i32, of: usize| {
            let by = usize::try_from(by.unsigned_abs()).unwrap_or(0);
            let wanted = if across + down < 0 { at.saturating_sub(by) } else { at + by };
            wanted.min(of.saturating_sub(1))
        };
        let wanted = moved(row, down, rows) * columns + moved(column, across, columns);
        let there = picture.spots.get(wanted);
        if there.is_some_and(|s| !s.text.is_empty()) {
            self.cursor = wanted;
        }
    }

    /// The first mark that is there.
    fn first(&self) -> usize {
        let lines = self.focus().map(Picture::lines).unwrap_or_default();
        lines.first().copied().filter(|_| self.is_table).unwrap_or(0)
    }

    /// The last mark that is there.
    fn last(&self) -> usize {
        let there = |s: &Spot| if self.is_table { !s.row.is_empty() } else { !s.text.is_empty() };
        self.focus().and_then(|p| p.spots.iter().rposition(there)).unwrap_or(0)
    }

    fn next(&self) -> &[(SafeText, crate::desk::reports::Go)] {
        self.focus().map_or(&[], |p| p.next(self.cursor))
    }

    fn open(&self, shell: &mut Shell) {
        if self.kind == Kind::Maturity {
            go::choose(self, shell);
            return;
        }
        let Some(spot) = self.spot() else { return };
        if let Some(step) = spot.cases {
            work::at_step(step, shell);
            return;
        }
        if let Some(of) = spot.behind.filter(|of| *of > MOST_NAMED) {
            let args = [("n", MOST_NAMED.into()), ("of", of.into())];
            let text = shell.say_with(l::THE_FIRST, &args);
            shell.toast(Tone::Note, text);
        }
        let expression = &spot.expression;
        if expression.is_empty() {
            let text = shell.say(w::NO_EXPRESSION);
            shell.toast(Tone::Note, text);
        } else {
            Customers::open(expression, shell);
        }
    }

    /// Saves the customers behind the mark as a segment.
    fn keep(&self, shell: &mut Shell) {
        let expression = self.expression().to_owned();
        let label = self.spot().map(|s| s.label.plain());
        let (Some(label), false) = (label, expression.is_empty()) else {
            let text = shell.say(w::NO_EXPRESSION);
            shell.toast(Tone::Note, text);
            return;
        };
        let name = format!("{}: {label}", shell.say(self.kind.name()).plain());
        let finding = self.focus().map(|p| p.finding.plain().into_owned()).unwrap_or_default();
        let segment = Segment {
            id: SegmentId(0),
            name: name.chars().take(100).collect(),
            membership: Membership::Rule(expression),
            target: false,
            note: finding,
        };
        shell.act(self.id, KEEP, Command::SaveSegment { segment, base: 0 });
    }

    fn ask_whom(&self, shell: &mut Shell) {
        let everyone = Choice::new("", shell.say(w::EVERYONE));
        let fine = self.segments.iter().filter(|s| s.error.is_none() && s.count > 0);
        let named = fine.map(|s| {
            let detail = shell.number(s.count);
            Choice::new(&s.expression, SafeText::clean(&s.name)).with_detail(detail)
        });
        let choices = std::iter::once(everyone).chain(named).collect();
        let title = shell.say(w::SEGMENT_TITLE);
        Choose::one(self.id, WHOM, title, choices, shell);
    }

    /// Asks which picture, by its name; what was found stands beside those that are made.
    fn ask_picture(&self, shell: &mut Shell) {
        let choices = Kind::ALL.iter().enumerate().map(|(at, kind)| {
            let finding = self.picture(*kind).map(|p| p.finding.clone()).unwrap_or_default();
            Choice::new(&at.to_string(), shell.say(kind.name())).with_detail(finding)
        });
        let choices = choices.collect();
        let title = shell.say(relations::PICTURES_TITLE);
        Choose::one(self.id, PICTURE, title, choices, shell);
    }

    fn is_scored(&self, shell: &Shell) -> bool {
        let known = self.known(&self.query(ReportKind::Value, shell));
        let report = known.and_then(|k| k.told.as_ref().ok());
        !matches!(report.map(|r| &**r), Some(Report::Value(r)) if !r.scored)
    }
}

impl Screen for Insight {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        if self.kind.is_of_stages() {
            &[Context::Stages, Context::Insight, Context::List]
        } else {
            &[Context::Insight, Context::List]
        }
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(f::INSIGHT)
    }

    fn can(&self, action: Action, shell: &Shell) -> bool {
        match action {
            Action::Open => {
                let leads = self.spot().is_some_and(|spot| spot.cases.is_some());
                leads || !self.expression().is_empty() || !self.next().is_empty()
            }
            Action::Keep => !self.expression().is_empty(),
            Action::Period => self.kind.has_periods(),
            Action::Fit => !self.is_fitting && !self.is_scored(shell),
            Action::AsTable => self.spots() > 0,
            _ => true,
        }
    }

    fn shown(&mut self, shell: &mut Shell) {
        self.was_seen = true;
        self.make(shell);
        self.ask(shell);
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        match action {
            Action::NextRegion => self.turn(self.kind.further(1), shell),
            Action::LastRegion => self.turn(self.kind.further(Kind::ALL.len() - 1), shell),
            Action::Down => self.step(0, 1),
            Action::Up => self.step(0, -1),
            Action::PageDown => self.step(0, 10),
            Action::PageUp => self.step(0, -10),
            Action::Top => self.cursor = self.first(),
            Action::Bottom => self.cursor = self.last(),
            // The arrow that points to where a line begins, in either direction of writing.
            Action::Start | Action::End => {
                let mirrored = shell.lang().dir() == crate::text::Dir::Rtl;
                let on = (action == Action::End) != mirrored;
                self.step(if on { 1 } else { -1 }, 0);
            }
            Action::AsTable => {
                self.is_table = !self.is_table;
                // A mark without a row: the table begins at its first.
                if self.is_table && self.spot().is_some_and(|spot| spot.row.is_empty()) {
                    let lines = self.focus().map(Picture::lines).unwrap_or_default();
                    self.cursor = lines.first().copied().unwrap_or(0);
                }
            }
            Action::Period => {
                let at = usize::from(self.period.code()) + 1;
                let next = Period::ALL.get(at % Period::ALL.len());
                self.period = next.copied().unwrap_or(Period::Month);
                self.turn(self.kind, shell);
            }
            Action::Search => self.ask_picture(shell),
            Action::Whom => shell.ask(self.id, SEGMENTS, Question::Segments),
            Action::Open => self.open(shell),
            Action::Keep => self.keep(shell),
            Action::Fit if !self.is_fitting => {
                self.is_fitting = true;
                shell.act(
                    self.id,
                    FIT,
                    Command::Fit { as_of: None, horizon_weeks: None, model: None },
                );
            }
            _ => return false,
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        match mouse {
            Mouse::Wheel { lines, .. } => {
                for _ in 0..lines.unsigned_abs().min(20) {
                    self.step(0, if lines < 0 { -1 } else { 1 });
                }
            }
            Mouse::Click { x, y } => {
                if let Some(kind) = draw::kind_at(self, area, (x, y), shell) {
                    self.turn(kind, shell);
                } else if let Some(place) = draw::place_at(self, area, (x, y), shell) {
                    let again = place == self.cursor;
                    self.cursor = place;
                    if again {
                        self.open(shell);
                    }
                }
            }
        }
    }

    fn answered(&mut self, part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        if part == SEGMENTS {
            if let Ok(Answer::Segments(rows)) = answer {
                self.segments = rows;
                self.ask_whom(shell);
            }
            return;
        }
        let Some(query) = self.asked.take() else { return };
        let told = match answer {
            Ok(Answer::Report(report)) => Ok(report),
            Err(Refusal::Cancelled) => return,
            Err(refusal) => Err(shell.refusal(&refusal)),
            Ok(_) => return,
        };
        let was_there = self.focus().is_some();
        self.known.retain(|k| k.query.kind != query.kind);
        self.known.push(Known { query, told, is_stale: false });
        self.make(shell);
        if !was_there {
            self.start();
        }
        self.ask(shell);
    }

    fn acted(
        &mut self,
        part: u8,
        _result: &Result<crate::desk::Notice, Refusal>,
        _shell: &mut Shell,
    ) -> bool {
        if part == FIT {
            self.is_fitting = false;
        }
        false
    }

    fn heard(&mut self, heard: &Heard, shell: &mut Shell) {
        if !self.was_seen {
            return;
        }
        let is_large = match heard {
            Heard::Notice(notice) => matches!(
                &notice.deed,
                Deed::Fitted { .. }
                    | Deed::Moved(_)
                    | Deed::Closed { .. }
                    | Deed::Undone { .. }
                    | Deed::Redone { .. }
            ),
            Heard::Missed | Heard::Progress => true,
        };
        self.known.iter_mut().for_each(|k| k.is_stale = true);
        // A picture of everyone does not change by one call: that waits for the minute.
        if is_large {
            self.ask(shell);
        }
    }

    fn ticked(&mut self, shell: &mut Shell) {
        if self.was_seen {
            self.ask(shell);
        }
    }

    fn told(&mut self, told: Told, shell: &mut Shell) {
        if told.part == NEXT {
            let next = told.text.parse::<usize>().ok();
            if let Some((_, go)) = next.and_then(|at| self.next().get(at)).cloned() {
                go::go(self, &go, shell);
            }
        } else if told.part == PICTURE {
            let kind = told.text.parse::<usize>().ok().and_then(|at| Kind::ALL.get(at));
            if let Some(kind) = kind {
                self.turn(*kind, shell);
            }
        } else if told.part == WHOM {
            let name = self.segments.iter().find(|s| s.expression == told.text);
            let name = name.map(|s| s.name.clone()).unwrap_or_default();
            self.whom = (name, told.text);
            self.asked = None;
            self.turn(self.kind, shell);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        draw::draw(self, canvas, area, shell);
    }
}
