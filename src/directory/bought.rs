//! Who bought which product: kept by others, asked when an expression needs it, so that nothing is held
//! here a second time.

use crate::domain::CustomerId;

use super::Directory;
use super::bits::Bits;

/// Knows who bought what.
pub trait Bought: Send + Sync {
    /// Those who bought what a text names: a stock-keeping unit or a name, whole, without regard to
    /// case. Those who bought anything when it is `None`.
    fn buyers(&self, product: Option<&str>) -> Vec<CustomerId>;
}

impl Directory {
    /// The rows of those who bought what a text names.
    pub(super) fn buyers(&self, product: Option<&str>) -> Bits {
        let mut rows = Bits::with_rows(self.columns.rows());
        for id in self.bought.iter().flat_map(|bought| bought.buyers(product)) {
            self.row_of(id).map(|row| rows.add(row));
        }
        rows
    }
}
