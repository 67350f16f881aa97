//! Safe text, search folding, layout of mixed scripts, numerals, calendars and the words of the screen.
//!
//! This room alone measures, cuts, sanitises, folds and lays out text. No other room calls a width
//! function or builds a line from text that came from data or a person. It never reads a clock, a
//! store or a setting: language, calendar and today are arguments.

mod amount;
pub mod date;
pub mod digits;
#[cfg(test)]
mod escapes;
pub mod field;
pub mod fold;
mod holidays;
pub mod identity;
mod keyboard;
mod lang;
pub mod layout;
pub mod number;
mod os_error;
mod parse_date;
pub mod phone;
mod safe;
mod sanitise;
mod shape;
mod skeleton;
mod sort;
#[cfg(test)]
mod tables;
mod terminal;
mod truth;
pub mod words;

pub use amount::{SpokenAmount, spoken_amount};
pub use date::{Calendar, WeekStart, clock, date, day_month, month_name, month_year, weekday};
pub use digits::{ascii_digit, ascii_number, digits};
pub use field::Field;
pub use fold::{fold, fold_into};
pub use holidays::Holidays;
pub use keyboard::swap_layout;
pub use lang::{Dir, Lang};
pub use layout::{Align, Cell, Laid, layout, layout_logical, width, wrap};
pub use number::{
    ago, ahead, decimal, money, number, percent, short_number, short_number_in, toman, ungrouped,
};
pub use os_error::{os_error, os_error_of};
pub use parse_date::{DateError, parse_date, parse_when};
pub(crate) use safe::safe;
pub use safe::{SafePart, SafeText};
pub use sanitise::{store_line, store_note};
pub use skeleton::skeleton;
pub use sort::{sort_key, sort_key_into};
pub use terminal::{Bidi, prepare_for_kitty};
pub use truth::truth;
pub use words::{Arg, Phrase};
