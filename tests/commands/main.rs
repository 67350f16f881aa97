//! The program as scripts meet it: exit status, standard output, standard error.

mod bench;
mod customers;
mod export;
mod import;
mod import_bad;
mod published;
mod usage;
