//! The screens, as a pure program: a [`Model`], messages folded into it by [`update`], and [`draw`].
//!
//! No input or output, clock, channel or global: the session brings messages and does the effects.
//! Language, theme, keymap, zone and calendar are in the model, so that many agents with different
//! settings share one process.
//!
//! | part | what it is |
//! |---|---|
//! | [`message`], [`key`] | the traffic with the session |
//! | [`keymap`] | one table of keys; hints, help and palette come from it |
//! | [`canvas`], [`theme`] | the only writer to the terminal, in logical cells and roles |
//! | [`screen`], [`shell`] | what a screen is, and what all of them share |
//! | `table`, `form` + `sheet`, `picker`, `menu`, `panel` | the pieces screens are made of |
//! | `customers`, `profile`, `customer_form`, ... | the screens |

pub mod canvas;
mod choose;
mod customer_form;
mod customers;
mod duplicates;
mod editor;
mod erase;
mod form;
mod frame;
mod help;
mod insight;
pub mod key;
pub mod keymap;
mod learned;
mod log;
mod manage;
pub mod maturity;
mod menu;
mod merge;
pub mod message;
mod messages;
mod model;
mod offer;
mod on_customer;
mod own_fields;
mod panel;
mod picker;
mod preferences;
mod profile;
mod program;
mod queues;
mod reader;
mod say;
pub mod screen;
mod segments;
mod sheet;
pub mod shell;
mod snooze;
pub mod spoken;
mod stage_rules;
mod start_case;
mod table;
mod tag;
pub mod tell;
pub mod terms;
pub mod theme;
pub mod toast;
mod today;
mod when;
mod why;
mod win_back;
mod work;

pub use key::{Code, Key, Mouse, Size};
pub use message::{Effect, Msg, ScreenId, Slot, Stage, Ticket};
pub use model::Model;
pub use program::{draw, update};
pub use shell::Setup;
