//! `vafa tag` and `vafa untag`: one gesture for all whom an expression selects.

use crate::desk::{Change, Command, Deed, Whom};
use crate::domain::tag_name;
use crate::text::words::commands as words;
use crate::text::{safe, store_line};

use super::args::Tag;
use super::failure::{Failure, clean};
use super::out::{self, Out};
use super::setup::Setup;
use super::visit::Visit;

/// Whether a tag is put on or taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Put,
    Take,
}

/// `vafa tag`, `vafa untag`.
pub fn run(setup: &Setup, given: &Tag, on: On, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let tag = tag_name(&store_line(&given.name))
        .ok_or_else(|| Failure::bad_word("NAME", "vip, not-now", &given.name, lang))?;
    let visit = Visit::open_loaded(setup)?;
    let whom = Whom::Matching { text: String::new(), expression: given.filter.clone() };
    let (change, phrase) = match on {
        On::Put => (Change::Tag(tag.clone()), words::TAGGED),
        On::Take => (Change::Untag(tag.clone()), words::UNTAGGED),
    };
    let notice = visit.act_where(Command::Change { whom, change }, &given.filter)?;
    let Deed::Changed { count, of, .. } = notice.deed else { return Ok(()) };
    let args = [("count", count.into()), ("of", of.into()), ("tag", clean(&tag))];
    let mut line = phrase.with(lang, &args);
    if notice.begun > 0 {
        line = safe![line, "; ", out::begun(notice.begun, lang)];
    }
    if count > 0 {
        let batch = [("batch", clean(&notice.gesture.to_string()))];
        line = safe![line, "; ", words::UNDO_WITH.with(lang, &batch)];
    }
    out.line(&line).map_err(|e| Failure::output(&e, lang))
}
