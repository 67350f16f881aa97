//! Where a share lies that was seen in a few. Pure.

/// 90 % of the standard normal distribution lie within so many deviations of its mean.
const Z_90: f64 = 1.644_853_626_951;

/// The 90 % interval of a share, 0 to 1, of which `some` of `all` were seen: the score interval (Wilson
/// 1927), sound for few and for none. `None` when nobody was seen; more than all count as all.
pub fn interval_90(some: usize, all: usize) -> Option<(f64, f64)> {
    if all == 0 {
        return None;
    }
    let (n, z2) = (all as f64, Z_90 * Z_90);
    let share = some.min(all) as f64 / n;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_90 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    // At an end of the scale the interval ends there, but for rounding.
    Some(((middle - half).clamp(0.0, share), (middle + half).clamp(share, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_lie_as_far_from_what_was_seen_as_chance_allows() {
        assert_eq!(interval_90(0, 0), None);
        for (some, all) in [(0, 5), (1, 10), (5, 10), (30, 100), (10, 10), (12, 10)] {
            let (low, high) = interval_90(some, all).expect("seen");
            let (n, share) = (all as f64, some.min(all) as f64 / all as f64);
            assert!(low <= share && share <= high && low < high);
            // At an end the share seen is z deviations off, by the end's own deviation.
            for end in [low, high].into_iter().filter(|end| *end > 1e-9 && *end < 1.0 - 1e-9) {
                let deviation = (end * (1.0 - end) / n).sqrt();
                assert!(((share - end).abs() / deviation - Z_90).abs() < 1e-6, "{some} of {all}");
            }
        }
    }
}
