//! Customers drawn from known parameters. Seeds are fixed; nothing here is random twice.

use vafa::insight::Summary;
use vafa::insight::gamma_gamma::GammaGamma;
use vafa::insight::pareto_nbd::ParetoNbd;

/// Steele, Lea and Flood 2014.
pub struct Random(pub u64);

impl Random {
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    pub fn exponential(&mut self, rate: f64) -> f64 {
        -self.unit().ln() / rate
    }

    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.unit().ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Marsaglia and Tsang 2000.
    pub fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0, rate) * self.unit().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let z = self.normal();
            let v = (1.0 + c * z).powi(3);
            if v > 0.0 && self.unit().ln() < 0.5 * z * z + d - d * v + d * v.ln() {
                return d * v / rate;
            }
        }
    }

    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a, 1.0), self.gamma(b, 1.0));
        x / (x + y)
    }
}

/// What a simulated customer really is.
pub struct Truth {
    pub rate: f64,
    pub leave_rate: f64,
    /// Weeks after the first purchase.
    pub leaves_at: f64,
    pub mean: f64,
}

/// Customers with planted parameters, first met between the weeks and seen to the end of them.
pub fn pareto_nbd_customers(
    m: &ParetoNbd,
    spend: &GammaGamma,
    n: usize,
    weeks: std::ops::Range<f64>,
    random: &mut Random,
) -> Vec<(Summary, Truth)> {
    let customer = |_| {
        let rate = random.gamma(m.r, m.alpha);
        let leave_rate = random.gamma(m.s, m.beta);
        let leaves_at = random.exponential(leave_rate);
        let own = random.gamma(spend.q, spend.gamma);
        let tenure = weeks.end - (weeks.end - weeks.start) * random.unit();
        let (mut x, mut t_x, mut total) = (0_u32, 0.0, 0.0);
        loop {
            let next = t_x + random.exponential(rate);
            if next > leaves_at.min(tenure) {
                break;
            }
            (x, t_x) = (x + 1, next);
            total += random.gamma(spend.p, own);
        }
        let mean = if x > 0 { total / f64::from(x) } else { 0.0 };
        let truth = Truth { rate, leave_rate, leaves_at, mean: spend.p / own };
        (Summary { x, t_x, tenure, mean }, truth)
    };
    (0..n).map(customer).collect()
}
