//! Numbers, days and moments as this agent reads them.

use jiff::Timestamp;

use crate::domain::{Day, MoneyUnit};
use crate::text::words::terms;
use crate::text::{
    Arg, Phrase, SafeText, ago, ahead, clock, date, day_month, money, number, percent, safe,
    short_number, short_number_in, toman, width,
};

use super::shell::Shell;

impl Shell {
    pub fn say(&self, phrase: Phrase) -> SafeText {
        phrase.in_(self.lang())
    }

    pub fn say_with(&self, phrase: Phrase, args: &[(&str, Arg)]) -> SafeText {
        phrase.with(self.lang(), args)
    }

    pub fn number(&self, n: usize) -> SafeText {
        number(i64::try_from(n).unwrap_or(i64::MAX), self.lang())
    }

    /// The unit in which amounts are shown and typed.
    pub fn money_unit(&self) -> MoneyUnit {
        self.setup.money.of(self.currency())
    }

    /// What amounts are counted in, beside a field for one.
    pub fn money_code(&self) -> SafeText {
        match self.money_unit() {
            MoneyUnit::Rial => SafeText::clean(self.currency().code()),
            MoneyUnit::Toman => self.say(terms::TOMAN),
        }
    }

    /// An amount to the last minor unit.
    pub fn money(&self, minor: i64) -> SafeText {
        match self.money_unit() {
            MoneyUnit::Rial => money(minor, self.currency().decimals(), self.lang()),
            MoneyUnit::Toman => toman(minor, self.lang()),
        }
    }

    /// An amount in whole units of the currency: lists.
    pub fn whole(&self, minor: i64) -> SafeText {
        let units = minor as f64 / self.money_unit().minor_units(self.currency()) as f64;
        number(units.round() as i64, self.lang())
    }

    /// An amount in few cells: sums.
    pub fn short_money(&self, minor: i64) -> SafeText {
        let units = minor as f64 / self.money_unit().minor_units(self.currency()) as f64;
        short_number(units, self.lang())
    }

    /// An amount in whole units, or in few cells where `room` is too small: a cut figure would lie.
    pub fn money_in(&self, minor: i64, room: u16) -> SafeText {
        let whole = self.whole(minor);
        if width(&whole) <= usize::from(room) {
            return whole;
        }
        let units = minor as f64 / self.money_unit().minor_units(self.currency()) as f64;
        short_number_in(units, usize::from(room), self.lang())
    }

    pub fn percent(&self, share: f64) -> SafeText {
        percent(share, self.lang())
    }

    /// How long ago a day was; empty when it never was.
    pub fn ago(&self, day: Day) -> SafeText {
        if day.is_known() { ago(self.today().since(day), self.lang()) } else { SafeText::EMPTY }
    }

    /// How far ahead a day is.
    pub fn ahead(&self, day: Day) -> SafeText {
        if day.is_known() { ahead(day.since(self.today()), self.lang()) } else { SafeText::EMPTY }
    }

    /// A day in full; empty when it is none.
    pub fn date(&self, day: Day) -> SafeText {
        match day.date() {
            Some(civil) => date(civil, self.calendar(), self.lang()),
            None => SafeText::EMPTY,
        }
    }

    /// A day without its year.
    pub fn day_month(&self, day: Day) -> SafeText {
        match day.date() {
            Some(civil) => day_month(civil, self.calendar(), self.lang()),
            None => SafeText::EMPTY,
        }
    }

    /// The time of day of a moment.
    pub fn clock(&self, at: Timestamp) -> SafeText {
        clock(self.civil_of(at).time(), self.lang())
    }

    /// The day of a moment, for the agent.
    pub fn day_of(&self, at: Timestamp) -> Day {
        Day::of(self.civil_of(at).date())
    }

    /// A moment near now: `today 14:30`, `tomorrow 10:00`, else the day and the time.
    pub fn when(&self, at: Timestamp) -> SafeText {
        use crate::text::words::frame as w;
        let day = self.day_of(at);
        let name = match day.since(self.today()) {
            0 => self.say(w::TODAY_DAY),
            1 => self.say(w::TOMORROW),
            -1 => self.say(w::YESTERDAY),
            -300..=300 => self.day_month(day),
            _ => self.date(day),
        };
        safe![name, " ", self.clock(at)]
    }
}
