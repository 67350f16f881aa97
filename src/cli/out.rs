//! The one place that writes to standard output: safe text, or sheets of cells. Messages and progress
//! go to standard error.

use std::io::{self, BufWriter, Stdout, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::exchange::Format;
use crate::exchange::export::sheet::{self, Sheet, Style};
use crate::text::words::deeds;
use crate::text::{Lang, Phrase, SafeText, safe};

use super::args::View;
use super::failure::Failure;
use super::paper::{self, Paper};
use super::setup::{Setup, Tongue};
use super::table::{Heading, Table};

/// Standard output.
pub struct Out {
    inner: BufWriter<Stdout>,
    paper: Paper,
}

impl Out {
    /// Standard output as the page it is.
    pub fn new(tongue: Tongue) -> Self {
        let stdout = io::stdout();
        let paper = Paper::of(&stdout, tongue.lang, tongue.bidi);
        Self { inner: BufWriter::with_capacity(64 * 1024, stdout), paper }
    }

    /// Prints a text, on as many lines as the page needs for it.
    pub fn line(&mut self, text: &SafeText) -> io::Result<()> {
        self.paper.lines(text).iter().try_for_each(|line| paper::write(&mut self.inner, line))
    }

    /// Prints a line that was laid out on this page.
    pub fn laid(&mut self, line: &str) -> io::Result<()> {
        paper::write(&mut self.inner, line)
    }

    /// The page.
    pub fn paper(&self) -> Paper {
        self.paper
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
                let paper = self.paper;
                return Ok(Box::new(Table::new(&mut self.inner, paper, columns, setup, decimals)));
            }
        };
        let names: Vec<String> = columns.iter().map(|c| c.name.to_owned()).collect();
        let style = Style { format, decimals, bom: false, to_terminal: self.paper.is_terminal };
        sheet::sheet(&mut self.inner, &names, style)
    }

    /// Where an export without a file goes.
    pub fn raw(&mut self) -> (&mut dyn Write, bool) {
        (&mut self.inner, self.paper.is_terminal)
    }

    /// Prints what is held back so far, before something is asked.
    pub fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }

    /// Prints what is held back.
    pub fn finish(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Says on standard error why there is no result.
pub fn complain(tongue: Tongue, failure: &Failure) {
    let paper = Paper::of(&io::stderr(), tongue.lang, tongue.bidi);
    let mut lines = Vec::new();
    for (place, text) in failure.words.iter().enumerate() {
        let head = if place == 0 { safe!["vafa: ", text] } else { text.clone() };
        lines.extend(paper.lines(&head));
        if let Some((text, at)) = failure.pointed.as_ref().filter(|_| place == 0) {
            lines.extend(paper.pointed(text, at));
        }
    }
    put(&lines);
}

/// Says one thing on standard error, whoever reads it.
pub fn say(tongue: Tongue, text: &SafeText) {
    let paper = Paper::of(&io::stderr(), tongue.lang, tongue.bidi);
    put(&paper.lines(&safe!["vafa: ", text]));
}

/// Says on standard error what may be wrong, whoever reads it.
pub fn warn(tongue: Tongue, words: &[SafeText]) {
    let paper = Paper::of(&io::stderr(), tongue.lang, tongue.bidi);
    let lines = words.iter().flat_map(|text| paper.lines(text));
    put(&lines.collect::<Vec<_>>());
}

/// How many cases began by an act.
pub fn begun(count: usize, lang: Lang) -> SafeText {
    deeds::CASES_BEGUN.with(lang, &[("n", count.into())])
}

/// Says something that is no error and no result: to a terminal only.
pub fn note(setup: &Setup, text: &SafeText) {
    let paper = Paper::of(&io::stderr(), setup.lang, setup.bidi);
    if !setup.quiet && paper.is_terminal {
        put(&paper.lines(text));
    }
}

fn put(lines: &[String]) {
    let mut stderr = io::stderr().lock();
    for line in lines {
        // There is nobody left to tell when this fails.
        let _ = paper::write(&mut stderr, line);
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
    let paper = Paper::of(&io::stderr(), setup.lang, setup.bidi);
    bar.set_message(paper.word(&what.in_(setup.lang)));
    bar
}
