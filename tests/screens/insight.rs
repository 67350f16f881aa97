//! Insight: pictures with their findings, the customers behind a mark, tables, mirrored and without colour.

use vafa::desk::reports::{
    AffinityReport, Aged, Among, Band, Bar, Before, Called, CampaignResult, CampaignsReport,
    ChurnReport, CohortReport, CohortRow, ContractQuality, ContractsReport, ExperienceReport, Flow,
    Go, Group, GroupsReport, LifecycleReport, Mark, MaturityLine, MaturityReport, MovesReport,
    NeedRow, NeedsReport, Next, OfferRow, OffersReport, Pairing, Period, Phase, ProcessLine,
    ProcessesReport, ProgrammeLine, ProgrammesReport, QualityReport, RelationYear, RelationsReport,
    RfmReport, SegmentsReport, Sign, StepLine, Stream, Tier, Todo, ValueReport, VoiceBy, VoiceRow,
    WinBackLine, WinBackReport,
};
use vafa::desk::{Command, Report, ReportKind, ReportQuery};
use vafa::domain::{
    CustomerId, DefinitionKind, Field, Language, Membership, ProcessId, Product, ProductId,
    Stage as Life, ThemeKind, WinBackState,
};
use vafa::insight::experience::Voices;
use vafa::insight::lifecycle::Rule;
use vafa::insight::maturity::{self, Dimension};
use vafa::insight::rfm::Segment;

use crate::stage::{Stage, today};

fn mark(expression: &str, customers: usize, money: i64) -> Mark {
    Mark { expression: expression.into(), customers, spent: money, margin: money / 2, worth: money }
}

/// Calls are well logged, offers untested, the rest in between.
fn maturity() -> MaturityReport {
    let line = |dimension: &Dimension| {
        let (figure, cases, before, todo) = match dimension {
            Dimension::Calls => {
                let go = Go::Define(DefinitionKind::Campaign);
                let what = Todo::CheckConsent;
                let next = Next { what, count: 2, name: String::new(), go };
                (Some(0.97), 400.0, Before::Figure(0.5), vec![next])
            }
            Dimension::Offers => (Some(0.0), 0.0, Before::Figure(3.0), Vec::new()),
            _ => {
                let go = Go::Customers("phone:none".into());
                let (what, name) = (Todo::Ask(Field::Phone), String::new());
                let next = Next { what, count: 12, name, go };
                (Some(0.45), 10.0, Before::Undated, vec![next])
            }
        };
        let level = maturity::level(*dimension, figure, cases);
        let next = maturity::next(*dimension, level);
        let (dimension, part, whole) = (*dimension, 45, 100);
        MaturityLine { dimension, level, figure, part, whole, cases, next, before, todo }
    };
    let lines: Vec<MaturityLine> = Dimension::ALL.iter().map(line).collect();
    let levels: Vec<_> = lines.iter().map(|line| line.level).collect();
    MaturityReport { as_of: today(), level: maturity::overall(&levels), lines }
}

/// 9 went from repeat to at risk in the last period, 3 in the one before, 2 became loyal by hand then.
fn moves(period: Period) -> MovesReport {
    let days = if period == Period::Week { 7 } else { 30 };
    let of = |from, to, rule, counts: [usize; 6]| {
        let moved = counts.map(|n| mark(&format!("id={n}"), n, 0)).to_vec();
        Stream { from, to, rule, moves: moved }
    };
    let silent = Some(Rule::Silence);
    let (from, to, rule, customers) = (Life::Repeat, Life::AtRisk, silent, 9);
    MovesReport {
        since: today().plus(1 - days),
        until: today(),
        flows: vec![Flow { from, to, rule, customers }],
        ends: (0..6).rev().map(|ago| today().plus(-days * ago)).collect(),
        days,
        streams: vec![
            of(from, to, rule, [0, 0, 0, 1, 3, 9]),
            of(Life::Repeat, Life::Loyal, None, [0, 0, 0, 0, 2, 0]),
        ],
    }
}

/// Two were called to an end and one of them came back, for 5 and 60.
fn win_back() -> WinBackReport {
    let line = |state: WinBackState| {
        let (customers, cost, revenue) = match state {
            WinBackState::Left => (7, 0, 0),
            WinBackState::Contacted => (3, 300, 0),
            WinBackState::Returned => (1, 100, 6_000),
            WinBackState::Closed => (1, 100, 0),
        };
        let (expression, days) = (format!("winback:{state}"), Some(4));
        WinBackLine { state, expression, customers, cost, revenue, days }
    };
    WinBackReport { as_of: today(), lines: WinBackState::ALL.iter().copied().map(line).collect() }
}

/// Longer than a year before, and less deep.
fn relations() -> RelationsReport {
    let year = |ago: i32, weeks: f64, purchases: f64| {
        let until = today().plus(-365 * ago);
        let expression = format!("bought_in:{}..{until}", until.plus(-364));
        let (from, customers, spent) = (until.plus(-364), 40, 90_000.0);
        RelationYear { from, until, customers, weeks, purchases, spent, expression }
    };
    RelationsReport { years: vec![year(1, 20.0, 6.0), year(0, 41.5, 4.5)] }
}

/// A process of two steps with three open cases, two of them late; nothing was begun when empty.
fn processes(is_empty: bool) -> ProcessesReport {
    if is_empty {
        return ProcessesReport::default();
    }
    let step = |name: &str, overdue, mean| StepLine {
        name: name.into(),
        team: "finance".into(),
        allowed: 8,
        open: 2 * overdue,
        overdue,
        passed: 12,
        mean: Some(mean),
        most: Some(mean * 2.0),
        in_time: Some(0.5),
    };
    let complaint = ProcessLine {
        process: ProcessId(1),
        name: "Complaint".into(),
        open: 3,
        overdue: 2,
        done: 9,
        dropped: 1,
        steps: vec![step("listen", 0, 2.5), step("repay", 2, 14.0)],
    };
    ProcessesReport { processes: vec![complaint] }
}

/// What the desk says of a store of 100 buyers; nothing where it is asked about `empty`.
pub fn report(query: &ReportQuery) -> Report {
    let as_of = today();
    let total = mark("", 100, 1_000_000);
    let is_empty = query.expression == "empty";
    match query.kind {
        ReportKind::Rfm => {
            let mut cells: [[Mark; 5]; 5] = Default::default();
            for (r, row) in cells.iter_mut().enumerate() {
                for (f, cell) in row.iter_mut().enumerate() {
                    *cell = mark(&format!("rfm:{}{}", r + 1, f + 1), r + f, 40_000);
                }
            }
            let segments = vec![(Segment::Champions, mark("rfm:55", 18, 710_000))];
            Report::Rfm(Box::new(RfmReport { as_of, cells, segments, total }))
        }
        ReportKind::Processes => Report::Processes(processes(is_empty)),
        ReportKind::Campaigns => {
            let autumn = CampaignResult {
                id: vafa::domain::CampaignId(1),
                name: "Autumn".into(),
                state: vafa::domain::CampaignState::Running,
                expression: "(stage:loyal)".into(),
                members: 90,
                calls: 55,
                called: Called { customers: 40, reached: 30, yes: 10, no: 12 },
                cost: 40_000,
                margin: 90_000,
                left: Some(10_000),
                outside: Called { customers: 50, reached: 30, yes: 5, no: 9 },
                outside_rate: Some(0.1),
                outside_cost: 30_000,
            };
            Report::Campaigns(CampaignsReport { as_of, rows: vec![autumn] })
        }
        ReportKind::Maturity => Report::Maturity(maturity()),
        ReportKind::Programmes => {
            let club = ProgrammeLine {
                name: "Club".into(),
                expression: "stage:loyal".into(),
                eligible: 90,
                earning: 40,
                open: 1_200,
                liability: 12_000,
                compared: 12,
                before: Some(30_000),
                after: Some(45_000),
                ..ProgrammeLine::default()
            };
            let tier = vafa::domain::Tier { threshold: 50_000, discount: 50, terms: String::new() };
            let of_tier = ProgrammeLine {
                tier: Some(tier),
                expression: String::new(),
                earning: 8,
                ..club.clone()
            };
            Report::Programmes(ProgrammesReport { as_of, lines: vec![club, of_tier] })
        }
        ReportKind::Needs => {
            let need = NeedRow {
                need: "Fast delivery".into(),
                customers: 30,
                share: 0.3,
                importance: Some(4.5),
                met: Some(2.0),
                unmet: 12,
                worth: 90_000,
                expression: "need=\"Fast delivery\"".into(),
                ..NeedRow::default()
            };
            let among = Among::Segment("Big spenders".into());
            let inside = NeedRow { among, customers: 8, share: 0.5, ..need.clone() };
            Report::Needs(NeedsReport { as_of, rows: vec![need, inside] })
        }
        // No picture asks for it.
        ReportKind::Segments => Report::Segments(SegmentsReport::default()),
        ReportKind::Value => Report::Value(Box::new(ValueReport {
            as_of,
            scored: true,
            bars: vec![
                Bar { from: None, to: Some(10_000), mark: mark("value<100", 80, 200_000) },
                Bar { from: Some(10_000), to: None, mark: mark("value>=100", 20, 800_000) },
            ],
            tiers: vec![
                Tier { from: 0, to: 5, least: 900, mark: mark("spent>=9", 5, 500_000) },
                Tier { from: 5, to: 100, least: 1, mark: mark("spent<9", 95, 500_000) },
            ],
            few: mark("spent>=5", 18, 710_000),
            grid: [
                [mark("alive>=67% value>=9", 30, 1), mark("x", 4, 1), mark("y", 2, 1)],
                Default::default(),
                [mark("alive<67% value>=9", 7, 1), Mark::default(), Mark::default()],
            ],
            total,
        })),
        ReportKind::Churn => Report::Churn(ChurnReport {
            as_of,
            curve: (0..25).map(|m| 0.9 - f64::from(m) * 0.01).collect(),
            averaged: 100,
            bands: vec![
                Band { from: 0, to: 20, mark: mark("risk<20%", 90, 1_000) },
                Band { from: 80, to: 100, mark: mark("risk>=80%", 10, 55_500) },
            ],
            likely: mark("risk>=50%", 14, 77_700),
            horizon_weeks: 26,
            total,
            ..ChurnReport::default()
        }),
        ReportKind::Cohort => {
            let row = |month: i32, active: &[u32]| CohortRow {
                from: today().plus(month * 30),
                until: today().plus(month * 30 + 30),
                customers: active[0] as usize,
                active: active.to_vec(),
                revenue: vec![5_000; active.len()],
                last: as_of,
                starts: (0..active.len() as i32).map(|k| today().plus((month + k) * 30)).collect(),
                expression: format!("first>={}", today().plus(month * 30)),
            };
            let rows = vec![
                row(-5, &[40, 10, 10, 10, 10, 8]),
                row(-4, &[50, 40, 40, 40, 20]),
                row(-1, &[30, 9]),
            ];
            Report::Cohort(CohortReport { as_of, period: Some(query.period), rows })
        }
        ReportKind::Affinity => {
            let product = |id: u64, name: &str| Product {
                id: ProductId(id),
                sku: name.to_uppercase(),
                name: name.into(),
                category: String::new(),
                price: None,
                unit_cost: None,
            };
            let rule = Pairing {
                from: vec![ProductId(1)],
                to: ProductId(2),
                count: 63,
                count_from: 100,
                count_to: 210,
                baskets: 1_000,
                open: mark("(id=1 or id=2)", 280, 0),
            };
            Report::Affinity(AffinityReport {
                as_of,
                baskets: 1_000,
                customers: 100,
                products: vec![product(1, "Router"), product(2, "Cable")],
                rules: vec![rule],
                steps: Vec::new(),
            })
        }
        ReportKind::Moves if is_empty => {
            Report::Moves(MovesReport { days: 30, ends: vec![as_of; 6], ..MovesReport::default() })
        }
        ReportKind::Moves => Report::Moves(moves(query.period)),
        ReportKind::WinBack if is_empty => Report::WinBack(WinBackReport::default()),
        ReportKind::WinBack => Report::WinBack(win_back()),
        ReportKind::Relations if is_empty => Report::Relations(RelationsReport::default()),
        ReportKind::Relations => Report::Relations(relations()),
        ReportKind::Lifecycle => {
            let phase = |stage: Life, n| Phase {
                stage,
                mark: mark(&format!("stage:{stage}"), n, 1),
                weeks: Some(12.0),
                purchases: None,
                days: Some(30),
                risk: Some(0.25),
            };
            let phases = vec![
                phase(Life::Prospect, 20),
                phase(Life::FirstTime, 40),
                phase(Life::Loyal, 30),
                phase(Life::AtRisk, 6),
                phase(Life::Lapsed, 4),
            ];
            Report::Lifecycle(LifecycleReport {
                as_of,
                phases,
                total: 100,
                bought: 80,
                came_back: 36,
            })
        }
        ReportKind::Contracts => {
            let aged = |n: u32| Aged {
                months: n,
                still: 1.0 - 0.03 * f64::from(n),
                error: 0.01,
                at_risk: 400 - n as usize,
                mark: mark("", 5, 0),
            };
            Report::Contracts(Box::new(ContractsReport {
                as_of,
                contracts: 400,
                ended: 200,
                median: Some(17.0),
                curve: (0..25).map(aged).collect(),
                bands: vec![
                    Band { from: 0, to: 20, mark: mark("id=1", 150, 0) },
                    Band { from: 60, to: 80, mark: mark("id=2", 12, 0) },
                ],
                likely: 21,
                horizon_weeks: 26,
                quality: Some(ContractQuality {
                    auc: Some(0.84),
                    auc_tenure: Some(0.7),
                    ..ContractQuality::default()
                }),
                ..ContractsReport::default()
            }))
        }
        ReportKind::Quality => Report::Quality(QualityReport::default()),
        ReportKind::Offers => {
            let row = |among, taken, asked| OfferRow {
                name: "Gift".into(),
                among,
                asked,
                taken,
                ..OfferRow::default()
            };
            let rows = vec![row(Among::All, 4, 9), row(Among::Stage(Life::Loyal), 3, 4)];
            Report::Offers(OffersReport { as_of, rows })
        }
        ReportKind::Experience => {
            let mut voices = Voices::default();
            voices.add(Some(4), Some(9));
            voices.add(Some(5), Some(2));
            let rows = vec![VoiceRow { by: VoiceBy::All, name: String::new(), voices }];
            Report::Experience(ExperienceReport { as_of, rows })
        }
        ReportKind::Groups => {
            let sign = Sign { expression: "source=web".into(), inside: 0.9, outside: 0.1 };
            let group = Group {
                members: (0..12).map(CustomerId).collect(),
                signs: vec![sign],
                expression: "stage:prospect source=web".into(),
            };
            Report::Groups(GroupsReport {
                as_of,
                expression: "stage:prospect".into(),
                customers: 20,
                silhouette: 0.4,
                groups: vec![group, Group { members: vec![CustomerId(40)], ..Group::default() }],
            })
        }
    }
}

fn at(width: u16, height: u16, language: Language) -> Stage {
    let mut stage = Stage::at(width, height, language);
    stage.keys("5");
    stage
}

/// Fails when the lines of the screen, one after the other, do not say the text.
#[track_caller]
fn says(stage: &Stage, text: &str) {
    let screen = stage.screen();
    let joined = screen.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    assert!(joined.contains(text), "{text:?} is not in:\n{screen}");
}

#[test]
fn every_picture_says_in_one_line_what_it_shows() {
    let mut stage = at(80, 24, Language::English);
    for finding in [
        "18% of the buyers are champions and brought 71% of the sales",
        "The top 18% bring 71% of the margin",
        "come back most: on average 80% of them bought in each of the first 3 periods after",
        "20% of the buyers hold 80% of the value still to come",
        "7 who bring much are drifting away: win them over; 6 loyal ones bring little",
        "90% of all who ever bought are with us today; in a year it will be 78%",
        "14 customers worth 777 have left within 26 weeks more likely than not",
        "Half of all contracts end within 17 months, told from 400",
        "21 end their contract within 26 weeks more likely than not; on contracts it had not seen",
        "Router goes with Cable: 3.0 times as often as by chance; 280 have the first",
        "45% of those who bought came back; 6 are at risk, 4 have lapsed",
        "9 moved in the 30 days to 2026-11-21, 5 in the 30 before; most of them repeat → at risk: 9",
        "50% of the 2 who were tried to an end came back: calling cost 5, they spent 60 since; 7 were",
        "Relations lengthen: 41.5 weeks on average, 20.0 a year before; they flatten: 4.5 days of buying",
        "2 groups among 20; the most telling: source=web",
        "Gift is taken most readily: by 4 of 9 who were asked",
        "Autumn: 25% of those called say yes; of their like outside campaigns 10%",
        "Satisfaction is 4.5 of 5 (2 asked), the net promoter score 0.0 (2 asked)",
        "Fast delivery: 30 need it; it matters 4.5 of 5 and is met 2.0 of 5",
        "Club: 40 have earned points, 90 may earn now; 120 is owed. Margin a year of 12 members: 300 before, 450",
        "Cases wait longest at repay (Complaint): 14 hours of business on average, 8 allowed; 2 of 3 open",
        "Too little time or too few customers",
        "Level 1 of 5, before planning: all dimensions reach it. Below level 2:",
    ] {
        says(&stage, finding);
        stage.keys("<Tab>");
    }
    stage.sees("champions"); // round again
}

#[test]
fn one_two_or_three_at_once_by_size() {
    for (width, height, seen) in [(80, 24, 1), (120, 36, 2), (200, 60, 3)] {
        let screen = at(width, height, Language::English).screen();
        let findings = ["champions and brought", "of the margin", "come back most"];
        let there = findings.iter().filter(|f| screen.contains(**f)).count();
        assert_eq!(there, seen, "{width}x{height}:\n{screen}");
    }
}

#[test]
fn arrows_move_between_marks_and_enter_opens_the_customers_behind() {
    let mut stage = at(120, 36, Language::English);
    stage.sees("recency 5  ·  frequency 5"); // where the most are
    stage.keys("<Left><Down>").sees("recency 4  ·  frequency 4  ·  group loyal  ·  customers 6");
    stage.keys("<Enter>").sees("rfm:44");
    stage.keys("q").sees("recency 4  ·  frequency 4");
    // A cell that is not there is never reached: the newest cohort has two periods.
    stage.keys("<Tab><Tab>G").sees("share 30%");
    stage.keys("<Right><Right><Right>").sees("share 30%");
}

#[test]
fn a_picture_is_a_table_and_back() {
    let mut stage = at(120, 36, Language::English);
    stage.keys("<Tab>T").sees("tier").sees("share of margin").sees_not("┃");
    stage.keys("j").sees("▸ 5–100%");
    stage.keys("T").sees("┃");
}

#[test]
fn a_table_that_is_too_wide_cuts_no_figure() {
    // Eight columns: headings take two lines, and what does not fit is told in the line below.
    let mut stage = at(44, 24, Language::English);
    stage.keys("<Tab>T").sees("customers").sees("5,000").sees("spent 5,000");
    let rows = stage.rows();
    let row = rows.iter().find(|row| row.contains("▸")).expect("the cursor");
    assert!(!row.contains('…'), "{row}");
}

#[test]
fn the_period_and_whom_it_is_about_can_be_changed() {
    let mut stage = at(120, 36, Language::English);
    stage.segments = vec![vafa::domain::Segment {
        id: vafa::domain::SegmentId(1),
        name: "Capital".into(),
        membership: Membership::Rule("city:Tehran".into()),
        target: false,
        note: String::new(),
    }];
    stage.sees("everyone").keys("sCap<Enter>").sees_not("everyone").sees("Capital");
    stage.keys("<Tab><Tab>").sees("by month").keys("p").sees("by quarter");
}

#[test]
fn a_mark_becomes_a_segment_in_one_key() {
    let mut stage = at(120, 36, Language::English);
    stage.keys("/groups<Enter>a");
    let saved = stage.sent.iter().find_map(|c| match c {
        Command::SaveSegment { segment, .. } => Some(segment.clone()),
        _ => None,
    });
    let saved = saved.expect("a segment");
    assert_eq!(saved.membership, Membership::Rule("stage:prospect source=web".into()));
    assert!(saved.name.contains("source=web"), "{}", saved.name);
    // The group without a sign cannot be told from the rest.
    stage.keys("ja").sees("no expression");
    let count = stage.sent.iter().filter(|c| matches!(c, Command::SaveSegment { .. })).count();
    assert_eq!(count, 1);
}

#[test]
fn a_picture_is_reached_by_its_name_in_either_language() {
    let mut stage = at(80, 24, Language::English);
    stage.sees("RFM").sees_not("Maturity");
    stage.keys("/").sees("Which picture").sees("champions and brought");
    stage.keys("matur<Enter>").sees("▸ Profiles").sees("‹");
    stage.keys("/rfm<Enter>").sees("champions and brought").sees("›");
    let mut stage = at(80, 24, Language::Persian);
    // With the Persian layout, and with the Latin one still on.
    stage.keys("/فرایند<Enter>").sees("Complaint");
    stage.keys("/tvhdkn<Enter>").sees("Complaint");
}

#[test]
fn moves_are_told_over_time_and_lead_to_those_who_moved() {
    let mut stage = at(80, 24, Language::English);
    stage.keys("/moves<Enter>").sees("22 Oct").sees("21 Nov").sees("repeat → at risk");
    says(&stage, "why likely to leave  ·  until 2026-11-21  · moves 9");
    stage.keys("<Left>");
    says(&stage, "until 2026-10-22  · moves 3");
    stage.keys("<Down>");
    says(&stage, "why by hand  ·  until 2026-10-22  ·  moves 2");
    stage.keys("<Right>").sees("repeat → loyal, by hand, to 2026-11-21: nobody");
    stage.keys("<Enter>").sees("no expression");
    // Where nobody moved there is no row.
    stage.keys("T").sees("▸ repeat").sees_not("moves 0");
    let rows = stage.rows();
    assert_eq!(rows.iter().filter(|row| row.contains("2026-")).count(), 4 + 2, "{rows:?}");
    stage.keys("jjj").sees("▸ repeat  loyal").keys("jj").sees("▸ repeat  loyal");
    stage.keys("<Enter>").sees("id=2").keys("q");
    // By weeks.
    stage.keys("Tp").sees("by quarter").keys("p").sees("by week").sees("9 moved in the 7 days");
}

#[test]
fn winning_back_shows_its_states_and_what_it_cost() {
    let mut stage = at(120, 36, Language::English);
    stage.keys("/win<Enter>").sees("state left  ·  customers 7").sees("what it cost");
    stage.keys("jj<Enter>").sees("winback:returned").keys("q");
    stage.keys("jjj").sees("spent since 60").keys("k").sees("cost 5").keys("<Enter>");
    stage.sees("winback:contacted or winback:returned or winback:closed");
}

#[test]
fn relations_year_by_year_lead_to_those_who_bought() {
    let mut stage = at(80, 24, Language::English);
    stage.keys("/relations<Enter>").sees("41.5 ▲").sees("4.5 ▼");
    stage.sees("weeks with us  ·  year to 2026-11-21  ·  figure 41.5  ·  year");
    stage.keys("<Enter>").sees("bought_in:2025-11-22..2026-11-21").keys("q");
    stage.keys("T").sees("days of buying").sees("▸ weeks with us");
}

#[test]
fn a_step_of_a_process_leads_to_its_cases_on_work() {
    let mut stage = at(120, 36, Language::English);
    stage.keys("/proc<Enter>").sees("Complaint: repay").sees("! 2  14 h").sees("┃");
    stage.keys("j<Enter>").sees("Complaint: repay 1").sees_not("Complaint: listen");
    // Tab is back at all the work.
    stage.keys("<Tab>").sees("Complaint: listen");
    let mut stage = at(120, 36, Language::English);
    stage.keys("/proc<Enter>j<Enter>").keys("<Esc>").sees("Complaint: listen");
}

#[test]
fn where_there_is_nothing_a_picture_says_what_would_make_it_so() {
    let mut stage = at(80, 24, Language::English);
    stage.segments = vec![vafa::domain::Segment {
        id: vafa::domain::SegmentId(1),
        name: "Newcomers".into(),
        membership: Membership::Rule("empty".into()),
        target: false,
        note: String::new(),
    }];
    stage.keys("sNewc<Enter>");
    for (name, sentence) in [
        ("moves", "Nobody has moved from stage to stage in 180 days: press r"),
        ("win", "who moves to the lapsed comes here"),
        ("relations", "purchases make relations"),
        ("proc", "make one in Manage"),
    ] {
        stage.keys(&format!("/{name}<Enter>"));
        says(&stage, sentence);
    }
}

#[test]
fn a_ladder_tells_what_to_do_and_leads_there() {
    let mut stage = at(80, 24, Language::English);
    stage
        .keys("<BackTab>")
        .sees("▸ Profiles")
        .sees("■ ■ ■ □ □")
        .sees("ask 12 customers for: phone");
    stage.sees("level 4 asks for 60%").sees("no trend: it bears no date");
    stage.keys("<Enter>").sees("Next in Profiles").keys("<Enter>").sees("phone:none");
    stage.keys("q").sees("▸ Profiles").keys("j").sees("90 days ago: 50%").sees("▲    97%");
    stage.keys("<Enter><Enter>").sees("▸ Campaigns");
    // Nothing is left to do: Enter says so.
    stage.keys("5jj").sees("▸ Offers tested").sees("▼").keys("<Enter>").sees("nothing left to do");
    stage.keys("T").sees("next level").sees("10");
}

#[test]
fn persian_is_mirrored_with_its_axes_and_arrows() {
    let mut stage = at(120, 36, Language::Persian);
    // As the terminal shows it: from right to left, each number from left to right.
    stage.sees("۱۸٪").sees("ﺪﻣﺎﺴﺑ");
    // The left arrow leads on, as lines go from right to left.
    stage.keys("<Tab><Tab>g").sees("۰ ﻩﺭﻭﺩ");
    stage.keys("<Left>").sees("۱ ﻩﺭﻭﺩ");
    stage.keys("<Right>").sees("۰ ﻩﺭﻭﺩ");
    let rows = stage.rows();
    let newest = rows.iter().find(|r| r.contains("۳۰٪")).expect("the newest cohort");
    assert!(newest.trim_end().ends_with("ﺮﻬﻣ"), "its name is at the right: {newest}");
}

#[test]
fn without_colours_the_numbers_and_block_signs_tell_the_same() {
    for theme in [ThemeKind::Mono, ThemeKind::Ansi] {
        let mut stage = Stage::with(120, 36, Language::English, theme);
        stage.keys("5");
        for sign in ["░", "▒", "▓", "█", "◆"] {
            stage.sees(sign);
        }
        for n in 1..=8 {
            stage.sees(&n.to_string());
        }
    }
}

#[test]
fn every_size_is_drawn() {
    for language in [Language::English, Language::Persian] {
        let mut stage = at(120, 36, language);
        for (width, height) in [(1, 1), (10, 3), (20, 8), (39, 11), (60, 14), (101, 12), (300, 90)]
        {
            stage.resize(width, height);
            for _ in 0..23 {
                stage.keys("<Tab>jlT");
                assert_eq!(stage.rows().len(), usize::from(height));
                stage.keys("T");
            }
        }
    }
}
