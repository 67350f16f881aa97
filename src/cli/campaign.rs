//! `vafa campaign`: how campaigns stand, whom one would have called now, started and stopped.

use crate::desk::tell::{campaign as told, comma};
use crate::desk::{Answer, CampaignRow, Command, Hold, Question, QueuePage, Refusal};
use crate::domain::{Campaign, CampaignId, CampaignState, Definition, DefinitionKind};
use crate::exchange::export::queue::cells;
use crate::exchange::export::sheet::Cell;
use crate::text::words::campaigns as w;
use crate::text::words::commands as words;
use crate::text::{SafeText, safe};
use crate::ui::terms;

use super::args::{CampaignAction, Campaigns, View};
use super::failure::{Failure, Status, clean};
use super::out::{self, Out};
use super::queue::in_words;
use super::setup::Setup;
use super::table::{self, Heading};
use super::visit::Visit;

/// Rows asked for at a time.
const WINDOW: usize = 500;

const LIST: &[Heading] = &[
    Heading::new("campaign", words::C_CAMPAIGN),
    Heading::new("state", words::C_STATE),
    Heading::new("kind", words::C_KIND).spare(),
    Heading::new("team", words::C_TEAM).spare(),
    Heading::new("members", words::C_N),
    Heading::new("ready", words::C_READY),
    Heading::new("worth", words::C_WORTH),
    Heading::new("calls_today", words::C_TODAY),
    Heading::new("called", words::C_CALLED),
    Heading::new("spent", words::C_COST),
    Heading::new("budget", words::C_BUDGET).spare(),
    Heading::new("stopped", words::C_STOPPED).spare(),
    Heading::new("held", words::C_HELD).spare(),
];

/// `vafa campaign`.
pub fn run(setup: &Setup, given: &Campaigns, out: &mut Out) -> Result<(), Failure> {
    let visit = Visit::open_loaded(setup)?;
    let setup = &visit.spoken(setup);
    match &given.action {
        CampaignAction::List { format } => list(&visit, *format, setup, out),
        CampaignAction::Queue { name, limit, format } => {
            let campaign = named(&visit, name, setup)?.0;
            queue(&visit, &campaign, *limit, *format, setup, out)
        }
        CampaignAction::Start { name } => turn(&visit, name, CampaignState::Running, setup, out),
        CampaignAction::Pause { name } => turn(&visit, name, CampaignState::Paused, setup, out),
        CampaignAction::End { name } => turn(&visit, name, CampaignState::Ended, setup, out),
    }
}

/// The campaign of this name and its revision.
pub fn named(visit: &Visit, name: &str, setup: &Setup) -> Result<(Campaign, u64), Failure> {
    let found = visit.plans()?.definitions.named(DefinitionKind::Campaign, name);
    if let Some(kept) = found
        && let Definition::Campaign(campaign) = kept.record
    {
        return Ok((campaign, kept.revision));
    }
    let args = [("what", words::C_CAMPAIGN.in_(setup.lang).into()), ("name", clean(name))];
    Err(Failure::new(Status::NotFound, words::NOT_FOUND.with(setup.lang, &args)))
}

/// Says on standard error why a campaign may not call, and when it may.
pub fn refused(refusal: &Refusal, visit: &Visit, setup: &Setup) -> Failure {
    let lang = setup.lang;
    let hint = || words::DESPITE_HINT.in_(lang);
    let may = visit.who.agent.role >= crate::domain::Role::Supervisor;
    let mut failure = Failure::refused(refusal, "", lang);
    if let Refusal::Forbidden { name, campaign, bans } = refusal {
        let when = |at| table::words(&Cell::Time(at), setup, 0);
        let bans: Vec<SafeText> =
            bans.iter().map(|ban| told::ban_until(*ban, &when, lang)).collect();
        failure.words = vec![told::forbidden(name, campaign, &bans, lang)];
    }
    if may && matches!(refusal, Refusal::Forbidden { .. } | Refusal::DoNotCall { .. }) {
        failure.words.push(hint());
    }
    failure
}

fn list(visit: &Visit, format: View, setup: &Setup, out: &mut Out) -> Result<(), Failure> {
    prepare(visit, setup)?;
    let Answer::Campaigns(rows) = visit.ask(Question::Campaigns)? else { return Ok(()) };
    let output = |e: std::io::Error| Failure::output(&e, setup.lang);
    let mut sheet = out.sheet(LIST, format, setup, visit.decimals()).map_err(output)?;
    for row in rows {
        sheet.row(&cells_of(&row, format, setup)).map_err(output)?;
    }
    sheet.finish().map_err(output)
}

fn cells_of(row: &CampaignRow, format: View, setup: &Setup) -> Vec<Cell> {
    let lang = setup.lang;
    let c = &row.campaign;
    let spoken = format == View::Table;
    let word = |name: &str, phrase: crate::text::Phrase| {
        if spoken { Cell::text(phrase.str(lang)) } else { Cell::code(name) }
    };
    let stopped: Vec<&str> = row.stopped.iter().map(|ban| ban.name()).collect();
    let said: Vec<SafeText> = row.stopped.iter().map(|ban| told::ban(*ban, lang)).collect();
    let held = row.held.iter().map(|(hold, n)| (hold.name().to_owned(), (*n).into())).collect();
    let counted: Vec<SafeText> = row.held.iter().map(|(hold, n)| count(*hold, *n, setup)).collect();
    vec![
        Cell::text(&c.name),
        word(c.state.name(), terms::campaign_state(c.state)),
        word(c.kind.name(), terms::campaign(c.kind)),
        Cell::text(&c.team),
        Cell::Count(row.members as i64),
        Cell::Count(row.ready as i64),
        Cell::Money(row.worth),
        Cell::Count(row.today as i64),
        Cell::Count(row.called as i64),
        Cell::Money(row.spent),
        if c.budget > 0 { Cell::Money(c.budget) } else { Cell::None },
        Cell::Data(
            serde_json::json!(stopped),
            if spoken { SafeText::join(&said, &comma(lang)) } else { clean_list(&stopped) },
        ),
        Cell::Data(serde_json::Value::Object(held), SafeText::join(&counted, &comma(lang))),
    ]
}

fn clean_list(names: &[&str]) -> SafeText {
    SafeText::clean(&names.join("; "))
}

/// How many are held back for a reason.
fn count(hold: Hold, n: usize, setup: &Setup) -> SafeText {
    terms::hold(hold).with(setup.lang, &[("n", n.into())])
}

fn queue(
    visit: &Visit,
    campaign: &Campaign,
    limit: usize,
    format: View,
    setup: &Setup,
    out: &mut Out,
) -> Result<(), Failure> {
    prepare(visit, setup)?;
    let decimals = visit.decimals();
    let output = |e: std::io::Error| Failure::output(&e, setup.lang);
    let mut sheet = out.sheet(super::queue::HEADINGS, format, setup, decimals).map_err(output)?;
    let mut rank = 0;
    let mut last = None;
    while rank < limit || last.is_none() {
        let Some(page) = window(visit, campaign.id, rank, WINDOW.min(limit - rank))? else { break };
        for row in &page.rows {
            rank += 1;
            let mut cells = cells(rank, row);
            if let Some(cell) = cells.get_mut(6) {
                let offer = row.proposition.as_ref().map(|p| p.offer.name.as_str());
                *cell = Cell::of(offer.filter(|_| campaign.offer.is_some()), Cell::text);
            }
            if format == View::Table {
                in_words(&mut cells, row, decimals, setup);
            }
            sheet.row(&cells).map_err(output)?;
        }
        let done = page.rows.is_empty() || rank >= page.total;
        last = page.campaign;
        if done {
            break;
        }
    }
    sheet.finish().map_err(output)?;
    if let Some(row) = last {
        say_who_is_left(&row, setup);
    }
    Ok(())
}

/// Who is not called now, and why; on standard error.
fn say_who_is_left(row: &CampaignRow, setup: &Setup) {
    let lang = setup.lang;
    for ban in &row.stopped {
        out::note(setup, &told::ban(*ban, lang));
    }
    if !row.held.is_empty() {
        let held: Vec<SafeText> = row.held.iter().map(|(h, n)| count(*h, *n, setup)).collect();
        let list = SafeText::join(&held, &comma(lang));
        out::note(setup, &w::NOT_NOW.with(lang, &[("list", list.into())]));
    }
}

fn window(
    visit: &Visit,
    campaign: CampaignId,
    from: usize,
    count: usize,
) -> Result<Option<QueuePage>, Failure> {
    let question = Question::CampaignQueue { campaign, from, count, anchor: None };
    Ok(match visit.ask(question)? {
        Answer::Queue(page) => Some(*page),
        _ => None,
    })
}

fn prepare(visit: &Visit, setup: &Setup) -> Result<(), Failure> {
    visit.desk.prepare().map_err(|refusal| Failure::refused(&refusal, "", setup.lang))
}

fn turn(
    visit: &Visit,
    name: &str,
    state: CampaignState,
    setup: &Setup,
    out: &mut Out,
) -> Result<(), Failure> {
    let (campaign, base) = named(visit, name, setup)?;
    let campaign = Campaign { state, ..campaign };
    let line = safe![
        SafeText::clean(&campaign.name).isolate(),
        ": ",
        terms::campaign_state(state).in_(setup.lang)
    ];
    let definition = Box::new(campaign.into());
    visit.act(Command::SaveDefinition { definition, base })?;
    out.line(&line).map_err(|e| Failure::output(&e, setup.lang))
}
