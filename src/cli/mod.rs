//! The command line: the only reader of arguments, environment, home folder and configuration.
//!
//! Results go to standard output through [`out`], everything else to standard error. Each command is
//! a file with a `run`; what it cannot do comes back as a [`failure::Failure`] and its exit status.

mod args;
mod check;
mod config;
mod demo;
mod export;
mod failure;
mod import;
mod list;
mod log;
mod out;
mod queue;
mod reasons;
mod report;
mod score;
mod setup;
mod show;
mod table;
mod tag;
mod terminal;
mod undo;
mod visit;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use failure::Failure;
use out::Out;
use setup::Setup;

use crate::text::SafeText;

pub mod open;

/// Runs the program and returns its exit status.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version among them; a reader that has gone is no failure.
            if error.use_stderr() {
                // It repeats what was typed.
                let said = error.render().to_string();
                out::say(&SafeText::clean_lines(said.trim_end()));
            } else {
                let _ = error.print();
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut out = Out::default();
    let done = Setup::read(&cli.global).and_then(|setup| {
        let code = dispatch(cli, &setup, &mut out)?;
        out.finish().map_err(|e| Failure::output(&e, setup.lang))?;
        Ok(code)
    });
    done.unwrap_or_else(|failure| {
        let _ = out.finish();
        out::complain(&failure.words);
        ExitCode::from(failure.status as u8)
    })
}

fn dispatch(cli: Cli, setup: &Setup, out: &mut Out) -> Result<ExitCode, Failure> {
    let Some(command) = cli.command else { return Ok(terminal::open(setup)) };
    match command {
        Command::Demo(given) => return demo::run(setup, &given),
        Command::Import(given) => import::run(setup, &given, out)?,
        Command::Export(given) => export::run(setup, &given, out)?,
        Command::Find(given) => list::find(setup, &given, out)?,
        Command::List(given) => list::list(setup, &given, out)?,
        Command::Show(given) => show::run(setup, &given, out)?,
        Command::Log(given) => log::run(setup, &given, out)?,
        Command::Tag(given) => tag::run(setup, &given, tag::On::Put, out)?,
        Command::Untag(given) => tag::run(setup, &given, tag::On::Take, out)?,
        Command::Queue(given) => queue::run(setup, &given, out)?,
        Command::Score(given) => score::run(setup, &given, out)?,
        Command::Undo(given) => undo::run(setup, &given, out)?,
        Command::Check(given) => check::run(setup, &given, out)?,
        Command::Report(given) => report::run(setup, &given, out)?,
        Command::Config(given) => config::run(setup, &given, out)?,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "vafa", &mut out.raw().0);
        }
    }
    Ok(ExitCode::SUCCESS)
}
