//! The likeliest parameters of the beta-geometric family for a set of customers.

use super::super::optimise::minimise;
use super::super::purchasing::{Group, at_most, group, sum};
use super::super::special::ln_gamma;
use super::super::summary::DAYS_PER_WEEK;
use super::super::{ENOUGH_REPEATERS, Fit, NotEnough, Summary, What};
use super::{BetaGeometric, Leaving};
use crate::domain::{Day, History};

const MOST_CUSTOMERS: usize = 100_000;
const ROUGH_CUSTOMERS: usize = 2_000;
/// The most regular model tried; gaps of Erlang-6 vary by 40 %.
pub const MOST_K: u32 = 6;

/// Mean and spread of ln r, ln α, ln a, ln b where data are few, around the CDNOW fits in weeks:
/// BG/NBD .243, 4.41, .793, 2.43; MBG/NBD .525, 6.18, .891, 1.61. The spreads are ours.
const PRIOR: [(f64, f64); 4] = [(-1.0, 0.8), (1.7, 1.2), (-0.2, 0.7), (0.7, 0.7)];

/// Fits BG/NBD or MBG/NBD by maximum likelihood over grouped customers.
///
/// Prior, sampling and errors are those of [`super::super::pareto_nbd::fit`].
pub fn fit(leaving: Leaving, customers: &[Summary]) -> Result<Fit<BetaGeometric>, NotEnough> {
    fit_k(leaving, 1, customers)
}

/// Fits MBG/CNBD-k for k = 1 to [`MOST_K`] and returns the likeliest; k = 1 is MBG/NBD.
///
/// `ln_gaps` is the sum of [`ln_gaps`] over the same customers: the part of the likelihood that only
/// the gaps decide, which tells the k apart.
pub fn fit_regular(customers: &[Summary], ln_gaps: f64) -> Result<Fit<BetaGeometric>, NotEnough> {
    let repeats: f64 = customers.iter().map(|c| f64::from(c.x)).sum();
    let mut best = fit_k(Leaving::AfterAny, 1, customers)?;
    for k in 2..=MOST_K {
        let mut next = fit_k(Leaving::AfterAny, k, customers)?;
        let of_all = next.n as f64 / customers.len() as f64;
        let k = f64::from(k);
        next.log_likelihood += of_all * ((k - 1.0) * ln_gaps - repeats * ln_gamma(k));
        // The likelihood has one peak in k on all data published so far.
        if next.log_likelihood <= best.log_likelihood {
            break;
        }
        best = next;
    }
    Ok(best)
}

/// Sum of ln(gap in weeks) between days with a sale until `as_of`; 0 with fewer than two. Folded
/// days count as evenly spread.
pub fn ln_gaps(history: &History, as_of: Day) -> f64 {
    let mut sum = 0.0;
    let mut last: Option<Day> = None;
    if let Some(f) = history.folded.as_ref().filter(|f| f.days > 0 && f.first <= as_of) {
        let gaps = f64::from(f.days - 1);
        let weeks = f64::from(f.last.since(f.first)) / DAYS_PER_WEEK;
        if gaps > 0.0 && weeks > 0.0 {
            sum += gaps * (weeks / gaps).ln();
        }
        last = Some(f.last);
    }
    for d in history.days.iter().take_while(|d| d.day <= as_of).filter(|d| d.sales > 0) {
        if let Some(before) = last {
            sum += (f64::from(d.day.since(before).max(1)) / DAYS_PER_WEEK).ln();
        }
        last = Some(d.day);
    }
    sum
}

fn fit_k(leaving: Leaving, k: u32, customers: &[Summary]) -> Result<Fit<BetaGeometric>, NotEnough> {
    if customers.is_empty() {
        return Err(NotEnough { needed: 1, have: 0, what: What::Customers });
    }
    let all = group(at_most(customers, MOST_CUSTOMERS));
    let rough = group(at_most(customers, ROUGH_CUSTOMERS));
    let count = |of: fn(&Group) -> bool| {
        all.iter().filter(|g| of(g)).map(|g| g.count).sum::<f64>() as usize
    };
    let (n, repeaters) = (count(|_| true), count(|g| g.x > 0));
    let shrunk = repeaters < ENOUGH_REPEATERS;
    let model = |p: &[f64; 4]| BetaGeometric { leaving, k, r: p[0], alpha: p[1], a: p[2], b: p[3] };
    let likelihood = |groups: &[Group], p: &[f64; 4]| {
        let m = model(p);
        let same = m.of_all();
        // Groups of one count follow each other: what only the count decides is summed apart.
        let counts: f64 = groups
            .chunk_by(|a, b| a.x == b.x)
            .filter_map(|of_x| Some((of_x.first()?.x, of_x.iter().map(|g| g.count).sum::<f64>())))
            .map(|(x, customers)| customers * (m.of_count(x) - same))
            .sum();
        counts + sum(groups, |g| g.count * m.of_times(g.x, g.t_x, g.tenure))
    };
    let penalty = |p: &[f64; 4]| if shrunk { against(p, k) } else { 0.0 };
    let (seen, weeks) = all.iter().fold((0.0, 0.0), |(seen, weeks), g| {
        (seen + g.count * f64::from(g.x), weeks + g.count * g.tenure)
    });
    let pace = f64::from(k) * f64::max(seen, 0.5) / f64::max(weeks, 1.0);
    let best = minimise(
        [0.5, 0.5 / pace, 0.9, 2.0],
        |p| penalty(p) - likelihood(&rough, p),
        |p| penalty(p) - likelihood(&all, p),
    );
    Ok(Fit {
        model: model(&best.at),
        log_likelihood: likelihood(&all, &best.at),
        n,
        repeaters,
        iterations: best.steps,
        shrunk,
    })
}

/// Minus the log-density of the prior, up to a constant; k ticks a purchase make the scale shorter.
fn against(p: &[f64; 4], k: u32) -> f64 {
    let per_purchase = [p[0], p[1] * f64::from(k), p[2], p[3]];
    per_purchase.iter().zip(PRIOR).map(|(p, (mean, sd))| ((p.ln() - mean) / sd).powi(2) / 2.0).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DayTotal;

    fn customer(x: u32, t_x: f64, tenure: f64) -> Summary {
        Summary { x, t_x, tenure, mean: 0.0 }
    }

    #[test]
    fn too_few_to_stand_alone_lean_on_the_prior_and_say_so() {
        for leaving in [Leaving::AfterRepeat, Leaving::AfterAny] {
            let none = NotEnough { needed: 1, have: 0, what: What::Customers };
            assert_eq!(fit(leaving, &[]), Err(none));
            let one = vec![customer(3, 9.0, 10.0)];
            let no_repeats = vec![customer(0, 0.0, 30.0); 500];
            for customers in [one, no_repeats, vec![customer(0, 0.0, 0.0)]] {
                let fit = fit(leaving, &customers).expect("some customers");
                assert!(fit.shrunk && fit.log_likelihood.is_finite(), "{fit:?}");
            }
        }
    }

    #[test]
    fn gaps_are_weeks_between_days_with_a_sale() {
        let mut h = History::default();
        for day in [0, 14, 14, 21, 70] {
            h.add(DayTotal { day: Day(day), sales: 1, ..DayTotal::default() });
        }
        assert!((ln_gaps(&h, Day(69)) - 2.0_f64.ln()).abs() < 1e-12); // ln 2 + ln 1
        assert!((ln_gaps(&h, Day(70)) - 14.0_f64.ln()).abs() < 1e-12); // and ln 7
        assert_eq!(ln_gaps(&h, Day(13)), 0.0);
        assert_eq!(ln_gaps(&History::default(), Day(13)), 0.0);
    }

    #[test]
    fn clockwork_buyers_are_told_from_random_ones() {
        // A hundred and twenty customers who buy every `pace` weeks to the day until most stop.
        let mut customers = Vec::new();
        let mut gaps = 0.0;
        for i in 0..240_u32 {
            let pace = 1.0 + f64::from(i % 6);
            let x = (i * 7) % 11 + 1;
            customers.push(customer(x, f64::from(x) * pace, 52.0_f64.max(f64::from(x) * pace)));
            gaps += f64::from(x) * pace.ln();
        }
        let fit = fit_regular(&customers, gaps).expect("customers");
        assert_eq!(fit.model.k, MOST_K, "{fit:?}");
    }
}
