//! Simulated customers with planted parameters: the fits must find them again within two standard
//! errors, and the queue must earn what it promises. Seeds are fixed; nothing here is random twice.

use vafa::insight::beta_geometric::{self, BetaGeometric, Leaving};
use vafa::insight::gamma_gamma::{self, GammaGamma};
use vafa::insight::pareto_nbd::{self, ParetoNbd};
use vafa::insight::retention::{Case, Outcome, SaveRate, Verdict, Worth, rank, worth};
use vafa::insight::score::{Terms, score_all};
use vafa::insight::{PurchaseModel, Summary};

use crate::data::{cdnow_summaries, close};
use crate::worlds::{Random, pareto_nbd_customers};

/// Customers of the beta-geometric family, and the summed logarithms of their gaps.
fn beta_geometric_customers(
    m: &BetaGeometric,
    n: usize,
    random: &mut Random,
) -> (Vec<Summary>, f64) {
    let mut ln_gaps = 0.0;
    let customer = |_| {
        let rate = random.gamma(m.r, m.alpha);
        let leaves = random.beta(m.a, m.b);
        let tenure = 52.0 - 12.0 * random.unit();
        let (mut x, mut t_x) = (0_u32, 0.0);
        let mut there = m.leaving == Leaving::AfterRepeat || random.unit() > leaves;
        while there {
            let gap: f64 = (0..m.k).map(|_| random.exponential(rate)).sum();
            if t_x + gap > tenure {
                break;
            }
            (x, t_x) = (x + 1, t_x + gap);
            ln_gaps += gap.ln();
            there = random.unit() > leaves;
        }
        Summary { x, t_x, tenure, mean: 0.0 }
    };
    let customers = (0..n).map(customer).collect();
    (customers, ln_gaps)
}

/// Standard errors of the logarithms of positive parameters: from the curvature of the
/// log-likelihood by central differences.
fn log_errors<const N: usize>(at: [f64; N], likelihood: impl Fn([f64; N]) -> f64) -> [f64; N] {
    let step = 1e-3;
    let shifted = |i: usize, a: f64, j: usize, b: f64| {
        let mut p = at;
        p[i] *= (a * step).exp();
        p[j] *= (b * step).exp();
        likelihood(p)
    };
    let mut information = [[0.0; N]; N];
    for (i, row) in information.iter_mut().enumerate() {
        for (j, entry) in row.iter_mut().enumerate() {
            let corners =
                shifted(i, 1.0, j, 1.0) - shifted(i, 1.0, j, -1.0) - shifted(i, -1.0, j, 1.0)
                    + shifted(i, -1.0, j, -1.0);
            *entry = -corners / (4.0 * step * step);
        }
    }
    std::array::from_fn(|i| inverse_diagonal(information, i).sqrt())
}

/// Entry (i, i) of the inverse, by Gauss-Jordan.
fn inverse_diagonal<const N: usize>(mut m: [[f64; N]; N], i: usize) -> f64 {
    let mut unit = [0.0; N];
    unit[i] = 1.0;
    for pivot in 0..N {
        for row in 0..N {
            if row != pivot {
                let factor = m[row][pivot] / m[pivot][pivot];
                let from = m[pivot];
                m[row].iter_mut().zip(from).for_each(|(x, p)| *x -= factor * p);
                unit[row] -= factor * unit[pivot];
            }
        }
    }
    unit[i] / m[i][i]
}

/// Each found parameter lies within two standard errors of the planted one.
#[track_caller]
fn recovered<const N: usize>(
    found: [f64; N],
    planted: [f64; N],
    likelihood: impl Fn([f64; N]) -> f64,
) {
    let errors = log_errors(found, likelihood);
    for i in 0..N {
        let away = (found[i] / planted[i]).ln() / errors[i];
        assert!(away.abs() < 2.0, "{i}: {found:?} for {planted:?}, {away} standard errors");
        assert!(errors[i] < 0.5, "{i}: {errors:?} says too little to prove anything");
    }
}

fn sum(model: &dyn PurchaseModel, customers: &[Summary]) -> f64 {
    customers.iter().map(|s| model.log_likelihood(s.x, s.t_x, s.tenure)).sum()
}

/// The curvature itself, against the standard errors lifetimes reports for BG/NBD on CDNOW.
#[test]
fn standard_errors_of_cdnow() {
    let customers = cdnow_summaries();
    let at = [0.24259452267753082, 4.41360206099644, 0.792922024924681, 2.425906718972878];
    let errors =
        log_errors(at, |p| sum(&BetaGeometric::bg_nbd(p[0], p[1], p[2], p[3]), &customers));
    let wanted = [0.01255737806080879, 0.3782240602508389, 0.1857338222292509, 0.7054142412395131];
    for i in 0..4 {
        close(errors[i] * at[i], wanted[i], 0.01, &format!("parameter {i}"));
    }
}

const PLANTED: ParetoNbd = ParetoNbd { r: 0.9, alpha: 5.0, s: 0.7, beta: 12.0 };
const SPEND: GammaGamma = GammaGamma { p: 5.0, q: 4.0, gamma: 20.0 };

#[test]
fn pareto_nbd_and_gamma_gamma_are_recovered() {
    let simulated = pareto_nbd_customers(&PLANTED, &SPEND, 6_000, 40.0..52.0, &mut Random(1));
    let customers: Vec<Summary> = simulated.iter().map(|c| c.0).collect();
    let m = pareto_nbd::fit(&customers).expect("customers").model;
    recovered(
        [m.r, m.alpha, m.s, m.beta],
        [PLANTED.r, PLANTED.alpha, PLANTED.s, PLANTED.beta],
        |p| sum(&ParetoNbd { r: p[0], alpha: p[1], s: p[2], beta: p[3] }, &customers),
    );
    let spend = gamma_gamma::fit(&customers).expect("repeat buyers").model;
    recovered([spend.p, spend.q, spend.gamma], [SPEND.p, SPEND.q, SPEND.gamma], |p| {
        let m = GammaGamma { p: p[0], q: p[1], gamma: p[2] };
        customers.iter().filter(|s| s.x > 0).map(|s| m.log_likelihood(s.x, s.mean)).sum()
    });

    // P(alive) is a chance: of those called about as likely, that part is there.
    let alive = |s: &Summary| m.p_alive(s.x, s.t_x, s.tenure);
    for (from, to) in [(0.0, 0.3), (0.3, 0.6), (0.6, 0.9), (0.9, 1.0)] {
        let bin: Vec<_> =
            simulated.iter().filter(|(s, _)| (from..to).contains(&alive(s))).collect();
        let said = bin.iter().map(|(s, _)| alive(s)).sum::<f64>();
        let there = bin.iter().filter(|(s, t)| t.leaves_at > s.tenure).count() as f64;
        let room = 3.0 * (said * (1.0 - said / bin.len() as f64)).sqrt();
        assert!(bin.len() > 100 && (said - there).abs() < room, "{from}: {said} {there}");
    }
}

#[test]
fn the_beta_geometric_family_is_recovered() {
    for (leaving, k) in [(Leaving::AfterRepeat, 1), (Leaving::AfterAny, 1), (Leaving::AfterAny, 3)]
    {
        let planted = BetaGeometric { leaving, k, r: 0.9, alpha: 4.0, a: 0.8, b: 2.5 };
        let (customers, gaps) = beta_geometric_customers(&planted, 6_000, &mut Random(2));
        let m = match leaving {
            Leaving::AfterRepeat => beta_geometric::fit(leaving, &customers),
            Leaving::AfterAny => beta_geometric::fit_regular(&customers, gaps),
        };
        let m = m.expect("customers").model;
        assert_eq!(m.k, k, "{m:?}");
        recovered(
            [m.r, m.alpha, m.a, m.b],
            [planted.r, planted.alpha, planted.a, planted.b],
            |p| {
                let m = BetaGeometric { r: p[0], alpha: p[1], a: p[2], b: p[3], ..planted };
                sum(&m, &customers)
            },
        );
    }
}

/// Few customers: the prior keeps the forecast of all within half and double of what is true.
#[test]
fn small_shops_get_sane_forecasts() {
    for seed in 10..20 {
        let simulated = pareto_nbd_customers(&PLANTED, &SPEND, 60, 40.0..52.0, &mut Random(seed));
        let customers: Vec<Summary> = simulated.iter().map(|c| c.0).collect();
        let fit = pareto_nbd::fit(&customers).expect("customers");
        assert!(fit.shrunk && fit.repeaters < 100);
        let of = |m: &dyn PurchaseModel| -> f64 {
            customers.iter().map(|s| m.expected_purchases(s.x, s.t_x, s.tenure, 26.0)).sum()
        };
        let ratio = of(&fit.model) / of(&PLANTED);
        assert!((0.5..2.0).contains(&ratio), "seed {seed}: {ratio} {fit:?}");
    }
}

/// A save rate of .42, learned round by round from calls beside a hold-out group.
#[test]
fn a_planted_save_rate_is_learned() {
    let (planted, would_leave) = (0.42, 0.35);
    let mut random = Random(3);
    let mut belief = SaveRate::default();
    let start = belief.interval();
    for _ in 0..20 {
        let mut group = |n: u64, save: f64| {
            let leaves = |random: &mut Random| random.unit() < would_leave && random.unit() >= save;
            let left = (0..n).filter(|_| leaves(&mut random)).count() as u64;
            Outcome { n, stayed: n - left }
        };
        let (called, held_out) = (group(900, planted), group(300, 0.0));
        belief = belief.learn_against(called, held_out);
    }
    let (low, high) = belief.interval();
    assert!((low..high).contains(&planted), "{belief:?} {:?}", belief.interval());
    assert!((belief.mean() - planted).abs() < 0.04, "{belief:?}");
    assert!(high - low < 0.4 * (start.1 - start.0), "{belief:?}");
}

/// What the first calls of rankings of 20,000 customers earn.
struct Season {
    ours: f64,
    /// What the queue promised.
    promised: f64,
    by_value: f64,
    rivals: Vec<(&'static str, f64)>,
    /// What calling all who are not in the queue would have earned.
    left_out: f64,
}

/// A season of `most` calls among customers who have been there for some of these weeks.
fn season(seed: u64, weeks: std::ops::Range<f64>, most: usize) -> Season {
    let simulated = pareto_nbd_customers(&PLANTED, &SPEND, 20_000, weeks, &mut Random(seed));
    let customers: Vec<Summary> = simulated.iter().map(|c| c.0).collect();
    let model = pareto_nbd::fit(&customers).expect("customers").model;
    let spend = gamma_gamma::fit(&customers).expect("repeat buyers").model;
    let terms = Terms::default();
    let scores = score_all(&model, &spend, &customers, &terms);
    let (save_rate, margin_rate, offer_cost, call_cost) = (0.3, 0.3, 2.0, 1.0);
    let worths: Vec<Worth> = scores
        .iter()
        .map(|score| {
            let case = Case {
                score: *score,
                margin_rate,
                cost_per_week: 0.02,
                offer_cost,
                call_cost,
                minutes: 4.0,
            };
            worth(&case, save_rate)
        })
        .collect();
    let queue = rank(&worths, usize::MAX);
    assert!(queue.iter().all(|row| worths[*row].verdict == Verdict::Call));
    let calls = queue.len().min(most);
    assert_eq!(calls, most);
    // Each customer's own rates give what a call is really worth, on average over chance.
    let earned = |row: usize| {
        let (s, truth) = &simulated[row];
        if truth.leaves_at <= s.tenure {
            return -call_cost;
        }
        let leaves = 1.0 - (-truth.leave_rate * terms.horizon).exp();
        let weeks = 1.0 / (truth.leave_rate + terms.discount);
        let value = weeks * (margin_rate * truth.mean * truth.rate - 0.02);
        leaves * save_rate * (value - offer_cost) - (1.0 - leaves) * offer_cost - call_cost
    };
    let total = |rows: &[usize]| rows.iter().take(calls).map(|row| earned(*row)).sum::<f64>();
    let by = |figure: &dyn Fn(usize) -> f64| {
        let mut rows: Vec<usize> = (0..customers.len()).collect();
        rows.sort_by(|a, b| figure(*b).total_cmp(&figure(*a)));
        total(&rows)
    };
    Season {
        ours: total(&queue),
        promised: queue.iter().take(calls).map(|row| worths[*row].ev).sum(),
        by_value: by(&|row| worths[row].p_alive * worths[row].value_if_kept),
        rivals: vec![
            ("risk", by(&|row| 1.0 - scores[row].p_alive)),
            ("risk of the living", by(&|row| scores[row].p_alive * scores[row].p_leave)),
            ("chance", by(&|row| (row * 7_919 % 20_000) as f64)),
            ("recency", by(&|row| customers[row].t_x - customers[row].tenure)),
        ],
        left_out: (0..customers.len()).filter(|row| worths[*row].ev <= 0.0).map(earned).sum(),
    }
}

/// Calling those the queue names earns about what it promised, more than calling by risk, by recency or
/// at random; and who is not in the queue would have cost more than they brought.
#[test]
fn the_queue_earns_what_it_promises() {
    let Season { ours, promised, rivals, left_out, .. } = season(4, 40.0..52.0, 2_000);
    close(ours, promised, 0.05, "what the first 2,000 calls earn");
    assert!(left_out < 0.0, "{left_out}");
    for (rival, theirs) in rivals {
        assert!(ours > theirs.max(0.0) * 1.2, "{rival}: {theirs} against {ours}");
    }
}

/// Where some customers are new and others old, the most valuable are the ones who stay: calling them
/// earns less than calling by expected value, season after season.
#[test]
fn expected_value_beats_value() {
    for seed in 4..10 {
        let Season { ours, by_value, .. } = season(seed, 2.0..300.0, 1_000);
        assert!(ours > by_value, "season {seed}: {by_value} against {ours}");
    }
}
