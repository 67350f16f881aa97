//! What is known of the reports: which are asked for, and the pictures that are made of them.

use std::sync::Arc;

use crate::desk::reports::{Go, Period};
use crate::desk::{Question, Report, ReportKind, ReportQuery};
use crate::text::{SafeText, safe};

use super::super::shell::Shell;
use super::picture::{Kind, Picture, Spot};
use super::{Insight, REPORT, draw, of};

/// A report that was answered, or why it was not.
pub struct Known {
    pub query: ReportQuery,
    pub told: Result<Arc<Report>, SafeText>,
    /// Something happened since.
    pub is_stale: bool,
}

impl Insight {
    pub(super) fn query(&self, kind: ReportKind, shell: &Shell) -> ReportQuery {
        let calendar = shell.calendar();
        let by_period = matches!(kind, ReportKind::Cohort | ReportKind::Moves);
        let period = if by_period { self.period } else { Period::Month };
        // Maturity is of the whole store.
        let of_all = kind == ReportKind::Maturity;
        let expression = if of_all { String::new() } else { self.whom.1.clone() };
        ReportQuery { expression, period, calendar, ..ReportQuery::of(kind) }
    }

    pub(super) fn known(&self, query: &ReportQuery) -> Option<&Known> {
        self.known.iter().find(|k| k.query == *query)
    }

    /// Asks for the next report that is needed: one at a time, so that a long one leaves room for
    /// what other screens ask.
    pub(super) fn ask(&mut self, shell: &mut Shell) {
        let loading = shell.status.as_ref().is_none_or(|s| s.loading.is_some());
        if loading || self.asked.is_some() {
            return;
        }
        let seen = draw::seen(self.kind, shell).into_iter().map(Kind::report);
        let needed = seen
            .map(|kind| self.query(kind, shell))
            .find(|query| self.known(query).is_none_or(|k| k.is_stale));
        if let Some(query) = needed {
            self.asked = Some(query.clone());
            shell.ask(self.id, REPORT, Question::Report(query));
        }
    }

    /// Makes the pictures of what is known.
    pub(super) fn make(&mut self, shell: &Shell) {
        let kinds = Kind::ALL.iter().filter_map(|kind| {
            let known = self.known(&self.query(kind.report(), shell))?;
            let picture = match &known.told {
                Ok(report) => of::picture(*kind, report, &known.query, shell),
                Err(why) => Picture::nothing(safe!["! ", why]),
            };
            Some((*kind, picture))
        });
        self.pictures = kinds.collect();
        self.cursor = self.cursor.min(self.spots().saturating_sub(1));
    }

    pub(super) fn picture(&self, kind: Kind) -> Option<&Picture> {
        self.pictures.iter().find(|(k, _)| *k == kind).map(|(_, p)| p)
    }

    pub(super) fn focus(&self) -> Option<&Picture> {
        self.picture(self.kind)
    }

    pub(super) fn spots(&self) -> usize {
        self.focus().map_or(0, |p| p.spots.len())
    }

    /// The mark under the cursor.
    pub(super) fn spot(&self) -> Option<&Spot> {
        self.focus().and_then(|p| p.spots.get(self.cursor))
    }

    pub(super) fn expression(&self) -> &str {
        self.spot().map_or("", |s| s.expression.as_str())
    }

    pub(super) fn next(&self) -> &[(SafeText, Go)] {
        self.focus().map_or(&[], |p| p.next(self.cursor))
    }

    pub(super) fn is_scored(&self, shell: &Shell) -> bool {
        let known = self.known(&self.query(ReportKind::Value, shell));
        let report = known.and_then(|k| k.told.as_ref().ok());
        !matches!(report.map(|r| &**r), Some(Report::Value(r)) if !r.scored)
    }
}
