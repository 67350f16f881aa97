//! Reports on a believable store: every mark selects just the customers it counts, and the stories
//! that were planted are found.

use std::sync::{Arc, OnceLock};

use vafa::desk::reports::{CohortReport, Mark, Period, ReportKind, ValueReport, WinBackLine};
use vafa::desk::{Answer, Cancel, Command, Question, Refusal, Report, ReportQuery};
use vafa::domain::{Day, Language, Stage, WinBackState};
use vafa::exchange::sample::{self, Recipe};
use vafa::text::Calendar;

use super::bench::Bench;

/// 2026-11-22, the bench's day.
const TODAY: Day = Day(20_779);

/// What is told of the moment, and so is neither kept nor told of another day.
const MADE_ANEW: &[ReportKind] = &[
    ReportKind::Processes,
    ReportKind::Maturity,
    ReportKind::Programmes,
    ReportKind::Segments,
    ReportKind::Needs,
    ReportKind::Campaigns,
];

/// 2,500 customers of the demonstration, scored.
fn demo() -> &'static Bench {
    static DEMO: OnceLock<Bench> = OnceLock::new();
    DEMO.get_or_init(|| {
        let bench = Bench::new();
        let recipe = Recipe { customers: 2_500, seed: 1, lang: Language::English, today: TODAY };
        sample::fill(&bench.desk, &bench.who, sample::make(recipe), &mut |_| {}).unwrap();
        bench.act(Command::Fit { as_of: None, horizon_weeks: None, model: None });
        bench
    })
}

fn ask(bench: &Bench, query: ReportQuery) -> Arc<Report> {
    match bench.ask(Question::Report(query)) {
        Answer::Report(report) => report,
        other => panic!("{other:?}"),
    }
}

fn of(kind: ReportKind, expression: &str) -> ReportQuery {
    ReportQuery { expression: expression.into(), ..ReportQuery::of(kind) }
}

/// The marks of a report with what they are called.
fn marks(report: &Report) -> Vec<(String, Mark)> {
    let mut all: Vec<(String, Mark)> = Vec::new();
    let mut add = |name: String, mark: &Mark| all.push((name, mark.clone()));
    match report {
        Report::Rfm(r) => {
            for (i, mark) in r.cells.iter().flatten().enumerate() {
                add(format!("cell {i}"), mark);
            }
            r.segments.iter().for_each(|(s, mark)| add(format!("{s:?}"), mark));
        }
        Report::Value(r) => {
            r.bars.iter().for_each(|b| add(format!("bar {:?}", b.from), &b.mark));
            r.tiers.iter().for_each(|t| add(format!("tier {}", t.to), &t.mark));
            add("few".into(), &r.few);
            r.grid.iter().flatten().for_each(|mark| add("grid".into(), mark));
        }
        Report::Cohort(r) => r.rows.iter().for_each(|c| add(c.from.to_string(), &c.mark())),
        Report::Affinity(r) => {
            r.rules.iter().for_each(|rule| add(format!("{:?} {}", rule.from, rule.to), &rule.open));
        }
        Report::Lifecycle(r) => r.phases.iter().for_each(|p| add(p.stage.to_string(), &p.mark)),
        Report::Churn(r) => {
            r.leaving.iter().for_each(|l| add(format!("leaves {:?}", l.from), &l.mark));
            r.bands.iter().for_each(|b| add(format!("risk {}", b.from), &b.mark));
        }
        Report::Contracts(r) => {
            let marks = r.curve.iter().map(|p| &p.mark).chain(r.bands.iter().map(|b| &b.mark));
            marks.filter(|m| m.customers <= 60).for_each(|m| add("contracts".into(), m));
        }
        Report::Quality(_)
        | Report::Groups(_)
        | Report::Offers(_)
        | Report::Experience(_)
        | Report::Campaigns(_)
        | Report::Moves(_)
        | Report::WinBack(_)
        | Report::Relations(_)
        | Report::Processes(_)
        | Report::Maturity(_)
        | Report::Programmes(_)
        | Report::Segments(_)
        | Report::Needs(_) => {}
    }
    all
}

#[test]
fn every_mark_selects_the_customers_it_counts() {
    use ReportKind::{Affinity, Churn, Cohort, Lifecycle, Rfm, Value};
    let bench = demo();
    for kind in ReportKind::ALL {
        for base in ["", "city:London", "city:London or kind:organisation"] {
            let mut seen = 0;
            for (name, mark) in marks(&ask(bench, of(*kind, base))) {
                if mark.expression.is_empty() {
                    assert_eq!(mark.customers, 0, "{kind} {name}");
                    continue;
                }
                let listed = bench.list("", &mark.expression);
                assert_eq!(listed.error, None, "{kind} {name}: {}", mark.expression);
                assert_eq!(listed.total, mark.customers, "{kind} {name}: {}", mark.expression);
                seen += mark.customers;
            }
            let told = !matches!(kind, Rfm | Value | Cohort | Affinity | Lifecycle | Churn);
            assert!(told || seen > 0, "{kind} of {base:?} has nobody");
        }
    }
}

#[test]
fn contracts_run_as_their_days_say() {
    use vafa::desk::Load;
    use vafa::domain::{CustomerId, Subscription, SubscriptionId, Term};
    let bench = Bench::new();
    // A hundred of each age in months, half of the monthly ones ended after six.
    let contract = |n: i32, term: Term, end: Option<i32>| {
        let start = Day(TODAY.0 - 380 - n % 20);
        let subscription = Subscription {
            id: SubscriptionId(0),
            customer: CustomerId(0),
            external_id: None,
            product: None,
            start,
            end: end.map(|days| start.plus(days)),
            term,
            amount: 1_000,
            auto_renew: true,
        };
        Load::Subscription { customer: format!("{term}{n}"), subscription, sku: None }
    };
    let ends = |n: i32| (n % 2 == 0).then_some(180);
    let rows = (0..100).map(|n| contract(n, Term::Month, ends(n)));
    let rows = rows.chain((0..100).map(|n| contract(n, Term::Year, None))).collect();
    let gesture = bench.act(Command::Begin { label: "import".into() }).gesture;
    bench.act(Command::Load { gesture, rows });
    bench.act(Command::Close { gesture });
    let before = ask(&bench, of(ReportKind::Contracts, ""));
    let Report::Contracts(r) = &*before else { panic!("{before:?}") };
    assert_eq!((r.contracts, r.ended, r.median), (200, 50, None));
    let still = |months: u32| r.curve.iter().find(|p| p.months == months).map(|p| p.still);
    assert_eq!(
        (still(0), still(5), still(6), still(12)),
        (Some(1.0), Some(1.0), Some(0.75), Some(0.75))
    );
    let [monthly, yearly] = &r.terms[..] else { panic!("{:?}", r.terms) };
    assert_eq!((monthly.ended, monthly.after_year), (50, Some(0.5)));
    assert_eq!((yearly.ended, yearly.after_year), (0, Some(1.0)));
    assert!(r.bands.is_empty() && r.quality.is_none());
    let running: usize = r.curve.iter().map(|p| p.mark.customers).sum();
    assert_eq!(running, 150);
    // Half a year before, with those contracts to learn from, it is told who ends theirs.
    bench.act(Command::Fit { as_of: Some(TODAY.plus(-30)), horizon_weeks: Some(26), model: None });
    let after = ask(&bench, of(ReportKind::Contracts, ""));
    let Report::Contracts(r) = &*after else { panic!("{after:?}") };
    let quality = r.quality.expect("fitted");
    // The term tells; among the monthly ones nothing does: (1 + .5) / 2 + ties.
    assert!(quality.auc.is_some_and(|auc| auc > 0.75), "{quality:?}");
    assert_eq!(r.bands.iter().map(|b| b.mark.customers).sum::<usize>(), 150);
    let from = |least: u8| {
        let bands = r.bands.iter().filter(|b| b.from >= least);
        bands.map(|b| b.mark.customers).sum::<usize>()
    };
    assert!((from(60)..=from(40)).contains(&r.likely), "{}", r.likely);
    // A contract that is ended leaves them at once.
    let id = bench.list("", "external_id:year1").rows[0].customer.id;
    let mut own = bench.profile(id).subscriptions[0].clone();
    own.end = Some(TODAY.plus(-40));
    let product = String::new();
    bench.act(Command::SaveSubscription { subscription: own, product });
    let Report::Contracts(r) = &*ask(&bench, of(ReportKind::Contracts, "")) else { panic!() };
    assert_eq!(r.ended, 51);
}

#[test]
fn parts_add_up_to_the_whole() {
    let bench = demo();
    let buyers = bench.list("", "purchases>=1").total;
    let sum = |marks: &[&Mark]| marks.iter().map(|m| m.customers).sum::<usize>();
    match &*ask(bench, of(ReportKind::Rfm, "")) {
        Report::Rfm(r) => {
            assert_eq!(sum(&r.cells.iter().flatten().collect::<Vec<_>>()), buyers);
            assert_eq!(sum(&r.segments.iter().map(|(_, m)| m).collect::<Vec<_>>()), buyers);
            assert_eq!(r.total.spent, bench.list("", "").spent);
        }
        other => panic!("{other:?}"),
    }
    match &*ask(bench, of(ReportKind::Value, "")) {
        Report::Value(r) => {
            assert_eq!(sum(&r.bars.iter().map(|b| &b.mark).collect::<Vec<_>>()), buyers);
            assert_eq!(sum(&r.tiers.iter().map(|t| &t.mark).collect::<Vec<_>>()), buyers);
            assert_eq!(sum(&r.grid.iter().flatten().collect::<Vec<_>>()), buyers);
        }
        other => panic!("{other:?}"),
    }
    match &*ask(bench, of(ReportKind::Churn, "")) {
        Report::Churn(r) => {
            assert_eq!(sum(&r.bands.iter().map(|b| &b.mark).collect::<Vec<_>>()), buyers);
            // What is said of them is what the list says.
            let likely = bench.list("", "risk>=50%");
            assert_eq!((r.likely.customers, &*r.likely.expression), (likely.total, "risk>=50%"));
            let higher = r.bands.iter().filter(|b| b.from >= 60).map(|b| b.mark.customers);
            assert!(r.likely.customers > higher.sum(), "some lie between");
            assert!(r.curve.len() == 25 && r.curve.windows(2).all(|w| w[1] <= w[0]), "{r:?}");
        }
        other => panic!("{other:?}"),
    }
    match &*ask(bench, of(ReportKind::Lifecycle, "")) {
        Report::Lifecycle(r) => {
            assert_eq!(r.total, bench.list("", "").total);
            assert_eq!(r.bought, buyers);
            assert_eq!(r.came_back, bench.list("", "purchases>=2").total);
            let prospects = r.phases.iter().find(|p| p.stage == Stage::Prospect).unwrap();
            assert_eq!(prospects.purchases, None, "prospects have not bought");
        }
        other => panic!("{other:?}"),
    }
}

fn value(bench: &Bench) -> ValueReport {
    match &*ask(bench, of(ReportKind::Value, "")) {
        Report::Value(r) => (**r).clone(),
        other => panic!("{other:?}"),
    }
}

fn cohorts(bench: &Bench, calendar: Calendar) -> CohortReport {
    let query = ReportQuery { calendar, ..of(ReportKind::Cohort, "") };
    match &*ask(bench, query) {
        Report::Cohort(r) => r.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_planted_stories_are_found() {
    let bench = demo();
    // A few bring most of the margin.
    let r = value(bench);
    let share = |part: i64, of: i64| part as f64 / of as f64;
    let customers = r.few.customers as f64 / r.total.customers as f64;
    assert!(customers < 0.4 && share(r.few.margin, r.total.margin) > 0.6, "{:?}", r.few);
    // Plans go with a router or a line; somebody has the one without the other.
    match &*ask(bench, of(ReportKind::Affinity, "")) {
        Report::Affinity(r) => {
            let best = r.rules.first().expect("a rule");
            assert!(best.lift() > 1.5 && best.open.customers > 0, "{best:?}");
            assert!(best.count <= best.count_from && best.count_from <= best.baskets);
            assert!(r.steps.iter().any(|s| s.median_days > 0), "{:?}", r.steps);
        }
        other => panic!("{other:?}"),
    }
    // The model beats what needs no model.
    match &*ask(bench, of(ReportKind::Quality, "")) {
        Report::Quality(r) => {
            let held = r.held.as_ref().expect("time held back");
            assert!(held.quality.model.auc > held.quality.recency.auc, "{:?}", held.quality);
            assert!(r.scoring.is_some() && held.split < TODAY);
        }
        other => panic!("{other:?}"),
    }
    match &*ask(bench, of(ReportKind::Groups, "")) {
        Report::Groups(r) => {
            let members: usize = r.groups.iter().map(|g| g.members.len()).sum();
            assert_eq!(members, bench.list("", "stage:prospect").total);
            assert!(r.groups.len() >= 2 && r.groups.iter().any(|g| !g.signs.is_empty()));
            for group in &r.groups {
                assert_eq!(bench.list("", &group.expression).error, None, "{}", group.expression);
            }
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn contracts_end_for_the_causes_that_were_planted() {
    let bench = demo();
    let Answer::Models(models) = bench.ask(Question::Models) else { panic!("models") };
    let fitted = models.fitted.expect("models");
    let churn = fitted.model("churn_logistic").expect("contracts");
    let figure = |name: &str| churn.quality.iter().find(|(n, _)| n == name).expect(name).1;
    assert!(
        figure("auc") > 0.65 && figure("auc") > figure("auc_tenure") + 0.05,
        "{:?}",
        churn.quality
    );
    // The first of each choice is what the others are compared with: by the month, no renewal.
    for (name, raises) in
        [("period=year", false), ("period=two_years", false), ("auto_renew=yes", false)]
    {
        let weight = churn.parameter(name).expect(name);
        assert_eq!(weight > 0.0, raises, "{name}: {weight}");
    }
    let cox = fitted.model("cox").expect("contracts");
    assert!(cox.quality.iter().any(|(n, c)| n == "concordance" && *c > 0.6), "{:?}", cox.quality);
    assert!(fitted.model("sbg").is_some());
    let ids = bench.ids("stage:loyal");
    let profiles: Vec<_> = ids.iter().take(60).map(|id| bench.profile(*id)).collect();
    let told: Vec<_> = profiles.iter().filter_map(|p| p.outlook.as_ref()).collect();
    assert!(told.len() > 5, "{}", told.len());
    for outlook in told {
        assert!((0.0..=1.0).contains(&outlook.chance) && outlook.reasons.len() == 3, "{outlook:?}");
        assert!(outlook.ends.is_none_or(|day| day > TODAY), "{outlook:?}");
    }
}

#[test]
fn cohorts_follow_the_calendar_and_start_whole() {
    let bench = demo();
    for (calendar, first) in [(Calendar::Gregorian, 1), (Calendar::Jalali, 1)] {
        let r = cohorts(bench, calendar);
        assert!(r.rows.len() > 12);
        for row in &r.rows {
            assert_eq!(row.active.first().copied(), Some(row.customers as u32));
            let (_, _, day) = calendar.parts(row.from.date().unwrap());
            assert_eq!(day, first, "{calendar:?}");
        }
    }
    let by_week = ReportQuery { period: Period::Week, ..of(ReportKind::Cohort, "") };
    match &*ask(bench, by_week) {
        Report::Cohort(r) => assert!(r.rows.iter().all(|c| c.until.since(c.from) == 7)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_day_sees_nothing_that_came_later() {
    let bench = demo();
    let day = TODAY.plus(-400);
    for kind in ReportKind::ALL {
        let query = ReportQuery { as_of: Some(day), ..of(*kind, "") };
        let of_today = [ReportKind::Lifecycle, ReportKind::WinBack];
        if of_today.contains(kind) || MADE_ANEW.contains(kind) {
            let refused = bench.desk.ask(&bench.who, Question::Report(query), &Cancel::default());
            assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
            continue;
        }
        match &*ask(bench, query) {
            Report::Rfm(then) => {
                let now = bench.list("", &format!("first<={day}")).total;
                assert_eq!(then.total.customers, now);
                assert!(then.total.spent < bench.list("", "").spent);
                assert!(then.cells.iter().flatten().all(|m| m.expression.is_empty()));
            }
            Report::Cohort(then) => {
                assert!(
                    then.rows.iter().all(|c| c.from <= day && c.starts.iter().all(|s| *s <= day))
                );
                let now = cohorts(bench, Calendar::Gregorian);
                let old = then.rows.last().unwrap();
                let before = &then.rows[then.rows.len() - 4];
                let new = now.rows.iter().find(|c| c.from == before.from).unwrap();
                assert_eq!(new.active[..3], before.active[..3]);
                assert_eq!(old.active.len(), 1);
            }
            _ => {}
        }
    }
}

#[test]
fn reports_are_kept_until_the_data_changes_and_give_up_when_cancelled() {
    let bench = Bench::new();
    let recipe = Recipe { customers: 60, seed: 2, lang: Language::English, today: TODAY };
    sample::fill(&bench.desk, &bench.who, sample::make(recipe), &mut |_| {}).unwrap();
    for kind in ReportKind::ALL.iter().filter(|kind| !MADE_ANEW.contains(kind)) {
        let first = ask(&bench, of(*kind, ""));
        assert!(Arc::ptr_eq(&first, &ask(&bench, of(*kind, ""))), "{kind} was made again");
    }
    let cohort = ask(&bench, of(ReportKind::Cohort, ""));
    bench.create("Nobody Yet"); // no purchase: what is read from purchases stays
    assert!(Arc::ptr_eq(&cohort, &ask(&bench, of(ReportKind::Cohort, ""))));
    let rfm = ask(&bench, of(ReportKind::Rfm, "city:London"));
    bench.act(Command::Undo(None));
    assert!(!Arc::ptr_eq(&rfm, &ask(&bench, of(ReportKind::Rfm, "city:London"))));
    let gone = Cancel::default();
    gone.cancel();
    for kind in ReportKind::ALL {
        let query = of(*kind, "kind:person");
        let answer = bench.desk.ask(&bench.who, Question::Report(query), &gone);
        assert!(matches!(answer, Err(Refusal::Cancelled)), "{kind}: {answer:?}");
    }
}

#[test]
fn an_empty_store_and_one_buyer_are_no_trouble() {
    let bench = Bench::new();
    for kind in ReportKind::ALL {
        ask(&bench, of(*kind, ""));
    }
    let refused = bench.desk.ask(
        &bench.who,
        Question::Report(of(ReportKind::Rfm, "citty:Qom")),
        &Cancel::default(),
    );
    assert!(matches!(refused, Err(Refusal::Expression(_))), "{refused:?}");
    bench.create("One");
    for kind in ReportKind::ALL {
        ask(&bench, of(*kind, ""));
    }
}

#[test]
fn the_winning_back_knows_whom_its_campaign_called() {
    let bench = demo();
    let Report::Campaigns(r) = &*ask(bench, of(ReportKind::Campaigns, "")) else { panic!() };
    let named = |name: &str| r.rows.iter().find(|row| row.name == name).expect("a campaign");
    let drive = named("Come back this spring");
    let Report::WinBack(r) = &*ask(bench, of(ReportKind::WinBack, "")) else { panic!() };
    let of = |state| r.lines.iter().find(|line| line.state == state).expect("a line");
    let tried = [of(WinBackState::Contacted), of(WinBackState::Returned)];
    let sum = |of: fn(&WinBackLine) -> i64| tried.iter().map(|line| of(line)).sum::<i64>();
    assert_eq!(sum(|line| line.customers as i64), drive.called.customers as i64);
    assert!(of(WinBackState::Returned).customers > 0 && of(WinBackState::Returned).revenue > 0);
    // Calls after somebody was back again cost the winning back nothing more.
    assert!((1..=drive.cost).contains(&sum(|line| line.cost)), "{drive:?} {r:?}");
}
