//! The tables and their numbers on disk. Never reuses a number: a table that goes leaves a gap.

/// One kind of row. Numbers below 16 belong to the engine and cannot be written by a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Table {
    /// Format version, newest sequence, reserved ids.
    Meta = 1,
    /// One change a commit, in order.
    Change = 2,
    /// Request id to the sequence that answered it.
    Request = 3,
    /// Who we know.
    Customer = 16,
    /// Purchases of a customer by day.
    History = 17,
    /// What is known of a customer: needs, tastes, biography.
    Fact = 18,
    /// People around a customer.
    Relation = 19,
    /// What we sell.
    Product = 20,
    /// Single purchases.
    Purchase = 21,
    /// Calls, messages, visits.
    Interaction = 22,
    /// Dispositions a call can end with.
    Outcome = 23,
    /// Callbacks and steps of processes.
    Task = 24,
    /// Named rules and tags.
    Segment = 25,
    /// People who work here.
    Agent = 26,
    /// Text not yet saved.
    Draft = 27,
    /// Snoozed, skipped and taken entries of queues.
    Mark = 28,
    /// Fitted models.
    Model = 29,
    /// Settings of the store.
    Setting = 30,
    /// What one act of a person changed, for undo.
    Gesture = 31,
    /// What the program notes for itself, which undo leaves alone: rows that are touched so that two
    /// writers cannot pass each other, erasures under way, rolls of those who match a start.
    Guard = 32,
    /// Contracts of a customer.
    Subscription = 33,
    /// What can be proposed to customers.
    Offer = 34,
    /// Loyalty programmes.
    Programme = 35,
    /// Points of a customer.
    Points = 36,
    /// Processes that teams share.
    Process = 37,
    /// Processes on their way for a customer.
    Case = 38,
    /// Campaigns.
    Campaign = 39,
    /// What is said in calls.
    Script = 40,
    /// Moves of a customer from stage to stage.
    StageMove = 41,
    /// What is tried to have a customer back.
    WinBack = 42,
    /// Fields of the organisation's own.
    OwnField = 43,
}

impl Table {
    /// Every table, in the order of their numbers.
    pub const ALL: [Table; 31] = [
        Table::Meta,
        Table::Change,
        Table::Request,
        Table::Customer,
        Table::History,
        Table::Fact,
        Table::Relation,
        Table::Product,
        Table::Purchase,
        Table::Interaction,
        Table::Outcome,
        Table::Task,
        Table::Segment,
        Table::Agent,
        Table::Draft,
        Table::Mark,
        Table::Model,
        Table::Setting,
        Table::Gesture,
        Table::Guard,
        Table::Subscription,
        Table::Offer,
        Table::Programme,
        Table::Points,
        Table::Process,
        Table::Case,
        Table::Campaign,
        Table::Script,
        Table::StageMove,
        Table::WinBack,
        Table::OwnField,
    ];

    /// The tables of what belongs to a customer, whose id their keys begin with. Left out are the
    /// customer itself and the ledger, which is a sum of the others.
    pub const OF_CUSTOMER: [Table; 9] = [
        Table::Fact,
        Table::Relation,
        Table::Purchase,
        Table::Interaction,
        Table::Subscription,
        Table::Points,
        Table::Case,
        Table::StageMove,
        Table::WinBack,
    ];

    /// True for the tables only the engine writes.
    pub fn is_inner(self) -> bool {
        (self as u8) < 16
    }
}

/// A number no table of this version has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTable(pub u8);

impl TryFrom<u8> for Table {
    type Error = UnknownTable;

    fn try_from(number: u8) -> Result<Self, UnknownTable> {
        Table::ALL.into_iter().find(|t| *t as u8 == number).ok_or(UnknownTable(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers on disk, written out: a change here is a change of every store there is.
    #[test]
    fn numbers_on_disk_stay() {
        let numbers: Vec<u8> = Table::ALL.iter().map(|t| *t as u8).collect();
        assert_eq!(
            numbers,
            [
                1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
                34, 35, 36, 37, 38, 39, 40, 41, 42, 43
            ]
        );
        for table in Table::ALL {
            assert_eq!(Table::try_from(table as u8), Ok(table));
        }
        for unknown in [0, 4, 15, 44, 255] {
            assert_eq!(Table::try_from(unknown), Err(UnknownTable(unknown)));
        }
    }
}
