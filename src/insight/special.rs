//! The special functions the purchase models need. Never overflows: what can be huge is kept as a
//! logarithm.

/// Terms are added until the next is below this part of the sum.
const SMALL: f64 = 1e-16;
/// Where the power series gives way to the continued fraction.
const SERIES_UNTIL: f64 = 0.6;

/// ln Γ(x) for x > 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// ln B(a, b) for a, b > 0.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// Gauss's 2F1(1, b; c; z) for 0 < b < c and 0 <= z < 1. Every term is positive, so nothing cancels.
///
/// Series below z = .6, Gauss's continued fraction above (DLMF 15.7.5). Exact to rounding for
/// z <= 1 - 1e-4, a few digits at 1 - 1e-7.
pub fn hyp2f1_1(b: f64, c: f64, z: f64) -> f64 {
    if z < SERIES_UNTIL {
        let (mut sum, mut term, mut k) = (1.0, 1.0, 0.0);
        while term > SMALL * sum && k < 10_000.0 {
            term *= (b + k) / (c + k) * z;
            sum += term;
            k += 1.0;
        }
        return sum;
    }
    // From the tail up. Each step gains a factor (1 + w) / (1 - w) with w = sqrt(1 - z), so how many
    // are needed is known before.
    let gain = 2.0 * (1.0 - z).sqrt().atanh();
    let steps = (-SMALL.ln() / gain).min(5_000.0) as u32;
    let low = c - 1.0;
    let mut tail = 1.0;
    for pair in (0..=steps / 2).rev() {
        let n = f64::from(pair);
        let even =
            (n + 1.0) * (low - b + n + 1.0) / ((low + 2.0 * n + 1.0) * (low + 2.0 * n + 2.0));
        let odd = (b + n) * (low + n) / ((low + 2.0 * n) * (low + 2.0 * n + 1.0));
        tail = 1.0 - odd * z / (1.0 - even * z / tail);
    }
    1.0 / tail
}

/// (1 - ratio^power) / power for ratio > 0, with its limit -ln ratio at power 0.
pub fn one_less_power(ratio: f64, power: f64) -> f64 {
    let ln = ratio.ln();
    let w = power * ln;
    if w.abs() < 1e-8 { -ln * (1.0 + w / 2.0) } else { -w.exp_m1() / power }
}

/// The integral from 0 of (1 + v)^-s e^(-z v) over v, which is U(1, 2 - s, z), for s, z > 0.
///
/// Sixteen-point Gauss-Legendre panels over y = ln(1 + v), where the integrand is smooth.
pub fn discounted_survival(s: f64, z: f64) -> f64 {
    let z = z.max(1e-12);
    let mut sum = 0.0;
    let mut from = 0.0_f64;
    loop {
        let panel = panel(from, from + 1.0, |y| ((1.0 - s) * y - z * y.exp_m1()).exp());
        sum += panel;
        from += 1.0;
        let falling = (1.0 - s) - z * from.exp() < -0.05;
        if (falling && panel < 1e-16 * sum) || from > 60.0 {
            return sum;
        }
    }
}

/// Sixteen-point Gauss-Legendre over [a, b].
fn panel(a: f64, b: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mid, half) = (f64::midpoint(a, b), (b - a) / 2.0);
    let sum: f64 = NODES.iter().map(|(x, w)| w * (f(mid - half * x) + f(mid + half * x))).sum();
    half * sum
}

/// Nodes and weights of the sixteen-point rule (Abramowitz and Stegun, table 25.4).
const NODES: [(f64, f64); 8] = [
    (0.0950125098376374, 0.1894506104550685),
    (0.2816035507792589, 0.1826034150449236),
    (0.4580167776572274, 0.1691565193950025),
    (0.6178762444026438, 0.1495959888165767),
    (0.755404408355003, 0.1246289712555339),
    (0.8656312023878318, 0.0951585116824928),
    (0.9445750230732326, 0.0622535239386479),
    (0.9894009349916499, 0.0271524594117541),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyp2f1_matches_its_elementary_cases() {
        for z in [0.0_f64, 1e-9, 0.1, 0.5, 0.59, 0.61, 0.9, 0.99, 0.9999] {
            // DLMF 15.4.1: 2F1(1, 1; 2; z) = -ln(1 - z) / z.
            let ln = if z == 0.0 { 1.0 } else { -(-z).ln_1p() / z };
            check(hyp2f1_1(1.0, 2.0, z), ln, z);
            // DLMF 15.4.6 after Euler: 2F1(1, 1/2; 3/2; z) = atanh(sqrt z) / sqrt z.
            let root = z.sqrt();
            let atanh = if z == 0.0 { 1.0 } else { root.atanh() / root };
            check(hyp2f1_1(0.5, 1.5, z), atanh, z);
        }
    }

    #[test]
    fn discounted_survival_matches_its_elementary_cases() {
        for z in [0.001, 0.14, 1.0, 7.0] {
            check(discounted_survival(1e-300, z), 1.0 / z, z); // s -> 0: plain discounting
        }
        // s = 1, z = 1: e E1(1) (Abramowitz and Stegun, table 5.1, E1(1) = .219383934).
        check(discounted_survival(1.0, 1.0), std::f64::consts::E * 0.219383934395520, 1.0);
        // s = 3, z -> 0: 1 / (s - 1).
        assert!((discounted_survival(3.0, 1e-12) - 0.5).abs() < 1e-9);
    }

    fn check(found: f64, wanted: f64, at: f64) {
        assert!((found / wanted - 1.0).abs() < 1e-12, "at {at}: {found} for {wanted}");
    }
}
