//! A model with a scripted desk: keys go in, the screen comes out as text.

use std::sync::Arc;

use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;
use vafa::desk::{
    Answer, Certificate, Command, Deed, Duplicates, LikelyOne, ListQuery, Listing, Look, Mention,
    Mentions, MergePreview, Notice, Profile, Question, Refusal, Row, SegmentRow, Status, Trait,
    WorkItem,
};
use vafa::directory::{Figures, Likeness};
use vafa::domain::{
    Agent, AgentId, BidiKind, CalendarKind, ContactKind, ContactPoint, Customer, CustomerId, Day,
    GestureId, Language, Membership, Role, Segment, Settings, Stage as CustomerStage, ThemeKind,
    default_outcomes,
};
use vafa::insight::acceptance::Tally;
use vafa::store::Table;
use vafa::text::WeekStart;
use vafa::ui::{Code, Effect, Key, Model, Msg, Setup, Size, Stage as Opening, draw, update};

/// Saturday 2026-11-21, 11:02 UTC: 14:32 in Tehran.
pub fn now() -> Timestamp {
    "2026-11-21T11:02:00Z".parse().expect("a moment")
}

pub fn today() -> Day {
    Day::of(jiff::civil::date(2026, 11, 21))
}

/// One person in front of a screen.
pub struct Stage {
    pub model: Model,
    pub people: Vec<Customer>,
    pub tags: Vec<String>,
    /// What was sent to the desk, newest last.
    pub sent: Vec<Command>,
    /// What the desk says to the next commands instead of yes.
    pub refusals: Vec<Refusal>,
    pub copied: Vec<String>,
    pub edited: Vec<String>,
    pub has_quit: bool,
    pub me: Agent,
    pub drafts: Vec<vafa::domain::Draft>,
    pub profile: Option<fn(&Customer) -> Profile>,
    pub error: Option<vafa::domain::ExpressionError>,
    pub segments: Vec<Segment>,
    pub holidays: Arc<vafa::text::Holidays>,
    pub definitions: Arc<vafa::desk::Definitions>,
    /// The segments before the last command, for undo.
    before: Vec<Segment>,
    size: Size,
}

pub fn person(id: u64, name: &str, phone: &str, city: &str) -> Customer {
    let mut c = Customer::named(CustomerId(id), name, Day(19_000));
    c.contacts.push(ContactPoint::new(ContactKind::Phone, phone));
    c.place.city.push_str(city);
    c.stage = CustomerStage::Loyal;
    c
}

pub fn people() -> Vec<Customer> {
    let mut all = vec![
        person(1, "Reza Karimi", "+989121234567", "Tehran"),
        person(2, "Mina Ahmadi", "+989127654321", "Shiraz"),
        person(3, "Olivia Brown", "+442071838750", "London"),
        person(4, "شرکت نوآوران پارس", "+982188001122", "تهران"),
        person(5, "Farezeh Moradi", "+989351112233", "Tehran"),
    ];
    all[0].tag("vip");
    all[0].tag("fibre");
    all[4].stage = CustomerStage::AtRisk;
    all
}

fn figures(id: u64) -> Figures {
    Figures {
        first: today().plus(-2_000),
        last: today().plus(-(id as i32) * 16),
        purchases: 12,
        spent: 18_200_000 / id as i64,
        last_contact: today().plus(-12),
        p_alive: Some(0.71),
        risk: Some(0.62),
        value: Some(3_820_000 / id as i64),
        saves: Some(1_240_000),
        leave: Some(today().plus(23)),
        rfm: Some([3, 5, 4]),
        ..Figures::default()
    }
}

pub fn row(customer: &Customer, text: &str) -> Row {
    let name = customer.name.to_lowercase();
    let hit = name.find(&text.to_lowercase()).filter(|_| !text.is_empty());
    let matches = hit.map(|at| at as u32..(at + text.len()) as u32).into_iter().collect();
    Row { customer: Arc::new(customer.clone()), figures: figures(customer.id.0), matches }
}

impl Stage {
    /// A store of five people at 120 x 36, English, dark.
    pub fn new() -> Self {
        Self::at(120, 36, Language::English)
    }

    pub fn at(width: u16, height: u16, language: Language) -> Self {
        Self::with(width, height, language, ThemeKind::Dark)
    }

    pub fn with(width: u16, height: u16, language: Language, theme: ThemeKind) -> Self {
        let mut stage = Self::unopened(width, height, language, theme);
        stage.send(Msg::Opening(Opening::Ready));
        // These tests begin at the customers; a session begins at the agent's day.
        stage.keys("2");
        stage
    }

    pub fn unopened(width: u16, height: u16, language: Language, theme: ThemeKind) -> Self {
        let size = Size { width, height };
        let persian = language == Language::Persian;
        let setup = Setup {
            agent: if persian { "سارا" } else { "Sara" }.to_owned(),
            place: if persian { "تهران" } else { "Tehran" }.to_owned(),
            language,
            calendar: if persian { CalendarKind::Jalali } else { CalendarKind::Gregorian },
            theme,
            bidi: BidiKind::Auto,
            zone: jiff::tz::TimeZone::get("Asia/Tehran").expect("a known zone"),
            week: if persian { WeekStart::Saturday } else { WeekStart::Monday },
            money: vafa::domain::MoneyUnit::Rial,
            can_edit: true,
            can_suspend: true,
            now: now(),
            size,
        };
        let me =
            Agent { id: AgentId(7), name: "Sara".into(), role: Role::Agent, ..Agent::program() };
        Self {
            model: Model::new(setup),
            people: people(),
            tags: vec!["churned".into(), "fibre".into(), "new-fibre".into(), "vip".into()],
            sent: Vec::new(),
            refusals: Vec::new(),
            copied: Vec::new(),
            edited: Vec::new(),
            has_quit: false,
            me,
            drafts: Vec::new(),
            profile: None,
            error: None,
            segments: Vec::new(),
            holidays: Arc::default(),
            definitions: Arc::default(),
            before: Vec::new(),
            size,
        }
    }

    /// Folds a message and does all effects until nothing is left to do.
    pub fn send(&mut self, msg: Msg) {
        let mut queue = std::collections::VecDeque::from([msg]);
        while let Some(msg) = queue.pop_front() {
            for effect in update(&mut self.model, msg) {
                match effect {
                    Effect::Ask(ticket, question) => {
                        queue.push_back(Msg::Answered(ticket, self.answer(question)));
                    }
                    Effect::Act(ticket, command) => {
                        queue.push_back(Msg::Acted(ticket, self.command(command)));
                    }
                    Effect::Copy(text) => self.copied.push(text),
                    Effect::Edit(text) => self.edited.push(text),
                    Effect::Quit => self.has_quit = true,
                    Effect::Suspend | Effect::Redraw => {}
                }
            }
        }
    }

    /// Presses keys: letters as they are, `<Enter>` and friends in angle brackets.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.send(Msg::Key(key));
        }
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.size = Size { width, height };
        self.send(Msg::Resized(self.size));
        self
    }

    /// The screen as lines of text.
    pub fn screen(&self) -> String {
        self.rows().iter().map(|r| r.trim_end().to_owned() + "\n").collect()
    }

    fn terminal(&self) -> Terminal<TestBackend> {
        let backend = TestBackend::new(self.size.width, self.size.height);
        let mut terminal = Terminal::new(backend).expect("a terminal in memory");
        terminal.draw(|frame| draw(&self.model, frame)).expect("a frame");
        terminal
    }

    pub fn rows(&self) -> Vec<String> {
        let terminal = self.terminal();
        let buffer = terminal.backend().buffer();
        (0..self.size.height)
            .map(|y| (0..self.size.width).map(|x| buffer[(x, y)].symbol()).collect())
            .collect()
    }

    /// What is underlined, run by run: where you are, matches.
    pub fn underlined(&self) -> Vec<String> {
        let terminal = self.terminal();
        let buffer = terminal.backend().buffer();
        let mut runs = vec![String::new()];
        for y in 0..self.size.height {
            for x in 0..self.size.width {
                let cell = &buffer[(x, y)];
                if cell.modifier.contains(Modifier::UNDERLINED) {
                    if let Some(run) = runs.last_mut() {
                        run.push_str(cell.symbol());
                    }
                } else if runs.last().is_some_and(|r| !r.is_empty()) {
                    runs.push(String::new());
                }
            }
        }
        runs.retain(|r| !r.is_empty());
        runs
    }

    /// Fails with the screen when the text is not on it.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not on the screen:\n{screen}");
        self
    }

    #[track_caller]
    pub fn sees_not(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on the screen:\n{screen}");
        self
    }

    fn answer(&self, question: Question) -> Result<Answer, Refusal> {
        Ok(match question {
            Question::Status => Answer::Status(Box::new(self.status())),
            Question::List(query) => Answer::List(self.list(&query)),
            Question::Ids { text, .. } => Answer::Ids(self.found(&text).map(|c| c.id).collect()),
            Question::Complete { field, start } if field == "expression" => {
                Answer::Complete(vafa::domain::expression::completions(&start))
            }
            Question::Segments => Answer::Segments(self.segment_rows()),
            Question::Look { expression, against } => {
                Answer::Look(Box::new(self.look(&expression, against.as_deref())))
            }
            Question::Complete { field, start } => {
                let words: Vec<String> = match field.as_str() {
                    "tag" => self.tags.clone(),
                    "city" => vec!["Tehran".into(), "Shiraz".into()],
                    _ => vec!["city".into(), "tag".into(), "spent".into()],
                };
                Answer::Complete(words.into_iter().filter(|w| w.starts_with(&start)).collect())
            }
            Question::Draft(slot) => {
                Answer::Draft(self.drafts.iter().rfind(|d| d.slot == slot).cloned())
            }
            Question::Profile(id) => {
                let customer = self.people.iter().find(|c| c.id == id);
                let missing = Refusal::NotFound { what: "customer", name: format!("#{id}") };
                let (customer, make) = customer.zip(self.profile.as_ref()).ok_or(missing)?;
                Answer::Profile(Box::new(make(customer)))
            }
            Question::Duplicates { from, .. } => {
                let rows: Vec<Row> = self.people.iter().take(2).map(|c| row(c, "")).collect();
                let shares = vec![Likeness::Phone, Likeness::Sound];
                let groups = vec![LikelyOne { rows, score: 0.92, shares }];
                Answer::Duplicates(Box::new(Duplicates { groups, from, total: 1, customers: 2 }))
            }
            Question::Merge { keep, gone } => {
                let who = |id| self.people.iter().find(|c| c.id == id).expect("there").clone();
                let (keep, gone) = (who(keep), who(gone));
                Answer::Merge(Box::new(MergePreview {
                    differences: vafa::domain::merge::differences(&keep, &gone),
                    across_owners: keep.owner.is_some() && keep.owner != gone.owner,
                    keep,
                    keep_revision: 5,
                    gone,
                    gone_revision: 6,
                    rows: vec![(Table::Purchase, 3), (Table::Interaction, 12)],
                }))
            }
            Question::Named(text) => {
                let rows = self.found(&text).map(|c| c.id).collect();
                Answer::Ids(rows)
            }
            Question::Report(query) => Answer::Report(Arc::new(crate::insight::report(&query))),
            Question::Work { scope, step, .. } => {
                let mut work = crate::work::work(&self.people, scope);
                work.rows.retain(|row| match (&row.item, step) {
                    (_, None) => true,
                    (WorkItem::Step(line), at) => Some((line.case.process, line.case.step)) == at,
                    (WorkItem::Task(_), Some(_)) => false,
                });
                work.total = work.rows.len();
                Answer::Work(Box::new(work))
            }
            _ => return Err(Refusal::Cancelled),
        })
    }

    /// Those of `tag:x` and `city:x`; any other part of an expression selects everybody.
    fn selected(&self, expression: &str) -> Vec<&Customer> {
        let has = |c: &Customer, part: &str| match part.split_once(':') {
            Some(("tag", tag)) => c.tags.iter().any(|t| t == tag),
            Some(("city", city)) => c.place.city == city,
            _ => true,
        };
        self.people.iter().filter(|c| expression.split(' ').all(|part| has(c, part))).collect()
    }

    fn segment_row(&self, name: &str, expression: String, segment: Option<Segment>) -> SegmentRow {
        let look = self.look(&expression, None);
        SegmentRow {
            segment,
            revision: 0,
            name: name.to_owned(),
            expression,
            count: look.count,
            worth: look.worth,
            spent: look.spent,
            risk: look.risk,
            error: None,
        }
    }

    fn segment_rows(&self) -> Vec<SegmentRow> {
        let mut rows = Vec::new();
        let mut tags: Vec<&str> =
            self.people.iter().flat_map(|c| &c.tags).map(String::as_str).collect();
        tags.sort_unstable();
        tags.dedup();
        for segment in &self.segments {
            let expression = match &segment.membership {
                Membership::Rule(rule) => rule.clone(),
                Membership::Tag(tag) => {
                    tags.retain(|t| t != tag);
                    format!("tag:{tag}")
                }
            };
            rows.push(self.segment_row(&segment.name, expression, Some(segment.clone())));
        }
        rows.extend(tags.into_iter().map(|tag| self.segment_row(tag, format!("tag:{tag}"), None)));
        rows
    }

    fn look(&self, expression: &str, against: Option<&str>) -> Look {
        let members = self.selected(expression);
        let both = |other: &str| {
            let other = self.selected(other);
            members.iter().filter(|m| other.iter().any(|o| o.id == m.id)).count()
        };
        Look {
            expression: expression.to_owned(),
            error: self.error.clone().filter(|e| expression.len() >= e.at.end),
            count: members.len(),
            of: self.people.len(),
            worth: 4_120_000 * members.len() as i64,
            spent: 0,
            risk: Some(0.31),
            cost: 120_000,
            response: Tally { asked: 9, taken: 4 },
            members: members.iter().map(|c| row(c, "")).collect(),
            apart: vec![Trait { expression: "stage:loyal".into(), inside: 0.82, outside: 0.2 }],
            overlap: against.map(both),
        }
    }

    fn status(&self) -> Status {
        Status {
            customers: self.people.len(),
            loading: None,
            settings: Arc::new(Settings { country: "IR".into(), ..Settings::default() }),
            holidays: Arc::clone(&self.holidays),
            outcomes: default_outcomes().into(),
            agents: Arc::from([
                self.me.clone(),
                Agent { id: AgentId(8), name: "Ali".into(), ..self.me.clone() },
            ]),
            definitions: Arc::clone(&self.definitions),
            me: self.me.clone(),
            as_of: today(),
            due: 0,
            fitting: false,
            fitted: true,
            read_only: None,
            version: 1,
        }
    }

    fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a Customer> {
        let text = text.to_lowercase();
        self.people.iter().filter(move |c| {
            c.name.to_lowercase().contains(&text)
                || c.contacts.iter().any(|p| p.value.contains(&text))
        })
    }

    fn list(&self, query: &ListQuery) -> Listing {
        let found: Vec<&Customer> = self.found(&query.text).collect();
        let rows = found.iter().skip(query.from).take(query.count);
        Listing {
            rows: rows.map(|c| row(c, &query.text)).collect(),
            from: query.from,
            total: found.len(),
            of: self.people.len(),
            worth: 4_120_000 * found.len() as i64,
            spent: 0,
            anchor_at: query.anchor.and_then(|a| found.iter().position(|c| c.id == a)),
            error: self.error.clone().filter(|_| !query.expression.is_empty()),
        }
    }

    fn command(&mut self, command: Command) -> Result<Notice, Refusal> {
        let refused = if self.refusals.is_empty() { None } else { Some(self.refusals.remove(0)) };
        let deed = match &command {
            Command::Create(c) => Deed::Created { customer: CustomerId(99), name: c.name.clone() },
            Command::Edit { customer, .. } => {
                Deed::Edited { customer: customer.id, name: customer.name.clone() }
            }
            Command::Change { whom, change } => {
                let ids = match whom {
                    vafa::desk::Whom::These(ids) => ids.clone(),
                    vafa::desk::Whom::Matching { text, .. } => {
                        self.found(text).map(|c| c.id).collect()
                    }
                };
                let one = self.people.iter().find(|c| ids == [c.id]);
                let one = one.map(|c| (c.id, c.name.clone()));
                Deed::Changed { change: change.clone(), count: ids.len(), of: ids.len(), one }
            }
            Command::Merge { keep, gone, .. } => Deed::Merged {
                customer: *keep,
                name: "Reza Karimi".into(),
                gone: *gone,
                gone_name: "Mina Ahmadi".into(),
                rows: 15,
            },
            Command::Erase { customer, .. } => Deed::Erased(Box::new(Certificate {
                customer: *customer,
                at: now(),
                by: "Sara".into(),
                rows: vec![(Table::Customer, 1), (Table::Purchase, 3)],
                mentions: Mentions {
                    count: 22,
                    first: vec![Mention {
                        table: Table::Interaction,
                        customer: CustomerId(7),
                        on: Some(Day(20_000)),
                    }],
                },
                chain: "5f".repeat(32),
            })),
            Command::AddTask(task) => Deed::TaskChanged {
                task: task.id,
                customer: task.customer,
                name: "Reza Karimi".into(),
                done: false,
                due: task.due,
            },
            Command::SaveSegment { segment, .. } if refused.is_none() => {
                self.before.clone_from(&self.segments);
                let mut segment = segment.clone();
                if segment.id.0 == 0 {
                    segment.id.0 = 50 + self.segments.len() as u64;
                }
                let name = segment.name.clone();
                self.segments.retain(|s| s.id != segment.id);
                self.segments.push(segment);
                Deed::SegmentSaved { name }
            }
            Command::DropSegment(id) if refused.is_none() => {
                self.before.clone_from(&self.segments);
                let gone = self.segments.iter().position(|s| s.id == *id);
                let name = gone.map(|at| self.segments.remove(at).name).unwrap_or_default();
                Deed::SegmentDropped { name }
            }
            Command::SaveDraft(draft) => {
                self.drafts.push(draft.clone());
                Deed::Drafted
            }
            Command::DropDraft(slot) => {
                self.drafts.retain(|d| d.slot != *slot);
                Deed::Drafted
            }
            Command::SavePreferences(preferences) => {
                self.me.preferences = preferences.clone();
                Deed::Configured { what: "preferences", name: "Sara".into() }
            }
            Command::Undo(_) => {
                self.segments.clone_from(&self.before);
                Deed::Undone { label: "tag".into(), count: 1, undone: GestureId(1) }
            }
            _ => Deed::Noted { customer: CustomerId(1), name: "Reza Karimi".into() },
        };
        self.sent.push(command);
        match refused {
            Some(refusal) => Err(refusal),
            None => Ok(Notice {
                seq: 1,
                gesture: GestureId(1),
                by: self.me.id,
                at: now(),
                deed,
                begun: 0,
            }),
        }
    }
}

fn parse(keys: &str) -> Vec<Key> {
    let mut out = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            out.push(named(name));
            rest = after;
        } else {
            out.push(Key::char(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn named(name: &str) -> Key {
    if let Some(rest) = name.strip_prefix("Alt-") {
        return named(rest).with_alt();
    }
    if let Some(rest) = name.strip_prefix("Ctrl-") {
        return named(rest).with_ctrl();
    }
    Key::of(match name {
        "Enter" => Code::Enter,
        "Esc" => Code::Esc,
        "Tab" => Code::Tab,
        "BackTab" => Code::BackTab,
        "Backspace" => Code::Backspace,
        "Delete" => Code::Delete,
        "Left" => Code::Left,
        "Right" => Code::Right,
        "Up" => Code::Up,
        "Down" => Code::Down,
        "Home" => Code::Home,
        "End" => Code::End,
        "PgUp" => Code::PgUp,
        "PgDn" => Code::PgDn,
        "Space" => Code::Char(' '),
        _ => match name.strip_prefix('F').and_then(|n| n.parse().ok()) {
            Some(n) => Code::F(n),
            None => Code::Char(name.chars().next().unwrap_or('<')),
        },
    })
}

#[test]
fn a_script_of_keys_is_read() {
    assert_eq!(parse("/a<Enter>"), [Key::char('/'), Key::char('a'), Key::of(Code::Enter)]);
    assert_eq!(parse("<Alt-Enter>"), [Key::of(Code::Enter).with_alt()]);
}
