//! Ordered tables, atomic batches and a change feed over exchangeable engines.

/// What can go wrong in a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {}

/// An ordered, durable store of records.
pub trait Engine: Send + Sync {}
