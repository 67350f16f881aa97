//! How far an organisation has come in steering by its customers: five levels in each of nine
//! dimensions, from figures of what it does, never from what it says of itself. Knows neither store nor
//! clock: the figures are given.
//!
//! A level asks for a figure and for enough cases behind it, so that one lucky call is no habit. What
//! each asks for is the table [`LADDER`], and why:
//!
//! | dimension | figure | cases | why these steps |
//! |---|---|---|---|
//! | profiles | part of ten things known of a customer | customers | even steps: each fifth is two things more to talk about |
//! | calls | part of the calls of 90 days with an outcome | calls | without an outcome nothing is learned; a part below nine in ten biases what is |
//! | segments | part of the customers in a segment that is used | segments used | half of the customers is as many as anybody treats by rule; one segment is no strategy |
//! | offers | answers to offers | held out, against as many called | 50 answers put a rate of a third within 13 points (95 %); 100 held out show a difference of 14 |
//! | scores | of four tests: fitted, checked on held-back time, ranks as well as recency alone and the average rate, errs less than both | part of the buying the fit knew of | the tests in the order in which they can be passed; who refits at a twentieth of new buying is never far off |
//! | processes | part of the steps of 90 days left in time, late ones that stand counted as not | cases that went through two teams | half late is chance; 85 % is what service desks usually promise |
//! | lifecycle | moves of 90 days for each customer | different moves | a customer who stays some two years in a stage moves .12 times in 90 days; a third of that shows that moves are written down |
//! | consent | part of the customers who were asked for consent | customers | even steps |
//! | experience | part of the conversations of 90 days in which satisfaction was asked | answers | 100 answers put a mean of 5 within .2 |
//!
//! The organisation's own level is the highest that all dimensions but one reach: a chain holds at its
//! weak links, and one gap may be a choice.

use crate::domain::names::named_enum;

named_enum! {
    /// How far it has come.
    pub enum Level {
        BeforePlanning = "before_planning", Building = "building", Relatively = "relatively",
        Well = "well", Highly = "highly",
    }
}

impl Level {
    /// 1 to 5.
    pub const fn number(self) -> u8 {
        self.code() + 1
    }
}

named_enum! {
    /// What is looked at.
    pub enum Dimension {
        Profiles = "profiles", Calls = "calls", Segments = "segments", Offers = "offers",
        Scores = "scores", Processes = "processes", Lifecycle = "lifecycle",
        Consent = "consent", Experience = "experience",
    }
}

/// In what a figure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 0 to 1.
    Share,
    Count,
}

/// What a level asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pub figure: f64,
    pub cases: f64,
}

/// What the levels of a dimension ask for, from the second on; the first asks for nothing.
#[derive(Clone, Copy, Debug)]
pub struct Rungs {
    pub dimension: Dimension,
    pub figure: Unit,
    pub cases: Unit,
    pub steps: [Step; 4],
}

const fn rungs(
    dimension: Dimension,
    (figure, cases): (Unit, Unit),
    figures: [f64; 4],
    needed: [f64; 4],
) -> Rungs {
    let mut steps = [Step { figure: 0.0, cases: 0.0 }; 4];
    let mut at = 0;
    while at < 4 {
        steps[at] = Step { figure: figures[at], cases: needed[at] };
        at += 1;
    }
    Rungs { dimension, figure, cases, steps }
}

const PART: (Unit, Unit) = (Unit::Share, Unit::Count);

/// What each level asks for, in the order of the dimensions.
pub const LADDER: [Rungs; 9] = [
    rungs(Dimension::Profiles, PART, [0.2, 0.4, 0.6, 0.8], [1.0; 4]),
    rungs(Dimension::Calls, PART, [0.5, 0.7, 0.9, 0.95], [1.0, 10.0, 30.0, 100.0]),
    rungs(Dimension::Segments, PART, [0.05, 0.15, 0.3, 0.5], [1.0, 2.0, 3.0, 5.0]),
    rungs(
        Dimension::Offers,
        (Unit::Count, Unit::Count),
        [10.0, 50.0, 100.0, 300.0],
        [0.0, 0.0, 30.0, 100.0],
    ),
    rungs(
        Dimension::Scores,
        (Unit::Count, Unit::Share),
        [1.0, 2.0, 3.0, 4.0],
        [0.5, 0.8, 0.9, 0.95],
    ),
    rungs(Dimension::Processes, PART, [0.01, 0.5, 0.7, 0.85], [1.0, 3.0, 10.0, 30.0]),
    rungs(Dimension::Lifecycle, PART, [0.005, 0.01, 0.02, 0.04], [1.0, 2.0, 4.0, 6.0]),
    rungs(Dimension::Consent, PART, [0.2, 0.4, 0.6, 0.8], [1.0; 4]),
    rungs(Dimension::Experience, PART, [0.01, 0.05, 0.1, 0.2], [1.0, 10.0, 30.0, 100.0]),
];

/// What the levels of a dimension ask for.
pub fn rungs_of(dimension: Dimension) -> &'static Rungs {
    &LADDER[usize::from(dimension.code()).min(LADDER.len() - 1)]
}

/// The level a figure and the cases behind it reach; the first where there is no figure.
pub fn level(dimension: Dimension, figure: Option<f64>, cases: f64) -> Level {
    let Some(figure) = figure else { return Level::BeforePlanning };
    let reaches = |step: &&Step| figure >= step.figure && cases >= step.cases;
    let steps = rungs_of(dimension).steps.iter().take_while(reaches).count();
    Level::from_code(steps as u8).unwrap_or(Level::Highly)
}

/// What the level above asks for; `None` at the highest.
pub fn next(dimension: Dimension, level: Level) -> Option<Step> {
    rungs_of(dimension).steps.get(usize::from(level.code())).copied()
}

/// The highest level that all but one of these reach; the first of none.
pub fn overall(levels: &[Level]) -> Level {
    let mut all = levels.to_vec();
    all.sort_unstable();
    all.get(1).or(all.first()).copied().unwrap_or(Level::BeforePlanning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_each_dimension_in_its_place_and_steps_that_rise() {
        for (dimension, rungs) in Dimension::ALL.iter().zip(&LADDER) {
            assert_eq!(rungs.dimension, *dimension);
            assert!(rungs.steps.is_sorted_by(|a, b| a.figure < b.figure), "{dimension}");
            assert!(rungs.steps.is_sorted_by(|a, b| a.cases <= b.cases), "{dimension}");
            let (figure, cases) = (rungs.figure, rungs.cases);
            for step in rungs.steps {
                assert!(step.figure > 0.0 && (figure == Unit::Count || step.figure <= 1.0));
                assert!(cases == Unit::Count || step.cases <= 1.0, "{dimension}");
            }
        }
        assert_eq!(Dimension::ALL.len(), LADDER.len());
    }

    #[test]
    fn a_level_asks_for_the_figure_and_for_cases() {
        use Dimension::{Calls, Offers, Scores};
        for (dimension, figure, cases, want) in [
            (Calls, None, 1_000.0, 1),
            (Calls, Some(0.0), 0.0, 1),
            (Calls, Some(0.49), 1_000.0, 1),
            (Calls, Some(0.5), 1.0, 2),
            (Calls, Some(1.0), 9.0, 2),
            (Calls, Some(1.0), 99.0, 4),
            (Calls, Some(1.0), 100.0, 5),
            (Calls, Some(0.94), 100.0, 4),
            (Offers, Some(1_000.0), 0.0, 3),
            (Offers, Some(1_000.0), 100.0, 5),
            (Scores, Some(4.0), 0.94, 4),
            (Scores, Some(f64::NAN), 1.0, 1),
        ] {
            let found = level(dimension, figure, cases);
            assert_eq!(found.number(), want, "{dimension} {figure:?} {cases}");
            assert_eq!(next(dimension, found).is_none(), want == 5);
        }
        let ahead = next(Calls, Level::BeforePlanning);
        assert_eq!(ahead, Some(Step { figure: 0.5, cases: 1.0 }));
    }

    #[test]
    fn one_dimension_may_lag_and_a_second_holds_all_back() {
        let of = |codes: &[u8]| {
            let levels: Vec<Level> = codes.iter().filter_map(|c| Level::from_code(c - 1)).collect();
            overall(&levels).number()
        };
        for (levels, want) in [
            (&[][..], 1),
            (&[3], 3),
            (&[5, 5, 5, 5, 1], 5),
            (&[5, 2, 5, 5, 1], 2),
            (&[1, 1, 5, 5, 5], 1),
            (&[4, 3, 4, 5, 4], 4),
        ] {
            assert_eq!(of(levels), want, "{levels:?}");
        }
    }
}
