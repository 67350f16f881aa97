//! Something learned of a customer in a call: one letter for what it tells, then a few words.
//!
//! ```text
//! ── Learned of Reza Karimi ──────────────────────────────────────────────────
//!  [n] need  [e] expectation  [t] taste  [i] interest  [a] attitude  [b] biography
//!  need  ▏
//! ```

use crate::desk::Command;
use crate::domain::{CustomerId, Fact, FactId, FactKind};
use crate::text::words::queues as w;
use crate::text::{Field, SafeText, safe, width};

use super::canvas::{Area, Canvas};
use super::editor;
use super::key::Key;
use super::keymap::{self, Action, Context};
use super::message::ScreenId;
use super::panel;
use super::screen::Screen;
use super::shell::Shell;
use super::terms;
use super::theme::Role;

/// The letter of each kind of fact.
const LETTERS: [(char, FactKind); 6] = [
    ('n', FactKind::Need),
    ('e', FactKind::Expectation),
    ('t', FactKind::Taste),
    ('i', FactKind::Interest),
    ('a', FactKind::Attitude),
    ('b', FactKind::Biography),
];

/// A panel that ends in a fact.
pub struct Learned {
    id: ScreenId,
    customer: CustomerId,
    name: String,
    kind: Option<FactKind>,
    field: Field,
    fault: SafeText,
}

impl Learned {
    pub fn open(customer: CustomerId, name: &str, shell: &mut Shell) {
        let id = shell.new_screen();
        let (name, kind) = (name.to_owned(), None);
        let (field, fault) = (Field::new(""), SafeText::EMPTY);
        shell.push(Self { id, customer, name, kind, field, fault });
    }

    fn save(&mut self, kind: FactKind, shell: &mut Shell) {
        let fact = Fact {
            id: FactId(0),
            customer: self.customer,
            kind,
            text: self.field.text().trim().to_owned(),
            strength: 0,
            met: 0,
            source: shell.status.as_ref().map(|s| s.me.name.clone()).unwrap_or_default(),
            on: shell.today(),
        };
        match fact.validate() {
            Ok(()) => {
                shell.act(self.id, 0, Command::SaveFact(fact));
                shell.close(self.id);
            }
            Err(invalid) => {
                self.fault = crate::desk::tell::problem_in(&invalid.problem, shell.lang());
            }
        }
    }
}

impl Screen for Learned {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        if self.kind.is_some() { &[Context::Prompt] } else { &[Context::Menu] }
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say_with(w::LEARNED_TITLE, &[("who", SafeText::clean(&self.name).into())])
    }

    fn can(&self, action: Action, _shell: &Shell) -> bool {
        action != Action::Complete
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        match (action, self.kind) {
            (Action::Accept, Some(kind)) => self.save(kind, shell),
            _ => return false,
        }
        true
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        if self.kind.is_none() {
            let typed = keymap::as_bound(key).writes();
            self.kind = LETTERS.iter().find(|(c, _)| Some(*c) == typed).map(|(_, kind)| *kind);
            return;
        }
        self.fault = SafeText::EMPTY;
        editor::edit(&mut self.field, editor::seen(key, shell.dir()));
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        if self.kind.is_some() {
            self.field.insert_str(text);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let inside = panel::foot(canvas, area, 1, &self.title(shell));
        let line = inside.line(0);
        if let Some(kind) = self.kind {
            let label = safe![shell.say(terms::fact(kind)), " "];
            let used = canvas.put((line.x, line.y), line.width, &label, Role::Accent) + 1;
            let (_, room) = line.split_start(used);
            let wide = room.width.min(60);
            canvas.put_field((room.x, room.y), wide, &self.field, true);
            let (_, beside) = room.split_start(wide + 2);
            let (text, role) = if self.fault.is_empty() {
                (shell.say(w::LEARNED_HINT), Role::Dim)
            } else {
                (safe!["! ", self.fault], Role::Error)
            };
            canvas.put((beside.x, beside.y), beside.width, &text, role);
            return;
        }
        let mut x = 0;
        for (letter, kind) in LETTERS {
            let label = shell.say(terms::fact(kind));
            let wide = (width(&label) + 6) as u16;
            let parts =
                [(safe!["[", letter, "]"].ltr(), Role::Key), (safe![" ", label], Role::Text)];
            canvas.put_parts((line.x + x, line.y), line.width.saturating_sub(x), &parts);
            x += wide;
        }
    }
}
