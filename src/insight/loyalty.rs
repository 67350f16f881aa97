//! Loyal or not, profitable or not: four ways to treat a customer (after Reinartz and Kumar 2002,
//! "The mismanagement of customer loyalty"). Never predicts: it reads what the models and the books say.

use super::summary::DAYS_PER_WEEK;
use crate::domain::{Day, History};

/// What to do with a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Loyal and profitable.
    KeepClose,
    /// Loyal, not profitable.
    EarnMore,
    /// Profitable, not loyal.
    WinOver,
    /// Neither.
    LetGo,
}

/// How loyal, and from what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loyalty {
    /// Chance to be with us.
    pub p_alive: f64,
    /// Weeks since the first purchase.
    pub tenure: f64,
    /// [`regularity`]; `None` with fewer than two gaps.
    pub regularity: Option<f64>,
}

/// A customer of this many weeks is as old as matters.
const LONG_TENURE_WEEKS: f64 = 52.0;
/// Loyal from this index on. One who has bought at random for a year and is there with a chance of
/// two thirds has just that.
const LOYAL: f64 = 0.5;

impl Loyalty {
    /// 0 to 1: P(alive) times the mean of tenure (a year counts in full) and regularity. Where nothing
    /// is known of regularity, buying at random (.5) is assumed.
    pub fn index(&self) -> f64 {
        let age = (self.tenure / LONG_TENURE_WEEKS).clamp(0.0, 1.0);
        let regular = self.regularity.unwrap_or(0.5).clamp(0.0, 1.0);
        self.p_alive * f64::midpoint(age, regular)
    }

    /// The cell of the grid, with `profit` the margin less the cost to serve over the same time.
    pub fn treatment(&self, profit: f64) -> Treatment {
        match (self.index() >= LOYAL, profit > 0.0) {
            (true, true) => Treatment::KeepClose,
            (true, false) => Treatment::EarnMore,
            (false, true) => Treatment::WinOver,
            (false, false) => Treatment::LetGo,
        }
    }
}

/// How even the gaps between days with a sale are: 1 / (1 + CV²), which is 1 for a clock and 1/2 for
/// buying at random. `None` with fewer than two gaps. Folded days are left out.
pub fn regularity(history: &History, as_of: Day) -> Option<f64> {
    let days: Vec<Day> =
        history.days.iter().filter(|d| d.sales > 0 && d.day <= as_of).map(|d| d.day).collect();
    let gaps = || {
        days.windows(2)
            .filter_map(|w| Some(f64::from(w.last()?.since(*w.first()?)) / DAYS_PER_WEEK))
    };
    let n = gaps().count() as f64;
    let mean = gaps().sum::<f64>() / n;
    let variance = gaps().map(|g| (g - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (n >= 2.0).then(|| 1.0 / (1.0 + variance / mean.powi(2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DayTotal;

    #[test]
    fn the_four_cells() {
        use Treatment::*;
        for (p_alive, tenure, regularity, profit, wanted) in [
            (0.9, 60.0, Some(0.8), 5.0, KeepClose),
            (0.9, 60.0, Some(0.8), -5.0, EarnMore),
            (0.9, 60.0, None, 0.0, EarnMore),
            (0.95, 8.0, None, 5.0, WinOver), // too young to be loyal
            (0.3, 300.0, Some(1.0), 5.0, WinOver),
            (0.3, 300.0, Some(1.0), -5.0, LetGo),
        ] {
            let loyalty = Loyalty { p_alive, tenure, regularity };
            assert_eq!(loyalty.treatment(profit), wanted, "{loyalty:?} {profit}");
        }
    }

    #[test]
    fn a_clock_is_regular_and_a_burst_is_not() {
        let of = |days: &[i32]| {
            let mut h = History::default();
            for day in days {
                h.add(DayTotal { day: Day(*day), sales: 1, ..DayTotal::default() });
            }
            regularity(&h, Day(100))
        };
        assert_eq!(of(&[0, 7, 14, 21]), Some(1.0));
        assert!(of(&[0, 1, 2, 3, 90]).is_some_and(|r| r < 0.25));
        assert_eq!(of(&[0, 7]), None);
        assert_eq!(of(&[0, 7, 200]), None); // what comes later is not known
    }
}
