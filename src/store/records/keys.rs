//! Keys of the records: numbers big endian, so that they sort; what belongs to a customer lies
//! together under the customer's id, in the order of its own ids.

use crate::domain::{
    AgentId, CampaignId, CustomerId, FactId, GestureId, InteractionId, ProductId, PurchaseId,
    QueueKind, RelationId, SegmentId, TaskId,
};

/// The only row of [`crate::store::Table::Model`]: the newest scoring.
pub const SCORING: &[u8] = b"scoring";

/// The only row of [`crate::store::Table::Setting`].
pub const SETTINGS: &[u8] = b"store";

/// A customer, and the customer's ledger; also the prefix of all that lies under a customer.
pub fn customer(id: CustomerId) -> Vec<u8> {
    id.key().to_vec()
}

/// The customer a key begins with.
pub fn customer_of(key: &[u8]) -> Option<CustomerId> {
    key.first_chunk().map(|id| CustomerId(u64::from_be_bytes(*id)))
}

/// A fact of a customer.
pub fn fact(customer: CustomerId, id: FactId) -> Vec<u8> {
    under(customer, id.key())
}

/// A relation, kept with the customer it goes from.
pub fn relation(from: CustomerId, id: RelationId) -> Vec<u8> {
    under(from, id.key())
}

/// A purchase of a customer.
pub fn purchase(customer: CustomerId, id: PurchaseId) -> Vec<u8> {
    under(customer, id.key())
}

/// An interaction with a customer.
pub fn interaction(customer: CustomerId, id: InteractionId) -> Vec<u8> {
    under(customer, id.key())
}

/// A product.
pub fn product(id: ProductId) -> Vec<u8> {
    id.key().to_vec()
}

/// An outcome, by its code.
pub fn outcome(code: &str) -> Vec<u8> {
    code.as_bytes().to_vec()
}

/// A task.
pub fn task(id: TaskId) -> Vec<u8> {
    id.key().to_vec()
}

/// A segment.
pub fn segment(id: SegmentId) -> Vec<u8> {
    id.key().to_vec()
}

/// An agent; also the prefix of the agent's drafts.
pub fn agent(id: AgentId) -> Vec<u8> {
    id.key().to_vec()
}

/// A draft of an agent.
pub fn draft(agent: AgentId, slot: &str) -> Vec<u8> {
    [agent.key().as_slice(), slot.as_bytes()].concat()
}

/// A mark in a queue, or in that of a campaign of its kind; the queue's code alone is the prefix of its
/// marks, with the customer that of all marks of one.
pub fn mark(queue: QueueKind, customer: CustomerId, campaign: Option<CampaignId>) -> Vec<u8> {
    let mut key = [[queue.code()].as_slice(), &customer.key()].concat();
    key.extend(campaign.map(crate::domain::CampaignId::key).iter().flatten());
    key
}

/// A gesture.
pub fn gesture(id: GestureId) -> Vec<u8> {
    id.key().to_vec()
}

fn under(customer: CustomerId, own: [u8; 8]) -> Vec<u8> {
    [customer.key(), own].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lie_as_they_are_read() {
        assert_eq!(customer(CustomerId(258)), [0, 0, 0, 0, 0, 0, 1, 2]);
        assert_eq!(customer_of(&fact(CustomerId(258), FactId(3))), Some(CustomerId(258)));
        assert_eq!(customer_of(&[1, 2]), None);
        assert_eq!(mark(QueueKind::WinBack, CustomerId(7), None), [1, 0, 0, 0, 0, 0, 0, 0, 7]);
        let campaign = mark(QueueKind::WinBack, CustomerId(7), Some(CampaignId(2)));
        assert_eq!(campaign, [1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 2]);
        assert_eq!(draft(AgentId(1), "log:4"), *b"\0\0\0\0\0\0\0\x01log:4");
        let mut all = [
            purchase(CustomerId(2), PurchaseId(1)),
            purchase(CustomerId(1), PurchaseId(256)),
            purchase(CustomerId(1), PurchaseId(255)),
        ];
        all.sort();
        assert_eq!(all.map(|key| key[15]), [255, 0, 1]);
    }
}
