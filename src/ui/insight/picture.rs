//! What a picture is: marks with their numbers, and how they are arranged. Never draws.

use std::cmp::Ordering;

use crate::desk::ReportKind;
use crate::desk::reports::Go;
use crate::domain::ProcessId;
use crate::text::words::{
    insight as w, maturity as m, needs as n, programmes as p, relations as r,
};
use crate::text::{Phrase, SafeText, safe};

/// The pictures, in the order of their tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Rfm,
    Tiers,
    Value,
    Loyalty,
    Staying,
    Risk,
    Contracts,
    Ending,
    Cohorts,
    Products,
    Stages,
    Moves,
    WinBack,
    Relations,
    Groups,
    Offers,
    Campaigns,
    Experience,
    Needs,
    Programmes,
    Processes,
    Quality,
    Maturity,
}

impl Kind {
    pub const ALL: [Self; 23] = [
        Self::Rfm,
        Self::Tiers,
        Self::Cohorts,
        Self::Value,
        Self::Loyalty,
        Self::Staying,
        Self::Risk,
        Self::Contracts,
        Self::Ending,
        Self::Products,
        Self::Stages,
        Self::Moves,
        Self::WinBack,
        Self::Relations,
        Self::Groups,
        Self::Offers,
        Self::Campaigns,
        Self::Experience,
        Self::Needs,
        Self::Programmes,
        Self::Processes,
        Self::Quality,
        Self::Maturity,
    ];

    pub const fn name(self) -> Phrase {
        match self {
            Self::Rfm => w::K_RFM,
            Self::Tiers => w::K_TIERS,
            Self::Value => w::K_VALUE,
            Self::Loyalty => w::K_LOYALTY,
            Self::Staying => w::K_STAYING,
            Self::Risk => w::K_RISK,
            Self::Contracts => w::K_CONTRACTS,
            Self::Ending => w::K_ENDING,
            Self::Cohorts => w::K_COHORTS,
            Self::Products => w::K_PRODUCTS,
            Self::Stages => w::K_STAGES,
            Self::Moves => r::K_MOVES,
            Self::WinBack => r::K_WIN_BACK,
            Self::Relations => r::K_RELATIONS,
            Self::Groups => w::K_GROUPS,
            Self::Offers => w::K_OFFERS,
            Self::Campaigns => w::K_CAMPAIGNS,
            Self::Experience => w::K_EXPERIENCE,
            Self::Needs => n::K_NEEDS,
            Self::Programmes => p::K_PROGRAMMES,
            Self::Processes => r::K_PROCESSES,
            Self::Quality => w::K_QUALITY,
            Self::Maturity => m::K_MATURITY,
        }
    }

    /// The report it is drawn from.
    pub const fn report(self) -> ReportKind {
        match self {
            Self::Rfm => ReportKind::Rfm,
            Self::Tiers | Self::Value | Self::Loyalty => ReportKind::Value,
            Self::Staying | Self::Risk => ReportKind::Churn,
            Self::Contracts | Self::Ending => ReportKind::Contracts,
            Self::Cohorts => ReportKind::Cohort,
            Self::Products => ReportKind::Affinity,
            Self::Stages => ReportKind::Lifecycle,
            Self::Moves => ReportKind::Moves,
            Self::WinBack => ReportKind::WinBack,
            Self::Relations => ReportKind::Relations,
            Self::Groups => ReportKind::Groups,
            Self::Offers => ReportKind::Offers,
            Self::Campaigns => ReportKind::Campaigns,
            Self::Experience => ReportKind::Experience,
            Self::Needs => ReportKind::Needs,
            Self::Programmes => ReportKind::Programmes,
            Self::Processes => ReportKind::Processes,
            Self::Quality => ReportKind::Quality,
            Self::Maturity => ReportKind::Maturity,
        }
    }

    /// What it shows follows the rules of the stages.
    pub const fn is_of_stages(self) -> bool {
        matches!(self, Self::Stages | Self::Moves)
    }

    /// Its time can be cut into weeks, months or quarters.
    pub const fn has_periods(self) -> bool {
        matches!(self, Self::Cohorts | Self::Moves)
    }

    /// The picture so many further on, round the end.
    pub fn further(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|k| *k == self).unwrap_or(0);
        Self::ALL.get((at + by) % Self::ALL.len()).copied().unwrap_or(self)
    }
}

/// How the marks are arranged.
#[derive(Clone, Debug)]
pub enum Form {
    /// Row by row; every row has a mark in each column.
    Heat { rows: Vec<SafeText>, columns: Vec<SafeText> },
    /// One under the other.
    Bars,
    /// One beside the other, growing upwards.
    Columns,
    /// One under the other, each as many rungs as it has reached, with what is told of the one under
    /// the cursor below them.
    Ladders(Vec<Ladder>),
}

/// How far one thing has come.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// Rungs that are reached, of [`Ladder::RUNGS`].
    pub level: u8,
    /// The name of that level.
    pub name: SafeText,
    /// Up, down or neither.
    pub trend: Ordering,
    /// What is told of it, a line each.
    pub lines: Vec<SafeText>,
    /// What can be done about it, and where.
    pub next: Vec<(SafeText, Go)>,
}

impl Ladder {
    pub const RUNGS: u8 = 5;
}

/// One mark of a picture.
#[derive(Clone, Debug, Default)]
pub struct Spot {
    /// Selects the customers behind it; empty when nobody can be named.
    pub expression: String,
    /// How many they are, where the expression names them one by one and may leave some out.
    pub behind: Option<usize>,
    /// The step of a process whose open cases stand behind it.
    pub cases: Option<(ProcessId, u8)>,
    /// What it is called: beside a bar, as the name of a segment.
    pub label: SafeText,
    /// What stands in it or at its end; empty for a cell that does not exist.
    pub text: SafeText,
    /// 0 to 1.
    pub share: f64,
    /// A second value, shown as a tick across the bar, 0 to 1.
    pub tick: Option<f64>,
    /// Its row of the table.
    pub row: Vec<SafeText>,
}

/// A picture, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What it shows, in one sentence.
    pub finding: SafeText,
    /// What the signs stand for.
    pub legend: SafeText,
    pub form: Form,
    /// Titles of the table's columns.
    pub heads: Vec<SafeText>,
    pub spots: Vec<Spot>,
}

impl Picture {
    /// A sentence instead of a picture.
    pub fn nothing(why: SafeText) -> Self {
        let legend = SafeText::EMPTY;
        Self { finding: why, legend, form: Form::Bars, heads: Vec::new(), spots: Vec::new() }
    }

    /// Marks in a row; 1 where they stand one under the other.
    pub fn columns(&self) -> usize {
        match &self.form {
            Form::Heat { columns, .. } => columns.len().max(1),
            Form::Bars | Form::Ladders(_) => 1,
            Form::Columns => self.spots.len().max(1),
        }
    }

    /// The mark with the most; the first of them.
    pub fn most(&self) -> usize {
        let all = self.spots.iter().enumerate();
        let most = all.max_by(|a, b| a.1.share.total_cmp(&b.1.share).then(b.0.cmp(&a.0)));
        most.map_or(0, |(at, _)| at)
    }

    /// The marks that have a row in the table.
    pub fn lines(&self) -> Vec<usize> {
        let has_row = |spot: &Spot| !spot.row.is_empty();
        self.spots.iter().enumerate().filter(|(_, s)| has_row(s)).map(|(at, _)| at).collect()
    }

    /// What can be done about a mark, and where.
    pub fn next(&self, at: usize) -> &[(SafeText, Go)] {
        match &self.form {
            Form::Ladders(all) => all.get(at).map_or(&[], |ladder| &ladder.next),
            _ => &[],
        }
    }

    /// The numbers of a mark on one line.
    pub fn told(&self, at: usize) -> SafeText {
        let Some(spot) = self.spots.get(at) else { return SafeText::EMPTY };
        if spot.row.is_empty() {
            return spot.label.clone();
        }
        let parts = self.heads.iter().zip(&spot.row).filter(|(_, cell)| !cell.is_empty());
        let parts: Vec<SafeText> =
            parts.map(|(head, cell)| safe![head, " ", cell.isolate()]).collect();
        SafeText::join(&parts, &safe!["  ·  "])
    }
}
