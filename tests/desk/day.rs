//! A day of an organisation, from the strategy to the invoice, told by reports, and taken back act by
//! act to what was there in the morning.

use vafa::desk::reports::{Called, MaturityReport, Period};
use vafa::desk::{
    Answer, Cancel, CaseChange, Command, Deed, Load, Log, Question, QueuePage, Report, ReportKind,
    ReportQuery, SpokenPart, Which, Who,
};
use vafa::domain::{
    Agent, AgentId, Campaign, CampaignId, CampaignKind, CampaignState, CaseState, Channel,
    CustomerId, Day, Definition, DefinitionKind, Direction, Fact, FactId, FactKind, Membership,
    Offer, OfferAnswer, OfferId, Process, Proposed, Purchase, Role, Script, ScriptId, ScriptLine,
    Segment, SegmentId, Settings, Stage, Start, Step, Weekend, WinBackState, WrapUp,
};
use vafa::insight::maturity::{Dimension, Level};

use super::bench::{self, Bench};

const TODAY: i32 = 20_779; // 2026-11-22
/// Those whom the agent calls.
const CALLS: usize = 10;

/// What was done, by whom, and what the store held before.
struct Day22 {
    bench: Bench,
    done: Vec<(Who, Vec<Row>)>,
}

type Row = (vafa::store::Table, Vec<u8>, Vec<u8>);

impl Day22 {
    fn act(&mut self, who: &Who, command: Command) -> Deed {
        let before = self.bench.digest();
        let who = Who { now: self.bench.who.now, ..who.clone() };
        let told = format!("{command:?}");
        let notice = self.bench.desk.act(&who, command);
        let deed = notice.unwrap_or_else(|refusal| panic!("{told}: {refusal:?}")).deed;
        assert_ne!(self.bench.digest(), before, "{told} changes something");
        self.done.push((who, before));
        deed
    }

    fn define(&mut self, who: &Who, definition: impl Into<Definition>) -> u64 {
        let definition = Box::new(definition.into());
        match self.act(who, Command::SaveDefinition { definition, base: 0 }) {
            Deed::Defined { id, .. } => id,
            other => panic!("{other:?}"),
        }
    }

    fn report(&self, kind: ReportKind) -> Report {
        let query = ReportQuery { period: Period::Month, ..ReportQuery::of(kind) };
        match self.bench.ask(Question::Report(query)) {
            Answer::Report(report) => (*report).clone(),
            other => panic!("{other:?}"),
        }
    }

    fn maturity(&self) -> MaturityReport {
        match self.report(ReportKind::Maturity) {
            Report::Maturity(report) => report,
            other => panic!("{other:?}"),
        }
    }

    fn level(&self, dimension: Dimension) -> Level {
        let report = self.maturity();
        report.lines.iter().find(|line| line.dimension == dimension).expect("a line").level
    }

    fn queue(&self, campaign: CampaignId) -> QueuePage {
        match self.bench.ask(Question::CampaignQueue { campaign, from: 0, count: 50, anchor: None })
        {
            Answer::Queue(page) => *page,
            other => panic!("{other:?}"),
        }
    }

    fn stage(&self, id: CustomerId) -> Stage {
        self.bench.profile(id).customer.stage
    }

    fn win_back(&self, id: CustomerId) -> Option<WinBackState> {
        self.bench.profile(id).win_back.map(|w| w.state)
    }
}

fn sale(customer: CustomerId, day: i32) -> Purchase {
    bench::sale(customer, Day(day), 12_000, Some(5_000))
}

fn agent(bench: &Bench, name: &str, role: Role, team: &str) -> Who {
    let team = team.to_owned();
    let agent = Agent { id: AgentId(0), name: name.into(), role, team, ..Agent::program() };
    bench.act(Command::SaveAgent { agent, base: 0 });
    let kept = bench.plans().agents.into_iter().find(|kept| kept.record.name == name);
    Who { agent: kept.expect("an agent").record, now: bench.who.now }
}

/// A shop in the morning: 120 regular buyers, a third of them silent for most of a year, everyone at
/// the stage that the rules say.
fn morning() -> Bench {
    let bench = Bench::new();
    let settings = Settings {
        hold_out: 0.0,
        weekend: Some(Weekend::None),
        minute_cost: 50,
        ..Settings::default()
    };
    bench.act(bench.settings(settings));
    let mut rows = Vec::new();
    for n in 0..120_i32 {
        let (gap, silent) = (14 + n % 20, if n % 3 == 0 { 400 + n } else { n % 14 });
        for k in 0..(4 + n % 6) {
            let purchase = sale(CustomerId(0), TODAY - silent - k * gap);
            rows.push(Load::Purchase { customer: format!("c{n}"), purchase, skus: vec![None] });
        }
    }
    let gesture = bench.act(Command::Begin { label: "import purchases".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
    bench.act(Command::Fit { as_of: None, horizon_weeks: None, model: None });
    bench.act(Command::Lifecycle);
    bench
}

#[test]
fn a_day_of_winning_back_is_told_by_reports_and_taken_back_to_the_morning() {
    let bench = morning();
    let nima = agent(&bench, "Nima", Role::Supervisor, "sales");
    let ali = agent(&bench, "Ali", Role::Agent, "sales");
    let mina = agent(&bench, "Mina", Role::Agent, "finance");
    let first = bench.digest();
    let mut day = Day22 { bench, done: Vec::new() };
    let told = |day: &Day22| {
        let all = [
            ReportKind::Maturity,
            ReportKind::Offers,
            ReportKind::Campaigns,
            ReportKind::Processes,
            ReportKind::WinBack,
            ReportKind::Lifecycle,
        ];
        all.map(|kind| format!("{:?}", day.report(kind)))
    };
    let in_the_morning = told(&day);
    let gone = day.bench.list("", "stage:lapsed").total;
    assert!(gone >= CALLS, "{gone}");

    // The supervisor: whom, with what, saying what, and what follows.
    let segment = Segment {
        id: SegmentId(0),
        name: "Gone".into(),
        membership: Membership::Rule("stage:lapsed".into()),
        target: true,
        note: String::new(),
    };
    day.act(&nima, Command::SaveSegment { segment, base: 0 });
    let offer = Offer {
        name: "Come back".into(),
        need: "fast delivery".into(),
        cost: 1_500,
        margin: Some(20_000),
        active: true,
        ..Offer::default()
    };
    let offer = OfferId(day.define(&nima, offer));
    let line = |text: &str, check| ScriptLine { text: text.into(), check };
    let lines = vec![
        line("Hello {name}, this is {agent}.", false),
        line("We have missed you since {last_purchase}.", true),
        line("You asked for {need}: {offer} brings it.", true),
    ];
    let script = Script { name: "Welcome back".into(), lines, ..Script::default() };
    let script = ScriptId(day.define(&nima, script));
    let step = |name: &str, team: &str| Step {
        name: name.into(),
        team: team.into(),
        hours: 8,
        ..Step::default()
    };
    let process = Process {
        name: "Return".into(),
        steps: vec![step("open the account again", "sales"), step("credit the gift", "finance")],
        starts: vec![Start::Outcome("sale".into())],
        active: true,
        ..Process::default()
    };
    day.define(&nima, process);
    let campaign = Campaign {
        segment: "segment:Gone".into(),
        offer: Some(offer),
        script: Some(script),
        state: CampaignState::Running,
        ..Campaign::new("Back in winter", CampaignKind::WinBack)
    };
    let campaign = CampaignId(day.define(&nima, campaign));
    day.bench.desk.prepare().expect("learned");

    // The agent: ten calls from the top of the campaign's queue.
    let page = day.queue(campaign);
    assert_eq!(page.total, gone, "all who left are proposed");
    let people: Vec<CustomerId> =
        page.rows.iter().take(CALLS).map(|row| row.row.customer.id).collect();
    assert_eq!(people.len(), CALLS);
    let mut sold = Vec::new();
    for (at, customer) in people.iter().copied().enumerate() {
        assert_eq!(day.queue(campaign).rows[0].row.customer.id, customer, "the next is on top");
        let fact = Fact {
            id: FactId(0),
            customer,
            kind: FactKind::Need,
            text: "Fast delivery".into(),
            strength: 4,
            met: 2,
            source: String::new(),
            on: Day(TODAY),
        };
        day.act(&ali, Command::SaveFact(fact));
        let which = Which::Call { queue: None, campaign: Some(campaign) };
        let spoken = match day.bench.desk.ask(
            &ali,
            Question::Script { customer, which },
            &Cancel::default(),
        ) {
            Ok(Answer::Script(Some(spoken))) => spoken,
            other => panic!("{other:?}"),
        };
        let unknown = |part: &SpokenPart| matches!(part, SpokenPart::Fact(_, None));
        assert!(!spoken.lines.iter().flat_map(|l| &l.parts).any(unknown), "{spoken:?}");
        // Four say yes, four say no, two do not answer.
        let (outcome, answer) = match at % 5 {
            0 | 2 => ("sale", Some(OfferAnswer::Accepted)),
            1 | 3 => ("refused", Some(OfferAnswer::Refused)),
            _ => ("no_answer", None),
        };
        let reached = answer.is_some();
        let wrap_up = WrapUp {
            campaign: Some(campaign),
            offer: answer.map(|answer| Proposed { offer, answer, reason: String::new() }),
            satisfaction: reached.then_some(4),
            checked: if reached { vec![1, 2] } else { Vec::new() },
            ..WrapUp::default()
        };
        let log = Log {
            customer,
            outcome: outcome.into(),
            note: String::new(),
            channel: Channel::Call,
            direction: Direction::Outbound,
            seconds: if reached { 180 } else { 20 },
            callback: None,
            queue: None,
            finishes: None,
            wrap_up,
        };
        day.act(&ali, Command::Log(log));
        if answer == Some(OfferAnswer::Accepted) {
            sold.push(customer);
        }
        let later = day.queue(campaign);
        assert!(later.rows.iter().all(|row| row.row.customer.id != customer), "not again today");
    }
    assert_eq!(day.win_back(people[1]), Some(WinBackState::Contacted));
    for customer in sold.iter().copied() {
        day.act(&ali, Command::AddPurchase(sale(customer, TODAY)));
        assert_eq!(day.stage(customer), Stage::WonBack);
        assert_eq!(day.win_back(customer), Some(WinBackState::Returned));
    }

    // Two teams carry out what the sales began.
    for (who, left) in [(&ali, 1), (&mina, 0)] {
        for customer in sold.iter().copied() {
            let cases = day.bench.profile(customer).cases;
            let [line] = &cases[..] else { panic!("one case: {cases:?}") };
            assert_eq!(line.step.team, who.agent.team);
            let (case, change) = (line.case.id, CaseChange::Finish("done".into()));
            day.act(who, Command::ChangeCase { customer, case, change });
            let open = day.bench.profile(customer).cases;
            let open = open.iter().filter(|line| line.case.state == CaseState::Open).count();
            assert_eq!(open, left);
        }
    }

    // What the reports say of it.
    let Report::Offers(offers) = day.report(ReportKind::Offers) else { panic!() };
    let row = &offers.rows[0];
    assert_eq!((row.name.as_str(), row.asked, row.taken, row.refused), ("Come back", 8, 4, 4));
    let Report::Campaigns(campaigns) = day.report(ReportKind::Campaigns) else { panic!() };
    let [result] = &campaigns.rows[..] else { panic!("{campaigns:?}") };
    let Called { customers, reached, yes, .. } = result.called;
    assert_eq!((result.calls, customers, reached, yes), (10, 10, 8, 4));
    // Eight calls of three minutes and two of twenty seconds at 50 a minute, and four gifts; each who
    // said yes bought for 12,000 what cost 5,000.
    assert!((7_232..=7_234).contains(&result.cost), "{result:?}");
    assert_eq!((result.margin, result.outside.customers), (4 * 7_000, 0));
    let Report::Processes(processes) = day.report(ReportKind::Processes) else { panic!() };
    let done = &processes.processes[0];
    assert_eq!((done.name.as_str(), done.done, done.open), ("Return", 4, 0));
    assert_eq!(done.steps.iter().map(|step| step.in_time).collect::<Vec<_>>(), [Some(1.0); 2]);
    let Report::WinBack(win_back) = day.report(ReportKind::WinBack) else { panic!() };
    let returned = win_back.lines.iter().find(|l| l.state == WinBackState::Returned);
    let returned = returned.expect("a line");
    assert_eq!((returned.customers, returned.revenue), (4, 4 * 12_000));
    assert_eq!(day.bench.list("", "stage:won_back").total, 4);
    assert_eq!(day.bench.list("", "need:\"fast delivery\"").total, CALLS);
    let figure = |report: &MaturityReport, dimension| {
        let line = report.lines.iter().find(|line| line.dimension == dimension);
        line.expect("a line").part
    };
    let evening = day.maturity();
    // Eight answers, four cases of two steps each in time, eight asked how satisfied they are.
    assert_eq!(figure(&evening, Dimension::Offers), 8);
    assert_eq!(figure(&evening, Dimension::Processes), 8);
    assert_eq!(figure(&evening, Dimension::Experience), 8);

    // Taken back, the last act first, everything is as it was: what is kept and what is told.
    for (who, before) in std::mem::take(&mut day.done).into_iter().rev() {
        let done = day.bench.desk.act(&who, Command::Undo(None));
        assert!(done.is_ok(), "{done:?}");
        assert!(day.bench.digest() == before, "as before the act of {}", who.agent.name);
    }
    assert!(day.bench.digest() == first);
    assert_eq!(told(&day), in_the_morning);
    assert_eq!(day.level(Dimension::Offers), Level::BeforePlanning);
    assert!(day.bench.plans().definitions.named(DefinitionKind::Offer, "Come back").is_none());
}
