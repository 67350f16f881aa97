//! The editor of a segment: name, rule or tag, target, note. The rule is checked as it is typed, with
//! the number and the worth of those it selects under it, and completed with Tab.

use crate::desk::{Answer, Command, Deed, Notice, Question};
use crate::domain::expression::{as_value, open_value};
use crate::domain::{Membership, Problem, Segment, SegmentId, tag_name};
use crate::text::words::{forms, segments as w, terms as t};
use crate::text::{SafeText, safe};

use super::super::form::{Entry, Form, Item};
use super::super::keymap::{Action, Context};
use super::super::message::ScreenId;
use super::super::screen::Told;
use super::super::sheet::{Save, Sheet};
use super::super::shell::Shell;
use super::super::tell;
use super::super::theme::Role;

const NAME: &str = "name";
const KIND: &str = "kind";
/// The rule, or the tag.
const BODY: &str = "expression";
const TARGET: &str = "target";
const NOTE: &str = "note";

const RULE: &str = "rule";
const TAG: &str = "tag";

/// Parts of the answers while typing.
const LOOK: u8 = 0;
const WORDS: u8 = 1;

/// The sheet of one segment.
pub struct SegmentSheet {
    /// What it was at first; id 0 for a new one.
    base: Segment,
    /// The revision it was read at; 0 for a new one.
    revision: u64,
    /// The screen that is told the name once it is saved, and by what part.
    to: (ScreenId, u8),
    is_tag: bool,
    /// What stands in the field for the other kind.
    other: String,
    /// What was looked at last: its text, and what is wrong with it.
    looked: Option<(String, Option<(SafeText, usize)>)>,
    sums: SafeText,
    members: SafeText,
    /// What Tab makes of the text before the caret, the likeliest first; what is shown of each.
    words: Vec<(String, String)>,
    /// The text before the caret those words are for.
    words_for: String,
}

impl SegmentSheet {
    /// A new rule.
    pub fn new(to: ScreenId, part: u8) -> Self {
        let membership = Membership::Rule(String::new());
        let (name, note) = (String::new(), String::new());
        let segment = Segment { id: SegmentId(0), name, membership, target: false, note };
        Self::edit(segment, 0, to, part)
    }

    /// One that is there, or a tag that is to become one.
    pub fn edit(base: Segment, revision: u64, to: ScreenId, part: u8) -> Self {
        Self {
            is_tag: matches!(base.membership, Membership::Tag(_)),
            base,
            revision,
            to: (to, part),
            other: String::new(),
            looked: None,
            sums: SafeText::EMPTY,
            members: SafeText::EMPTY,
            words: Vec::new(),
            words_for: String::new(),
        }
    }

    /// The expression that selects what is typed.
    fn expression(&self, form: &Form) -> String {
        let text = form.value(BODY).trim();
        match tag_name(text) {
            _ if !self.is_tag => text.to_owned(),
            Some(tag) => format!("tag:{}", as_value(&tag)),
            None => String::new(),
        }
    }

    /// Another kind was chosen: the field changes its meaning, and gets back what stood in it.
    fn turn(&mut self, form: &mut Form, shell: &Shell) {
        let is_tag = form.value(KIND) == TAG;
        let is_chosen = form.items.get(form.focus()).is_some_and(|i| i.name == KIND);
        if is_tag != self.is_tag && is_chosen {
            let other = std::mem::take(&mut self.other);
            form.value(BODY).clone_into(&mut self.other);
            if let Some(item) = form.item_mut(BODY) {
                item.set(&other);
                item.error = None;
                item.error_at = None;
            }
        }
        self.is_tag = is_tag;
        if let Some(item) = form.item_mut(BODY) {
            item.label = shell.say(if is_tag { w::TAG } else { w::RULE });
            item.set_code(!is_tag);
        }
    }

    /// Puts what is known under the field.
    fn show(&self, form: &mut Form, shell: &Shell) {
        let expression = self.expression(form);
        let has_focus = is_in_body(form);
        let Some(item) = form.item_mut(BODY) else { return };
        let looked = self.looked.as_ref().filter(|(text, _)| *text == expression);
        if let Some((_, Some((why, at)))) = looked {
            item.error = Some(why.clone());
            let blanks = item.value().len() - item.value().trim_start().len();
            item.error_at = Some(at + blanks);
        }
        let how = shell.say(if self.is_tag { w::HOW_TO_TAG } else { w::HOW_TO_WRITE });
        let is_empty = expression.is_empty();
        let sums = match looked {
            _ if is_empty => how,
            Some((_, None)) => self.sums.clone(),
            _ => safe!["…"],
        };
        let second = if has_focus && !self.words.is_empty() {
            let words = self.words.iter().take(12).map(|(_, word)| SafeText::clean(word).isolate());
            let words: Vec<SafeText> = words.collect();
            safe!["Tab  ", SafeText::join(&words, &safe!["  "])]
        } else if is_empty {
            SafeText::EMPTY
        } else {
            self.members.clone()
        };
        item.below = vec![(sums, Role::Text), (second, Role::Dim)];
    }

    /// What is to be asked to complete the text before the caret.
    fn ask_words(&mut self, form: &Form) -> Option<Question> {
        let head = if is_in_body(form) { head_of(form) } else { String::new() };
        if head != self.words_for {
            self.words.clear();
        }
        self.words_for.clone_from(&head);
        if head.is_empty() {
            self.words.clear();
            return None;
        }
        let field = if self.is_tag { "tag" } else { "expression" };
        Some(Question::Complete { field: field.to_owned(), start: head })
    }

    fn complete(&mut self, form: &mut Form) -> bool {
        if !is_in_body(form) || head_of(form) != self.words_for {
            return false;
        }
        let Some((text, _)) = self.words.first().cloned() else { return false };
        if let Some(Item { entry: Entry::Line(field), .. }) = form.item_mut(BODY) {
            while field.cursor() > 0 {
                field.backspace();
            }
            field.insert_str(&text);
        }
        true
    }

    fn read(&self, form: &Form, shell: &Shell) -> Result<Segment, (String, SafeText)> {
        let wrong = |problem: Problem| tell::problem_in(&problem, shell.lang());
        let text = form.value(BODY).trim();
        let membership = if self.is_tag {
            let tag = tag_name(text).ok_or_else(|| (BODY.to_owned(), wrong(Problem::Malformed)))?;
            Membership::Tag(tag)
        } else {
            Membership::Rule(text.to_owned())
        };
        Ok(Segment {
            id: self.base.id,
            name: form.value(NAME).trim().to_owned(),
            membership,
            target: form.value(TARGET) == "yes",
            note: form.value(NOTE).trim_end().to_owned(),
        })
    }
}

fn is_in_body(form: &Form) -> bool {
    form.items.get(form.focus()).is_some_and(|item| item.name == BODY)
}

/// The text before the caret.
fn head_of(form: &Form) -> String {
    let body = form.items.iter().find(|i| i.name == BODY).map(|i| &i.entry);
    let Some(Entry::Line(field)) = body else { return String::new() };
    field.text().get(..field.cursor()).unwrap_or_default().to_owned()
}

/// The text that takes the place of `head` when a word completes it, and what is shown of it. Words of
/// the desk stand for the whole text, or for its last part alone.
fn completed(head: &str, word: &str) -> (String, String) {
    let start = open_value(head).map_or_else(
        || head.rfind([' ', '(', ')', '-', '!']).map_or(0, |at| at + 1),
        |(_, value)| head.len() - value.len(),
    );
    let before = head.get(..start).unwrap_or_default();
    let Some(rest) = word.strip_prefix(before) else {
        // The last part alone, its field with it.
        let part = before.rfind([' ', '(', ')']).map_or(0, |at| at + 1);
        let kept = if open_value(head).is_some() { before.get(..part) } else { Some(before) };
        return (format!("{}{word}", kept.unwrap_or_default()), word.to_owned());
    };
    // A quote that is open already is closed, not opened again.
    let close = match before.chars().next_back() {
        Some('"') => Some('"'),
        Some('«') => Some('»'),
        _ => None,
    };
    match close {
        Some(close) => {
            let bare = rest.trim_matches('"');
            (format!("{before}{bare}{close}"), bare.to_owned())
        }
        None => (format!("{before}{rest}"), rest.to_owned()),
    }
}

impl Sheet for SegmentSheet {
    fn title(&self, shell: &Shell) -> SafeText {
        if self.base.name.is_empty() {
            return shell.say(w::NEW_TITLE);
        }
        let name = SafeText::clean(&self.base.name);
        shell.say_with(forms::EDIT_TITLE, &[("name", name.into())])
    }

    fn build(&mut self, _answer: Option<Answer>, shell: &Shell) -> Result<Form, SafeText> {
        let (kind, body) = match &self.base.membership {
            Membership::Rule(rule) => (RULE, rule),
            Membership::Tag(tag) => (TAG, tag),
        };
        let option = |key: &str, phrase| (key.to_owned(), shell.say(phrase));
        let kinds = vec![option(RULE, w::RULE), option(TAG, w::TAG)];
        let targets = vec![option("no", w::NO_TARGET), option("yes", w::YES_TARGET)];
        let target = if self.base.target { "yes" } else { "no" };
        let body = Item::line(BODY, shell.say(w::RULE), body).code().long();
        let mut form = Form::new(vec![
            Item::line(NAME, shell.say(t::NAME), &self.base.name),
            body,
            Item::choice(KIND, shell.say(t::KIND), kinds, kind),
            Item::choice(TARGET, shell.say(w::TARGET), targets, target),
            Item::note(NOTE, shell.say(t::NOTE), &self.base.note),
        ]);
        if self.base.id != SegmentId(0) {
            form.focus_named(BODY);
        }
        Ok(form)
    }

    fn check(&self, item: &Item, shell: &Shell) -> Result<(), SafeText> {
        let text = item.value().trim();
        let wrong = |problem: Problem| Err(tell::problem_in(&problem, shell.lang()));
        match item.name.as_str() {
            NAME | BODY if text.is_empty() => wrong(Problem::Empty),
            BODY if self.is_tag && tag_name(text).is_none() => wrong(Problem::Malformed),
            BODY if !self.is_tag => match &self.looked {
                Some((looked, Some((why, _)))) if looked == text => Err(why.clone()),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn command(&mut self, form: &Form, shell: &Shell) -> Result<Save, (String, SafeText)> {
        let segment = self.read(form, shell)?;
        Ok(Save::Act(Command::SaveSegment { segment, base: self.revision }))
    }

    fn slot(&self) -> Option<String> {
        Some(match (&self.base.membership, self.base.id) {
            (Membership::Tag(tag), SegmentId(0)) => format!("segment:tag:{tag}"),
            (_, id) => format!("segment:{}", id.0),
        })
    }

    fn contexts(&self, form: Option<&Form>) -> &'static [Context] {
        if !self.words.is_empty() && form.is_some_and(is_in_body) {
            return &[Context::SegmentForm, Context::Form];
        }
        &[Context::Form]
    }

    fn act(&mut self, action: Action, form: &mut Form) -> bool {
        action == Action::Complete
            && (self.complete(form) || {
                form.act(Action::NextField);
                true
            })
    }

    fn typed(&mut self, form: &mut Form, shell: &Shell) -> Vec<(u8, Question)> {
        self.turn(form, shell);
        let mut asked = Vec::new();
        let expression = self.expression(form);
        let is_new = self.looked.as_ref().is_none_or(|(text, _)| *text != expression);
        if !expression.is_empty() && is_new {
            asked.push((LOOK, Question::Look { expression, against: None }));
        }
        asked.extend(self.ask_words(form).map(|question| (WORDS, question)));
        self.show(form, shell);
        asked
    }

    fn answered(&mut self, part: u8, answer: Answer, form: &mut Form, shell: &Shell) {
        match (part, answer) {
            (LOOK, Answer::Look(look)) => {
                self.sums = super::sums(&look, shell);
                let names = look.members.iter().map(|r| SafeText::clean(&r.customer.name));
                let names: Vec<SafeText> = names.map(|name| name.isolate()).collect();
                self.members = SafeText::join(&names, &safe![", "]);
                let fault = look
                    .error
                    .as_ref()
                    .map(|error| (tell::expression_in(error, shell.lang()), error.at.start));
                self.looked = Some((look.expression, fault));
            }
            (WORDS, Answer::Complete(words)) => {
                let head = self.words_for.clone();
                self.words = if self.is_tag {
                    words.into_iter().map(|word| (word.clone(), word)).collect()
                } else {
                    words.iter().map(|word| completed(&head, word)).collect()
                };
                self.words.retain(|(text, _)| *text != head);
            }
            _ => {}
        }
        self.show(form, shell);
    }

    fn saved(&self, notice: &Notice, shell: &mut Shell) {
        if let Deed::SegmentSaved { name } = &notice.deed {
            shell.tell(self.to.0, Told { part: self.to.1, text: name.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_takes_the_place_of_what_was_begun() {
        for (head, word, text, shown) in [
            ("sta", "stage:", "stage:", "stage:"),
            ("city:Tehran sta", "stage:", "city:Tehran stage:", "stage:"),
            ("-sta", "stage:", "-stage:", "stage:"),
            ("(sta", "stage:", "(stage:", "stage:"),
            ("stage:lo", "stage:loyal", "stage:loyal", "loyal"),
            ("city:Rey stage:lo", "city:Rey stage:loyal", "city:Rey stage:loyal", "loyal"),
            // For the last part alone.
            ("city:Rey stage:lo", "stage:loyal", "city:Rey stage:loyal", "stage:loyal"),
            ("city:San", "city:\"San Jose\"", "city:\"San Jose\"", "\"San Jose\""),
            ("city:\"San J", "city:\"\"San Jose\"", "city:\"San Jose\"", "San Jose"),
            ("city:«شه", "city:«شهریار", "city:«شهریار»", "شهریار"),
        ] {
            let (text, shown) = (text.to_owned(), shown.to_owned());
            assert_eq!(completed(head, word), (text, shown), "{head} {word}");
        }
    }
}
