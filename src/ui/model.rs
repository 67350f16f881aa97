//! The whole state of the screens: a stack for each tab, and what they share.

use super::customers::Customers;
use super::insight::Insight;
use super::manage::Manage;
use super::message::{ScreenId, Stage};
use super::queues::Queues;
use super::screen::Screen;
use super::segments::Segments;
use super::shell::{Move, Setup, Shell};
use super::today::Today;
use super::work::Work;
use crate::text::Phrase;
use crate::text::words::frame as w;

/// A tab: its digit, its name, and what makes its root screen. Tabs without a screen are not in the table.
pub(super) struct TabRow {
    pub digit: u8,
    pub name: Phrase,
    pub make: fn(&mut Shell) -> Box<dyn Screen>,
}

/// The tabs that exist, in order.
pub(super) static TABS: &[TabRow] = &[
    TabRow { digit: 1, name: w::TODAY, make: |shell| Box::new(Today::new(shell)) },
    TabRow { digit: 2, name: w::CUSTOMERS, make: |shell| Box::new(Customers::new(shell)) },
    TabRow { digit: 3, name: w::QUEUES, make: |shell| Box::new(Queues::new(shell)) },
    TabRow { digit: 4, name: w::SEGMENTS, make: |shell| Box::new(Segments::new(shell)) },
    TabRow { digit: 5, name: w::INSIGHT, make: |shell| Box::new(Insight::new(shell)) },
    TabRow { digit: 6, name: w::WORK, make: |shell| Box::new(Work::new(shell)) },
    TabRow { digit: 7, name: w::MANAGE, make: |shell| Box::new(Manage::new(shell)) },
];

/// The tab a session begins with.
const FIRST: u8 = 1;
/// Screens that can lie one over another; opening more closes the oldest but the root.
const DEEPEST: usize = 16;

/// The state of one session's screens.
pub struct Model {
    pub(super) shell: Shell,
    pub(super) tab: u8,
    /// Something happened while the frame waited for an answer.
    pub(super) is_stale: bool,
    stacks: Vec<(u8, Vec<Box<dyn Screen>>)>,
}

impl Model {
    /// The first state: nothing is asked until the store is open.
    pub fn new(setup: Setup) -> Self {
        let mut shell = Shell::new(setup);
        let stacks = TABS.iter().map(|t| (t.digit, vec![(t.make)(&mut shell)])).collect();
        Self { shell, tab: FIRST, is_stale: false, stacks }
    }

    /// What the screens share.
    pub fn shell(&self) -> &Shell {
        &self.shell
    }

    /// Takes the colours that suit the terminal; an agent's own choice goes before them.
    pub fn set_theme(&mut self, theme: crate::domain::ThemeKind) {
        self.shell.setup.theme = theme;
    }

    /// Who shall order right-to-left text, as the agent or the configuration has it.
    pub fn bidi_wish(&self) -> crate::domain::BidiKind {
        self.shell.bidi_wish()
    }

    /// Takes the way right-to-left text reaches this terminal.
    pub fn set_bidi(&mut self, bidi: crate::text::Bidi) {
        self.shell.bidi = bidi;
        // Regions may stand otherwise.
        self.show_top();
    }

    /// What was typed and not saved, for a line that is lost: the session keeps it.
    pub fn drafts(&self) -> Vec<crate::domain::Draft> {
        let screens = self.stacks.iter().flat_map(|(_, stack)| stack);
        screens.filter_map(|s| s.draft(&self.shell)).collect()
    }

    /// The screens of the tab in use, the lowest first.
    pub(super) fn stack(&self) -> &[Box<dyn Screen>] {
        let found = self.stacks.iter().find(|(digit, _)| *digit == self.tab);
        found.map_or(&[], |(_, stack)| stack.as_slice())
    }

    /// The screen the keys go to.
    pub(super) fn top(&self) -> Option<&dyn Screen> {
        self.stack().last().map(AsRef::as_ref)
    }

    /// The screen the keys go to, and what it shares with the others.
    pub(super) fn top_mut(&mut self) -> Option<(&mut Box<dyn Screen>, &mut Shell)> {
        let stack = self.stacks.iter_mut().find(|(digit, _)| *digit == self.tab);
        let top = stack.and_then(|(_, stack)| stack.last_mut())?;
        Some((top, &mut self.shell))
    }

    pub(super) fn screen_mut(
        &mut self,
        id: ScreenId,
    ) -> Option<(&mut Box<dyn Screen>, &mut Shell)> {
        let all = self.stacks.iter_mut().flat_map(|(_, stack)| stack);
        let found = all.into_iter().find(|s| s.id() == id)?;
        Some((found, &mut self.shell))
    }

    /// Every screen, seen or not.
    pub(super) fn each(&mut self, mut f: impl FnMut(&mut dyn Screen, &mut Shell)) {
        for screen in self.stacks.iter_mut().flat_map(|(_, stack)| stack) {
            f(screen.as_mut(), &mut self.shell);
        }
    }

    /// Whom a key on a customer is about, if on anybody.
    pub fn target(&self) -> Option<super::screen::Target> {
        self.top().and_then(super::screen::Screen::target)
    }

    /// How many screens lie over the root of this tab.
    pub(super) fn depth(&self) -> usize {
        self.stack().len().saturating_sub(1)
    }

    /// Tells the screen on top that it is seen, once the store is open.
    pub(super) fn show_top(&mut self) {
        if self.shell.opening == Stage::Ready
            && let Some((top, shell)) = self.top_mut()
        {
            top.shown(shell);
        }
    }

    /// Makes the moves the screens asked for.
    pub(super) fn make_moves(&mut self) {
        // A move may ask for another; a bound keeps a mistake from becoming a loop.
        for _ in 0..8 {
            let moves = self.shell.take_moves();
            if moves.is_empty() {
                return;
            }
            for step in moves {
                self.make_move(step);
            }
        }
    }

    fn make_move(&mut self, step: Move) {
        match step {
            Move::Push(screen) => {
                if let Some((_, stack)) = self.stacks.iter_mut().find(|(d, _)| *d == self.tab) {
                    if stack.len() >= DEEPEST {
                        let oldest = stack.remove(1);
                        self.shell.forget(oldest.id());
                    }
                    stack.push(screen);
                }
                self.show_top();
            }
            Move::Close(id) => {
                for (_, stack) in &mut self.stacks {
                    let Some(at) = stack.iter().position(|s| s.id() == id) else { continue };
                    for closed in stack.drain(at.max(1)..) {
                        self.shell.forget(closed.id());
                    }
                }
                self.show_top();
            }
            Move::Tab(digit) => {
                if TABS.iter().any(|t| t.digit == digit) && digit != self.tab {
                    self.tab = digit;
                    self.show_top();
                }
            }
            Move::Run(action) => super::program::run(self, action),
            Move::TabTold(digit, told) => {
                self.make_move(Move::Tab(digit));
                let stack = self.stacks.iter_mut().find(|(d, _)| *d == digit);
                if let Some(screen) = stack.and_then(|(_, stack)| stack.first_mut()) {
                    screen.told(told, &mut self.shell);
                }
            }
            Move::Tell(id, told) => {
                if let Some((screen, shell)) = self.screen_mut(id) {
                    screen.told(told, shell);
                }
            }
        }
    }
}
