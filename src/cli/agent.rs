//! `vafa agent`: who works in this store. Only an administrator changes that.

use crate::desk::Command;
use crate::domain::{Agent, AgentId, Preferences, Role};
use crate::exchange::export::sheet::Cell;
use crate::text::store_line;
use crate::text::words::commands as words;
use crate::ui::terms;

use super::args::{self, AgentAction, View};
use super::failure::{Failure, Status, clean};
use super::out::Out;
use super::setup::Setup;
use super::table::Heading;
use super::visit::{Make, Visit};

const HEADINGS: &[Heading] = &[
    Heading::new("id", words::C_ID),
    Heading::new("name", words::C_NAME),
    Heading::new("role", words::C_ROLE),
    Heading::new("team", words::C_TEAM),
    Heading::new("disabled", words::C_DISABLED),
];

/// `vafa agent`.
pub fn run(setup: &Setup, given: &args::Agent, out: &mut Out) -> Result<(), Failure> {
    let visit = Visit::open(setup, Make::Never)?;
    match &given.action {
        AgentAction::List { format } => list(setup, &visit, *format, out),
        AgentAction::Add { name, role, team } => {
            let role = Role::parse(role).ok_or_else(|| {
                let known = Role::ALL.iter().map(|r| r.name()).collect::<Vec<_>>().join(", ");
                Failure::bad_word("--role", &known, role, setup.lang)
            })?;
            let agent = Agent {
                id: AgentId(0),
                name: store_line(name),
                role,
                team: store_line(team),
                disabled: false,
                preferences: Preferences::default(),
            };
            let args =
                [("name", clean(&agent.name)), ("role", terms::role(role).in_(setup.lang).into())];
            visit.act(Command::SaveAgent { agent, base: 0 })?;
            let line = words::AGENT_ADDED.with(setup.lang, &args);
            out.line(&line).map_err(|e| Failure::output(&e, setup.lang))
        }
        AgentAction::Disable { name } => {
            let agent = named(name, &visit, setup)?;
            let others = visit.status.agents.iter().filter(|a| a.id != agent.id && !a.disabled);
            if !others.clone().any(|a| a.role == Role::Admin && a.id != AgentId(0)) {
                let args = [("name", clean(&agent.name))];
                let words = words::LAST_ADMIN.with(setup.lang, &args);
                return Err(Failure::new(Status::Conflict, words));
            }
            let args = [("name", clean(&agent.name))];
            let kept = visit.plans()?.agents.into_iter().find(|kept| kept.record.id == agent.id);
            let base = kept.map_or(0, |kept| kept.revision);
            let agent = Agent { disabled: true, ..agent };
            visit.act(Command::SaveAgent { agent, base })?;
            let line = words::AGENT_DISABLED.with(setup.lang, &args);
            out.line(&line).map_err(|e| Failure::output(&e, setup.lang))
        }
    }
}

fn named(name: &str, visit: &Visit, setup: &Setup) -> Result<Agent, Failure> {
    let wanted = name.to_lowercase();
    let mut people = visit.status.agents.iter().filter(|a| a.id != AgentId(0));
    people.find(|a| a.name.to_lowercase() == wanted).cloned().ok_or_else(|| {
        let args = [("what", words::AGENT.in_(setup.lang).into()), ("name", clean(name))];
        Failure::new(Status::NotFound, words::NOT_FOUND.with(setup.lang, &args))
    })
}

fn list(setup: &Setup, visit: &Visit, view: View, out: &mut Out) -> Result<(), Failure> {
    let output = |e: std::io::Error| Failure::output(&e, setup.lang);
    let mut sheet = out.sheet(HEADINGS, view, setup, 0).map_err(output)?;
    for agent in visit.status.agents.iter().filter(|a| a.id != AgentId(0)) {
        let row = [
            Cell::Count(agent.id.0 as i64),
            Cell::text(&agent.name),
            Cell::Term(agent.role.name(), terms::role(agent.role)),
            Cell::text(&agent.team),
            Cell::Yes(agent.disabled),
        ];
        sheet.row(&row).map_err(output)?;
    }
    sheet.finish().map_err(output)
}
