//! The menus of the list: order, columns, and changes of all that are marked.

use crate::desk::{Change, Command};
use crate::directory::{Sort, SortField};
use crate::domain::{AgentId, OwnFieldKind, Stage};
use crate::text::words::{customers as w, forms, terms as t};
use crate::text::{Phrase, SafeText};

use super::super::choose::{Choose, Line};
use super::super::menu::{Letter, Menu};
use super::super::message::ScreenId;
use super::super::on_customer::{self, name_of};
use super::super::own_fields;
use super::super::picker::Choice;
use super::super::screen::{Target, Told};
use super::super::shell::Shell;
use super::super::tag::TagPanel;
use super::super::terms;
use super::super::toast::Tone;
use super::columns;

pub const SORT: u8 = 10;
pub const COLUMNS: u8 = 11;
const CHANGE: u8 = 12;
const STAGE: u8 = 13;
const OWNER: u8 = 14;
const SOURCE: u8 = 15;
const NO_CALL: u8 = 16;
const FIELD: u8 = 17;
const OWN: u8 = 18;
/// And the code of the stage that was chosen.
const REASON: u8 = 100;
/// And the place of the own field that was chosen; parts end below 200.
const VALUE: u8 = 120;
const MOST_FIELDS: u8 = 80;

/// Letter, machine name, words, field, and whether the largest comes first.
type Order = (char, &'static str, Phrase, SortField, bool);

const ORDERS: &[Order] = &[
    ('b', "best", w::BEST, SortField::Best, false),
    ('n', "name", t::NAME, SortField::Name, false),
    ('c', "city", t::CITY, SortField::City, false),
    ('s', "stage", t::STAGE, SortField::Stage, false),
    ('l', "last_purchase", w::LAST, SortField::LastPurchase, true),
    ('k', "last_contact", w::CONTACT, SortField::LastContact, true),
    ('p', "purchases", w::PURCHASES, SortField::Purchases, true),
    ('m', "spent", w::SPENT, SortField::Spent, true),
    ('v', "value", w::VALUE, SortField::Value, true),
    ('r', "risk", w::RISK, SortField::Risk, true),
    ('w', "saves", w::SAVES, SortField::Saves, true),
    ('d', "leave", w::LEAVE, SortField::Leave, false),
    ('j', "joined", t::JOINED, SortField::Joined, true),
    ('a', "birth_date", t::BIRTH_DATE, SortField::Birth, false),
    ('i', "id", w::ORDER, SortField::Id, false),
];

/// The words of an order, for the head of its column.
pub fn order_name(sort: Sort) -> Option<&'static str> {
    ORDERS.iter().find(|o| o.3 == sort.field).map(|o| o.1)
}

/// Asks for an order.
pub fn ask_sort(screen: ScreenId, _now: Sort, shell: &mut Shell) {
    let letters = ORDERS.iter().map(|o| Letter::new(o.0, o.1, shell.say(o.2))).collect::<Vec<_>>();
    let title = shell.say(w::SORT_TITLE);
    Menu::open(screen, SORT, title, letters, shell);
}

/// The order of a machine name; asked for again it is turned round.
pub fn sort_of(name: &str, now: Sort) -> Sort {
    let Some(order) = ORDERS.iter().find(|o| o.1 == name) else { return now };
    let descending = if order.3 == now.field { !now.descending } else { order.4 };
    Sort { field: order.3, descending }
}

/// Asks which columns are shown.
pub fn ask_columns(screen: ScreenId, shell: &mut Shell) {
    let chosen = shell.preferences().map(|p| p.columns.clone()).unwrap_or_default();
    let choices = columns::all(&chosen)
        .map(|(name, title, on)| Choice { on: Some(on), ..Choice::new(name, shell.say(title)) })
        .collect();
    let title = shell.say(w::COLUMNS_TITLE);
    Choose::several(screen, COLUMNS, title, choices, shell);
}

/// Keeps the columns with the agent.
pub fn keep_columns(screen: ScreenId, names: &str, shell: &mut Shell) {
    let Some(mut preferences) = shell.preferences().cloned() else { return };
    preferences.columns = names.split(',').filter(|n| !n.is_empty()).map(str::to_owned).collect();
    shell.act(screen, on_customer::PART, Command::SavePreferences(preferences));
}

/// Asks what to change of those meant.
pub fn ask_change(screen: ScreenId, target: &Target, shell: &mut Shell) {
    let rows = [
        ('t', "tag", w::BULK_TAG),
        ('u', "untag", w::BULK_UNTAG),
        ('s', "stage", w::BULK_STAGE),
        ('o', "owner", w::BULK_OWNER),
        ('r', "source", w::BULK_SOURCE),
        ('d', "no_call", w::BULK_NO_CALL),
        ('c', "call", w::BULK_CALL),
        ('m', "consent", w::BULK_CONSENT),
        ('n', "refused", w::BULK_REFUSED),
        ('f', "field", w::BULK_FIELD),
    ];
    let letters = rows.iter().map(|(c, key, p)| Letter::new(*c, key, shell.say(*p))).collect();
    let title = shell.say_with(w::BULK_TITLE, &[("who", name_of(target, shell).into())]);
    Menu::open(screen, CHANGE, title, letters, shell);
}

/// Goes on with what was chosen: asks for the value, or does the change.
pub fn told(screen: ScreenId, target: &Target, told: &Told, shell: &mut Shell) {
    let text = told.text.trim();
    let change = match told.part {
        COLUMNS => return keep_columns(screen, text, shell),
        CHANGE => return chosen(screen, target, text, shell),
        STAGE => {
            let Some(stage) = Stage::parse(text) else { return };
            let part = REASON + stage.code();
            return Line::open(screen, part, shell.say(w::STAGE_REASON), "", shell);
        }
        OWN => return own_value(screen, text, shell),
        part if part >= VALUE => {
            let field = own_fields::defined(shell).into_iter().nth(usize::from(part - VALUE));
            let Some(field) = field else { return };
            match own_fields::kept(&field, text, shell) {
                Ok(value) => Some(Change::Field(field.name, value)),
                Err(why) => return shell.toast(Tone::Wrong, why),
            }
        }
        part if part >= REASON => Stage::from_code(part - REASON).map(|stage| match text {
            "" => Change::Stage(stage),
            reason => Change::Moved(stage, reason.to_owned()),
        }),
        OWNER => text.parse().ok().map(|id: u64| Change::Owner((id > 0).then_some(AgentId(id)))),
        SOURCE => Some(Change::Source(text.to_owned())),
        NO_CALL => Some(Change::do_not_call(text)),
        FIELD => text
            .split_once('=')
            .map(|(name, value)| Change::Field(name.trim().to_owned(), value.trim().to_owned())),
        _ => None,
    };
    if let Some(change) = change {
        on_customer::change(screen, target, change, shell);
    }
}

fn chosen(screen: ScreenId, target: &Target, what: &str, shell: &mut Shell) {
    let title = |phrase: Phrase, shell: &Shell| shell.say(phrase);
    let done = match what {
        "tag" => return TagPanel::open(screen, target.clone(), shell),
        "untag" => return TagPanel::open_untag(screen, target.clone(), shell),
        "stage" => {
            let stages = Stage::ALL.iter();
            let choices =
                stages.map(|s| Choice::new(s.name(), shell.say(terms::stage(*s)))).collect();
            return Choose::one(screen, STAGE, title(w::BULK_STAGE, shell), choices, shell);
        }
        "owner" => {
            let choices = owners(shell);
            return Choose::one(screen, OWNER, title(w::BULK_OWNER, shell), choices, shell);
        }
        "source" => return Line::open(screen, SOURCE, title(w::BULK_SOURCE, shell), "", shell),
        "no_call" => {
            return Line::open(screen, NO_CALL, title(w::NO_CALL_REASON, shell), "", shell);
        }
        "field" if !own_fields::defined(shell).is_empty() => {
            let mut choices = own_fields::choices(shell);
            choices.truncate(usize::from(MOST_FIELDS));
            choices.push(Choice::new("", title(w::OTHER_FIELD, shell)));
            return Choose::one(screen, OWN, title(w::BULK_FIELD, shell), choices, shell);
        }
        "field" => return Line::open(screen, FIELD, title(w::FIELD_TITLE, shell), "", shell),
        "call" => Change::DoNotCall(None),
        "consent" => Change::Marketing(Some(true)),
        "refused" => Change::Marketing(Some(false)),
        _ => return,
    };
    on_customer::change(screen, target, done, shell);
}

/// Asks for the value of the own field that was chosen; of another one, for its name too.
fn own_value(screen: ScreenId, place: &str, shell: &mut Shell) {
    let field = |at: u8| own_fields::defined(shell).into_iter().nth(usize::from(at));
    let chosen = place.parse().ok().and_then(|at: u8| Some((at, field(at)?)));
    let Some((at, field)) = chosen else {
        let title = shell.say(w::FIELD_TITLE);
        return Line::open(screen, FIELD, title, "", shell);
    };
    let title = SafeText::clean(&field.name);
    if field.kind == OwnFieldKind::Choice {
        let choices = field.choices.iter();
        let choices = choices.map(|c| Choice::new(c, SafeText::clean(c).isolate())).collect();
        return Choose::one(screen, VALUE + at, title, choices, shell);
    }
    Line::open(screen, VALUE + at, title, "", shell);
}

/// Everybody a customer can be given to; `0` is nobody.
pub fn owners(shell: &Shell) -> Vec<Choice> {
    let nobody = Choice::new("0", shell.say(forms::NOBODY_OWNS));
    let agents = shell.status.as_ref().map(|s| s.agents.clone());
    let agents = agents.iter().flat_map(|a| a.iter()).filter(|a| !a.disabled && a.id.0 > 0);
    let named =
        agents.map(|a| Choice::new(&a.id.0.to_string(), SafeText::clean(&a.name).isolate()));
    std::iter::once(nobody).chain(named).collect()
}
