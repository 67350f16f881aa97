//! Random numbers that are the same on every machine and with every version of every package:
//! xoshiro256++ seeded through splitmix64 (Blackman and Vigna, prng.di.unimi.it). Not for secrets.

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(super) struct Random([u64; 4]);

/// One step of splitmix64.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Random {
    /// The stream number `stream` of a seed; streams do not depend on one another, so that a change
    /// in one customer's story leaves all others as they are.
    pub fn of(seed: u64, stream: u64) -> Self {
        let mut state = seed;
        let mut mixed = splitmix(&mut state) ^ stream.wrapping_mul(0xd134_2543_de82_ef95);
        Self([(); 4].map(|()| splitmix(&mut mixed)))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.0;
        let result = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        result
    }

    /// Uniform in 0 to 1, without 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `from..=to`; `from` when the range is empty.
    pub fn between(&mut self, from: i32, to: i32) -> i32 {
        let width = i64::from(to) - i64::from(from) + 1;
        if width <= 1 {
            return from;
        }
        from.saturating_add((self.unit() * width as f64) as i32)
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// One of some, each as likely.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get((self.unit() * all.len() as f64) as usize)
    }

    /// The place of one of some weights, as likely as it is heavy; `None` when none weighs anything.
    pub fn weighed(&mut self, weights: impl Iterator<Item = f64> + Clone) -> Option<usize> {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = None;
        for (at, weight) in weights.enumerate().filter(|(_, w)| *w > 0.0) {
            last = Some(at);
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }

    /// Exponential with this rate.
    pub fn exponential(&mut self, rate: f64) -> f64 {
        -libm::log(1.0 - self.unit()) / rate
    }

    /// Standard normal (Marsaglia's polar method).
    pub fn normal(&mut self) -> f64 {
        loop {
            let (u, v) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let s = u * u + v * v;
            if s > 0.0 && s < 1.0 {
                return u * libm::sqrt(-2.0 * libm::log(s) / s);
            }
        }
    }

    /// Gamma with this shape and rate; the mean is shape / rate (Marsaglia and Tsang 2000).
    pub fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        if shape < 1.0 {
            let boost = libm::pow(1.0 - self.unit(), 1.0 / shape);
            return self.gamma(shape + 1.0, rate) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        loop {
            let x = self.normal();
            let v = libm::pow(1.0 + c * x, 3.0);
            if v > 0.0 && libm::log(1.0 - self.unit()) < 0.5 * x * x + d - d * v + d * libm::log(v)
            {
                return d * v / rate;
            }
        }
    }

    /// Poisson with this mean, by counting exponential gaps; means here are small.
    pub fn poisson(&mut self, mean: f64) -> usize {
        let mut count = 0;
        let mut at = self.exponential(1.0);
        while at < mean {
            count += 1;
            at += self.exponential(1.0);
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generators_are_the_published_ones() {
        // First outputs of the reference code for these seeds, as in the tests of rand_xoshiro.
        let mut state = 1_234_567;
        for want in [6_457_827_717_110_365_317, 3_203_168_211_198_807_973_u64] {
            assert_eq!(splitmix(&mut state), want);
        }
        let mut random = Random([1, 2, 3, 4]);
        for want in [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386_u64] {
            assert_eq!(random.bits(), want);
        }
    }

    #[test]
    fn gamma_numbers_have_their_mean_and_variance() {
        let mut random = Random::of(7, 0);
        for (shape, rate) in [(0.55, 10.6), (1.0, 2.0), (6.25, 0.5)] {
            let all: Vec<f64> = (0..40_000).map(|_| random.gamma(shape, rate)).collect();
            let mean = all.iter().sum::<f64>() / 4e4;
            let variance = all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 4e4;
            // Standard errors: of the mean sqrt(variance / n); of the variance a few hundredths.
            let (m, v) = (shape / rate, shape / (rate * rate));
            assert!((mean - m).abs() < 5.0 * (v / 4e4).sqrt(), "{shape} {rate}: mean {mean}");
            assert!((variance / v - 1.0).abs() < 0.15, "{shape} {rate}: variance {variance}");
        }
    }

    #[test]
    fn ranges_and_weights_are_kept() {
        let mut random = Random::of(1, 1);
        let mut seen = [0; 3];
        for _ in 0..3_000 {
            assert!((-2..=2).contains(&random.between(-2, 2)));
            seen[random.weighed([1.0, 0.0, 2.0].into_iter()).unwrap()] += 1;
        }
        assert_eq!(seen[1], 0);
        assert!((800..1_200).contains(&seen[0]), "{seen:?}");
        assert_eq!(random.between(5, 4), 5);
        assert_eq!(random.pick::<u8>(&[]), None);
        assert_eq!(random.weighed([0.0].into_iter()), None);
    }
}
