//! `vafa check`: reads the whole store. Never changes anything.

use crate::store::sled::{OpenOptions, open};
use crate::store::{Depth, check};
use crate::text::safe;
use crate::text::words::commands as words;

use super::args::Check;
use super::failure::{Failure, Status, clean};
use super::out::{self, Out};
use super::setup::Setup;

/// Findings listed; all are counted.
const MOST_LISTED: usize = 20;

/// `vafa check`.
pub fn run(setup: &Setup, given: &Check, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    if !setup.store_is_there() {
        let path = [("path", clean(&setup.store.display().to_string()))];
        return Err(Failure::new(Status::NotFound, words::NO_STORE.with(lang, &path)));
    }
    let engine =
        open(&setup.store, OpenOptions::default()).map_err(|e| Failure::store(&e, lang))?;
    let bar = out::bar(setup, words::CHECKING);
    let depth = if given.deep { Depth::Deep } else { Depth::Rows };
    let report = check(&engine, depth, &mut |rows| bar.set_position(rows));
    bar.finish_and_clear();
    let report = report.map_err(|e| Failure::store(&e, lang))?;
    if !report.is_sound() {
        let count = [("count", report.findings.len().into())];
        let mut lines = vec![words::UNSOUND.with(lang, &count)];
        let listed = report.findings.iter().take(MOST_LISTED);
        lines.extend(listed.map(|f| safe!["  ", f.words(lang)]));
        return Err(Failure::of(Status::Damaged, lines));
    }
    let rows: u64 = report.rows.values().sum();
    let args = [("rows", rows.into()), ("changes", report.head.into())];
    out.line(&words::SOUND.with(lang, &args)).map_err(|e| Failure::output(&e, lang))
}
