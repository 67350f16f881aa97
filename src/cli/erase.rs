//! `vafa erase`: a customer's right to be forgotten. Removes every row, writes the store anew without
//! their old values, and prints a certificate. The one command that undo does not take back.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::desk::values::Teller;
use crate::desk::{Answer, Certificate, Command, Deed, Forgotten, Mention, Question};
use crate::exchange::export::sheet::Cell;
use crate::store::StoreError;
use crate::store::sled::{OpenOptions, SledEngine, erase as write_anew, open as open_store};
use crate::text::words::housekeeping as h;
use crate::text::{SafeText, fold, safe};

use super::args::{Erase, ShowView};
use super::failure::{Failure, Status, clean};
use super::out::Out;
use super::setup::Setup;
use super::visit::Visit;
use super::{ask, file, table};

/// How often a store that is still being left is tried again, and how long is waited between.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// Opens a store; old values of those who were erased are forgotten first. How many those were.
pub fn open(folder: &Path) -> Result<(SledEngine, u64), StoreError> {
    let engine = open_store(folder, OpenOptions::default())?;
    let now = Timestamp::now();
    let Some(forgotten) = Forgotten::pending(&engine, now)? else { return Ok((engine, 0)) };
    drop(engine);
    let count = write_anew(folder, OpenOptions::default(), &|t, key| forgotten.has(t, key))?;
    let engine = open_store(folder, OpenOptions::default())?;
    forgotten.done(&engine, now)?;
    Ok((engine, count))
}

/// `vafa erase`.
pub fn run(setup: &Setup, given: &Erase, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    if let Some(path) = &given.output {
        file::may_replace(path, setup)?;
    }
    let visit = Visit::open_loaded(setup)?;
    let customer = visit.customer(&given.customer)?;
    let Answer::Profile(profile) = visit.ask(Question::Profile(customer))? else { return Ok(()) };
    let name = profile.customer.name.clone();
    let typed = match &given.name {
        Some(name) => name.clone(),
        None => {
            let question = h::TYPE_NAME.with(lang, &[("name", clean(&name))]);
            let missing = || Failure::new(Status::Usage, h::NAME_MISSING.in_(lang));
            ask::answer(setup, &question).ok_or_else(missing)?
        }
    };
    if fold(&typed) != fold(&name) {
        let words = h::OTHER_NAME.with(lang, &[("typed", clean(&typed))]);
        return Err(Failure::new(Status::Conflict, words));
    }
    let notice = visit.act(Command::Erase { customer, name: typed })?;
    let Deed::Erased(certificate) = notice.deed else { return Ok(()) };
    let spoken = visit.spoken(setup);
    drop(visit);
    let old = finish(&setup.store).map_err(|e| Failure::store(&e, lang))?;
    let lines = match given.format {
        ShowView::Jsonl => vec![object(&certificate, old).to_string()],
        ShowView::Text => {
            let lines = page(&certificate, old, &spoken);
            lines.iter().map(|line| line.plain().into_owned()).collect()
        }
    };
    match &given.output {
        Some(path) => {
            let written = file::whole(path, &mut |file| -> std::io::Result<()> {
                lines.iter().try_for_each(|line| writeln!(file, "{line}"))
            });
            written.map_err(|e| file::cannot_write(path, &e, lang))?;
            let path = [("path", clean(&path.display().to_string()))];
            out.line(&h::CERTIFICATE_IN.with(lang, &path))
        }
        None if given.format == ShowView::Jsonl => out.object(&object(&certificate, old)),
        None => page(&certificate, old, &spoken).iter().try_for_each(|line| out.line(line)),
    }
    .map_err(|e| Failure::output(&e, lang))
}

/// Opens the store once more, which forgets what is pending; what still holds it lets go soon.
fn finish(folder: &Path) -> Result<u64, StoreError> {
    let mut tries = 0;
    loop {
        match open(folder) {
            Err(StoreError::InUse { .. }) if tries < TRIES => {
                tries += 1;
                std::thread::sleep(PAUSE);
            }
            done => return done.map(|(_, count)| count),
        }
    }
}

fn object(c: &Certificate, old: u64) -> Value {
    let table = |t: &crate::store::Table| format!("{t:?}").to_lowercase();
    let rows: Map<String, Value> = c.rows.iter().map(|(t, n)| (table(t), json!(n))).collect();
    let mention = |m: &Mention| {
        json!({"customer": m.customer.0, "on": m.on.map(|day| day.to_string()),
            "in": table(&m.table)})
    };
    let mentions: Vec<Value> = c.mentions.first.iter().map(mention).collect();
    json!({"certificate": "erasure", "customer": c.customer.0, "erased_at": c.at.to_string(),
        "by": c.by, "rows": rows, "rows_total": c.total(), "old_values": old, "chain": c.chain,
        "mentions": mentions, "mentions_total": c.mentions.count,
        "not_covered": ["backups", "exports"]})
}

fn page(c: &Certificate, old: u64, setup: &Setup) -> Vec<SafeText> {
    let lang = setup.lang;
    let at = table::words(&Cell::Time(c.at), setup, 0);
    let args = [
        ("id", safe!["#", c.customer.0].ltr().into()),
        ("when", at.into()),
        ("by", clean(&c.by)),
        ("n", c.total().into()),
    ];
    let teller = Teller { agents: &[], calendar: setup.calendar, lang };
    let mut lines = vec![h::CERTIFICATE.with(lang, &args)];
    lines.extend(c.rows.iter().map(|(table, count)| {
        let args = [("what", teller.rows(*table).into()), ("n", (*count).into())];
        safe!["  ", h::SO_MANY.with(lang, &args)]
    }));
    lines.extend(teller.mentions(&c.mentions));
    lines.push(h::OLD_VALUES.with(lang, &[("n", old.into())]));
    lines.push(h::CHAIN.with(lang, &[("hash", SafeText::clean(&c.chain).ltr().into())]));
    lines.push(h::NOT_COVERED.in_(lang));
    lines
}
