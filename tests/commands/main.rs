//! The program as scripts meet it: exit status, standard output, standard error.

#![allow(clippy::unwrap_used, clippy::format_collect, clippy::print_stdout)] // helpers of tests are tests too

mod bench;
mod campaigns;
mod cases;
mod customers;
mod export;
mod housekeeping;
mod import;
mod import_bad;
mod keeping;
mod offers;
mod own_fields;
mod plan;
mod published;
mod queues;
mod records;
mod subscriptions;
mod terminal;
mod usage;
