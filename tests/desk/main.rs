//! The desk on the memory engine: every command, its refusals, and its undoing.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of tests are tests too

mod acts;
mod apart;
mod bad_input;
mod bench;
mod bought;
mod campaigns;
mod cases;
mod contracts;
mod day;
mod entry;
mod housekeeping;
mod imports;
mod learning;
mod lifecycle;
mod maturity;
mod needs;
mod own_fields;
mod permission;
mod points;
mod propositions;
mod queues;
mod reasons;
mod reports;
mod scoring;
mod scripts;
mod strategy;
