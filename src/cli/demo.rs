//! `vafa demo`: a throwaway store of believable data, made in a temporary folder and opened there.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::args::Demo;
use super::failure::{Failure, Status, clean};
use super::out;
use super::setup::{Setup, has_something};
use super::{terminal, visit};
use crate::desk::{Command, Desk, Refusal, Who};
use crate::domain::{Day, Language};
use crate::exchange::sample::{Recipe, fill, follow_up, make};
use crate::store::sled::{OpenOptions, open};
use crate::text::Lang;
use crate::text::words::commands as words;

/// `vafa demo`.
pub fn run(setup: &Setup, given: &Demo) -> Result<ExitCode, Failure> {
    let (folder, throwaway) = folder(setup, given)?;
    let made = fill_store(setup, given, &folder);
    let code = match made {
        Ok(()) if given.only_make => Ok(ExitCode::SUCCESS),
        Ok(()) => Ok(terminal::show(setup, folder.clone(), |_| Ok(()))),
        Err(failure) => Err(failure),
    };
    if throwaway {
        // Nobody is meant to come back to it; what cannot be removed the system clears away.
        let _ = std::fs::remove_dir_all(&folder);
    }
    code
}

/// The folder named with --store if it is empty, else a new one; true when it is thrown away again.
fn folder(setup: &Setup, given: &Demo) -> Result<(PathBuf, bool), Failure> {
    if given.only_make {
        if has_something(&setup.store) {
            let path = [("path", clean(&setup.store.display().to_string()))];
            let words = words::NOT_EMPTY.with(setup.lang, &path);
            return Err(Failure::new(Status::Usage, words));
        }
        return Ok((setup.store.clone(), false));
    }
    let name = format!("vafa-demo-{}", std::process::id());
    Ok((std::env::temp_dir().join(name), true))
}

fn fill_store(setup: &Setup, given: &Demo, folder: &std::path::Path) -> Result<(), Failure> {
    let now = Timestamp::now();
    let refused = |refusal: Refusal| Failure::refused(&refusal, "", setup.lang);
    let engine =
        open(folder, OpenOptions::default()).map_err(|e| Failure::store(&e, setup.lang))?;
    let desk = Desk::open(Arc::new(engine), now).map_err(refused)?;
    let agent = visit::person(&desk, &setup.agent, now).map_err(refused)?;
    let who = Who { agent, now };
    let lang = match setup.lang {
        Lang::En => Language::English,
        Lang::Fa => Language::Persian,
    };
    let today = Day::of(now.to_zoned(setup.zone.clone()).date());
    let recipe = Recipe { customers: given.customers.max(1), seed: given.seed, lang, today };
    let bar = out::bar(setup, words::MAKING);
    let done = fill(&desk, &who, make(recipe), &mut |loading| {
        bar.set_length(loading.of as u64);
        bar.set_position(loading.done as u64);
    });
    bar.finish_and_clear();
    done.map_err(refused)?;
    desk.wait_loaded(&mut |_| {}).map_err(refused)?;
    match desk.act(&who, Command::Fit { as_of: None, horizon_weeks: None, model: None }) {
        Ok(_) | Err(Refusal::NotEnough { .. }) => {}
        Err(refusal) => return Err(refused(refusal)),
    }
    desk.act(&who, Command::Lifecycle).map_err(refused)?;
    follow_up(&desk, &who, lang).map_err(refused)?;
    desk.close_down();
    leave(desk);
    Ok(())
}

/// Closes the store in this thread, once nothing in the background has it any more: it is opened again
/// at once, and whoever drops a desk last closes its store.
fn leave(desk: Arc<Desk>) {
    const MOMENT: Duration = Duration::from_millis(5);
    const MOST: u32 = 12_000;
    // What was begun a moment ago may not have taken hold of it yet.
    let mut alone = 0;
    for _ in 0..MOST {
        alone = if Arc::strong_count(&desk) == 1 { alone + 1 } else { 0 };
        if alone > 2 {
            break;
        }
        std::thread::sleep(MOMENT);
    }
    drop(desk);
}
