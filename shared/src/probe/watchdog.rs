use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Runs `work` on a thread of its own and gives up on it after `limit`: for answers that may block
/// for ever.
///
/// The limit is there to end what hangs and measures nothing: choose it far longer than the work
/// can take on a busy machine.
///
/// # Panics
///
/// With the panic of `work`, if it panics. With words that name `what`, if it has not returned
/// within `limit`; its thread is then left behind and ends with the process.
///
/// ```
/// use std::time::Duration;
/// use shared::probe::watchdog;
///
/// assert_eq!(watchdog(Duration::from_secs(5), "adding", || 1 + 1), 2);
/// ```
///
/// ```should_panic
/// # use std::time::Duration;
/// # use shared::probe::watchdog;
/// // Panics: "`park` blocks: it has not returned within 10ms …".
/// watchdog(Duration::from_millis(10), "`park`", || loop { std::thread::park() });
/// ```
#[track_caller]
pub fn watchdog<T: Send + 'static>(
    limit: Duration,
    what: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    let (done, outcome) = mpsc::sync_channel(1);
    let name = thread::current().name().unwrap_or("watched").to_owned();
    let worker = thread::Builder::new().name(name).spawn(move || {
        let result = panic::catch_unwind(AssertUnwindSafe(work));
        // Fails only where the limit has passed and nobody listens any more.
        let _ = done.send(result);
    });
    worker.expect("the system can start one more thread");
    match outcome.recv_timeout(limit) {
        Ok(Ok(value)) => value,
        Ok(Err(payload)) => panic::resume_unwind(payload),
        Err(RecvTimeoutError::Timeout) => panic!(
            "{what} blocks: it has not returned within {limit:?}. \
             Nothing else can run on a thread that is blocked, not even what would end the wait"
        ),
        Err(RecvTimeoutError::Disconnected) => unreachable!("the worker sends before it ends"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "its own words")]
    fn a_panic_comes_through_with_its_words() {
        watchdog(Duration::from_secs(60), "panicking", || panic!("its own words"));
    }
}
