//! Identities: handed out by the store in order, never used twice.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u64);

        impl $name {
            /// Big endian, so that keys sort as numbers do.
            pub const fn key(self) -> [u8; 8] {
                self.0.to_be_bytes()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A customer.
    CustomerId,
    /// A fact about a customer.
    FactId,
    /// A relation between two customers.
    RelationId,
    /// A product.
    ProductId,
    /// A purchase.
    PurchaseId,
    /// An interaction.
    InteractionId,
    /// A contract.
    SubscriptionId,
    /// A task.
    TaskId,
    /// A saved segment.
    SegmentId,
    /// An offer.
    OfferId,
    /// A loyalty programme.
    ProgrammeId,
    /// Points earned or spent at once.
    PointsId,
    /// A process.
    ProcessId,
    /// A process on its way for a customer.
    CaseId,
    /// A campaign.
    CampaignId,
    /// A call script.
    ScriptId,
    /// A move from one stage to another.
    StageMoveId,
    /// The definition of an own field.
    OwnFieldId,
    /// An agent; 0 is the program itself.
    AgentId,
    /// All that one act of a person changed, however many commits it took; undo takes it back whole.
    GestureId,
}
