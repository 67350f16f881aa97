//! `vafa merge`: makes one of two customers, after showing what would come of it.

use crate::desk::values::Teller;
use crate::desk::{Answer, Command, Deed, MergePreview, Question};
use crate::domain::{MergeField, Side};
use crate::exchange::export::sheet::{Cell, Sheet};
use crate::text::words::{commands as words, housekeeping as h};
use crate::text::{SafeText, safe};

use super::args::{Merge, View};
use super::ask;
use super::failure::{Failure, Status, clean};
use super::out::Out;
use super::setup::Setup;
use super::table::Heading;
use super::visit::Visit;

const HEADINGS: &[Heading] = &[
    Heading::new("field", words::C_FIELD),
    Heading::new("keep", h::C_KEEP),
    Heading::new("gone", h::C_GONE),
    Heading::new("stays", h::C_STAYS),
];

/// `vafa merge`.
pub fn run(setup: &Setup, given: &Merge, out: &mut Out) -> Result<(), Failure> {
    let lang = setup.lang;
    let output = |e: std::io::Error| Failure::output(&e, lang);
    let taken = given.take.iter().map(|name| {
        MergeField::parse(name.trim()).ok_or_else(|| {
            Failure::bad_word("--take", "name, city, owner, stage, field.NAME, ...", name, lang)
        })
    });
    let taken = taken.collect::<Result<Vec<_>, _>>()?;
    let visit = Visit::open_loaded(setup)?;
    let (keep, gone) = (visit.customer(&given.keep)?, visit.customer(&given.gone)?);
    let Answer::Merge(preview) = visit.ask(Question::Merge { keep, gone })? else { return Ok(()) };
    let usual = preview.differences.iter().filter(|d| d.side == Side::Gone);
    let take: Vec<MergeField> = taken.into_iter().chain(usual.map(|d| d.field.clone())).collect();
    let setup = &visit.spoken(setup);
    if !preview.differences.is_empty() {
        let mut sheet =
            out.sheet(HEADINGS, View::Table, setup, visit.decimals()).map_err(output)?;
        show(&preview, &take, &mut *sheet, &visit, setup).map_err(output)?;
    }
    out.line(&moving(&preview, &visit, setup)).map_err(output)?;
    if given.dry_run {
        return Ok(());
    }
    out.flush().map_err(output)?;
    let names = [("gone", clean(&preview.gone.name)), ("keep", clean(&preview.keep.name))];
    if ask::agreed(setup, &h::MERGE_ASK.with(lang, &names)) != Some(true) {
        return Err(Failure::new(Status::Conflict, h::NOT_MERGED.in_(lang)));
    }
    let base = Some((preview.keep_revision, preview.gone_revision));
    let notice = visit.act(Command::Merge { keep, gone, take: Some(take), base })?;
    let Deed::Merged { name, gone_name, rows, .. } = notice.deed else { return Ok(()) };
    let args = [("name", clean(&name)), ("gone", clean(&gone_name)), ("n", rows.into())];
    let batch = [("batch", clean(&notice.gesture.to_string()))];
    let line = safe![h::MERGED.with(lang, &args), "; ", words::UNDO_WITH.with(lang, &batch)];
    out.line(&line).map_err(output)
}

fn show(
    preview: &MergePreview,
    take: &[MergeField],
    sheet: &mut dyn Sheet,
    visit: &Visit,
    setup: &Setup,
) -> std::io::Result<()> {
    let teller = teller(visit, setup);
    for difference in &preview.differences {
        let field = &difference.field;
        let (mine, theirs) =
            (teller.value(&preview.keep, field), teller.value(&preview.gone, field));
        let stays = if take.contains(field) { &theirs } else { &mine };
        let stays = stays.clone();
        let cell = |words: SafeText| Cell::Data(serde_json::Value::Null, words);
        sheet.row(&[cell(teller.title(field)), cell(mine), cell(theirs), cell(stays)])?;
    }
    sheet.finish()
}

/// How many rows of what go over.
fn moving(preview: &MergePreview, visit: &Visit, setup: &Setup) -> SafeText {
    let names = [("gone", clean(&preview.gone.name)), ("keep", clean(&preview.keep.name))];
    if preview.rows.is_empty() {
        return h::NOTHING_MOVES.with(setup.lang, &names);
    }
    let teller = teller(visit, setup);
    let rows = preview.rows.iter().map(|(table, count)| {
        let args = [("what", teller.rows(*table).into()), ("n", (*count).into())];
        h::SO_MANY.with(setup.lang, &args)
    });
    let rows = SafeText::join(&rows.collect::<Vec<_>>(), &crate::desk::tell::comma(setup.lang));
    let [gone, keep] = names;
    h::MOVES.with(setup.lang, &[gone, keep, ("rows", rows.into())])
}

fn teller<'v>(visit: &'v Visit, setup: &Setup) -> Teller<'v> {
    Teller { agents: &visit.status.agents, calendar: setup.calendar, lang: setup.lang }
}
