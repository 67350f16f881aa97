//! Restores the terminal before a panic is printed. A panic of another thread than the loop's does
//! not end the session: what it says is kept and printed once the terminal is given back.

use std::panic::{self, PanicHookInfo};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};

use super::tty::Tty;

/// Messages of other threads that are kept; more would say the same.
const MOST_KEPT: usize = 8;

type Hook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// The hook while it is set; the one before is put back when this is dropped.
pub struct PanicHook {
    before: Arc<Hook>,
    kept: Arc<Mutex<Vec<String>>>,
}

impl PanicHook {
    /// Sets the hook. The calling thread is the one whose panic ends the session.
    pub fn set(tty: Arc<Tty>) -> Self {
        let before: Arc<Hook> = Arc::from(panic::take_hook());
        let kept = Arc::new(Mutex::new(Vec::new()));
        let (own, printer, keeper) = (thread::current().id(), Arc::clone(&before), kept.clone());
        panic::set_hook(Box::new(move |info| {
            if is_own(own) {
                tty.restore();
                printer(info);
                return;
            }
            let mut kept = keeper.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < MOST_KEPT {
                let thread = thread::current().name().unwrap_or("unnamed").to_owned();
                kept.push(format!("thread '{thread}': {info}"));
            }
        }));
        Self { before, kept }
    }

    /// What other threads had to say, for standard error once the terminal is given back.
    pub fn kept(&self) -> Vec<String> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn is_own(own: ThreadId) -> bool {
    thread::current().id() == own
}

impl Drop for PanicHook {
    fn drop(&mut self) {
        // While unwinding the hook cannot be changed, and need not be: the terminal is restored.
        if !thread::panicking() {
            let before = Arc::clone(&self.before);
            panic::set_hook(Box::new(move |info| before(info)));
        }
    }
}
