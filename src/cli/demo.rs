//! `vafa demo`: a throwaway store of believable data.

use std::process::ExitCode;

use super::args::Demo;
use super::failure::{Failure, Status, clean};
use super::setup::Setup;
use crate::text::words::commands as words;

/// `vafa demo`.
pub fn run(setup: &Setup, given: &Demo) -> Result<ExitCode, Failure> {
    let _ = (given.customers, given.seed, given.only_make);
    let what = [("what", clean("demo"))];
    Err(Failure::new(Status::Usage, words::NOT_YET.with(setup.lang, &what)))
}
