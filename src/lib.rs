//! vafa (وفا, "loyalty"): a customer relationship manager that lives in a terminal.
//!
//! The house has floors; a room imports only rooms of floors below it (`tests/floors.rs` reads the
//! `use crate::` lines and fails on a breach).
//!
//! | floor | room | what it is |
//! |---|---|---|
//! | 0 | [`text`] | safe text, search folding, layout, numerals, calendars, the words of the screen |
//! | 0 | [`domain`] | what the business speaks of |
//! | 1 | [`insight`] | the analyses: pure functions from histories to numbers |
//! | 1 | [`store`] | ordered tables, atomic batches, change feed; engines sled and memory |
//! | 2 | [`directory`] | all customers as columns in memory |
//! | 3 | [`desk`] | the one door: every command and question of a person or a script |
//! | 4 | [`exchange`] | CSV and JSON Lines in and out |
//! | 4 | [`ui`] | the screens: model, update, draw |
//! | 5 | [`session`] | the one loop that joins a line of bytes, a desk and a ui |
//! | 6 | [`cli`] | the command line, its configuration and its environment |

pub mod cli;
pub mod desk;
pub mod directory;
pub mod domain;
pub mod exchange;
pub mod insight;
pub mod session;
pub mod store;
pub mod text;
pub mod ui;
