//! What calls bring: rates learned from outcomes, kept beside the models.

use crate::domain::{QueueKind, Scoring};
use crate::insight::retention::SaveRate;

use super::arithmetic::Rates;
use super::question::Uplift;

/// The name under which the rate of a queue's calls is kept.
pub(super) fn name(kind: QueueKind) -> &'static str {
    match kind {
        QueueKind::WinBack => "return_rate",
        QueueKind::CrossSell => "cross_sell_rate",
        QueueKind::UpSell => "up_sell_rate",
        QueueKind::Retention | QueueKind::Acquisition | QueueKind::Callbacks => "save_rate",
    }
}

/// The rates that were kept; what was believed from the start where none was.
pub(super) fn rates(scoring: &Scoring) -> Rates {
    let start = Rates::default();
    let of = |kind, start: SaveRate| {
        let kept = scoring.model(name(kind))?;
        let part = |name| kept.parameter(name).filter(|v| v.is_finite() && *v > 0.0);
        Some(SaveRate { a: part("a")?, b: part("b")? }).filter(|r| r.a + r.b >= start.a + start.b)
    };
    Rates {
        save: of(QueueKind::Retention, start.save).unwrap_or(start.save),
        back: of(QueueKind::WinBack, start.back).unwrap_or(start.back),
        cross: of(QueueKind::CrossSell, start.cross).unwrap_or(start.cross),
        up: of(QueueKind::UpSell, start.up).unwrap_or(start.up),
    }
}

/// What the calls of a queue brought; `None` before there are enough of them.
pub(super) fn uplift(scoring: &Scoring, kind: QueueKind) -> Option<Uplift> {
    let model = scoring.model(name(kind))?;
    Some(Uplift {
        called: model.figure("called")? as usize,
        held_out: model.figure("held_out")? as usize,
        uplift: model.figure("uplift")?,
        low: model.figure("uplift_low")?,
        high: model.figure("uplift_high")?,
    })
}
