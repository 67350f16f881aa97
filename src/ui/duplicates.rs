//! Customers who may be one and the same: a line a group, and who is in it below.
//!
//! ```text
//!  12 groups of alike customers, 25 in all
//! ─────────────────────────────────────────────────────────────────────────────────────
//!    likely  in common               who
//!  ▸   92 %  phone, name, city       Reza Karimi · REZA KARIMI
//!      61 %  e-mail                  Ann Lee · Anna Lee
//! ─────────────────────────────────────────────────────────────────────────────────────
//!    Reza Karimi    #12   +98 912 123 4567   r@x.ir   Qom      12 d     182,000
//!    REZA KARIMI    #98   +98 912 123 4567            Qom
//! ```

use crate::desk::tell::comma;
use crate::desk::{Answer, Command, Heard, LikelyOne, Question, Refusal, Row};
use crate::domain::{ContactKind, CustomerId, Relation, RelationId, RelationKind};
use crate::text::words::{customers as c, frame as f, housekeeping as h, terms as t};
use crate::text::{SafeText, phone, safe};

use super::canvas::{Area, Canvas};
use super::frame::{self, sentence};
use super::key::Mouse;
use super::keymap::{Action, Context};
use super::merge::MergePanel;
use super::message::ScreenId;
use super::screen::{Screen, Target};
use super::shell::Shell;
use super::table::{Column, Keyed, Placed, Window, fit};
use super::terms;
use super::theme::Role;

/// Rows above the first group.
const HEAD_ROWS: u16 = 3;
/// Members of a group seen at once, with the rule above them.
const FOOT_ROWS: u16 = 6;
/// Cells before the first column.
const GUTTER: u16 = 3;
const LIST: u8 = 0;

impl Keyed for LikelyOne {
    fn customer(&self) -> CustomerId {
        self.rows.first().map(|row| row.customer.id).unwrap_or_default()
    }
}

/// What stands in a column of a group, or of one of its members.
#[derive(Clone, Copy)]
enum What {
    Likely,
    Shares,
    Who,
    Name,
    Id,
    Phone,
    Email,
    City,
    Last,
    Spent,
}

const fn column(
    what: What,
    title: crate::text::Phrase,
    (least, most): (u16, u16),
    rank: u8,
    at_end: bool,
) -> Column<What> {
    Column { what, title, least, most, rank, at_end }
}

const GROUP: &[Column<What>] = &[
    column(What::Likely, h::C_SCORE, (7, 7), 1, true),
    column(What::Shares, h::C_SHARES, (14, 34), 2, false),
    column(What::Who, h::WHO, (20, 60), 0, false),
];

const MEMBER: &[Column<What>] = &[
    column(What::Name, t::NAME, (14, 26), 0, false),
    column(What::Id, t::KEY, (6, 9), 2, false),
    column(What::Phone, t::PHONE, (16, 17), 1, false),
    column(What::Email, t::EMAIL, (12, 28), 5, false),
    column(What::City, t::CITY, (8, 14), 4, false),
    column(What::Last, c::LAST, (7, 10), 6, true),
    column(What::Spent, c::SPENT, (10, 14), 3, true),
];

/// The screen.
pub struct Duplicates {
    id: ScreenId,
    window: Window<LikelyOne>,
    customers: usize,
    is_stale: bool,
}

impl Duplicates {
    /// Opens the list over what is seen.
    pub fn open(shell: &mut Shell) {
        let id = shell.new_screen();
        shell.push(Self { id, window: Window::default(), customers: 0, is_stale: false });
    }

    fn ask(&mut self, shell: &mut Shell) {
        let body = frame::body(shell).height;
        self.window.set_height(usize::from(body.saturating_sub(HEAD_ROWS + FOOT_ROWS)).max(1));
        let (from, count) = self.window.ask();
        self.is_stale = false;
        shell.ask(self.id, LIST, Question::Duplicates { from, count });
    }

    /// Keeps that the first two are different people: they are not proposed again.
    fn apart(&self, shell: &mut Shell) {
        if let Some(group) = self.window.current()
            && let [one, other, ..] = group.rows.as_slice()
        {
            let (from, to) = (one.customer.id, other.customer.id);
            let (id, kind, note) = (RelationId(0), RelationKind::Distinct, String::new());
            let relation = Relation { id, from, to, kind, note };
            shell.act(self.id, LIST, Command::Relate(relation));
        }
    }

    fn merge(&self, shell: &mut Shell) {
        if let Some(group) = self.window.current()
            && let [one, other, ..] = group.rows.as_slice()
        {
            // The one of whom more is known to have been bought stays, else the older.
            let (keep, gone) =
                if other.figures.spent > one.figures.spent { (other, one) } else { (one, other) };
            MergePanel::open(keep.customer.id, gone.customer.id, shell);
        }
    }
}

impl Screen for Duplicates {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Duplicates, Context::List]
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say(h::DUPLICATES)
    }

    fn target(&self) -> Option<Target> {
        let row = self.window.current()?.rows.first()?;
        Some(Target::one(row.customer.id, &row.customer.name))
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        !matches!(action, Action::Merge | Action::Apart | Action::Open)
            || self.window.current().is_some()
    }

    fn shown(&mut self, shell: &mut Shell) {
        self.ask(shell);
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        match action {
            Action::Merge => self.merge(shell),
            Action::Apart => self.apart(shell),
            _ if self.window.act(action) => {
                if self.window.lacks() {
                    self.ask(shell);
                }
            }
            _ => return false,
        }
        true
    }

    fn mouse(&mut self, mouse: Mouse, area: Area, shell: &mut Shell) {
        match mouse {
            Mouse::Wheel { lines, .. } => {
                let action = if lines < 0 { Action::Up } else { Action::Down };
                self.window.act(action);
            }
            Mouse::Click { y, .. } => {
                let first = area.y + HEAD_ROWS;
                let rows = usize::from(area.height.saturating_sub(HEAD_ROWS + FOOT_ROWS));
                if let Some(line) = y.checked_sub(first).map(usize::from).filter(|l| *l < rows) {
                    self.window.move_to(self.window.top_for(rows) + line);
                }
            }
        }
        if self.window.lacks() {
            self.ask(shell);
        }
    }

    fn answered(&mut self, _part: u8, answer: Result<Answer, Refusal>, shell: &mut Shell) {
        match answer {
            Ok(Answer::Duplicates(page)) => {
                self.customers = page.customers;
                self.window.take(page.groups, page.from, page.total, None);
                if self.is_stale {
                    self.ask(shell);
                }
            }
            Ok(_) => {}
            Err(refusal) => shell.toast_result(&Err(refusal)),
        }
    }

    fn heard(&mut self, _heard: &Heard, shell: &mut Shell) {
        if shell.is_waiting(self.id, LIST) {
            self.is_stale = true;
        } else {
            self.ask(shell);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let (head, rest) = area.split_top(1);
        let (rule, rest) = rest.split_top(1);
        if rest.is_empty() {
            self.groups(canvas, head, shell);
            return;
        }
        if self.window.is_known() {
            let args = [("n", self.window.total().into()), ("all", self.customers.into())];
            let words = shell.say_with(h::SO_MANY_GROUPS, &args);
            canvas.put((head.x + 1, head.y), head.width.saturating_sub(2), &words, Role::Strong);
        }
        canvas.rule((rule.x, rule.y), rule.width);
        let is_tall = rest.height > FOOT_ROWS + 3;
        let (list, foot) =
            if is_tall { rest.split_foot(FOOT_ROWS) } else { (rest, Area::default()) };
        self.groups(canvas, list, shell);
        if let Some(group) = self.window.current().filter(|_| !foot.is_empty()) {
            canvas.rule((foot.x, foot.y), foot.width);
            members(group, canvas, foot.split_top(1).1, shell);
        }
    }
}

impl Duplicates {
    fn groups(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        if !self.window.is_known() {
            sentence(canvas, area, &safe![shell.say(f::WAITING), " …"], Role::Dim);
            return;
        }
        if self.window.total() == 0 {
            sentence(canvas, area, &shell.say(h::NOBODY_ALIKE), Role::Text);
            return;
        }
        let placed = fit(GROUP, area.x + GUTTER, area.width.saturating_sub(GUTTER + 1));
        let (head, list) =
            if area.height > 1 { area.split_top(1) } else { (Area::default(), area) };
        for p in placed.iter().filter(|_| !head.is_empty()) {
            put(canvas, head.y, p, &shell.say(p.column.title), Role::Dim);
        }
        for (i, (place, group)) in self.window.seen(usize::from(list.height)).enumerate() {
            let line = list.line(i as u16);
            if place == self.window.cursor() {
                canvas.tint(line, Role::Selected);
                canvas.put((line.x + 1, line.y), 1, &safe!["▸"], Role::Accent);
            }
            let Some(group) = group else { continue };
            for p in &placed {
                let (text, role) = group_cell(p.column.what, group, shell);
                put(canvas, line.y, p, &text, role);
            }
        }
    }
}

/// Who is in a group.
fn members(group: &LikelyOne, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
    let placed = fit(MEMBER, area.x + GUTTER, area.width.saturating_sub(GUTTER + 1));
    let rows = group.rows.iter().take(usize::from(area.height));
    for (i, row) in rows.enumerate() {
        let line = area.line(i as u16);
        for p in &placed {
            let text = member_cell(p.column.what, row, p.width, shell);
            let role = if matches!(p.column.what, What::Name) { Role::Text } else { Role::Dim };
            put(canvas, line.y, p, &text, role);
        }
    }
}

fn put(canvas: &mut Canvas<'_>, y: u16, p: &Placed<What>, text: &SafeText, role: Role) {
    if p.column.at_end {
        canvas.put_end((p.x, y), p.width, text, role);
    } else {
        canvas.put((p.x, y), p.width, text, role);
    }
}

fn group_cell(what: What, group: &LikelyOne, shell: &Shell) -> (SafeText, Role) {
    match what {
        What::Likely => (shell.percent(group.score), Role::Text),
        What::Shares => {
            let shares: Vec<SafeText> =
                group.shares.iter().map(|s| shell.say(terms::likeness(*s))).collect();
            (SafeText::join(&shares, &comma(shell.lang())), Role::Dim)
        }
        _ => {
            let names: Vec<SafeText> =
                group.rows.iter().map(|r| SafeText::clean(&r.customer.name).isolate()).collect();
            (SafeText::join(&names, &safe![" · "]), Role::Text)
        }
    }
}

fn member_cell(what: What, row: &Row, room: u16, shell: &Shell) -> SafeText {
    let c = &row.customer;
    match what {
        What::Id => safe!["#", c.id.0].ltr(),
        What::Phone => {
            let number = c.contact(ContactKind::Phone);
            number.map(|n| phone::pretty(n, shell.lang())).unwrap_or_default()
        }
        What::Email => {
            let address = c.contact(ContactKind::Email);
            address.map(|a| SafeText::clean(a).ltr()).unwrap_or_default()
        }
        What::City => SafeText::clean(&c.place.city),
        What::Last => shell.ago(row.figures.last),
        What::Spent if row.figures.spent != 0 => shell.money_in(row.figures.spent, room),
        What::Spent => SafeText::EMPTY,
        _ => SafeText::clean(&c.name),
    }
}
