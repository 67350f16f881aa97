//! The one loop that joins a line of bytes, a desk and a screen.
//!
//! A [`Line`] carries bytes to and from a terminal: the local one ([`local`]), later an SSH channel,
//! in tests a script. [`run`] is the same for all of them. Never reads the environment, and knows
//! the screens only as a [`Program`] ([`Screens`] in the product).

pub mod clipboard;
pub mod decode;
mod failure;
pub mod line;
pub mod local;
mod minute;
pub mod modes;
pub mod opening;
pub mod paper;
pub mod profile;
pub mod program;
pub mod reply;
pub mod run;
pub mod screens;
pub mod units;
pub mod work;

pub use line::{Input, Line};
pub use modes::{Modes, Wishes};
pub use opening::{Failure, Opening};
pub use profile::Profile;
pub use program::{Clock, End, Occupant, Program, Seat};
pub use run::run;
pub use screens::Screens;
pub use work::{Door, Ear};
