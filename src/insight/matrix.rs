//! The little linear algebra that Newton's method needs. Never large: as wide as there are features.

/// Rows of equal width, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    width: usize,
    data: Vec<f64>,
}

impl Matrix {
    /// Rows of `width` numbers each; a last row that is not whole is dropped.
    pub fn new(width: usize, mut data: Vec<f64>) -> Self {
        data.truncate(data.len() - data.len() % width.max(1));
        Self { width, data }
    }

    /// Numbers in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.data.len().checked_div(self.width).unwrap_or_default()
    }

    /// No rows, or rows of nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows in order.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.data.chunks_exact(self.width.max(1))
    }

    /// One row, if there are so many.
    pub fn row(&self, at: usize) -> Option<&[f64]> {
        self.data.get(at * self.width..(at + 1) * self.width)
    }
}

/// The scalar product.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A symmetric matrix of which the lower triangle is filled, row by row: the entry (i, j) with
/// j <= i lies at i (i + 1) / 2 + j.
#[derive(Clone, Debug)]
pub(super) struct Symmetric {
    size: usize,
    lower: Vec<f64>,
}

impl Symmetric {
    pub fn zero(size: usize) -> Self {
        Self { size, lower: vec![0.0; size * (size + 1) / 2] }
    }

    /// Adds `weight` x xᵀ.
    pub fn add_square(&mut self, x: &[f64], weight: f64) {
        let mut rest = self.lower.as_mut_slice();
        for (i, xi) in x.iter().enumerate() {
            let (row, below) = rest.split_at_mut(i + 1);
            rest = below;
            let scale = weight * xi;
            if scale != 0.0 {
                row.iter_mut().zip(x).for_each(|(entry, xj)| *entry += scale * xj);
            }
        }
    }

    /// Adds `weight` times another of the same size.
    pub fn add(&mut self, other: &Self, weight: f64) {
        self.lower.iter_mut().zip(&other.lower).for_each(|(a, b)| *a += weight * b);
    }

    /// Adds to each of the first `n` on the diagonal.
    pub fn add_diagonal(&mut self, n: usize, weight: f64) {
        for i in 0..n.min(self.size) {
            self.lower[i * (i + 1) / 2 + i] += weight;
        }
    }

    /// Solves A y = b by Cholesky. Directions the data say nothing about (a column that repeats
    /// others) get no step.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let n = self.size;
        let at = |i: usize, j: usize| i * (i + 1) / 2 + j;
        let mut l = self.lower.clone();
        let mut y = b.to_vec();
        y.resize(n, 0.0);
        for i in 0..n {
            for j in 0..=i {
                let below: f64 = (0..j).map(|k| l[at(i, k)] * l[at(j, k)]).sum();
                let rest = l[at(i, j)] - below;
                l[at(i, j)] = if i == j {
                    let floor = 1e-11 * self.lower[at(i, i)].abs();
                    if rest > floor { rest.sqrt() } else { f64::INFINITY }
                } else {
                    rest / l[at(j, j)]
                };
            }
            let known: f64 = (0..i).map(|k| l[at(i, k)] * y[k]).sum();
            y[i] = (y[i] - known) / l[at(i, i)];
        }
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|k| l[at(k, i)] * y[k]).sum();
            y[i] = (y[i] - known) / l[at(i, i)];
        }
        y
    }

    /// The diagonal of the inverse: variances, where this is an information matrix. 0 where the data
    /// say nothing.
    pub fn inverse_diagonal(&self) -> Vec<f64> {
        (0..self.size)
            .map(|i| {
                let mut unit = vec![0.0; self.size];
                unit[i] = 1.0;
                self.solve(&unit)[i]
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_what_was_multiplied() {
        let rows = [[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.5, 0.0, 4.0], [1.0, 1.0, 1.0]];
        let mut a = Symmetric::zero(3);
        for row in &rows {
            a.add_square(row, 2.0);
        }
        let wanted = [1.0, -2.0, 0.5];
        // A y = 2 Σ x (x·y)
        let mut b = [0.0; 3];
        for row in rows {
            let scale = 2.0 * dot(&row, &wanted);
            b.iter_mut().zip(row).for_each(|(b, x)| *b += scale * x);
        }
        for (found, wanted) in a.solve(&b).iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-12);
        }
    }

    #[test]
    fn a_repeated_column_gets_no_step() {
        let mut a = Symmetric::zero(2);
        a.add_square(&[3.0, 3.0], 1.0);
        assert_eq!(a.solve(&[9.0, 9.0]), [1.0, 0.0]);
        assert_eq!(Symmetric::zero(1).solve(&[5.0]), [0.0]);
    }

    #[test]
    fn the_diagonal_of_an_inverse() {
        let mut a = Symmetric::zero(2);
        a.add_square(&[1.0, 0.0], 3.0);
        a.add_square(&[1.0, 1.0], 1.0); // [[4, 1], [1, 1]], inverse [[1/3, ..], [.., 4/3]]
        let found = a.inverse_diagonal();
        assert!((found[0] - 1.0 / 3.0).abs() < 1e-12 && (found[1] - 4.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn rows_are_whole() {
        let m = Matrix::new(2, vec![1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!((m.len(), m.row(1), m.row(2)), (2, Some(&[3.0, 4.0][..]), None));
        assert!(Matrix::new(0, vec![]).is_empty());
    }
}
