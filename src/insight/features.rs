//! Facts about customers as numbers a regression can weigh: numbers are standardised, choices become
//! one column a level with the first left out. Never looks at what is to be predicted.

use serde::{Deserialize, Serialize};

use super::matrix::Matrix;

/// One fact for every customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its values, a row a customer.
    pub values: Values,
}

/// The values of a [`Column`].
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers; what is not finite counts as unknown.
    Numbers(Vec<f64>),
    /// One of some levels, in order; a row beyond the levels counts as unknown.
    Choices {
        /// Their names. The first is what the others are compared with.
        levels: Vec<String>,
        /// The level of each row.
        of: Vec<u32>,
    },
}

impl Column {
    /// A column of numbers.
    pub fn numbers(name: &str, values: Vec<f64>) -> Self {
        Self { name: name.to_owned(), values: Values::Numbers(values) }
    }

    /// A column of choices, its levels in alphabetical order.
    pub fn choices<'a>(name: &str, values: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut levels: Vec<&str> = values.clone().collect();
        levels.sort_unstable();
        levels.dedup();
        let of = values.map(|v| levels.partition_point(|l| *l < v) as u32).collect();
        let levels = levels.into_iter().map(str::to_owned).collect();
        Self { name: name.to_owned(), values: Values::Choices { levels, of } }
    }

    fn len(&self) -> usize {
        match &self.values {
            Values::Numbers(v) => v.len(),
            Values::Choices { of, .. } => of.len(),
        }
    }
}

/// Where a number of the encoded row comes from, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// The column.
    pub column: String,
    /// The level it stands for, of a choice.
    pub level: Option<String>,
    /// Subtracted: the mean of a number.
    pub mean: f64,
    /// Divided by: the standard deviation of a number.
    pub scale: f64,
}

/// How columns become rows of numbers; learned once, so that new customers are encoded alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Encoder {
    /// In the order of the numbers of a row.
    pub features: Vec<Feature>,
}

impl Encoder {
    /// Learns means, deviations and levels from the given rows of the columns.
    pub fn learn(columns: &[Column], rows: &[usize]) -> Self {
        let mut features = Vec::new();
        for column in columns {
            match &column.values {
                Values::Numbers(values) => {
                    let known =
                        || rows.iter().filter_map(|r| values.get(*r)).filter(|v| v.is_finite());
                    let n = known().count().max(1) as f64;
                    let mean = known().sum::<f64>() / n;
                    let sd = (known().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
                    let scale = if sd > 0.0 { sd } else { 1.0 };
                    let column = column.name.clone();
                    features.push(Feature { column, level: None, mean, scale });
                }
                Values::Choices { levels, .. } => {
                    features.extend(levels.iter().skip(1).map(|level| Feature {
                        column: column.name.clone(),
                        level: Some(level.clone()),
                        mean: 0.0,
                        scale: 1.0,
                    }));
                }
            }
        }
        Self { features }
    }

    /// Numbers in an encoded row.
    pub fn width(&self) -> usize {
        self.features.len()
    }

    /// Encodes the given rows. A number that is unknown, and a column that is missing, count as the
    /// mean; a level that is unknown counts as the first.
    pub fn encode(&self, columns: &[Column], rows: &[usize]) -> Matrix {
        let width = self.width();
        let mut data = vec![0.0; width * rows.len()];
        for (i, feature) in self.features.iter().enumerate() {
            let Some(column) = columns.iter().find(|c| c.name == feature.column) else { continue };
            let cells = data.iter_mut().skip(i).step_by(width.max(1)).zip(rows);
            match (&column.values, &feature.level) {
                (Values::Numbers(values), None) => cells.for_each(|(cell, row)| {
                    let value = values.get(*row).copied().filter(|v| v.is_finite());
                    *cell = value.map_or(0.0, |v| (v - feature.mean) / feature.scale);
                }),
                (Values::Choices { levels, of }, Some(level)) => {
                    let Some(at) = levels.iter().position(|l| l == level) else { continue };
                    cells.for_each(|(cell, row)| {
                        *cell = f64::from(u8::from(of.get(*row) == Some(&(at as u32))));
                    });
                }
                _ => {}
            }
        }
        Matrix::new(width, data)
    }
}

/// All row numbers of some columns: as many as the shortest has.
pub fn all_rows(columns: &[Column]) -> Vec<usize> {
    (0..columns.iter().map(Column::len).min().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_standardised_and_choices_spread_out() {
        let columns = [
            Column::numbers("age", vec![20.0, 40.0, f64::NAN]),
            Column::choices("city", ["Shiraz", "Ahvaz", "Tabriz"].into_iter()),
            Column::numbers("same", vec![7.0, 7.0, 7.0]),
        ];
        let rows = all_rows(&columns);
        let encoder = Encoder::learn(&columns, &rows);
        let levels: Vec<_> = encoder.features.iter().map(|f| f.level.as_deref()).collect();
        assert_eq!(levels, [None, Some("Shiraz"), Some("Tabriz"), None]);
        let m = encoder.encode(&columns, &rows);
        let wanted: [&[f64]; 3] =
            [&[-1.0, 1.0, 0.0, 0.0], &[1.0, 0.0, 0.0, 0.0], &[0.0, 0.0, 1.0, 0.0]];
        assert_eq!(m.rows().collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn what_the_encoder_never_saw_counts_as_usual() {
        let columns =
            [Column::choices("city", ["a", "b"].into_iter()), Column::numbers("n", vec![1.0, 3.0])];
        let encoder = Encoder::learn(&columns, &[0, 1]);
        let other = [Column::choices("city", ["z"].into_iter())];
        assert_eq!(encoder.encode(&other, &[0, 9]).rows().collect::<Vec<_>>(), [&[0.0, 0.0]; 2]);
        assert!(Encoder::default().encode(&columns, &[0]).is_empty());
        assert!(all_rows(&[]).is_empty());
    }
}
