//! The segments in order, rules before tags, and the cursor, which is bound to a segment and not to a
//! row. Never asks and never draws.

use crate::desk::SegmentRow;
use crate::domain::{Membership, SegmentId};
use crate::text::fold;

use super::super::keymap::Action;

/// What is seen on a line of the list.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    /// The head of a group: are they rules, and how many.
    Head { is_rules: bool, count: usize },
    /// A segment and its place.
    Row(usize, &'a SegmentRow),
}

/// What a segment is known by while names, figures and order change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    id: Option<SegmentId>,
    tag: Option<String>,
    name: String,
}

impl Key {
    pub fn of(row: &SegmentRow) -> Self {
        let tag = match row.segment.as_ref().map(|s| &s.membership) {
            Some(Membership::Rule(_)) => None,
            Some(Membership::Tag(tag)) => Some(tag.clone()),
            None => Some(row.name.clone()),
        };
        Self { id: row.segment.as_ref().map(|s| s.id), tag, name: row.name.clone() }
    }

    /// A segment just saved, of which only the name is known.
    pub fn named(name: &str) -> Self {
        Self { id: None, tag: None, name: name.to_owned() }
    }

    /// Where it is: by its id, else by its tag (made a segment, or none any more), else by its name.
    fn place_in(&self, rows: &[SegmentRow]) -> Option<usize> {
        let keys: Vec<Self> = rows.iter().map(Self::of).collect();
        let by = |same: &dyn Fn(&Self) -> bool| keys.iter().position(same);
        by(&|k| self.id.is_some() && k.id == self.id)
            .or_else(|| by(&|k| self.tag.is_some() && k.tag == self.tag))
            .or_else(|| by(&|k| self.id.is_none() && fold(&k.name) == fold(&self.name)))
    }
}

/// All segments.
#[derive(Clone, Debug, Default)]
pub struct List {
    rows: Vec<SegmentRow>,
    /// How many of them are rules; they come first.
    rules: usize,
    cursor: usize,
    /// First line seen.
    top: usize,
    height: usize,
    anchor: Option<Key>,
    is_known: bool,
}

impl List {
    pub fn rows(&self) -> &[SegmentRow] {
        &self.rows
    }

    pub fn is_known(&self) -> bool {
        self.is_known
    }

    pub fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn current(&self) -> Option<&SegmentRow> {
        self.rows.get(self.cursor)
    }

    /// The segment of a key.
    pub fn find(&self, key: &Key) -> Option<&SegmentRow> {
        key.place_in(&self.rows).and_then(|at| self.rows.get(at))
    }

    /// Takes an answer: the cursor stays with its segment, or on its place when that is gone.
    pub fn take(&mut self, mut rows: Vec<SegmentRow>) {
        let is_tag = |row: &SegmentRow| Key::of(row).tag.is_some();
        rows.sort_by_cached_key(|row| (is_tag(row), fold(&row.name)));
        self.rules = rows.iter().filter(|row| !is_tag(row)).count();
        let line = self.line_of(self.cursor).saturating_sub(self.top);
        let found = self.anchor.as_ref().and_then(|key| key.place_in(&rows));
        self.rows = rows;
        self.is_known = true;
        if let Some(place) = found {
            self.cursor = place;
            self.top = self.line_of(place).saturating_sub(line);
        }
        self.move_to(self.cursor);
    }

    /// Puts the cursor on a segment as soon as there is one.
    pub fn go_to(&mut self, key: Key) {
        match key.place_in(&self.rows) {
            Some(place) => self.move_to(place),
            None => self.anchor = Some(key),
        }
    }

    pub fn move_to(&mut self, place: usize) {
        self.cursor = place.min(self.rows.len().saturating_sub(1));
        if let Some(row) = self.rows.get(self.cursor) {
            self.anchor = Some(Key::of(row));
        }
        self.top = self.top_for(self.height);
    }

    /// Moves the cursor; false when the action is no move.
    pub fn act(&mut self, action: Action) -> bool {
        let page = self.height.saturating_sub(2).max(1);
        let to = match action {
            Action::Down => self.cursor.saturating_add(1),
            Action::Up => self.cursor.saturating_sub(1),
            Action::Top => 0,
            Action::Bottom => usize::MAX,
            Action::PageDown => self.cursor.saturating_add(page),
            Action::PageUp => self.cursor.saturating_sub(page),
            _ => return false,
        };
        self.move_to(to);
        true
    }

    /// Lines that fit.
    pub fn set_height(&mut self, height: usize) {
        self.height = height;
        self.top = self.top_for(height);
    }

    /// The first line seen when so many fit: drawing never changes the model.
    fn top_for(&self, height: usize) -> usize {
        let height = height.max(1);
        let here = self.line_of(self.cursor);
        // The head of its group is seen with the first of it, where there is room for both.
        let is_first = self.cursor == 0 || self.cursor == self.rules;
        let upper = if is_first && height > 1 { here.saturating_sub(1) } else { here };
        let top = self.top.min(upper).max((here + 1).saturating_sub(height));
        top.min(self.lines().saturating_sub(height))
    }

    /// What is seen when so many lines fit.
    pub fn seen(&self, height: usize) -> impl Iterator<Item = Line<'_>> {
        let top = self.top_for(height);
        (top..top + height).map_while(|line| self.line(line))
    }

    /// The place of the segment on a line that is seen.
    pub fn place_at(&self, line: usize, height: usize) -> Option<usize> {
        match self.seen(height).nth(line) {
            Some(Line::Row(place, _)) => Some(place),
            _ => None,
        }
    }

    fn heads(&self) -> (usize, usize) {
        (usize::from(self.rules > 0), usize::from(self.rows.len() > self.rules))
    }

    fn lines(&self) -> usize {
        let (rules, tags) = self.heads();
        self.rows.len() + rules + tags
    }

    fn line_of(&self, place: usize) -> usize {
        let (rules, tags) = self.heads();
        place + rules + if place >= self.rules { tags } else { 0 }
    }

    fn line(&self, line: usize) -> Option<Line<'_>> {
        let (rules, tags) = self.heads();
        let row = |place: usize| self.rows.get(place).map(|row| Line::Row(place, row));
        if line < rules {
            return Some(Line::Head { is_rules: true, count: self.rules });
        }
        let after = line - rules;
        if after < self.rules {
            return row(after);
        }
        if after < self.rules + tags {
            let count = self.rows.len() - self.rules;
            return Some(Line::Head { is_rules: false, count });
        }
        row(after - tags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Segment;

    fn rule(id: u64, name: &str) -> SegmentRow {
        let membership = Membership::Rule("spent>1".into());
        let note = String::new();
        let segment =
            Segment { id: SegmentId(id), name: name.into(), membership, target: false, note };
        SegmentRow { segment: Some(segment), ..tag(name) }
    }

    fn tag(name: &str) -> SegmentRow {
        SegmentRow {
            segment: None,
            revision: 0,
            name: name.into(),
            expression: format!("tag:{name}"),
            count: 1,
            worth: 0,
            spent: 0,
            risk: None,
            error: None,
        }
    }

    fn made(mut row: SegmentRow, id: u64, name: &str) -> SegmentRow {
        let membership = Membership::Tag(row.name.clone());
        let note = String::new();
        row.segment =
            Some(Segment { id: SegmentId(id), name: name.into(), membership, target: true, note });
        row.name = name.into();
        row
    }

    fn names(list: &List, height: usize) -> String {
        let name = |line: Line<'_>| match line {
            Line::Head { is_rules, count } => format!("[{}{count}]", u8::from(is_rules)),
            Line::Row(_, row) => row.name.clone(),
        };
        list.seen(height).map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rules_come_before_tags_each_under_its_head() {
        let mut list = List::default();
        list.take(vec![tag("vip"), rule(1, "Young"), tag("fibre"), rule(2, "big")]);
        assert_eq!(names(&list, 9), "[12] big Young [02] fibre vip");
        for (action, here, seen) in [
            (Action::Bottom, "vip", "fibre vip"),
            (Action::Up, "fibre", "fibre vip"),
            (Action::Top, "big", "[12] big"),
            (Action::PageDown, "Young", "big Young"),
        ] {
            list.set_height(2);
            assert!(list.act(action));
            assert_eq!(list.current().map(|r| r.name.as_str()), Some(here));
            assert!(names(&list, 2).contains(here), "{action:?}: {}", names(&list, 2));
            if action != Action::Up {
                assert_eq!(names(&list, 2), seen, "{action:?}");
            }
        }
        assert_eq!(names(&List::default(), 3), "");
    }

    #[test]
    fn the_cursor_stays_with_its_segment() {
        let mut list = List::default();
        list.take(vec![rule(1, "b"), tag("vip"), tag("x")]);
        let check = |list: &mut List, rows: Vec<SegmentRow>, here: Option<&str>| {
            list.take(rows);
            assert_eq!(list.current().map(|r| r.name.as_str()), here);
        };
        list.move_to(1);
        check(&mut list, vec![rule(1, "b"), rule(2, "a"), tag("vip")], Some("vip"));
        // The tag was made a segment of another name, then a mere tag again.
        check(&mut list, vec![rule(1, "b"), made(tag("vip"), 3, "Best")], Some("Best"));
        check(&mut list, vec![rule(1, "b"), tag("vip")], Some("vip"));
        list.move_to(0);
        check(&mut list, vec![rule(1, "renamed"), rule(2, "a")], Some("renamed"));
        // It is gone: its neighbour is taken; nobody is left; one just saved.
        check(&mut list, vec![rule(2, "a")], Some("a"));
        check(&mut list, vec![], None);
        list.go_to(Key::named("New"));
        check(&mut list, vec![rule(2, "a"), rule(9, "new"), tag("z")], Some("new"));
    }
}
