//! The fence around sled: its panics and errors come out as ours, and nothing is printed.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Once, mpsc};
use std::thread;

use super::super::error::StoreError;
use super::PATIENCE;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Calls sled. A panic or a report of corruption becomes [`StoreError::Damaged`].
pub(super) fn guarded<T>(
    path: &Path,
    doing: &str,
    call: impl FnOnce() -> ::sled::Result<T>,
) -> Result<T, StoreError> {
    quiet();
    let outside = INSIDE.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(call));
    INSIDE.set(outside);
    match outcome {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(::sled::Error::Io(error))) => {
            Err(StoreError::io(format!("{doing} in {}", path.display()), &error))
        }
        Ok(Err(::sled::Error::Corruption { .. })) => {
            Err(StoreError::damaged(path, format!("a checksum was wrong while {doing}")))
        }
        Ok(Err(error)) => Err(StoreError::damaged(path, format!("{error} while {doing}"))),
        Err(cause) => Err(StoreError::damaged(path, format!("{} while {doing}", words(&*cause)))),
    }
}

/// Closes sled, but waits for its threads no longer than the patience: one that panicked would
/// be waited for without end.
pub(super) fn close(tree: ::sled::Db) {
    let (closed, wait) = mpsc::sync_channel::<()>(1);
    let closing = thread::Builder::new().name("log flusher close".into()).spawn(move || {
        drop(tree);
        drop(closed);
    });
    if closing.is_ok() {
        let _ = wait.recv_timeout(PATIENCE);
    }
}

fn words(cause: &(dyn Any + Send)) -> String {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("a panic");
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

/// Keeps the default report of a panic away from the terminal while sled is called and in its own
/// threads; every other panic is reported as before.
fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let thread = thread::current();
            let name = thread.name().unwrap_or_default();
            let inside = INSIDE.try_with(Cell::get).unwrap_or(false);
            if !inside && !name.starts_with("sled-io-") && !name.starts_with("log flusher") {
                report(info);
            }
        }));
    });
}
