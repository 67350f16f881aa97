//! A desk to test on: a store in memory, a fixed clock, a few hands.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use vafa::desk::{
    Answer, Cancel, Command, Deed, Desk, ListQuery, Listing, Notice, Plans, Profile, Question,
    QueuePage, Refusal, Who,
};
use vafa::domain::{
    Agent, AgentId, Currency, Customer, CustomerId, Day, Line, Purchase, PurchaseId, PurchaseKind,
    QueueKind, Role, Settings,
};
use vafa::store::{Engine, KeyRange, Table, memory::MemoryEngine};

/// A sale of one thing without a product.
pub fn sale(customer: CustomerId, day: Day, amount: i64, cost: Option<i64>) -> Purchase {
    Purchase {
        id: PurchaseId(0),
        customer,
        external_id: None,
        kind: PurchaseKind::Sale,
        day,
        currency: Currency::USD,
        lines: vec![Line { product: None, quantity: 1_000, amount, cost }],
    }
}

/// A desk with one administrator at noon of 2026-11-22.
pub struct Bench {
    pub engine: Arc<MemoryEngine>,
    pub desk: Arc<Desk>,
    pub who: Who,
}

impl Bench {
    pub fn new() -> Self {
        Self::on(Arc::new(MemoryEngine::new()))
    }

    /// Opens a desk on a store that may hold something already.
    pub fn on(engine: Arc<MemoryEngine>) -> Self {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().expect("a time");
        let desk = Desk::open(engine.clone(), now).expect("an open desk");
        desk.wait_loaded(&mut |_| {}).expect("loaded");
        let mut who = Who { agent: Agent::program(), now };
        if let Ok(Answer::Status(status)) = desk.ask(&who, Question::Status, &Cancel::default())
            && status.agents.is_empty()
        {
            let sara = Agent { id: AgentId(0), name: "Sara".into(), ..Agent::program() };
            desk.act(&who, Command::SaveAgent { agent: sara, base: 0 }).expect("an agent");
        }
        who.agent = Agent { id: AgentId(1), name: "Sara".into(), ..Agent::program() };
        Self { engine, desk, who }
    }

    /// Another agent at the same desk.
    pub fn other(&self, id: u64, role: Role) -> Who {
        let agent =
            Agent { id: AgentId(id), role, name: format!("agent {id}"), ..Agent::program() };
        Who { agent, now: self.who.now }
    }

    pub fn later(&mut self, hours: i64) {
        self.who.now = self.who.now.checked_add(hours.hours()).expect("a later time");
    }

    pub fn act(&self, command: Command) -> Notice {
        self.desk.act(&self.who, command).expect("done")
    }

    pub fn refused(&self, command: Command) -> Refusal {
        self.desk.act(&self.who, command).expect_err("refused")
    }

    pub fn ask(&self, question: Question) -> Answer {
        self.desk.ask(&self.who, question, &Cancel::default()).expect("answered")
    }

    pub fn plans(&self) -> Plans {
        match self.ask(Question::Plans) {
            Answer::Plans(plans) => *plans,
            other => panic!("{other:?}"),
        }
    }

    /// The command that saves these settings over those that are in force.
    pub fn settings(&self, settings: Settings) -> Command {
        Command::SaveSettings { settings, base: self.plans().settings.revision }
    }

    pub fn create(&self, name: &str) -> CustomerId {
        let customer = Customer::named(CustomerId(0), name, Day(20_000));
        match self.act(Command::Create(Box::new(customer))).deed {
            Deed::Created { customer, .. } => customer,
            other => panic!("{other:?}"),
        }
    }

    pub fn profile(&self, id: CustomerId) -> Profile {
        match self.ask(Question::Profile(id)) {
            Answer::Profile(profile) => *profile,
            other => panic!("{other:?}"),
        }
    }

    pub fn list(&self, text: &str, expression: &str) -> Listing {
        let query = ListQuery {
            text: text.into(),
            expression: expression.into(),
            count: 100,
            ..ListQuery::default()
        };
        match self.ask(Question::List(query)) {
            Answer::List(listing) => listing,
            other => panic!("{other:?}"),
        }
    }

    /// All whom an expression selects.
    pub fn ids(&self, expression: &str) -> Vec<CustomerId> {
        let (text, expression) = (String::new(), expression.to_owned());
        let sort = vafa::directory::Sort::default();
        match self.ask(Question::Ids { text, expression, sort }) {
            Answer::Ids(ids) => ids,
            other => panic!("{other:?}"),
        }
    }

    pub fn queue(&self, kind: QueueKind) -> QueuePage {
        match self.ask(Question::Queue { kind, from: 0, count: 50, anchor: None }) {
            Answer::Queue(page) => *page,
            other => panic!("{other:?}"),
        }
    }

    /// All records but gestures and drafts, so that two states of a store can be compared.
    pub fn digest(&self) -> Vec<(Table, Vec<u8>, Vec<u8>)> {
        let inner = [Table::Meta, Table::Change, Table::Request, Table::Gesture, Table::Guard];
        let mut all = Vec::new();
        for table in Table::ALL.into_iter().filter(|t| !inner.contains(t)) {
            let page = self.engine.scan(table, KeyRange::all(), usize::MAX).expect("rows");
            all.extend(page.rows.into_iter().map(|(key, r)| (table, key, r.payload)));
        }
        all
    }
}
