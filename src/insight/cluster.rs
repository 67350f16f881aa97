//! Which groups are there among prospects? K-means over standardised features, k chosen by silhouette,
//! each group told by what sets it apart. Never encodes; see [`super::features`]. The same seed gives
//! the same groups.

use super::matrix::Matrix;
use super::{NotEnough, What};

/// Groups tried: from two to this many.
pub const MOST_GROUPS: usize = 8;
const MOST_ROUNDS: u32 = 100;
/// Starts for each k; the tightest is kept.
const STARTS: u64 = 4;
/// Rows whose silhouette is measured: it compares each with all others.
const SILHOUETTE_ROWS: usize = 1_000;
/// Rows the centres are learned from.
const MOST_ROWS: usize = 10_000;

/// Groups of rows around their means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clusters {
    /// Mean of each group, in the encoder's units.
    pub centres: Vec<Vec<f64>>,
    /// The group of each row.
    pub of: Vec<u32>,
    /// Mean silhouette, -1 to 1: above .5 clear, below .25 hardly groups at all.
    pub silhouette: f64,
    /// Mean and standard deviation of each feature over all rows.
    all: Vec<(f64, f64)>,
}

impl Clusters {
    /// The nearest group of a row.
    pub fn nearest(&self, row: &[f64]) -> usize {
        nearest(&self.centres, row).0
    }

    /// Rows in each group.
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.centres.len()];
        for group in &self.of {
            if let Some(size) = sizes.get_mut(*group as usize) {
                *size += 1;
            }
        }
        sizes
    }

    /// What sets a group apart: (feature, distance of its mean from the mean of all in standard
    /// deviations), the farthest first.
    pub fn apart(&self, group: usize) -> Vec<(usize, f64)> {
        let Some(centre) = self.centres.get(group) else { return Vec::new() };
        let mut found: Vec<(usize, f64)> = centre
            .iter()
            .zip(&self.all)
            .map(|(c, (mean, sd))| if *sd > 0.0 { (c - mean) / sd } else { 0.0 })
            .enumerate()
            .collect();
        found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        found
    }
}

/// Groups rows with k from 2 to [`MOST_GROUPS`], as few as there are distinct rows, and keeps the k
/// with the highest silhouette. Above ten thousand rows the centres come from every n-th.
///
/// Errors with fewer than three rows.
pub fn cluster(rows: &Matrix, seed: u64) -> Result<Clusters, NotEnough> {
    if rows.len() < 3 {
        return Err(NotEnough { needed: 3, have: rows.len(), what: What::Rows });
    }
    let step = rows.len().div_ceil(MOST_ROWS);
    let sample: Vec<&[f64]> = rows.rows().step_by(step).collect();
    let tries = (2..=MOST_GROUPS.min(sample.len() - 1)).map(|k| {
        let starts = (0..STARTS).map(|start| lloyd(&sample, k, seed ^ (start << 32 | k as u64)));
        let (centres, _) =
            starts.fold(
                (Vec::new(), f64::INFINITY),
                |best, next| {
                    if next.1 < best.1 { next } else { best }
                },
            );
        let quality = silhouette(&sample, &centres);
        (centres, quality)
    });
    let (centres, silhouette) =
        tries.fold(
            (Vec::new(), f64::NEG_INFINITY),
            |best, next| {
                if next.1 > best.1 { next } else { best }
            },
        );
    let of = rows.rows().map(|row| nearest(&centres, row).0 as u32).collect();
    Ok(Clusters { centres, of, silhouette, all: spread(rows) })
}

/// One run of Lloyd's rounds from k-means++ seeds: the centres and the summed squared distance.
fn lloyd(rows: &[&[f64]], k: usize, seed: u64) -> (Vec<Vec<f64>>, f64) {
    let mut centres = seeds(rows, k, seed);
    let mut before = f64::INFINITY;
    for _ in 0..MOST_ROUNDS {
        let mut sums = vec![(vec![0.0; rows.first().map_or(0, |r| r.len())], 0.0); centres.len()];
        let mut cost = 0.0;
        for row in rows {
            let (group, distance) = nearest(&centres, row);
            cost += distance;
            if let Some((sum, n)) = sums.get_mut(group) {
                sum.iter_mut().zip(*row).for_each(|(s, x)| *s += x);
                *n += 1.0;
            }
        }
        for (centre, (sum, n)) in centres.iter_mut().zip(&sums) {
            if *n > 0.0 {
                centre.iter_mut().zip(sum).for_each(|(c, s)| *c = s / n);
            }
        }
        if before - cost <= 1e-9 * cost {
            break;
        }
        before = cost;
    }
    (centres, before)
}

/// k-means++ (Arthur and Vassilvitskii 2007): each next seed with a chance in proportion to its squared
/// distance from those before; fewer than `k` when rows repeat.
fn seeds(rows: &[&[f64]], k: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut random = SplitMix(seed);
    let first = (random.next() * rows.len() as f64) as usize;
    let mut centres: Vec<Vec<f64>> =
        rows.get(first).or(rows.first()).map(|r| r.to_vec()).into_iter().collect();
    let mut distances = vec![f64::INFINITY; rows.len()];
    while centres.len() < k {
        let Some(last) = centres.last() else { break };
        for (d, row) in distances.iter_mut().zip(rows) {
            *d = d.min(distance(row, last));
        }
        let mut rest = random.next() * distances.iter().sum::<f64>();
        let chosen = distances.iter().zip(rows).filter(|(d, _)| **d > 0.0).find(|(d, _)| {
            rest -= **d;
            rest <= 0.0
        });
        match chosen {
            Some((_, row)) => centres.push(row.to_vec()),
            None => break,
        }
    }
    centres
}

fn nearest(centres: &[Vec<f64>], row: &[f64]) -> (usize, f64) {
    let distances = centres.iter().map(|c| distance(row, c)).enumerate();
    distances.fold((0, f64::INFINITY), |best, next| if next.1 < best.1 { next } else { best })
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// Mean silhouette (Rousseeuw 1987) of an even pick of the rows: how much nearer each lies to its own
/// group than to the next. A row alone in its group counts as 0.
fn silhouette(rows: &[&[f64]], centres: &[Vec<f64>]) -> f64 {
    let step = rows.len().div_ceil(SILHOUETTE_ROWS);
    let picked: Vec<(&[f64], usize)> =
        rows.iter().step_by(step).map(|row| (*row, nearest(centres, row).0)).collect();
    let mut sum = 0.0;
    let mut totals = vec![(0.0, 0.0); centres.len()];
    for (i, (row, own)) in picked.iter().enumerate() {
        totals.fill((0.0, 0.0));
        for (_, (other, group)) in picked.iter().enumerate().filter(|(j, _)| *j != i) {
            if let Some((total, n)) = totals.get_mut(*group) {
                *total += distance(row, other).sqrt();
                *n += 1.0;
            }
        }
        let mean = |(total, n): &(f64, f64)| (*n > 0.0).then(|| total / n);
        let inside = totals.get(*own).and_then(mean);
        let outside =
            totals.iter().enumerate().filter(|(g, _)| g != own).filter_map(|(_, t)| mean(t));
        let outside = outside.fold(f64::INFINITY, f64::min);
        if let Some(inside) = inside
            && outside.is_finite()
            && inside.max(outside) > 0.0
        {
            sum += (outside - inside) / inside.max(outside);
        }
    }
    sum / picked.len().max(1) as f64
}

fn spread(rows: &Matrix) -> Vec<(f64, f64)> {
    let n = rows.len() as f64;
    let mut sums = vec![(0.0, 0.0); rows.width()];
    for row in rows.rows() {
        for ((sum, squares), x) in sums.iter_mut().zip(row) {
            *sum += x;
            *squares += x * x;
        }
    }
    sums.iter()
        .map(|(sum, squares)| {
            let mean = sum / n;
            (mean, (squares / n - mean * mean).max(0.0).sqrt())
        })
        .collect()
}

/// Numbers in 0..1 from a seed (Steele, Lea and Flood 2014).
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points around given centres, a third feature that says nothing.
    fn around(centres: &[(f64, f64)], each: usize) -> Matrix {
        let mut random = SplitMix(7);
        let mut data = Vec::new();
        for (x, y) in centres {
            for _ in 0..each {
                let mut jitter = || random.next() - 0.5;
                data.extend([x + jitter(), y + jitter(), jitter()]);
            }
        }
        Matrix::new(3, data)
    }

    #[test]
    fn planted_groups_are_found_and_told_apart() {
        let rows = around(&[(0.0, 0.0), (5.0, 0.0), (0.0, 6.0)], 40);
        for seed in [1, 2, 3] {
            let found = cluster(&rows, seed).expect("enough rows");
            assert_eq!(found.sizes(), [40; 3], "seed {seed}");
            assert!(found.silhouette > 0.7, "{}", found.silhouette);
            assert!(found.of.chunks(40).all(|group| group.iter().all(|g| *g == group[0])));
            let second = found.of[40] as usize;
            let (feature, deviations) = found.apart(second)[0];
            assert!(feature == 0 && deviations > 1.0, "{feature} {deviations}");
            assert_eq!(found.nearest(&[5.2, 0.1, 0.0]), second);
        }
        assert_eq!(cluster(&rows, 1), cluster(&rows, 1));
    }

    #[test]
    fn rows_that_are_alike_or_few() {
        let alike = cluster(&Matrix::new(2, vec![1.0; 20]), 1).expect("rows");
        assert!(alike.centres.len() == 1 && alike.silhouette == 0.0, "{alike:?}");
        assert!(alike.apart(0).iter().all(|(_, d)| *d == 0.0) && alike.apart(9).is_empty());
        let few = Matrix::new(2, vec![1.0, 2.0, 3.0, 4.0]);
        assert_eq!(cluster(&few, 1), Err(NotEnough { needed: 3, have: 2, what: What::Rows }));
    }
}
