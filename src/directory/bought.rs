//! Who bought which product, and when: kept by others, asked when an expression needs it, so that nothing is held
//! here a second time.

use crate::domain::{CustomerId, Day};

use super::Directory;
use super::bits::Bits;

/// Knows who bought what.
pub trait Bought: Send + Sync {
    /// Those who bought what a text names: a stock-keeping unit or a name, whole, without regard to
    /// case. Those who bought anything when it is `None`.
    fn buyers(&self, product: Option<&str>) -> Vec<CustomerId>;

    /// Those who bought on a day from `from` to `to`, both counted.
    fn buyers_in(&self, from: Day, to: Day) -> Vec<CustomerId>;
}

impl Directory {
    /// The rows of those who bought what a text names.
    pub(super) fn buyers(&self, product: Option<&str>) -> Bits {
        self.rows_of(self.bought.iter().flat_map(|bought| bought.buyers(product)))
    }

    /// The rows of those who bought from one day to another.
    pub(super) fn buyers_in(&self, from: Day, to: Day) -> Bits {
        self.rows_of(self.bought.iter().flat_map(|bought| bought.buyers_in(from, to)))
    }

    fn rows_of(&self, ids: impl Iterator<Item = CustomerId>) -> Bits {
        let mut rows = Bits::with_rows(self.columns.rows());
        ids.for_each(|id| {
            self.row_of(id).map(|row| rows.add(row));
        });
        rows
    }
}
