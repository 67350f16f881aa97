//! Putting a customer off: an hour, tomorrow, the week's first day, or a date.

use jiff::civil::{Weekday, time};
use jiff::{Timestamp, ToSpan};

use crate::desk::{Command, TaskChange};
use crate::domain::{CampaignId, CustomerId, QueueKind, TaskId};
use crate::text::words::queues as w;
use crate::text::{SafeText, WeekStart, weekday};

use super::choose::Line;
use super::menu::{Letter, Menu};
use super::message::ScreenId;
use super::screen::Told;
use super::shell::Shell;
use super::toast::Tone;
use super::when::moment;

/// What was asked for; screens number their own parts below.
const UNTIL: u8 = 40;
const DATE: u8 = 41;

/// When the day's work begins.
const MORNING: jiff::civil::Time = time(9, 0, 0, 0);

/// Asks until when.
pub fn ask(screen: ScreenId, name: &str, shell: &mut Shell) {
    let letters = vec![
        Letter::new('h', "hour", shell.say(w::SNOOZE_HOUR)),
        Letter::new('t', "tomorrow", next_day(shell)),
        Letter::new('m', "week", shell.say(w::SNOOZE_WEEK)),
        Letter::new('/', "date", shell.say(w::SNOOZE_DATE)),
    ];
    let title = shell.say_with(w::SNOOZE_TITLE, &[("who", SafeText::clean(name).into())]);
    Menu::open(screen, UNTIL, title, letters, shell);
}

/// What came of asking.
pub enum Until {
    At(Timestamp),
    /// It was asked here, and is not known yet.
    Asking,
    /// It was not asked here.
    Another,
}

/// Goes on with what was chosen or typed.
pub fn until(screen: ScreenId, told: &Told, shell: &mut Shell) -> Until {
    let found = match told.part {
        UNTIL if told.text == "date" => {
            let title = shell.say(w::SNOOZE_WHEN);
            Line::open(screen, DATE, title, "", shell);
            None
        }
        UNTIL => end(&told.text, shell),
        DATE => match moment(&told.text, shell) {
            Ok(until) => Some(until),
            Err(error) => {
                let words = error.words(shell.calendar(), shell.lang());
                shell.toast(Tone::Wrong, words);
                // What was typed stays to be mended.
                let title = shell.say(w::SNOOZE_WHEN);
                Line::open(screen, DATE, title, &told.text, shell);
                None
            }
        },
        _ => return Until::Another,
    };
    found.map_or(Until::Asking, Until::At)
}

/// Goes on with what was chosen; false when it was not asked here.
pub fn told(
    screen: ScreenId,
    (queue, campaign): (QueueKind, Option<CampaignId>),
    (customer, task): (CustomerId, Option<TaskId>),
    told: &Told,
    shell: &mut Shell,
) -> bool {
    let until = match self::until(screen, told, shell) {
        Until::At(until) => Some(until),
        Until::Asking => None,
        Until::Another => return false,
    };
    if let Some(until) = until {
        // A promise is moved, a proposal put off.
        let command = match task {
            Some(task) => Command::ChangeTask { task, change: TaskChange::Move(until) },
            None => {
                let (customers, reason) = (vec![customer], String::new());
                Command::PutOff { queue, campaign, customers, until, reason }
            }
        };
        shell.act(screen, 0, command);
    }
    true
}

/// Tomorrow, or the working day that comes instead, by its name.
fn next_day(shell: &Shell) -> SafeText {
    let tomorrow = shell.civil().date().tomorrow().unwrap_or(shell.civil().date());
    let day = shell.working_day(tomorrow);
    if day == tomorrow {
        return shell.say(w::SNOOZE_TOMORROW);
    }
    let args = [
        ("day", weekday(day, shell.lang()).into()),
        ("why", shell.day_off(tomorrow).unwrap_or_default().into()),
    ];
    shell.say_with(w::SNOOZE_WORKING, &args)
}

/// The end of a snooze, on the agent's wall clock.
fn end(name: &str, shell: &Shell) -> Option<Timestamp> {
    if name == "hour" {
        return shell.now.checked_add(1.hours()).ok();
    }
    let today = shell.civil().date();
    let day = match name {
        "tomorrow" => today.tomorrow().ok()?,
        _ => {
            let first = match shell.week() {
                WeekStart::Saturday => Weekday::Saturday,
                WeekStart::Monday => Weekday::Monday,
            };
            today.nth_weekday(1, first).ok()?
        }
    };
    let day = shell.working_day(day);
    day.to_datetime(MORNING).to_zoned(shell.zone().clone()).ok().map(|z| z.timestamp())
}
