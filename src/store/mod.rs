//! Ordered tables, atomic batches and a change feed over exchangeable engines.
