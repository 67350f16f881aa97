//! Erases a customer for good, after the name was typed. What was removed is told in a certificate.

use crate::desk::values::Teller;
use crate::desk::{Certificate, Command, Deed, Notice, Refusal};
use crate::domain::CustomerId;
use crate::text::words::housekeeping as h;
use crate::text::{Field, SafeText, fold, safe};

use super::canvas::{Area, Canvas};
use super::editor;
use super::key::Key;
use super::keymap::{Action, Context};
use super::message::ScreenId;
use super::panel;
use super::reader::Reader;
use super::screen::Screen;
use super::shell::Shell;
use super::theme::Role;
use super::toast::Tone;

/// The prompt.
pub struct ErasePanel {
    id: ScreenId,
    customer: CustomerId,
    name: String,
    /// The screen that is about this customer alone and closes with it.
    over: Option<ScreenId>,
    field: Field,
}

impl ErasePanel {
    pub fn open(customer: CustomerId, name: &str, over: Option<ScreenId>, shell: &mut Shell) {
        let id = shell.new_screen();
        shell.push(Self { id, customer, name: name.to_owned(), over, field: Field::new("") });
    }
}

impl Screen for ErasePanel {
    fn id(&self) -> ScreenId {
        self.id
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Prompt]
    }

    fn fills(&self) -> bool {
        false
    }

    fn title(&self, shell: &Shell) -> SafeText {
        shell.say_with(h::ERASE_TITLE, &[("name", SafeText::clean(&self.name).isolate().into())])
    }

    fn act(&mut self, action: Action, shell: &mut Shell) -> bool {
        if action != Action::Accept {
            return false;
        }
        let name = self.field.text().to_owned();
        if fold(&name) == fold(&self.name) {
            shell.act(self.id, 0, Command::Erase { customer: self.customer, name });
        } else {
            let typed = SafeText::clean(&name).isolate();
            let text = shell.say_with(h::OTHER_NAME, &[("typed", typed.into())]);
            shell.toast(Tone::Wrong, text);
        }
        true
    }

    fn key(&mut self, key: Key, shell: &mut Shell) {
        editor::edit(&mut self.field, editor::seen(key, shell.dir()));
    }

    fn pasted(&mut self, text: &str, _shell: &mut Shell) {
        self.field.insert_str(text);
    }

    fn acted(&mut self, _part: u8, result: &Result<Notice, Refusal>, shell: &mut Shell) -> bool {
        shell.close(self.over.filter(|_| result.is_ok()).unwrap_or(self.id));
        if let Ok(Notice { deed: Deed::Erased(certificate), .. }) = result {
            Reader::open(shell.say(h::CERTIFICATE_TITLE), certified(certificate, shell), shell);
        }
        false
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shell: &Shell) {
        let inside = panel::foot(canvas, area, 1, &self.title(shell));
        canvas.tint(inside, Role::Text);
        canvas.put_field((inside.x, inside.y), inside.width, &self.field, true);
    }
}

/// The certificate, a line each.
fn certified(c: &Certificate, shell: &Shell) -> Vec<SafeText> {
    let args = [
        ("id", safe!["#", c.customer.0].ltr().into()),
        ("when", shell.when(c.at).into()),
        ("by", SafeText::clean(&c.by).isolate().into()),
        ("n", c.total().into()),
    ];
    let teller = Teller { agents: &[], calendar: shell.calendar(), lang: shell.lang() };
    let mut lines = vec![shell.say_with(h::CERTIFICATE, &args)];
    lines.extend(c.rows.iter().map(|(table, count)| {
        let args = [("what", teller.rows(*table).into()), ("n", (*count).into())];
        safe!["  ", shell.say_with(h::SO_MANY, &args)]
    }));
    lines.extend(teller.mentions(&c.mentions));
    let hash = SafeText::clean(&c.chain).ltr();
    lines.push(shell.say_with(h::CHAIN, &[("hash", hash.into())]));
    lines.push(shell.say(h::NOT_COVERED));
    lines
}
