//! `vafa` without a command: the screens in this terminal.

use std::process::ExitCode;

use crate::text::words::commands as words;

use super::failure::Status;
use super::out;
use super::setup::Setup;

/// Opens the store of this setup in the terminal, made on first use.
pub fn open(setup: &Setup) -> ExitCode {
    out::complain(&[words::NO_TERMINAL.in_(setup.lang)]);
    ExitCode::from(Status::Usage as u8)
}
