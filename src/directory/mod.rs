//! All customers as columns in memory: search, segment evaluation, sort. Follows the change feed.
