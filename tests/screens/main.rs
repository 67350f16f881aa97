//! The screens: before, keys, after. The desk is a script, the terminal a buffer; nothing waits.

mod cost;
mod customers;
mod frame;
mod housekeeping;
mod insight;
mod notes;
mod preferences;
mod profile;
mod segments;
mod stage;
mod work;
