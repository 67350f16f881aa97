//! What is said of one customer: the columns of the scores, and a place or a reason in each queue.

use crate::directory::{Score as Column, Verdict};
use crate::domain::{CustomerId, Day, QueueKind, Settings};
use crate::insight::retention::{self, Case};
use crate::insight::rfm::Cuts;
use crate::insight::score::Score;

use super::super::arithmetic::{self, Fresh, Rates};
use super::super::offers::{Buyer, Offers, yearly};
use super::super::places::{Out, Place, RANKED};
use super::{Input, Models, Pitch, Stand};

/// What decides of everyone alike.
pub(super) struct Judge<'a> {
    models: Option<&'a Models>,
    offers: Option<&'a Offers>,
    cuts: Option<&'a Cuts>,
    day: Day,
    settings: &'a Settings,
    rates: Rates,
    fresh: Fresh,
    minor: f64,
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        models: Option<&'a Models>,
        offers: Option<&'a Offers>,
        cuts: Option<&'a Cuts>,
        day: Day,
        settings: &'a Settings,
    ) -> Self {
        Self {
            models,
            offers,
            cuts,
            day,
            settings,
            rates: models.map(|m| m.rates).unwrap_or_default(),
            fresh: models.map(|m| m.fresh(settings)).unwrap_or_default(),
            minor: settings.currency.minor_per_major() as f64,
        }
    }

    pub(super) fn score(&self, input: &Input) -> Option<Score> {
        Some(self.models?.score(&input.summary?, self.settings))
    }

    fn whole(&self, major: f64) -> i64 {
        (major * self.minor).round() as i64
    }

    /// A customer's score column, and whether there is a value in it.
    pub(super) fn column(
        &self,
        input: &Input,
        score: Option<Score>,
        stand: Stand,
    ) -> (Column, bool) {
        let mut column = Column::default();
        if let Some(cuts) = self.cuts.filter(|_| input.summary.is_some()) {
            let rfm = cuts.score(self.day.since(input.last), input.days, input.revenue);
            column.rfm = Some([rfm.r, rfm.f, rfm.m]);
        }
        let Some(score) = score else { return (column, false) };
        let case = case(input, score, self.settings, stand);
        let worth = retention::worth(&case, self.rates.save.mean());
        column.p_alive = score.p_alive as f32;
        column.risk = (1.0 - score.p_alive * (1.0 - score.p_leave)) as f32;
        column.value = self.whole(worth.p_alive * worth.value_if_kept);
        column.saves = Some(self.whole(worth.ev));
        column.leave = score.leave_in.map(|weeks| self.day.plus((weeks * 7.0).round() as i32));
        column.verdict = match worth.verdict {
            retention::Verdict::Call => Verdict::Call,
            retention::Verdict::StaysAnyway => Verdict::StaysAnyway,
            retention::Verdict::Gone => Verdict::Gone,
            retention::Verdict::CostsMore => Verdict::CostsMore,
        };
        (column, true)
    }

    /// Where a customer stands in each queue.
    pub(super) fn places(
        &self,
        id: CustomerId,
        input: &Input,
        score: Option<Score>,
        stand: Stand,
    ) -> [Place; RANKED.len()] {
        RANKED.map(|kind| match self.pitch(kind, id, input, score, stand) {
            Err(out) => Place::out(out),
            Ok(_) if !stand.may_call => Place::out(Out::DoNotCall),
            Ok(_) if stand.held_out => Place::out(Out::Control),
            Ok(_) if stand.put_off & (1 << kind.code()) != 0 => Place::out(Out::PutOff),
            Ok(_) if self.cools_off(input) => Place::out(Out::CoolingOff),
            Ok(pitch) => Place::queued(self.whole(pitch.arithmetic.ev())),
        })
    }

    fn cools_off(&self, input: &Input) -> bool {
        input.last_contact.is_known()
            && self.day.since(input.last_contact) < i32::from(self.settings.cooling_days)
    }

    /// What a queue says of a customer, or why it leaves them out.
    pub(super) fn pitch(
        &self,
        kind: QueueKind,
        id: CustomerId,
        input: &Input,
        score: Option<Score>,
        stand: Stand,
    ) -> Result<Pitch, Out> {
        let case = score.map(|score| case(input, score, self.settings, stand));
        if kind == QueueKind::Acquisition {
            if input.summary.is_some() {
                return Err(Out::Customer);
            }
            let lead = f64::from(stand.lead.ok_or(Out::NothingToOffer)?);
            let call = arithmetic::call(&self.case_of_nobody(stand));
            let margin = self.settings.margin;
            return arithmetic::acquisition(lead, &self.fresh, margin, call).map(Pitch::from);
        }
        let case = case.ok_or(Out::NeverBought)?;
        let horizon = self.models.map_or(0.0, |m| f64::from(m.scoring.horizon_weeks));
        let weeks = input.summary.map_or(0.0, |s| s.tenure);
        let buyer = |offers: &'a Offers| Buyer {
            held: offers.holdings.of(id),
            stage: stand.stage,
            case: &case,
            spend: yearly(input.revenue as f64 / self.minor, weeks),
        };
        match kind {
            QueueKind::WinBack => {
                arithmetic::win_back(&case, &self.rates, &self.fresh).map(Pitch::from)
            }
            QueueKind::CrossSell => {
                let offers = self.offers.ok_or(Out::NothingToOffer)?;
                offers.cross_sell(&buyer(offers), &self.rates, horizon).map(Pitch::from)
            }
            QueueKind::UpSell => {
                let offers = self.offers.ok_or(Out::NothingToOffer)?;
                offers.up_sell(&buyer(offers), &self.rates, horizon, self.day).map(Pitch::from)
            }
            QueueKind::Retention | QueueKind::Acquisition | QueueKind::Callbacks => {
                arithmetic::retention(&case, &self.rates).map(Pitch::from)
            }
        }
    }

    fn case_of_nobody(&self, stand: Stand) -> Case {
        case(&Input::default(), Score::default(), self.settings, stand)
    }
}

pub(super) fn case(input: &Input, score: Score, settings: &Settings, stand: Stand) -> Case {
    let minor = settings.currency.minor_per_major() as f64;
    Case {
        score,
        margin_rate: f64::from(input.margin),
        cost_per_week: f64::from(input.cost_per_week),
        offer_cost: stand.offer_cost.map_or(settings.offer_cost as f64 / minor, f64::from),
        call_cost: settings.call_minutes * settings.minute_cost as f64 / minor,
        minutes: settings.call_minutes,
    }
}
