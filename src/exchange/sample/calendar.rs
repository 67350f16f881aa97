//! The sample's time: seasons and weeks of buying, promotions, the agents' hours. Days are counted from
//! the first day of the sample. Time zones are written out as rules, so that the same seed gives the
//! same moments whatever zone database the machine has; nothing here reads a clock.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::{Day, Language};

use super::random::Random;

/// Days between the first day and today: three years.
pub(super) const SPAN: i32 = 1_095;
/// Days after today for which moments can be named.
const AHEAD: i32 = 60;
/// How long before today the price of internet plans rose.
pub(super) const PRICE_RISE_AGO: i32 = 100;
/// Agents of the sample: the first half works early, the second half late.
pub(super) const AGENTS: usize = 6;
/// Minutes of the day in which the early and the late agents work.
pub(super) const SHIFTS: [(i32, i32); 2] = [(9 * 60, 17 * 60), (12 * 60, 20 * 60)];

/// Buying is denser on some days: maps between days and evenly flowing "busy days".
struct Rhythm {
    /// Busy days before each day; one more than there are days.
    before: Vec<f64>,
}

impl Rhythm {
    fn new(weights: impl Iterator<Item = f64>) -> Self {
        let mut before = vec![0.0];
        let mut sum = 0.0;
        for weight in weights {
            sum += weight;
            before.push(sum);
        }
        let scale = (before.len() - 1) as f64 / sum;
        for b in &mut before {
            *b *= scale;
        }
        Self { before }
    }

    fn busy(&self, day: i32) -> f64 {
        self.before.get(day.max(0) as usize).copied().unwrap_or(f64::MAX)
    }

    fn day(&self, busy: f64) -> i32 {
        self.before.partition_point(|b| *b <= busy) as i32 - 1
    }
}

/// The calendar of one sample.
pub(super) struct Calendar {
    /// The day the sample ends.
    pub today: Day,
    language: Language,
    /// Seconds the business's zone is ahead of UTC, by day.
    offsets: Vec<i32>,
    /// Month and day of month, by day.
    dates: Vec<(i8, i8)>,
    persons: Rhythm,
    firms: Rhythm,
}

impl Calendar {
    /// The three years that end `today`.
    pub fn new(language: Language, today: Day) -> Self {
        let start = today.plus(-SPAN);
        // New York since 2007; Iran since it gave up summer time in 2022.
        let rule =
            if language == Language::Persian { "<+0330>-3:30" } else { "EST5EDT,M3.2.0,M11.1.0" };
        let zone = TimeZone::posix(rule).unwrap_or(TimeZone::UTC);
        let offset = |day: Day| {
            let noon = Timestamp::from_second(i64::from(day.0) * 86_400 + 43_200);
            noon.map_or(0, |t| zone.to_offset(t).seconds())
        };
        let days = || (0..=SPAN).map(|at| start.plus(at));
        let date = |day: Day| day.date().map_or((6, 15), |d| (d.month(), d.day()));
        let dates: Vec<(i8, i8)> = days().map(date).collect();
        let weights = |firm: bool| {
            days().zip(&dates).map(move |(day, (month, of_month))| {
                let promoted = if promotion(language, *month, *of_month) > 0 { 1.3 } else { 1.0 };
                let season =
                    if firm { 1.0 } else { season(language, *month, *of_month) * promoted };
                season * week(language, firm)[weekday(day)]
            })
        };
        Self {
            today,
            language,
            offsets: (0..=SPAN + AHEAD).map(|at| offset(start.plus(at))).collect(),
            persons: Rhythm::new(weights(false)),
            firms: Rhythm::new(weights(true)),
            dates,
        }
    }

    /// The day at this place.
    pub fn day(&self, at: i32) -> Day {
        self.today.plus(at - SPAN)
    }

    /// The month, 1 to 12.
    pub fn month(&self, at: i32) -> i8 {
        self.dates.get(at.max(0) as usize).map_or(6, |d| d.0)
    }

    /// Discount of that day's promotion, in percent.
    pub fn discount(&self, at: i32) -> i64 {
        self.dates.get(at.max(0) as usize).map_or(0, |d| promotion(self.language, d.0, d.1))
    }

    /// The day `busy` busy days after `at`; past the end when there are not so many left.
    pub fn later(&self, firm: bool, at: i32, within: f64, busy: f64) -> (i32, f64) {
        let rhythm = if firm { &self.firms } else { &self.persons };
        let to = rhythm.busy(at).max(within) + busy;
        (rhythm.day(to), to)
    }

    /// A day up to `latest`, more likely a busy one; `share` is uniform in 0 to 1.
    pub fn spread(&self, firm: bool, latest: i32, share: f64) -> i32 {
        let rhythm = if firm { &self.firms } else { &self.persons };
        rhythm.day(rhythm.busy(latest) * share).clamp(0, latest)
    }

    /// A moment in the business's zone.
    pub fn moment(&self, at: i32, minute: i32) -> Timestamp {
        let offset = self.offsets.get(at.max(0) as usize).copied().unwrap_or(0);
        let seconds =
            i64::from(self.day(at).0) * 86_400 + i64::from(minute) * 60 - i64::from(offset);
        Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// True when the agents work: all days but Sunday, in Iran all but Friday.
    pub fn is_open(&self, at: i32) -> bool {
        weekday(self.day(at)) != if self.language == Language::Persian { 4 } else { 6 }
    }

    /// This day, or the next on which agents work.
    pub fn open_from(&self, at: i32) -> i32 {
        if self.is_open(at) { at } else { at + 1 }
    }

    /// This day, or the last before it on which agents worked.
    pub fn open_until(&self, at: i32) -> i32 {
        if self.is_open(at) { at } else { at - 1 }
    }

    /// Minutes of the business's day in which a customer `ahead` hours ahead can be called: nine to
    /// eight where the customer is, or five to eight for those who asked for the evening, as far as
    /// agents work then. `None` when they never do.
    pub fn window(ahead: f64, evening: bool) -> Option<(i32, i32)> {
        let (from, to) = if evening { (17 * 60, 20 * 60) } else { (9 * 60, 20 * 60) };
        let shift = (ahead * 60.0) as i32;
        let begin = (from - shift).rem_euclid(1_440);
        [begin, begin - 1_440].into_iter().find_map(|b| {
            let (f, t) = (b.max(SHIFTS[0].0), (b + to - from).min(SHIFTS[1].1));
            (t - f >= 60).then_some((f, t))
        })
    }

    /// A minute in a window and an agent who works then: the owner, or the colleague of the same team
    /// on the other shift.
    pub fn call(random: &mut Random, window: (i32, i32), owner: usize) -> (i32, usize) {
        let minute = i32::midpoint(
            random.between(window.0, window.1 - 1),
            random.between(window.0, window.1 - 1),
        );
        let (from, to) = SHIFTS[owner * 2 / AGENTS];
        let on_shift = (from..to).contains(&minute);
        (minute, if on_shift { owner } else { (owner + AGENTS / 2) % AGENTS })
    }
}

/// 0 is Monday.
pub(super) fn weekday(day: Day) -> usize {
    (i64::from(day.0) + 3).rem_euclid(7) as usize
}

/// How much is bought from Monday to Sunday.
fn week(language: Language, firm: bool) -> [f64; 7] {
    match (language, firm) {
        (Language::English, false) => [0.9, 0.85, 0.9, 1.0, 1.15, 1.35, 0.85],
        (Language::English, true) => [1.2, 1.2, 1.2, 1.2, 1.1, 0.1, 0.0],
        (Language::Persian, false) => [0.95, 1.0, 1.1, 1.4, 0.5, 1.1, 0.95],
        (Language::Persian, true) => [1.2, 1.2, 1.2, 0.5, 0.0, 1.2, 1.2],
    }
}

/// How much is bought in a season: Christmas, or the weeks before Nowruz and the night of Yalda.
fn season(language: Language, month: i8, day: i8) -> f64 {
    match (language, month, day) {
        (Language::English, 11, _) => 1.35,
        (Language::English, 12, ..=24) => 1.7,
        (Language::English, 12, _) => 0.8,
        (Language::English, 1 | 2, _) => 0.8,
        (Language::English, 7 | 8, _) => 0.9,
        (Language::Persian, 2, 19..) | (Language::Persian, 3, ..=19) => 1.8,
        (Language::Persian, 3 | 4, ..=31) => 0.7,
        (Language::Persian, 12, 8..=21) => 1.5,
        (Language::Persian, 7 | 8, _) => 0.9,
        _ => 1.0,
    }
}

/// Discount in percent: Black Friday, January and school sales; before Nowruz, Yalda, school.
fn promotion(language: Language, month: i8, day: i8) -> i64 {
    match (language, month, day) {
        (Language::English, 11, 22..=30) => 20,
        (Language::English, 1, 2..=10) => 15,
        (Language::English, 8, 20..=31) => 15,
        (Language::Persian, 3, 5..=19) => 20,
        (Language::Persian, 12, 14..=21) => 20,
        (Language::Persian, 9, 10..=22) => 15,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn calls_fall_into_the_hours_of_both_sides() {
        // Hours ahead of New York: London 5, Los Angeles -3, Sydney 15, Tehran 8.5.
        for (ahead, evening, want) in [
            (0.0, false, Some((540, 1200))),
            (0.0, true, Some((1020, 1200))),
            (5.0, false, Some((540, 900))),
            (-3.0, false, Some((720, 1200))),
            (15.0, false, Some((1080, 1200))),
            (8.5, true, Some((540, 690))),
            (15.0, true, None),
        ] {
            assert_eq!(Calendar::window(ahead, evening), want, "{ahead} {evening}");
        }
    }

    #[test]
    fn moments_follow_the_zone() {
        let today = Day::of(date(2026, 11, 21));
        for (language, zone) in
            [(Language::English, "America/New_York"), (Language::Persian, "Asia/Tehran")]
        {
            let calendar = Calendar::new(language, today);
            for at in [0, 200, 400, 600, SPAN, SPAN + 30] {
                let local = calendar.moment(at, 9 * 60 + 5).in_tz(zone).unwrap();
                assert_eq!((local.hour(), local.minute()), (9, 5), "{zone} {at}");
                assert_eq!(Day::of(local.date()), calendar.day(at));
            }
        }
    }

    #[test]
    fn a_year_of_busy_days_has_as_many_days() {
        let calendar = Calendar::new(Language::English, Day::of(date(2026, 11, 21)));
        let (last, _) = calendar.later(false, 0, 0.0, f64::from(SPAN) + 0.5);
        assert!((SPAN - 1..=SPAN).contains(&last), "{last}");
        assert!(calendar.later(true, SPAN, 0.0, 10.0).0 > SPAN);
    }

    #[test]
    fn the_week_has_its_day_of_rest() {
        let saturday = Day::of(date(2026, 11, 21));
        assert_eq!(weekday(saturday), 5);
        let closed = |language| -> Vec<bool> {
            let c = Calendar::new(language, saturday);
            (SPAN - 6..=SPAN).map(|at| c.is_open(at)).collect()
        };
        // Sunday to Saturday.
        assert_eq!(closed(Language::English), [false, true, true, true, true, true, true]);
        assert_eq!(closed(Language::Persian), [true, true, true, true, true, false, true]);
    }
}
