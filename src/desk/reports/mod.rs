//! Reports: what the analyses say of all customers, or of those an expression selects, on a day.
//!
//! Answers hold data, never words; every mark of a picture carries the expression that selects the
//! customers behind it. What is costly is made aside of the desk's lock, gives up when it is not
//! wanted any more, and is kept until what it was made from changes.
//!
//! | report | read from |
//! |---|---|
//! | rfm, value, churn, lifecycle | the columns in memory; all ledgers when asked about another day |
//! | cohort, quality | all ledgers, once |
//! | affinity | all purchases, once |
//! | offers, experience, campaigns | all interactions, once |
//! | contracts | all contracts and the records of their customers |
//! | groups | the records of those who are to be grouped |
//! | processes | all cases |
//! | programmes | all points and ledgers |
//! | needs | all facts, once, and the columns in memory |
//! | segments | the columns in memory, and the answers to offers |
//! | maturity | the columns in memory; all interactions, moves and cases, read again only when that is cheap |

mod affinity;
mod campaigns;
mod churn;
mod cohort;
mod contracts;
mod groups;
mod lifecycle;
mod maturity;
mod moves;
mod needs;
mod people;
mod processes;
mod programmes;
mod quality;
mod relations;
mod rfm;
mod targets;
mod value;
mod voices;

use std::sync::{Arc, Mutex, PoisonError};

pub use affinity::{AffinityReport, Pairing, Upgrade};
pub use campaigns::{Called, CampaignResult, CampaignsReport};
pub use churn::{Band, ChurnReport, Leaving};
pub use cohort::{CohortReport, CohortRow};
pub use contracts::{Aged, ContractQuality, ContractsReport, TermRow};
pub use groups::{Group, GroupsReport, Sign};
pub use lifecycle::{LifecycleReport, Phase};
pub use maturity::{Before, Go, MaturityLine, MaturityReport, Next, Todo};
pub use moves::{Flow, MovesReport, Stream};
pub use needs::{NeedRow, NeedsReport};
pub use processes::{ProcessLine, ProcessesReport, StepLine};
pub use programmes::{ProgrammeLine, ProgrammesReport};
pub use quality::{Held, QualityReport};
pub use relations::{RelationYear, RelationsReport, WinBackLine, WinBackReport};
pub use rfm::RfmReport;
pub use targets::{SegmentsReport, TargetRow};
pub use value::{Bar, Loyal, Profit, Tier, ValueReport};
pub use voices::{Among, ExperienceReport, OfferRow, OffersReport, VoiceBy, VoiceRow};

use super::{Cancel, Desk, Refusal, Who};
use crate::domain::names::named_enum;
use crate::domain::{Attribute, CustomerId, Day, Expression, Field, Invalid, Problem};
use crate::text::Calendar;

/// Answers that are kept.
const MOST_KEPT: usize = 24;

named_enum! {
    /// What can be reported.
    pub enum ReportKind {
        Rfm = "rfm", Value = "value", Cohort = "cohort", Affinity = "affinity",
        Lifecycle = "lifecycle", Churn = "churn", Quality = "quality", Groups = "groups",
        Moves = "moves", WinBack = "win_back", Relations = "relations",
        Offers = "offers", Experience = "experience", Campaigns = "campaigns",
        Contracts = "contracts",
        Processes = "processes",
        Maturity = "maturity",
        Programmes = "programmes", Segments = "segments", Needs = "needs",
    }
}

named_enum! {
    /// How long a column of a cohort table is.
    pub enum Period { Month = "month", Quarter = "quarter", Week = "week" }
}

/// Which report, of whom, on which day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportQuery {
    pub kind: ReportKind,
    /// Of the customers this selects today; all when empty.
    pub expression: String,
    /// As it was on this day; today, or the day of the scores, when `None`.
    pub as_of: Option<Day>,
    /// How long a column is, for cohorts.
    pub period: Period,
    /// Whose months and quarters, for cohorts.
    pub calendar: Calendar,
}

impl ReportKind {
    /// True of a report of what is only known of now: who is of a segment or a stage, what is left of a
    /// budget, how far a winning back is.
    fn is_of_today(self) -> bool {
        matches!(
            self,
            Self::Campaigns
                | Self::Lifecycle
                | Self::Maturity
                | Self::Needs
                | Self::Processes
                | Self::Programmes
                | Self::Segments
                | Self::WinBack
        )
    }
}

impl ReportQuery {
    /// A report of everyone as of today, by Gregorian months.
    pub fn of(kind: ReportKind) -> Self {
        let calendar = Calendar::Gregorian;
        Self { kind, expression: String::new(), as_of: None, period: Period::Month, calendar }
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Report {
    Rfm(Box<RfmReport>),
    Value(Box<ValueReport>),
    Cohort(CohortReport),
    Affinity(AffinityReport),
    Lifecycle(LifecycleReport),
    Churn(ChurnReport),
    Quality(QualityReport),
    Groups(GroupsReport),
    Moves(MovesReport),
    WinBack(WinBackReport),
    Relations(RelationsReport),
    Offers(OffersReport),
    Experience(ExperienceReport),
    Campaigns(CampaignsReport),
    Contracts(Box<ContractsReport>),
    Processes(ProcessesReport),
    Maturity(MaturityReport),
    Programmes(ProgrammesReport),
    Segments(SegmentsReport),
    Needs(NeedsReport),
}

/// The customers behind a mark of a picture, in sum. Money in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Selects them; empty when the language cannot say who they are (another day than today).
    pub expression: String,
    pub customers: usize,
    /// What they spent so far.
    pub spent: i64,
    /// What of it was earned: less the cost of the goods and what was sent back.
    pub margin: i64,
    /// Expected residual value.
    pub worth: i64,
}

impl Mark {
    fn add(&mut self, p: &people::Person) {
        self.customers += 1;
        self.spent = self.spent.saturating_add(p.spent);
        self.margin = self.margin.saturating_add(p.margin);
        self.worth = self.worth.saturating_add(p.value.unwrap_or(0));
    }
}

/// What was counted of conversations, moves and cases, and when.
pub(super) type Counted = Mutex<Option<maturity::Counted>>;

/// Answers with what they were made from.
pub(super) type Kept = Mutex<Vec<(ReportQuery, Stamp, Arc<Report>)>>;

/// What an answer was made from: while it stays, so does the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    directory: u64,
    purchases: u64,
    day: Day,
    fitted: Option<jiff::Timestamp>,
}

impl Desk {
    /// A report, made now or kept from before.
    pub(super) fn report(
        &self,
        who: &Who,
        query: ReportQuery,
        cancel: &Cancel,
    ) -> Result<Arc<Report>, Refusal> {
        if query.as_of.is_some() && query.kind.is_of_today() {
            return Err(Invalid { field: Field::Date, problem: Problem::OnlyToday }.into());
        }
        let stamp = self.stamp(who, &query);
        let lock = || self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |kept: &&(ReportQuery, Stamp, Arc<Report>)| kept.0 == query && kept.1 == stamp;
        if let Some((_, _, report)) = lock().iter().find(same) {
            return Ok(Arc::clone(report));
        }
        let report = Arc::new(match query.kind {
            ReportKind::Rfm => Report::Rfm(Box::new(self.report_rfm(who, &query, cancel)?)),
            ReportKind::Value => Report::Value(Box::new(self.report_value(who, &query, cancel)?)),
            ReportKind::Cohort => Report::Cohort(self.report_cohort(who, &query, cancel)?),
            ReportKind::Affinity => Report::Affinity(self.report_affinity(who, &query, cancel)?),
            ReportKind::Lifecycle => Report::Lifecycle(self.report_lifecycle(who, &query, cancel)?),
            ReportKind::Churn => Report::Churn(self.report_churn(who, &query, cancel)?),
            ReportKind::Quality => Report::Quality(self.report_quality(who, &query, cancel)?),
            ReportKind::Contracts => {
                Report::Contracts(Box::new(self.report_contracts(who, &query, cancel)?))
            }
            ReportKind::Groups => Report::Groups(self.report_groups(who, &query, cancel)?),
            ReportKind::Moves => Report::Moves(self.report_moves(who, &query, cancel)?),
            ReportKind::WinBack => Report::WinBack(self.report_win_back(who, &query, cancel)?),
            ReportKind::Relations => Report::Relations(self.report_relations(who, &query, cancel)?),
            ReportKind::Offers => Report::Offers(self.report_offers(who, &query, cancel)?),
            ReportKind::Experience => {
                Report::Experience(self.report_experience(who, &query, cancel)?)
            }
            // What is kept of points and definitions bears no stamp.
            ReportKind::Programmes => {
                let report = self.report_programmes(who, &query, cancel)?;
                return Ok(Arc::new(Report::Programmes(report)));
            }
            ReportKind::Segments => {
                let report = self.report_segments(who, &query, cancel)?;
                return Ok(Arc::new(Report::Segments(report)));
            }
            ReportKind::Needs => {
                let report = self.report_needs(who, &query, cancel)?;
                return Ok(Arc::new(Report::Needs(report)));
            }
            ReportKind::Campaigns => {
                let report = self.report_campaigns(who, &query, cancel)?;
                return Ok(Arc::new(Report::Campaigns(report)));
            }
            // What is late is late from one minute to the next: never kept.
            ReportKind::Processes => {
                let report = self.report_processes(who, &query, cancel)?;
                return Ok(Arc::new(Report::Processes(report)));
            }
            // Much of it hangs on what no stamp tells; what is costly in it is kept by itself.
            ReportKind::Maturity => {
                let report = self.report_maturity(who, cancel)?;
                return Ok(Arc::new(Report::Maturity(report)));
            }
        });
        let mut kept = lock();
        kept.retain(|k| k.0 != query);
        if kept.len() == MOST_KEPT {
            kept.remove(0);
        }
        kept.push((query, stamp, Arc::clone(&report)));
        Ok(report)
    }

    /// What an answer made now would be made from. A call that is logged changes no purchase: what is
    /// read from all ledgers outlives it.
    fn stamp(&self, who: &Who, query: &ReportQuery) -> Stamp {
        let state = self.read();
        let all_of_them = query.expression.trim().is_empty();
        let of_purchases =
            matches!(query.kind, ReportKind::Cohort | ReportKind::Affinity | ReportKind::Quality);
        Stamp {
            directory: if of_purchases && all_of_them && state.loading.is_none() {
                0
            } else {
                state.directory.version()
            },
            purchases: state.purchases,
            day: state.scoring_day(Self::day_in(&state.settings, who.now)),
            fitted: state.scores.models().map(|m| m.scoring.at),
        }
    }

    /// The day a report is about.
    fn report_day(&self, who: &Who, query: &ReportQuery) -> Day {
        let state = self.read();
        query.as_of.unwrap_or_else(|| state.scoring_day(Self::day_in(&state.settings, who.now)))
    }
}

/// Adds a condition to the expression a report is limited to.
pub(in crate::desk) fn narrowed(base: &str, condition: &str) -> String {
    let part = |text: &str| match Expression::parse(text) {
        Ok(Expression::Or(_)) => format!("({text})"),
        _ => text.to_owned(),
    };
    match (base.trim(), condition.trim()) {
        ("", alone) | (alone, "") => alone.to_owned(),
        (base, condition) => format!("{} {}", part(base), part(condition)),
    }
}

/// Customers that are selected one by one at most: an expression has a length that can still be read.
pub const MOST_NAMED: usize = 150;

/// Selects the first [`MOST_NAMED`] of them; empty where there is nobody.
pub(super) fn of_ids(customers: &[CustomerId]) -> String {
    let ids: Vec<String> = customers.iter().take(MOST_NAMED).map(|id| format!("id={id}")).collect();
    match ids.len() {
        0 | 1 => ids.concat(),
        _ => format!("({})", ids.join(" or ")),
    }
}

/// An amount of minor units as the language writes it: in major units, to the last digit.
fn major(minor: i64, per_major: i64) -> String {
    let per = per_major.max(1);
    let (whole, rest) =
        (minor.unsigned_abs() / per.unsigned_abs(), minor.unsigned_abs() % per.unsigned_abs());
    let sign = if minor < 0 { "-" } else { "" };
    let places = per.to_string().len() - 1;
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0places$}") }
}

/// `field>=from field<to`, an open end left out.
fn between(field: Attribute, from: Option<&str>, to: Option<&str>) -> String {
    let name = field.name();
    let from = from.map(|from| format!("{name}>={from}"));
    let to = to.map(|to| format!("{name}<{to}"));
    [from, to].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_the_language_reads_them() {
        for (minor, per, text) in [
            (123_450, 100, "1234.50"),
            (-5, 100, "-0.05"),
            (700, 1, "700"),
            (1_500, 1_000, "1.500"),
            (200, 100, "2"),
        ] {
            assert_eq!(major(minor, per), text);
        }
    }

    #[test]
    fn a_condition_holds_for_all_of_the_expression() {
        for (base, whole) in [
            ("", "rfm:55"),
            (" city:Tehran ", "city:Tehran rfm:55"),
            ("city:Tehran or city:Qom", "(city:Tehran or city:Qom) rfm:55"),
        ] {
            assert_eq!(narrowed(base, "rfm:55"), whole);
        }
        assert_eq!(narrowed("tag:vip", "age<9 or age>90"), "tag:vip (age<9 or age>90)");
        assert_eq!(narrowed("tag:vip or tag:new", " "), "tag:vip or tag:new");
    }
}
