//! The screens over a store made of the corpus, and the corpus pasted into everything that takes text.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use vafa::desk::{Cancel, Command, Desk, Heard, Listener, Who};
use vafa::domain::{
    Agent, AgentId, BidiKind, CalendarKind, Language, Meaning, Membership, MoneyUnit, Outcome,
    Product, ProductId, Segment, SegmentId, ThemeKind,
};
use vafa::store::memory::MemoryEngine;
use vafa::store::sled::{OpenOptions, open};
use vafa::text::{Bidi, WeekStart};
use vafa::ui::{Code, Effect, Key, Model, Msg, Setup, Size, Stage, draw, update};

use crate::commands::House;
use crate::corpus::{NON_JOINER, check, corpus};

/// A day after the calls of the store.
fn now() -> Timestamp {
    "2026-06-01T09:00:00Z".parse().expect("a moment")
}

/// A person at the screens, who looks at each of them as it comes.
struct Person {
    model: Model,
    desk: Arc<Desk>,
    who: Who,
    heard: Listener,
    size: Size,
    /// What was copied, and what went to the editor.
    taken: Vec<String>,
    looked: usize,
}

impl Person {
    fn at(desk: &Arc<Desk>, who: Who, language: Language, size: Size) -> Self {
        let setup = Setup {
            agent: who.agent.name.clone(),
            place: "\u{1b}[2J".into(),
            language,
            calendar: CalendarKind::Gregorian,
            theme: ThemeKind::Dark,
            bidi: BidiKind::Auto,
            money: MoneyUnit::Rial,
            zone: jiff::tz::TimeZone::UTC,
            week: WeekStart::Monday,
            can_edit: true,
            can_suspend: true,
            now: now(),
            size,
        };
        let (heard, desk) = (desk.listen(), Arc::clone(desk));
        let (model, taken) = (Model::new(setup), Vec::new());
        let mut person = Self { model, desk, who, heard, size, taken, looked: 0 };
        person.send(Msg::Opening(Stage::Ready));
        person
    }

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
                            queue.push_back(Msg::Acted(ticket, done));
                        }
                        Effect::Copy(text) | Effect::Edit(text) => self.taken.push(text),
                        _ => {}
                    }
                }
            }
            match self.heard.next(Duration::ZERO) {
                Ok(Some(Heard::Progress) | None) => return,
                Ok(Some(heard)) => queue.push_back(Msg::Heard(heard)),
                Err(closed) => panic!("{closed}"),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let key = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
                Some((name, after)) => {
                    rest = after;
                    Key::of(match name {
                        "Enter" => Code::Enter,
                        "Esc" => Code::Esc,
                        "Tab" => Code::Tab,
                        "F2" => Code::F(2),
                        "F4" => Code::F(4),
                        "Down" => Code::Down,
                        "PgDn" => Code::PgDn,
                        other => panic!("no key {other}"),
                    })
                }
                None => {
                    rest = &rest[c.len_utf8()..];
                    Key::char(c)
                }
            };
            self.send(Msg::Key(key));
        }
    }

    /// Back to a root screen, whatever is open.
    fn home(&mut self) {
        self.press("<Esc><Esc><Esc><Esc>");
    }

    /// Every cell, in each way text reaches a terminal.
    fn look(&mut self, what: &str) {
        for bidi in [Bidi::App, Bidi::Terminal] {
            self.model.set_bidi(bidi);
            let backend = TestBackend::new(self.size.width, self.size.height);
            let mut terminal = Terminal::new(backend).expect("a terminal in memory");
            terminal.draw(|frame| draw(&self.model, frame)).expect("a frame");
            let cells = &terminal.backend().buffer().content;
            let all: String = cells.iter().map(ratatui::buffer::Cell::symbol).collect();
            check(what, &all, &[]);
        }
        self.model.set_bidi(Bidi::App);
        self.looked += 1;
    }

    fn go(&mut self, keys: &str) {
        self.press(keys);
        self.look(keys);
    }
}

fn sizes() -> [(Language, Size); 3] {
    [
        (Language::English, Size { width: 120, height: 36 }),
        (Language::Persian, Size { width: 120, height: 36 }),
        (Language::Persian, Size { width: 60, height: 20 }),
    ]
}

#[test]
fn every_screen_shows_data_without_a_forbidden_character() {
    let house = House::of_the_corpus();
    house.run(&["score"]);
    let engine = open(&house.path("store"), OpenOptions::default()).expect("a store");
    let desk = Desk::open(Arc::new(engine), now()).expect("a desk");
    desk.wait_loaded(&mut |_| {}).expect("customers");
    let program = Who { agent: Agent::program(), now: now() };
    for (n, entry) in corpus().iter().enumerate() {
        let name = |what: &str| format!("{what}{}", entry.text);
        let agent =
            Agent { id: AgentId(0), name: format!("{n}{}", entry.text), ..Agent::program() };
        // Some are too long, or another's once they are clean: refused with their words.
        let _ = desk.act(&program, Command::SaveAgent { agent, base: 0 });
        let product = Product {
            id: ProductId(0),
            sku: name("P"),
            name: name("Lamp"),
            category: name(""),
            price: None,
            unit_cost: None,
        };
        let _ = desk.act(&program, Command::SaveProduct { product, base: 0 });
        let (id, target, note) = (SegmentId(0), false, name("because"));
        let membership = Membership::Rule(format!("name:\"{}\"", entry.text.replace('"', "")));
        let segment = Segment { id, name: name("S"), membership, target, note };
        let _ = desk.act(&program, Command::SaveSegment { segment, base: 0 });
    }
    let all: Vec<_> = corpus();
    let outcome = Outcome {
        code: all[0].text.clone(),
        key: 'z',
        name_en: all[1].text.clone(),
        name_fa: all[2].text.clone(),
        meaning: Meaning::Reached,
        retry_minutes: None,
        active: true,
    };
    desk.act(&program, Command::SaveOutcome { outcome, base: 0 }).expect("an outcome");
    let agents = match desk.ask(&program, vafa::desk::Question::Status, &Cancel::default()) {
        Ok(vafa::desk::Answer::Status(status)) => status.agents.clone(),
        other => panic!("{other:?}"),
    };
    assert!(agents.len() > 200, "{}", agents.len());
    for agent in agents.iter() {
        check("the name of an agent in the store", &agent.name, &[NON_JOINER]);
    }
    for (language, size) in sizes() {
        let agent = agents[agents.len() / 2].clone();
        let mut person = Person::at(&desk, Who { agent, now: now() }, language, size);
        person.look("today");
        person.go("2");
        for _ in 0..=(corpus().len() / usize::from(size.height - 9)) {
            person.go("<PgDn>");
        }
        for keys in ["/Reza", "<Esc>", "C", "<Esc>", "b", "<Esc>", "e", "<Esc>", "y", "m", "<Esc>"]
        {
            person.go(keys);
        }
        // Every profile, its three regions and what can be done there.
        person.press("2g");
        for _ in 0..corpus().len() {
            person.press("2");
            person.go("<Enter>");
            person.go("<Tab>");
            person.press("q<Down>");
        }
        person.press("g<Enter>");
        for keys in
            ["a", "<Esc>", "l", "<Esc>", "t", "<Esc>", "T", "<Esc>", "c", "<Esc>", "e", "<Esc>"]
        {
            person.go(keys);
        }
        for queue in 0..6 {
            person.press("3");
            person.go(&"<Tab>".repeat(queue));
            person.go("<Down><Down>");
            person.go("l");
            person.go("<Esc>");
            person.go("h");
            person.go("<Esc>");
        }
        person.press("4");
        for _ in 0..30 {
            person.go("<Down><Down>");
        }
        person.go("e");
        person.go("<Esc>");
        person.go(":");
        person.go("<Esc>");
        person.go("?");
        person.go("<Esc>");
        for taken in &person.taken {
            check("what was copied", taken, &[NON_JOINER, '\n']);
        }
        assert!(person.looked > 2 * corpus().len() && !person.taken.is_empty());
    }
    desk.close_down();
}

#[test]
fn whatever_is_pasted_is_shown_kept_and_told_without_a_forbidden_character() {
    let desk = Desk::open(Arc::new(MemoryEngine::new()), now()).expect("a desk");
    desk.wait_loaded(&mut |_| {}).expect("nobody");
    let program = Who { agent: Agent::program(), now: now() };
    let sara = Agent { id: AgentId(0), name: "Sara".into(), ..Agent::program() };
    desk.act(&program, Command::SaveAgent { agent: sara.clone(), base: 0 }).expect("an agent");
    let who = Who { agent: Agent { id: AgentId(1), ..sara }, now: now() };
    for (language, size) in sizes() {
        let mut person = Person::at(&desk, who.clone(), language, size);
        // All of it once; what may differ by language and size is the drawing.
        let step = if language == Language::English { 1 } else { 5 };
        for entry in corpus().into_iter().step_by(step) {
            // Where it goes, and the keys before and after it.
            for (before, after) in [
                ("2/", ""),
                ("2f", "<Tab>"),
                ("2n", "<F2>"),
                ("2n", "<Tab><F2>"),
                ("2t", "<Enter>"),
                ("2l", ""),
                ("2la", "<F4><Enter>"),
                ("2lc", "<Enter>"),
                ("2c", "<Enter>"),
                ("4n", "<F2>"),
                ("4n<Tab><Tab>", "<F2>"),
                (":", "<Down>"),
                ("?", ""),
                ("3s/", "<Enter>"),
                ("2<Enter>aF", "<F2>"),
            ] {
                person.home();
                person.press(before);
                person.send(Msg::Pasted(entry.text.clone()));
                person.look(&format!("{} pasted after {before}", entry.name));
                person.press(after);
                person.look(&format!("{} pasted after {before}, then {after}", entry.name));
            }
            person.home();
            person.press("2n");
            person.send(Msg::Edited(Some(format!("Reza{}", entry.text))));
            person.look(&format!("{} from the editor", entry.name));
            for c in entry.text.chars().filter(|c| !c.is_control()) {
                person.send(Msg::Key(Key::char(c)));
            }
            person.look(&format!("{} typed", entry.name));
            person.press("<F2>");
            person.look(&format!("{} saved", entry.name));
            // What was told of it.
            person.home();
            person.go("m");
        }
        for taken in &person.taken {
            check("what went to the editor or the clipboard", taken, &[NON_JOINER, '\n']);
        }
    }
    assert!(matches!(
        desk.ask(&who, vafa::desk::Question::Status, &Cancel::default()),
        Ok(vafa::desk::Answer::Status(status)) if status.customers > 100
    ));
}
