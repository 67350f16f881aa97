//! The words of the business by their machine names: a table each, complete by the compiler's leave.

use crate::desk::Hold;
use crate::desk::reports::{Loyal, Period, Profit};
pub use crate::desk::tell::{fact, field, gender, kind, role, stage};
use crate::directory::Likeness;
use crate::domain::{
    CampaignKind, CampaignState, Channel, ContactKind, Meaning, OfferAnswer, OwnFieldKind,
    PurchaseKind, QueueKind, RelationKind, TaskKind, Term, WinBackState,
};
use crate::insight::lifecycle::Rule;
use crate::insight::rfm::Segment as RfmSegment;
use crate::text::Phrase;
use crate::text::words::terms as w;
use crate::text::words::{campaigns as c, queues as q};
use crate::text::words::{housekeeping as h, insight as i, lifecycle as l, manage as m};

pub const fn contact(kind: ContactKind) -> Phrase {
    match kind {
        ContactKind::Phone => w::PHONE,
        ContactKind::Email => w::EMAIL,
        ContactKind::Web => w::WEB,
    }
}

/// Those of a campaign's segment who are not called now.
pub const fn hold(hold: Hold) -> Phrase {
    match hold {
        Hold::DoNotCall => q::NO_CALL,
        Hold::Answered => c::HOLD_ANSWERED,
        Hold::NoConsent => c::HOLD_NO_CONSENT,
        Hold::AttemptsUsed => c::HOLD_ATTEMPTS,
        Hold::WeekFull => c::HOLD_WEEK,
        Hold::Waiting => c::HOLD_WAITING,
        Hold::Closed => c::HOLD_CLOSED,
        Hold::HeldOut => q::HELD_OUT,
        Hold::PutOff => q::PUT_OFF,
        Hold::Promised => c::HOLD_PROMISED,
    }
}

pub const fn relation(kind: RelationKind) -> Phrase {
    match kind {
        RelationKind::Household => w::HOUSEHOLD,
        RelationKind::WorksAt => w::WORKS_AT,
        RelationKind::ReferredBy => w::REFERRED_BY,
        RelationKind::Related => w::RELATED,
        RelationKind::Distinct => w::DISTINCT,
    }
}

pub const fn channel(channel: Channel) -> Phrase {
    match channel {
        Channel::Call => w::CALL,
        Channel::Email => w::EMAIL_CHANNEL,
        Channel::Message => w::MESSAGE,
        Channel::Visit => w::VISIT,
        Channel::Web => w::WEB_CHANNEL,
        Channel::Letter => w::LETTER,
        Channel::Note => w::NOTE_CHANNEL,
    }
}

pub const fn purchase(kind: PurchaseKind) -> Phrase {
    match kind {
        PurchaseKind::Sale => w::SALE,
        PurchaseKind::Return => w::RETURN,
        PurchaseKind::Credit => w::CREDIT,
    }
}

pub const fn campaign(kind: CampaignKind) -> Phrase {
    match kind {
        CampaignKind::Acquisition => w::ACQUISITION,
        CampaignKind::Retention => w::RETENTION,
        CampaignKind::WinBack => w::WIN_BACK,
        CampaignKind::CrossSell => w::CROSS_SELL,
        CampaignKind::UpSell => w::UP_SELL,
        CampaignKind::Loyalty => m::LOYALTY,
    }
}

pub const fn campaign_state(state: CampaignState) -> Phrase {
    match state {
        CampaignState::Draft => m::DRAFT,
        CampaignState::Running => m::RUNNING,
        CampaignState::Paused => m::PAUSED,
        CampaignState::Ended => m::ENDED,
    }
}

pub const fn own_field(kind: OwnFieldKind) -> Phrase {
    match kind {
        OwnFieldKind::Text => m::TEXT,
        OwnFieldKind::Number => m::NUMBER,
        OwnFieldKind::Date => m::DATE,
        OwnFieldKind::Choice => m::CHOICE,
    }
}

pub const fn meaning(meaning: Meaning) -> Phrase {
    match meaning {
        Meaning::Reached => m::REACHED,
        Meaning::NotReached => m::NOT_REACHED,
        Meaning::Callback => m::ASKED_AGAIN,
        Meaning::Refused => m::SAID_NO,
        Meaning::Sale => m::BOUGHT,
        Meaning::DoNotCall => m::BANNED,
        Meaning::WrongNumber => m::WRONG_NUMBER,
        Meaning::Complaint => m::COMPLAINED,
    }
}

pub const fn answer(answer: OfferAnswer) -> Phrase {
    match answer {
        OfferAnswer::Accepted => w::ACCEPTED,
        OfferAnswer::Refused => w::REFUSED,
        OfferAnswer::Undecided => w::UNDECIDED,
    }
}

pub const fn task(kind: TaskKind) -> Phrase {
    match kind {
        TaskKind::Callback => w::CALLBACK,
        TaskKind::Todo => w::TODO,
    }
}

pub const fn queue(kind: QueueKind) -> Phrase {
    match kind {
        QueueKind::Retention => w::RETENTION,
        QueueKind::WinBack => w::WIN_BACK,
        QueueKind::CrossSell => w::CROSS_SELL,
        QueueKind::UpSell => w::UP_SELL,
        QueueKind::Acquisition => w::ACQUISITION,
        QueueKind::Callbacks => w::CALLBACKS,
    }
}

pub const fn subscription_term(term: Term) -> Phrase {
    match term {
        Term::Week => w::WEEKLY,
        Term::Month => w::MONTHLY,
        Term::Quarter => w::QUARTERLY,
        Term::HalfYear => w::HALF_YEARLY,
        Term::Year => w::YEARLY,
        Term::TwoYears => w::TWO_YEARLY,
    }
}

pub const fn rfm_segment(segment: RfmSegment) -> Phrase {
    match segment {
        RfmSegment::Champions => i::CHAMPIONS,
        RfmSegment::Loyal => i::LOYAL,
        RfmSegment::PotentialLoyalists => i::POTENTIAL,
        RfmSegment::New => i::NEW,
        RfmSegment::Promising => i::PROMISING,
        RfmSegment::NeedAttention => i::ATTENTION,
        RfmSegment::AboutToSleep => i::SLEEPY,
        RfmSegment::AtRisk => i::AT_RISK,
        RfmSegment::CantLose => i::CANT_LOSE,
        RfmSegment::Hibernating => i::HIBERNATING,
    }
}

pub const fn loyal(loyal: Loyal) -> Phrase {
    match loyal {
        Loyal::Loyal => i::STAYING,
        Loyal::New => i::FRESH,
        Loyal::Drifting => i::DRIFTING,
    }
}

pub const fn profit(profit: Profit) -> Phrase {
    match profit {
        Profit::High => i::PROFIT_HIGH,
        Profit::Low => i::PROFIT_LOW,
        Profit::None => i::PROFIT_NONE,
    }
}

pub const fn period(period: Period) -> Phrase {
    match period {
        Period::Month => i::MONTHS,
        Period::Quarter => i::QUARTERS,
        Period::Week => i::WEEKS,
    }
}

/// What two customers have in common.
pub const fn likeness(what: Likeness) -> Phrase {
    match what {
        Likeness::NationalId => h::NATIONAL_ID,
        Likeness::Email => h::EMAIL,
        Likeness::Phone => h::PHONE,
        Likeness::Name => h::NAME,
        Likeness::Sound => h::SOUND,
        Likeness::BirthDate => h::BIRTH_DATE,
        Likeness::City => h::CITY,
    }
}

/// Why a customer moved to another stage.
pub const fn rule(rule: Rule) -> Phrase {
    match rule {
        Rule::NoPurchase => l::NO_PURCHASE,
        Rule::FirstPurchase => l::FIRST_PURCHASE,
        Rule::SecondPurchase => l::SECOND_PURCHASE,
        Rule::Habit => l::HABIT,
        Rule::Promotes => l::PROMOTES,
        Rule::Silence => l::SILENCE,
        Rule::Gone => l::GONE,
        Rule::CameBack => l::CAME_BACK,
        Rule::StillHere => l::STILL_HERE,
        Rule::Faded => l::FADED,
    }
}

/// How far it is with having a customer back.
pub const fn win_back(state: WinBackState) -> Phrase {
    match state {
        WinBackState::Left => l::LEFT,
        WinBackState::Contacted => l::CONTACTED,
        WinBackState::Returned => l::RETURNED,
        WinBackState::Closed => l::CLOSED,
    }
}
