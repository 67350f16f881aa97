//! What the business speaks of: customers, purchases, interactions, tasks, segments.
