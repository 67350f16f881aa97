//! The command line: the only reader of arguments, environment, home folder and configuration.

pub mod open;

/// Runs the program and returns its exit status.
pub fn run() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
