//! The one place that writes to standard output: safe text, or sheets of cells. Messages and progress
//! go to standard error.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::exchange::Format;
use crate::exchange::export::sheet::{self, Sheet, Style};
use crate::text::{Phrase, SafeText};

use super::args::View;
use super::setup::Setup;
use super::table::{Heading, Table};

/// Standard output.
pub struct Out {
    inner: BufWriter<Stdout>,
    to_terminal: bool,
}

impl Default for Out {
    fn default() -> Self {
        let stdout = io::stdout();
        let to_terminal = stdout.is_terminal();
        Self { inner: BufWriter::with_capacity(64 * 1024, stdout), to_terminal }
    }
}

impl Out {
    /// Prints a line.
    pub fn line(&mut self, text: &SafeText) -> io::Result<()> {
        writeln!(self.inner, "{text}")
    }

    /// Prints an object as a line.
    pub fn object(&mut self, value: &serde_json::Value) -> io::Result<()> {
        writeln!(self.inner, "{}", sheet::json_line(value))
    }

    /// A sheet of these columns.
    pub fn sheet<'o>(
        &'o mut self,
        columns: &[Heading],
        view: View,
        setup: &'o Setup,
        decimals: u8,
    ) -> io::Result<Box<dyn Sheet + 'o>> {
        let format = match view {
            View::Csv => Format::Csv,
            View::Jsonl => Format::Jsonl,
            View::Table => {
                return Ok(Box::new(Table::new(&mut self.inner, columns, setup, decimals)));
            }
        };
        let names: Vec<String> = columns.iter().map(|c| c.name.to_owned()).collect();
        let style = Style { format, decimals, bom: false, to_terminal: self.to_terminal };
        sheet::sheet(&mut self.inner, &names, style)
    }

    /// Where an export without a file goes.
    pub fn raw(&mut self) -> (&mut dyn Write, bool) {
        (&mut self.inner, self.to_terminal)
    }

    /// Prints what is held back.
    pub fn finish(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Says something on standard error, whoever reads it.
pub fn complain(lines: &[SafeText]) {
    let mut stderr = io::stderr().lock();
    for (place, line) in lines.iter().enumerate() {
        // There is nobody left to tell when this fails.
        let _ = match place {
            0 => writeln!(stderr, "vafa: {line}"),
            _ => writeln!(stderr, "{line}"),
        };
    }
}

/// Says lines on standard error as they are.
pub fn say(lines: &[SafeText]) {
    let mut stderr = io::stderr().lock();
    for line in lines {
        let _ = writeln!(stderr, "{line}");
    }
}

/// Says something that is no error and no result: to a terminal only.
pub fn note(setup: &Setup, text: &SafeText) {
    if !setup.quiet && io::stderr().is_terminal() {
        let _ = writeln!(io::stderr(), "{text}");
    }
}

/// A progress bar on a terminal; nothing elsewhere.
pub fn bar(setup: &Setup, what: Phrase) -> ProgressBar {
    let target = if setup.quiet || setup.plain {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr_with_hz(10) // hides itself where there is no terminal
    };
    let bar = ProgressBar::with_draw_target(Some(0), target);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {percent:>3}% {eta}") {
        bar.set_style(style);
    }
    bar.set_message(what.str(setup.lang));
    bar
}
