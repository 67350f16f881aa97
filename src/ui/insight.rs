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
mod known;
mod ladders;
mod of;
mod paper;
mod picture;
mod steps;
mod tabs;

use crate::desk::reports::Period;
use crate::desk::{Answer, Command, Deed, Heard, Question, Refusal, ReportQuery, SegmentRow};
use crate::text::SafeText;
use crate::text::words::frame as f;

use super::canvas::{Area, Canvas};
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::screen::{Screen, Told};
use super::shell::Shell;
use known::Known;
use picture::{Kind, Picture};

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
