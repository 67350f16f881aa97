//! The queues of the campaigns that run: whom each would have called now, the most worth first, and who
//! is held back and why. Ranked once and kept up customer by customer; made anew when hours open or
//! close, or when everybody moved. What may be called is asked of [`super::permit`].

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::domain::expression::Expression;
use crate::domain::names::named_enum;
use crate::domain::{
    Campaign, CampaignId, CampaignKind, CampaignState, CustomerId, QueueKind, TaskKind,
};

use super::definitions::Kept;
use super::lists::parse_some;
use super::permit::{self, Ban, Person, Window};
use super::places::Out;
use super::propose::OfferWorth;
use super::state::{Lane, State};
use super::{Desk, hours};

/// So many customers that moved are placed one by one; for more, all are.
const MOST_SINGLY: usize = 4_000;

named_enum! {
    /// Why one of a campaign's segment is not proposed now.
    pub enum Hold {
        DoNotCall = "do_not_call", Answered = "answered", NoConsent = "no_consent",
        AttemptsUsed = "attempts_used", WeekFull = "week_full", Waiting = "waiting",
        Closed = "closed",
        /// Never proposed, so that what calls bring can be measured against them.
        HeldOut = "held_out",
        /// Put off in the campaign's queue, or in that of its kind.
        PutOff = "put_off",
        /// Somebody has promised to call.
        Promised = "promised",
    }
}

impl Hold {
    fn of(ban: Ban) -> Option<Self> {
        Some(match ban {
            Ban::DoNotCall => Self::DoNotCall,
            Ban::Answered => Self::Answered,
            Ban::NoConsent => Self::NoConsent,
            Ban::AttemptsUsed { .. } => Self::AttemptsUsed,
            Ban::WeekFull { .. } => Self::WeekFull,
            Ban::Waiting { .. } => Self::Waiting,
            Ban::Closed { .. } => Self::Closed,
            Ban::NotRunning
            | Ban::OtherTeam
            | Ban::NotOfSegment
            | Ban::Spent { .. }
            | Ban::DayFull { .. } => return None,
        })
    }
}

/// Who moved since the queues were brought up to date.
#[derive(Default)]
pub(super) struct Moved(Mutex<(bool, Vec<CustomerId>)>);

impl Moved {
    /// One did.
    pub fn one(&mut self, id: CustomerId) {
        let (all, some) = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        if *all || some.last() == Some(&id) {
            return;
        }
        some.push(id);
        if some.len() > MOST_SINGLY {
            *all = true;
            *some = Vec::new();
        }
    }

    /// Everybody may have.
    pub fn all_moved(&mut self) {
        *self.0.get_mut().unwrap_or_else(PoisonError::into_inner) = (true, Vec::new());
    }

    fn drain(&self) -> (bool, Vec<CustomerId>) {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// In the queue with what the call is worth, minor units, or held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    Queued(i64),
    Held(Hold),
}

/// The queue in which a campaign's customers would stand, if there is one for its kind.
pub(super) const fn queue_of(kind: CampaignKind) -> Option<QueueKind> {
    Some(match kind {
        CampaignKind::Acquisition => QueueKind::Acquisition,
        CampaignKind::Retention => QueueKind::Retention,
        CampaignKind::WinBack => QueueKind::WinBack,
        CampaignKind::CrossSell => QueueKind::CrossSell,
        CampaignKind::UpSell => QueueKind::UpSell,
        CampaignKind::Loyalty => return None,
    })
}

/// The queue beside a campaign's own in which its customers can be put off.
pub(super) fn put_off_in(kind: CampaignKind) -> QueueKind {
    queue_of(kind).unwrap_or(QueueKind::Retention)
}

/// The queue of one campaign that runs.
pub(super) struct Drive {
    campaign: Campaign,
    revision: u64,
    /// Whom it is about; `None` when its segment cannot be read any more.
    condition: Option<Expression>,
    offer: Option<OfferWorth>,
    windows: HashMap<u32, Window>,
    promised: HashSet<CustomerId>,
    /// By id.
    spots: Vec<(CustomerId, Spot)>,
    queue: Vec<(Reverse<i64>, CustomerId)>,
    held: [usize; Hold::ALL.len()],
    worth: i64,
    /// Those held back until a time.
    wakes: BTreeSet<(Timestamp, CustomerId)>,
    /// Holds from here until hours open or close somewhere.
    since: Timestamp,
    flips: Timestamp,
}

impl Drive {
    fn of(kept: &Kept<Campaign>, state: &State, now: Timestamp) -> Self {
        let campaign = kept.record.clone();
        let condition = match parse_some(state, &campaign.segment) {
            Ok(condition) => Some(condition.unwrap_or(Expression::All)),
            Err(_) => None,
        };
        let offer = campaign.offer.and_then(|id| state.definitions.offer(id));
        let mut drive = Self {
            offer: offer.map(|offer| state.offer_worth(offer)),
            revision: kept.revision,
            campaign,
            condition,
            windows: HashMap::new(),
            promised: state.promised(),
            spots: Vec::new(),
            queue: Vec::new(),
            held: [0; Hold::ALL.len()],
            worth: 0,
            wakes: BTreeSet::new(),
            since: now,
            flips: Timestamp::MAX,
        };
        let Some(condition) = &drive.condition else { return drive };
        let today = state.scoring_day(Desk::day_in(&state.settings, now));
        let members = state.directory.eval(condition, today, None);
        for row in members.rows() {
            let id = state.directory.id_at(row);
            let spot = drive.spot(state, row, id, now);
            drive.spots.push((id, spot));
            drive.count(spot, true);
            if let Spot::Queued(value) = spot {
                drive.queue.push((Reverse(value), id));
            }
        }
        drive.spots.sort_unstable_by_key(|(id, _)| *id);
        drive.queue.sort_unstable();
        drive
    }

    /// Where one of the segment stands; remembers when that is over by itself.
    fn spot(&mut self, state: &State, row: u32, id: CustomerId, now: Timestamp) -> Spot {
        if let Some((hold, until)) = self.hold(state, row, id, now) {
            if let Some(until) = until {
                self.wakes.insert((until, id));
            }
            return Spot::Held(hold);
        }
        Spot::Queued(self.value(state, row, id))
    }

    fn hold(
        &mut self,
        state: &State,
        row: u32,
        id: CustomerId,
        now: Timestamp,
    ) -> Option<(Hold, Option<Timestamp>)> {
        let number = state.directory.zone(row);
        let (campaign, flips) = (&self.campaign, &mut self.flips);
        let window = *self.windows.entry(number).or_insert_with(|| {
            let zone = hours::zone_of(state.directory.zone_named(number), &state.settings);
            let window = Window::of(campaign, &zone, now, &state.settings, &state.holidays);
            *flips = window.changes().map_or(*flips, |at| at.min(*flips));
            window
        });
        let efforts = state.answers.efforts.of(id);
        let person = Person {
            must_not_be_called: state.directory.must_not_be_called(row),
            agreed: state.directory.marketing(row) == Some(true),
            is_member: true,
            window,
            efforts: &efforts,
            cooling: permit::cooling(&state.settings),
        };
        let ban = permit::bans(campaign, &person, now, &|code| state.outcome_numbered(code));
        for ban in ban {
            let timed = matches!(ban, Ban::WeekFull { .. } | Ban::Waiting { .. });
            let until = ban.until().filter(|_| timed);
            if let Some(hold) = Hold::of(ban) {
                return Some((hold, until));
            }
        }
        let lanes = [Lane::Campaign(self.campaign.id), Lane::Queue(put_off_in(self.campaign.kind))];
        let mut marks = lanes.iter().filter_map(|lane| state.marks.get(&(*lane, id)));
        if state.settings.holds_out(id) {
            Some((Hold::HeldOut, None))
        } else if marks.any(|mark| mark.until > now) {
            Some((Hold::PutOff, None))
        } else if self.promised.contains(&id) {
            Some((Hold::Promised, None))
        } else {
            None
        }
    }

    /// What the call is worth, minor units: as the queue of its kind reckons, else by what it offers,
    /// else what the customer is worth.
    fn value(&self, state: &State, row: u32, id: CustomerId) -> i64 {
        let fitted = state.scores.models().is_some();
        let queue = queue_of(self.campaign.kind).filter(|_| fitted);
        let reckoned = queue.and_then(|kind| {
            let place = state.scores.line(kind).place(id);
            place.value().or_else(|| {
                // Who was spoken to lately is left out of the queue, and worth as much.
                let stand = state.stand(id).filter(|_| place.why() == Some(Out::CoolingOff))?;
                let pitch = state.scores.pitch(kind, id, &state.settings, stand)?;
                Some(state.whole(pitch.arithmetic.ev()))
            })
        });
        let offered = || self.offer.as_ref().map(|offer| state.worth_of_call(offer, row, id));
        let own = || queue.is_none().then(|| state.directory.figures(row).value).flatten();
        reckoned.or_else(offered).or_else(own).unwrap_or_default().max(0)
    }

    fn count(&mut self, spot: Spot, adds: bool) {
        let by = if adds { 1 } else { -1 };
        match spot {
            Spot::Queued(value) => self.worth = self.worth.saturating_add(value * by),
            Spot::Held(hold) => {
                if let Some(count) = self.held.get_mut(usize::from(hold.code())) {
                    *count = count.saturating_add_signed(by as isize);
                }
            }
        }
    }

    /// Places one customer anew.
    fn place(&mut self, state: &State, id: CustomerId, now: Timestamp) {
        let found = self.spots.binary_search_by_key(&id, |(id, _)| *id);
        if let Some(old) = found.ok().and_then(|at| self.spots.get(at)).map(|(_, spot)| *spot) {
            self.count(old, false);
            if let Spot::Queued(value) = old
                && let Ok(at) = self.queue.binary_search(&(Reverse(value), id))
            {
                self.queue.remove(at);
            }
        }
        let today = state.scoring_day(Desk::day_in(&state.settings, now));
        let member = state.directory.row_of(id).filter(|row| {
            let condition = self.condition.as_ref();
            condition.is_some_and(|c| state.directory.matches(c, *row, today, None))
        });
        let Some(row) = member else {
            if let Ok(at) = found {
                self.spots.remove(at);
            }
            return;
        };
        let spot = self.spot(state, row, id, now);
        self.count(spot, true);
        match found {
            Ok(at) => {
                if let Some(slot) = self.spots.get_mut(at) {
                    slot.1 = spot;
                }
            }
            Err(at) => self.spots.insert(at, (id, spot)),
        }
        if let Spot::Queued(value) = spot
            && let Err(at) = self.queue.binary_search(&(Reverse(value), id))
        {
            self.queue.insert(at, (Reverse(value), id));
        }
    }

    /// Brings those up to date who moved, and those whose waiting is over.
    fn follow(&mut self, state: &State, moved: &[CustomerId], now: Timestamp) {
        if !moved.is_empty() {
            self.promised = state.promised();
            self.since = now;
        }
        for id in moved {
            self.place(state, *id, now);
        }
        while let Some((until, id)) = self.wakes.first().copied().filter(|(at, _)| *at <= now) {
            self.wakes.pop_first();
            self.since = self.since.max(until);
            self.place(state, id, now);
        }
    }

    fn holds(&self, revision: u64, now: Timestamp) -> bool {
        self.revision == revision && self.since <= now && now < self.flips
    }

    /// Those who would be called now, the most worth first.
    pub fn queue(&self) -> &[(Reverse<i64>, CustomerId)] {
        &self.queue
    }

    /// Where one stands in the queue.
    pub fn position(&self, id: CustomerId) -> Option<usize> {
        self.queue.binary_search(&(Reverse(self.value_of(id)?), id)).ok()
    }

    /// What a call to one who stands in the queue is worth, minor units.
    pub fn value_of(&self, id: CustomerId) -> Option<i64> {
        let at = self.spots.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        match self.spots.get(at)?.1 {
            Spot::Queued(value) => Some(value),
            Spot::Held(_) => None,
        }
    }

    /// Those of the segment.
    pub fn members(&self) -> usize {
        self.spots.len()
    }

    /// What the calls of all who would be called are worth, minor units.
    pub fn worth(&self) -> i64 {
        self.worth
    }

    /// Those held back, by why; only where there are any.
    pub fn held(&self) -> Vec<(Hold, usize)> {
        let all = Hold::ALL.iter().copied().zip(self.held);
        all.filter(|(_, n)| *n > 0).collect()
    }

    /// The next moment at which it calls somewhere, when it does nowhere now.
    pub fn opens(&self) -> Option<Timestamp> {
        let opens = self.windows.values().map(|window| match window {
            Window::Open { .. } => None,
            Window::Closed { opens } => *opens,
        });
        opens.collect::<Option<Vec<_>>>()?.into_iter().min()
    }
}

/// The queues of all campaigns that run.
#[derive(Default)]
pub(super) struct Drives(HashMap<CampaignId, Drive>);

impl Drives {
    pub fn get(&self, id: CampaignId) -> Option<&Drive> {
        self.0.get(&id)
    }

    /// Brings them up to date with what is in memory now.
    pub fn follow(&mut self, state: &State, now: Timestamp) {
        let (all, moved) = state.drives.drain();
        if all {
            self.0.clear();
        }
        let running = || {
            let campaigns = state.definitions.campaigns.iter();
            campaigns.filter(|kept| kept.record.state == CampaignState::Running)
        };
        self.0.retain(|id, _| running().any(|kept| kept.record.id == *id));
        for kept in running() {
            match self.0.get_mut(&kept.record.id) {
                Some(drive) if drive.holds(kept.revision, now) => drive.follow(state, &moved, now),
                _ => {
                    self.0.insert(kept.record.id, Drive::of(kept, state, now));
                }
            }
        }
    }
}

impl State {
    /// Those whom somebody promised to call.
    fn promised(&self) -> HashSet<CustomerId> {
        let calls = self.tasks.values().filter(|task| task.kind == TaskKind::Callback);
        calls.map(|task| task.customer).collect()
    }
}
