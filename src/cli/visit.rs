//! One command's visit to the store: opened, loaded, and the person at the keyboard known to it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::desk::{Answer, Cancel, Command, Desk, Notice, Plans, Question, Refusal, Status, Who};
use crate::domain::{Agent, AgentId, CustomerId, MoneyUnit, Preferences, Role};
use crate::exchange::export::Source;
use crate::text::words::commands as words;
use crate::text::{Lang, SafeText, safe};

use super::erase;
use super::failure::{self, Failure, clean};
use super::out;
use super::setup::Setup;

/// What to do where there is no store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    /// Make one.
    IfMissing,
    /// Say so.
    Never,
}

/// An open store.
pub struct Visit {
    pub desk: Arc<Desk>,
    pub who: Who,
    pub status: Box<Status>,
    lang: Lang,
}

impl Visit {
    /// Opens the store and makes the person known to it.
    pub fn open(setup: &Setup, make: Make) -> Result<Self, Failure> {
        if make == Make::Never && !setup.store_is_there() {
            let path = [("path", clean(&setup.store.display().to_string()))];
            return Err(Failure::new(
                failure::Status::NotFound,
                words::NO_STORE.with(setup.lang, &path),
            ));
        }
        let (engine, _) = erase::open(&setup.store).map_err(|e| Failure::store(&e, setup.lang))?;
        let now = Timestamp::now();
        let refused = |refusal: Refusal| Failure::refused(&refusal, "", setup.lang);
        let desk = Desk::open_or_make(Arc::new(engine), setup.first_settings(), now);
        let desk = desk.map_err(refused)?;
        desk.keep_holidays(setup.holidays.clone());
        let status = welcome(&desk, &setup.agent, now).map_err(refused)?;
        let agent = agent(&status, &setup.agent, setup.lang)?;
        Ok(Self { desk, who: Who { agent, now }, status, lang: setup.lang })
    }

    /// Opens the store and waits until every customer is in memory.
    pub fn open_loaded(setup: &Setup) -> Result<Self, Failure> {
        Self::loaded(setup, Make::Never)
    }

    /// The same; a store that is not there may be made.
    pub fn loaded(setup: &Setup, make: Make) -> Result<Self, Failure> {
        let mut visit = Self::open(setup, make)?;
        let bar = out::bar(setup, words::OPENING);
        let loaded = visit.desk.wait_loaded(&mut |loading| {
            bar.set_length(loading.of as u64);
            bar.set_position(loading.done as u64);
        });
        bar.finish_and_clear();
        loaded.map_err(|r| visit.refused(&r))?;
        // The day of the scores and the count of customers are known only now.
        visit.status = status(&visit.desk, &visit.who).map_err(|r| visit.refused(&r))?;
        Ok(visit)
    }

    /// The answer to a question.
    pub fn ask(&self, question: Question) -> Result<Answer, Failure> {
        self.ask_where(question, "")
    }

    /// The answer to a question with an expression of the person's.
    pub fn ask_where(&self, question: Question, expression: &str) -> Result<Answer, Failure> {
        let answer = self.desk.ask(&self.who, question, &Cancel::default());
        answer.map_err(|r| Failure::refused(&r, expression, self.lang))
    }

    /// Does a command.
    pub fn act(&self, command: Command) -> Result<Notice, Failure> {
        self.act_where(command, "")
    }

    /// Does a command with an expression of the person's.
    pub fn act_where(&self, command: Command, expression: &str) -> Result<Notice, Failure> {
        let done = self.desk.act(&self.who, command);
        done.map_err(|r| Failure::refused(&r, expression, self.lang))
    }

    /// Everything a strategy is made of, with its revisions.
    pub fn plans(&self) -> Result<Box<Plans>, Failure> {
        match self.ask(Question::Plans)? {
            Answer::Plans(plans) => Ok(plans),
            _ => Err(self.refused(&Refusal::Cancelled)),
        }
    }

    fn refused(&self, refusal: &Refusal) -> Failure {
        Failure::refused(refusal, "", self.lang)
    }

    /// For what is written out.
    pub fn source(&self) -> Source<'_> {
        Source { desk: &self.desk, who: &self.who, status: &self.status }
    }

    /// The setup with what only the store can say: the zone in which times are told and typed (the
    /// agent's own, else that of the business, else the machine's), and the unit of money.
    pub fn spoken(&self, setup: &Setup) -> Setup {
        let named = [
            self.who.agent.preferences.time_zone.as_str(),
            self.status.settings.time_zone.as_str(),
        ];
        let mut named = named.into_iter().filter(|name| !name.is_empty());
        let zone = named.find_map(|name| TimeZone::get(name).ok());
        let money = setup.config.money.unwrap_or(MoneyUnit::Rial);
        Setup {
            zone: zone.unwrap_or_else(|| setup.zone.clone()),
            money: money.of(self.status.settings.currency),
            ..setup.clone()
        }
    }

    /// Digits of the store's money after the point.
    pub fn decimals(&self) -> u8 {
        self.status.settings.currency.decimals()
    }

    /// The customer a word means.
    pub fn customer(&self, word: &str) -> Result<CustomerId, Failure> {
        if word.trim().is_empty() {
            let words = words::NOBODY_NAMED.in_(self.lang);
            return Err(Failure::new(failure::Status::Usage, words));
        }
        let Answer::Ids(ids) = self.ask(Question::Named(word.to_owned()))? else {
            return Err(self.no_customer(word));
        };
        match ids[..] {
            [] => Err(self.no_customer(word)),
            [one] => Ok(one),
            _ => Err(self.ambiguous(word, &ids)),
        }
    }

    fn no_customer(&self, word: &str) -> Failure {
        let name = [("name", clean(word))];
        Failure::new(failure::Status::NotFound, words::NO_CUSTOMER.with(self.lang, &name))
    }

    /// The first candidates, one a line.
    fn ambiguous(&self, word: &str, ids: &[CustomerId]) -> Failure {
        let args = [("name", clean(word)), ("count", ids.len().into())];
        let mut lines = vec![words::AMBIGUOUS.with(self.lang, &args)];
        let shown = ids.iter().take(10).copied().collect();
        if let Ok(Answer::Rows(rows)) = self.ask(Question::Rows(shown)) {
            for row in rows {
                let c = &row.customer;
                let parts = [
                    safe!["  #", SafeText::clean(&c.id.to_string())],
                    SafeText::clean(&c.name),
                    SafeText::clean(c.external_id.as_deref().unwrap_or_default()),
                    SafeText::clean(&c.place.city),
                ];
                let told = parts.iter().filter(|p| !p.is_empty());
                lines.push(SafeText::join(told, &SafeText::clean("  ")));
            }
        }
        Failure::of(failure::Status::Conflict, lines)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.desk.close_down();
    }
}

/// Makes the first person to come to a new store its administrator.
pub fn welcome(desk: &Desk, name: &str, now: Timestamp) -> Result<Box<Status>, Refusal> {
    let program = Who { agent: Agent::program(), now };
    let found = status(desk, &program)?;
    if found.agents.iter().any(|a| a.id != AgentId(0)) {
        return Ok(found);
    }
    let first = Agent {
        id: AgentId(0),
        name: name.to_owned(),
        role: Role::Admin,
        team: String::new(),
        disabled: false,
        preferences: Preferences::default(),
    };
    desk.act(&program, Command::SaveAgent { agent: first, base: 0 })?;
    status(desk, &program)
}

/// The person of this name at an open desk, the administrator of a store that was nobody's.
pub fn person(desk: &Desk, name: &str, now: Timestamp) -> Result<Agent, Refusal> {
    let status = welcome(desk, name, now)?;
    let wanted = name.to_lowercase();
    let found = status.agents.iter().find(|a| a.name.to_lowercase() == wanted && !a.disabled);
    let missing = || Refusal::NotFound { what: "agent", name: name.to_owned() };
    found.cloned().ok_or_else(missing)
}

fn status(desk: &Desk, who: &Who) -> Result<Box<Status>, Refusal> {
    match desk.ask(who, Question::Status, &Cancel::default())? {
        Answer::Status(status) => Ok(status),
        _ => Err(Refusal::Cancelled),
    }
}

/// The agent of this name.
fn agent(status: &Status, name: &str, lang: Lang) -> Result<Agent, Failure> {
    let wanted = name.to_lowercase();
    let people = || status.agents.iter().filter(|a| a.id != AgentId(0));
    let Some(agent) = people().find(|a| a.name.to_lowercase() == wanted) else {
        let known: Vec<&str> = people().take(20).map(|a| a.name.as_str()).collect();
        let args = [("name", clean(name)), ("known", clean(&known.join(", ")))];
        let words = words::NO_AGENT.with(lang, &args);
        return Err(Failure::new(failure::Status::NotPermitted, words));
    };
    if agent.disabled {
        let words = words::DISABLED.with(lang, &[("name", clean(name))]);
        return Err(Failure::new(failure::Status::NotPermitted, words));
    }
    Ok(agent.clone())
}
