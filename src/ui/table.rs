//! Lists: which columns fit, and a window over rows of which only those near the eye are in memory.
//! The cursor is bound to a customer, not to a place: rows that come and go do not move it to another.

use crate::domain::CustomerId;
use crate::text::Phrase;

use super::keymap::Action;

/// Cells between two columns.
const GAP: u16 = 2;
/// Rows asked for beyond both edges of what is seen, so that a step needs no wait.
const MARGIN: usize = 60;

/// A column of a list.
#[derive(Clone, Copy, Debug)]
pub struct Column<C> {
    pub what: C,
    pub title: Phrase,
    /// Cells without which it is not shown.
    pub least: u16,
    /// Cells beyond which it does not grow.
    pub most: u16,
    /// 0 stays at any width; the highest goes first.
    pub rank: u8,
    /// Numbers stand at the end of their cells.
    pub at_end: bool,
}

/// A column that is shown.
#[derive(Clone, Copy, Debug)]
pub struct Placed<C> {
    pub column: Column<C>,
    pub x: u16,
    pub width: u16,
}

/// Drops what has no room, lets the rest grow; from `x` on within `width` cells.
pub fn fit<C: Copy>(columns: &[Column<C>], x: u16, width: u16) -> Vec<Placed<C>> {
    let mut kept: Vec<Column<C>> = columns.to_vec();
    let least = |kept: &[Column<C>]| -> u16 {
        let gaps = GAP * (kept.len().saturating_sub(1)) as u16;
        kept.iter().map(|c| c.least).sum::<u16>() + gaps
    };
    while kept.len() > 1 && least(&kept) > width {
        let last = kept.iter().enumerate().max_by_key(|(i, c)| (c.rank, *i)).map(|(i, _)| i);
        kept.remove(last.unwrap_or_default());
    }
    let mut spare = width.saturating_sub(least(&kept));
    let mut widths: Vec<u16> = kept.iter().map(|c| c.least.min(width)).collect();
    let mut order: Vec<usize> = (0..kept.len()).collect();
    order.sort_by_key(|&i| kept.get(i).map_or(0, |c| c.rank));
    for i in order {
        if let (Some(column), Some(wide)) = (kept.get(i), widths.get_mut(i)) {
            let more = spare.min(column.most.saturating_sub(*wide));
            *wide += more;
            spare -= more;
        }
    }
    let mut at = x;
    let placed = kept.into_iter().zip(widths).map(|(column, width)| {
        let here = Placed { column, x: at, width };
        at = at.saturating_add(width + GAP);
        here
    });
    placed.collect()
}

/// A row that belongs to a customer.
pub trait Keyed {
    fn customer(&self) -> CustomerId;
}

/// A window over a list.
#[derive(Clone, Debug)]
pub struct Window<R> {
    rows: Vec<R>,
    from: usize,
    total: usize,
    cursor: usize,
    anchor: Option<CustomerId>,
    asked: Option<CustomerId>,
    top: usize,
    height: usize,
    is_known: bool,
}

impl<R> Default for Window<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            from: 0,
            total: 0,
            cursor: 0,
            anchor: None,
            asked: None,
            top: 0,
            height: 1,
            is_known: false,
        }
    }
}

impl<R: Keyed> Window<R> {
    /// Rows in all.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Something was answered already.
    pub fn is_known(&self) -> bool {
        self.is_known
    }

    /// Place of the cursor in the whole list.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The row at a place, if it is in memory.
    pub fn at(&self, place: usize) -> Option<&R> {
        place.checked_sub(self.from).and_then(|i| self.rows.get(i))
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&R> {
        self.at(self.cursor)
    }

    /// The rows in memory.
    pub fn rows(&self) -> &[R] {
        &self.rows
    }

    /// Places that are seen, with their rows as far as they are in memory.
    pub fn seen(&self, height: usize) -> impl Iterator<Item = (usize, Option<&R>)> {
        let top = self.top_for(height);
        (top..self.total.min(top + height)).map(|place| (place, self.at(place)))
    }

    /// The first place seen when so many rows fit: drawing never changes the model.
    pub fn top_for(&self, height: usize) -> usize {
        let height = height.max(1);
        let most = self.total.saturating_sub(height);
        let top = self.top.min(self.cursor).max((self.cursor + 1).saturating_sub(height));
        top.min(most)
    }

    /// Rows that fit.
    pub fn set_height(&mut self, height: usize) {
        self.height = height.max(1);
        self.top = self.top_for(self.height);
    }

    /// Begins another list: the cursor goes to the first row.
    pub fn restart(&mut self) {
        self.cursor = 0;
        self.top = 0;
        self.anchor = None;
    }

    /// Moves the cursor; false when the action is no move.
    pub fn act(&mut self, action: Action) -> bool {
        let last = self.total.saturating_sub(1);
        let page = self.height.saturating_sub(1).max(1);
        let to = match action {
            Action::Down => self.cursor.saturating_add(1),
            Action::Up => self.cursor.saturating_sub(1),
            Action::Top => 0,
            Action::Bottom => last,
            Action::PageDown => self.cursor.saturating_add(page),
            Action::PageUp => self.cursor.saturating_sub(page),
            _ => return false,
        };
        self.move_to(to);
        true
    }

    /// Puts the cursor at a place.
    pub fn move_to(&mut self, place: usize) {
        self.cursor = place.min(self.total.saturating_sub(1));
        self.anchor = self.current().map(Keyed::customer);
        self.top = self.top_for(self.height);
    }

    /// The customer under the cursor, for the next question.
    pub fn anchor(&self) -> Option<CustomerId> {
        self.anchor
    }

    /// The window to ask for: from where and how many. Notes the anchor it is asked with.
    pub fn ask(&mut self) -> (usize, usize) {
        self.asked = self.anchor;
        let from = self.top.saturating_sub(MARGIN);
        (from, self.height + 2 * MARGIN)
    }

    /// True when a row that is seen is not in memory.
    pub fn lacks(&self) -> bool {
        let end = self.total.min(self.top + self.height);
        self.top < self.from || end > self.from + self.rows.len()
    }

    /// Takes an answer. The cursor stays with its customer and on its line of the screen.
    pub fn take(&mut self, rows: Vec<R>, from: usize, total: usize, anchor_at: Option<usize>) {
        self.rows = rows;
        self.from = from;
        self.total = total;
        self.is_known = true;
        if let (Some(place), true) = (anchor_at, self.anchor == self.asked) {
            let line = self.cursor.saturating_sub(self.top);
            self.cursor = place;
            self.top = place.saturating_sub(line);
        }
        self.cursor = self.cursor.min(total.saturating_sub(1));
        self.top = self.top_for(self.height);
        if let Some(row) = self.current() {
            self.anchor = Some(row.customer());
        } else if total == 0 {
            self.anchor = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::terms;

    impl Keyed for u64 {
        fn customer(&self) -> CustomerId {
            CustomerId(*self)
        }
    }

    fn window(rows: std::ops::Range<u64>) -> Window<u64> {
        let mut w = Window::default();
        w.set_height(5);
        let total = rows.clone().count();
        w.take(rows.collect(), 0, total, None);
        w
    }

    #[test]
    fn the_cursor_stays_with_its_customer() {
        let mut w = window(0..20);
        w.move_to(7);
        let line = w.cursor() - w.top_for(5);
        w.ask();
        // Three new rows came before it.
        w.take((100..103).chain(0..20).collect(), 0, 23, Some(10));
        assert_eq!(w.current(), Some(&7));
        assert_eq!(w.cursor() - w.top_for(5), line);
        // It is gone: its neighbour is taken.
        w.ask();
        w.take((0..7).chain(8..20).collect(), 0, 19, None);
        assert!(w.current().is_some());
    }

    #[test]
    fn an_answer_to_an_older_cursor_does_not_pull_it_back() {
        let mut w = window(0..20);
        w.ask();
        w.act(Action::Down);
        w.take((0..20).collect(), 0, 20, Some(0));
        assert_eq!(w.current(), Some(&1));
    }

    #[test]
    fn columns_go_by_rank_and_never_overflow() {
        let column = |what, least, most, rank| Column {
            what,
            title: terms::NAME,
            least,
            most,
            rank,
            at_end: false,
        };
        let all = [column('a', 10, 30, 0), column('b', 10, 10, 2), column('c', 10, 20, 1)];
        for (width, want) in [(80, "abc"), (34, "abc"), (33, "ac"), (22, "ac"), (21, "a"), (3, "a")]
        {
            let placed = fit(&all, 0, width);
            assert_eq!(placed.iter().map(|p| p.column.what).collect::<String>(), want, "{width}");
            let end = placed.last().map_or(0, |p| p.x + p.width);
            assert!(end <= width, "{width}: ends at {end}");
        }
    }
}
