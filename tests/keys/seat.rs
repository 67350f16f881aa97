//! A person at the screens of a real desk on a demonstration store in memory: each key is followed by
//! all that it brings about.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use vafa::desk::{
    Answer, Cancel, Command, Desk, ListQuery, Listener, Plans, Profile, Question, Who,
};
use vafa::domain::{
    Agent, AgentId, CalendarKind, Customer, CustomerId, Day, Language, ThemeKind, WrapUp,
};
use vafa::exchange::sample::{Recipe, Sample, fill, make};
use vafa::store::memory::MemoryEngine;
use vafa::text::WeekStart;
use vafa::ui::{Code, Effect, Key, Model, Msg, Setup, Size, Stage, draw, update};

const SIZE: Size = Size { width: 120, height: 36 };

pub struct Seat {
    model: Model,
    desk: Arc<Desk>,
    who: Who,
    heard: Listener,
    /// How often each customer was not reached before the test began.
    missed: std::collections::HashMap<CustomerId, usize>,
}

impl Seat {
    /// An hour's work of the demonstration: 400 customers, a Sunday at nine.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// The same without offers, campaigns, scripts and what was answered to them.
    pub fn without_plan() -> Self {
        Self::with(|sample| {
            sample.plan = vafa::exchange::plan::Plan::default();
            sample.redemptions.clear();
            sample.interactions.iter_mut().for_each(|i| i.wrap_up = WrapUp::default());
        })
    }

    fn with(change: impl Fn(&mut Sample)) -> Self {
        let now: Timestamp = "2026-11-22T09:00:00Z".parse().unwrap();
        let desk = Desk::open(Arc::new(MemoryEngine::new()), now).unwrap();
        let program = Who { agent: Agent::program(), now };
        let sara = Agent { id: AgentId(0), name: "Sara".into(), ..Agent::program() };
        desk.act(&program, Command::SaveAgent { agent: sara.clone(), base: 0 }).unwrap();
        let who = Who { agent: Agent { id: AgentId(1), ..sara }, now };
        let today = Day::of(jiff::civil::date(2026, 11, 22));
        let recipe = Recipe { customers: 400, seed: 3, lang: Language::English, today };
        let mut sample = make(recipe);
        change(&mut sample);
        fill(&desk, &who, sample, &mut |_| {}).unwrap();
        desk.wait_loaded(&mut |_| {}).unwrap();
        desk.act(&who, Command::Fit { as_of: None, horizon_weeks: None, model: None }).unwrap();
        // What is learned in the background would move the queue between two keys.
        desk.prepare().unwrap();
        let setup = Setup {
            agent: "Sara".into(),
            place: String::new(),
            language: Language::English,
            calendar: CalendarKind::Gregorian,
            theme: ThemeKind::Dark,
            bidi: vafa::domain::BidiKind::Auto,
            zone: jiff::tz::TimeZone::UTC,
            week: WeekStart::Monday,
            money: vafa::domain::MoneyUnit::Rial,
            can_edit: false,
            can_suspend: false,
            now,
            size: SIZE,
        };
        let heard = desk.listen();
        let missed = std::collections::HashMap::new();
        let mut seat = Self { model: Model::new(setup), desk, who, heard, missed };
        for c in seat.customers() {
            let n = seat.profile(c.id).interactions;
            let n = n.iter().filter(|(i, _)| i.outcome == "no_answer").count();
            seat.missed.insert(c.id, n);
        }
        seat.send(Msg::Opening(Stage::Ready));
        seat
    }

    pub fn ask(&self, question: Question) -> Answer {
        self.desk.ask(&self.who, question, &Cancel::default()).unwrap()
    }

    pub fn profile(&self, id: CustomerId) -> Profile {
        match self.ask(Question::Profile(id)) {
            Answer::Profile(profile) => *profile,
            other => panic!("{other:?}"),
        }
    }

    /// Everyone.
    pub fn customers(&self) -> Vec<Customer> {
        self.list("").into_iter().map(|row| (*row.customer).clone()).collect()
    }

    /// Who is found, in order.
    pub fn found(&self, text: &str) -> Vec<CustomerId> {
        self.list(text).iter().map(|row| row.customer.id).collect()
    }

    fn list(&self, text: &str) -> Vec<vafa::desk::Row> {
        let query = ListQuery { text: text.into(), count: 1_000, ..ListQuery::default() };
        match self.ask(Question::List(query)) {
            Answer::List(listing) => listing.rows,
            other => panic!("{other:?}"),
        }
    }

    /// Outcome and note of the newest call.
    pub fn last_call(&self, id: CustomerId) -> (String, String) {
        let (call, _) = self.profile(id).interactions.into_iter().next().expect("a call");
        (call.outcome, call.note)
    }

    /// Everything a strategy is made of.
    pub fn plans(&self) -> Plans {
        match self.ask(Question::Plans) {
            Answer::Plans(plans) => *plans,
            other => panic!("{other:?}"),
        }
    }

    /// Does a command as the one who sits here.
    pub fn act(&self, command: Command) {
        self.desk.act(&self.who, command).unwrap();
        self.desk.prepare().unwrap();
    }

    /// Tries a command as the one who sits here.
    pub fn tries(&self, command: Command) -> Result<vafa::desk::Notice, vafa::desk::Refusal> {
        self.desk.act(&self.who, command)
    }

    /// The one who sits here gets another role.
    pub fn becomes(&mut self, role: vafa::domain::Role) {
        let kept = self.plans().agents.into_iter().find(|kept| kept.record.id == self.who.agent.id);
        let kept = kept.expect("an agent");
        let agent = Agent { role, ..kept.record };
        // Nobody takes the last administrator away.
        let boss = Agent { id: AgentId(0), name: "Boss".into(), ..Agent::program() };
        self.act(Command::SaveAgent { agent: boss, base: 0 });
        self.act(Command::SaveAgent { agent: agent.clone(), base: kept.revision });
        self.who.agent = agent;
        self.send(Msg::Tick(self.who.now));
    }

    pub fn before(&self, id: CustomerId) -> usize {
        self.missed.get(&id).copied().unwrap_or(0)
    }

    /// The customer under the cursor.
    pub fn target(&self) -> Option<CustomerId> {
        self.model.target().and_then(|t| t.one).map(|(id, _)| id)
    }

    /// Presses keys, `<Enter>` and friends in angle brackets; how many they were.
    pub fn press(&mut self, keys: &str) -> usize {
        let mut rest = keys;
        let mut count = 0;
        while let Some(c) = rest.chars().next() {
            let key = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
                Some((name, after)) => {
                    rest = after;
                    Key::of(match name {
                        "Enter" => Code::Enter,
                        "Esc" => Code::Esc,
                        "Backspace" => Code::Backspace,
                        "Tab" => Code::Tab,
                        "BackTab" => Code::BackTab,
                        "F2" => Code::F(2),
                        "F3" => Code::F(3),
                        "F5" => Code::F(5),
                        "F6" => Code::F(6),
                        "F7" => Code::F(7),
                        "F9" => Code::F(9),
                        other => panic!("no key {other}"),
                    })
                }
                None => {
                    rest = &rest[c.len_utf8()..];
                    Key::char(c)
                }
            };
            count += 1;
            self.send(Msg::Key(key));
        }
        count
    }

    /// Folds a message and does all it brings about, the desk's notices too.
    fn send(&mut self, msg: Msg) {
        let mut queue = VecDeque::from([msg]);
        loop {
            while let Some(msg) = queue.pop_front() {
                for effect in update(&mut self.model, msg) {
                    match effect {
                        Effect::Ask(ticket, question) => {
                            let answer = self.desk.ask(&self.who, question, &Cancel::default());
                            queue.push_back(Msg::Answered(ticket, answer));
                        }
                        Effect::Act(ticket, command) => {
                            let done = self.desk.act(&self.who, command);
                            self.desk.prepare().unwrap();
                            queue.push_back(Msg::Acted(ticket, done));
                        }
                        Effect::Quit => panic!("nobody asked to quit"),
                        _ => {}
                    }
                }
            }
            match self.heard.next(Duration::ZERO) {
                Ok(None) => return,
                Ok(Some(heard)) => queue.push_back(Msg::Heard(heard)),
                Err(closed) => panic!("{closed}"),
            }
        }
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).unwrap();
        terminal.draw(|frame| draw(&self.model, frame)).unwrap();
        terminal.backend().to_string()
    }

    pub fn sees(&self, text: &str) -> &Self {
        let screen = self.screen();
        assert!(screen.contains(text), "no {text:?} on\n{screen}");
        self
    }
}
