//! What can be said of a report.

use clap::{Args, ValueEnum};

use super::View;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportKind {
    /// Recency, frequency and monetary value: 25 cells and their groups.
    Rfm,
    /// How value is spread, tiers and what they bring, loyalty by profit.
    Value,
    /// Who is still there in the months to come, and whose time runs out when.
    Churn,
    /// Who came together, and what became of them.
    Cohort,
    /// What is bought together, and what next.
    Affinity,
    /// Customers by life stage.
    Lifecycle,
    /// How long contracts run, and who ends theirs.
    Contracts,
    /// Groups among prospects that nobody drew.
    Groups,
    /// Which offer works for whom.
    Offers,
    /// How satisfied customers are, and whether they recommend us.
    Experience,
    /// What campaigns came to, and the calls outside them in the same days.
    Campaigns,
    /// The models and how they do on time they have not seen.
    Quality,
    /// From which stage to which, in the last period.
    Moves,
    /// Those who left: how far it is with them, what it cost and brought.
    Winback,
    /// How long and how deep relations are, year by year.
    Relations,
    /// Where cases wait: steps of processes, how long they take, what is late.
    Processes,
    /// How far the organisation has come: five levels, and what to do next.
    Maturity,
    /// Loyalty programmes: who earns points, what is owed, what members bring.
    Programmes,
    /// Saved segments: value, risk, cost to serve, answers to offers.
    Segments,
    /// Needs: how many have them, how much they matter, how well they are met, by segment.
    Needs,
}

/// How long a period of a cohort is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PeriodArg {
    #[default]
    Month,
    Quarter,
    Week,
}

#[derive(Debug, Args)]
pub struct Report {
    #[arg(value_enum)]
    pub kind: ReportKind,
    #[arg(long = "where", value_name = "EXPR", default_value = "", allow_hyphen_values = true)]
    pub filter: String,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub period: PeriodArg,
    #[arg(long, value_enum, default_value_t)]
    pub format: View,
}
