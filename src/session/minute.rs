//! When the minute turns: the only thing that wakes a session by itself.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

/// Which minute was told last, and when it ends.
#[derive(Default)]
pub(super) struct Minute {
    told: Option<i64>,
    pub(super) ends: Option<Instant>,
}

impl Minute {
    /// True when `now` is in another minute than the one told last.
    pub(super) fn turned(&mut self, now: Timestamp) -> bool {
        let second = now.as_second();
        let left = 60_000 - now.as_millisecond().rem_euclid(60_000);
        self.ends = Some(Instant::now() + Duration::from_millis(left.unsigned_abs()));
        self.told.replace(second.div_euclid(60)) != Some(second.div_euclid(60))
    }
}
