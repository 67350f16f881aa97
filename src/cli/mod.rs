//! The command line: the only reader of arguments, environment, home folder and configuration.
//!
//! Results go to standard output through [`out`], everything else to standard error. Each command is
//! a file with a `run`; what it cannot do comes back as a [`failure::Failure`] and its exit status.

mod agent;
mod args;
mod ask;
mod backup;
mod campaign;
mod carried;
mod case;
mod check;
mod config;
mod demo;
mod duplicates;
mod erase;
mod export;
mod failure;
mod file;
mod help;
mod import;
mod lifecycle;
mod list;
mod log;
mod merge;
mod out;
mod paper;
mod plan;
mod programme;
mod queue;
mod relations;
mod report;
mod score;
mod script;
mod set;
mod setup;
mod show;
mod table;
mod tag;
mod terminal;
mod undo;
mod usage;
mod visit;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use crate::text::safe;
use args::{Cli, Command};
use failure::Failure;
use out::Out;
use setup::{Setup, Tongue};
use usage::Said;

pub mod open;

/// Runs the program and returns its exit status.
pub fn run() -> ExitCode {
    let args: Vec<OsString> = env::args_os().collect();
    let tongue = Tongue::of(&args);
    let mut out = Out::new(tongue);
    let done = usage::read(&args, tongue.lang).and_then(|said| match said {
        Said::Help(path) => explain(&path, &mut out, tongue),
        Said::Version => {
            let version = safe!["vafa ", env!("CARGO_PKG_VERSION")];
            out.line(&version).map_err(|e| Failure::output(&e, tongue.lang))
        }
        .map(|()| ExitCode::SUCCESS),
        Said::Do(cli) => {
            let setup = Setup::read(&cli.global)?;
            dispatch(*cli, &setup, &mut out)
        }
    });
    let done = done.and_then(|code| {
        out.finish().map_err(|e| Failure::output(&e, tongue.lang))?;
        Ok(code)
    });
    done.unwrap_or_else(|failure| {
        let _ = out.finish();
        out::complain(tongue, &failure);
        ExitCode::from(failure.status as u8)
    })
}

/// Prints the help of a command.
fn explain(path: &[String], out: &mut Out, tongue: Tongue) -> Result<ExitCode, Failure> {
    let paper = out.paper();
    for line in help::page(path, tongue.lang, paper) {
        out.laid(&line).map_err(|e| Failure::output(&e, tongue.lang))?;
    }
    Ok(ExitCode::SUCCESS)
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
        Command::Script(given) => script::run(setup, &given, out)?,
        Command::Log(given) => log::run(setup, &given, out)?,
        Command::Tag(given) => tag::run(setup, &given, tag::On::Put, out)?,
        Command::Untag(given) => tag::run(setup, &given, tag::On::Take, out)?,
        Command::Set(given) => set::run(setup, &given, out)?,
        Command::Duplicates(given) => duplicates::run(setup, &given, out)?,
        Command::Merge(given) => merge::run(setup, &given, out)?,
        Command::Lifecycle(given) => lifecycle::run(setup, &given, out)?,
        Command::Erase(given) => erase::run(setup, &given, out)?,
        Command::Queue(given) => queue::run(setup, &given, out)?,
        Command::Score(given) => score::run(setup, &given, out)?,
        Command::Undo(given) => undo::run(setup, &given, out)?,
        Command::Check(given) => check::run(setup, &given, out)?,
        Command::Report(given) => report::run(setup, &given, out)?,
        Command::Config(given) => config::run(setup, &given, out)?,
        Command::Backup(given) => backup::backup(setup, &given, out)?,
        Command::Restore(given) => backup::restore(setup, &given, out)?,
        Command::Agent(given) => agent::run(setup, &given, out)?,
        Command::Programme(given) => programme::run(setup, &given, out)?,
        Command::Points(given) => programme::points(setup, &given, out)?,
        Command::Case(given) => case::run(setup, &given, out)?,
        Command::Campaign(given) => campaign::run(setup, &given, out)?,
        Command::Help { command } => {
            let path = usage::named(&command, setup.lang)?;
            return explain(&path, out, setup.tongue());
        }
        Command::Man { command } => {
            let path = usage::named(&command, setup.lang)?;
            let page = help::manual(&path).map_err(|e| Failure::output(&e, setup.lang))?;
            out.raw().0.write_all(&page).map_err(|e| Failure::output(&e, setup.lang))?;
        }
        Command::Completions { shell } => {
            let mut command = help::command(setup.lang);
            clap_complete::generate(shell, &mut command, "vafa", &mut out.raw().0);
        }
    }
    Ok(ExitCode::SUCCESS)
}
