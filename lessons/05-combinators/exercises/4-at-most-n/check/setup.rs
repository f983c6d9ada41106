//! What the tests stand on: read `../check.rs` first.

use super::*;

/// The number of the input that it belongs to. It can be moved, and no more: it is neither cloned
/// nor made up.
#[derive(Debug, PartialEq, Eq)]
pub struct Of(pub usize);

/// The whole, pinned.
pub type Whole = Pin<Box<dyn Future<Output = Vec<Of>>>>;

/// What makes one input: pending so many times, and then ready.
pub type Make = fn(&str, u32, Of) -> (Scripted<Of>, ScriptLog);

/// Makes futures one by one, as they are asked for.
pub struct Inputs {
    pub(super) pending: std::vec::IntoIter<u32>,
    pub(super) make: Make,
    pub(super) board: Board,
}

/// What was made so far, and done to it.
#[derive(Clone, Default)]
pub struct Board {
    pub(super) seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
pub struct Seen {
    pub(super) logs: Vec<ScriptLog>,
    /// The largest number of those that were in flight at once.
    pub most: usize,
    /// The largest number of those that had not been dropped when one more was taken.
    pub most_left: usize,
    /// The first that was finished and had not been dropped when a new one was polled, and that new
    /// one.
    pub beside: Option<(usize, usize)>,
}

/// One of the inputs. It looks round when it is polled for the first time.
pub struct Input {
    pub(super) nth: usize,
    pub(super) inner: Scripted<Of>,
    pub(super) board: Board,
}

impl Future for Input {
    type Output = Of;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Of> {
        let mut seen = self.board.seen();
        if seen.logs[self.nth].polls() == 0 && seen.beside.is_none() {
            let left = seen.logs.iter().position(|log| log.is_ready() && !log.is_dropped());
            seen.beside = left.map(|left| (left, self.nth));
        }
        // A poll may panic, and the wake that it makes may run any code.
        drop(seen);
        Pin::new(&mut self.inner).poll(cx)
    }
}

impl Iterator for Inputs {
    type Item = Input;

    fn next(&mut self) -> Option<Self::Item> {
        let pending = self.pending.next()?;
        let mut seen = self.board.seen();
        let nth = seen.logs.len();
        let left = seen.logs.iter().filter(|log| !log.is_dropped()).count();
        seen.most_left = seen.most_left.max(left);
        let (inner, log) = (self.make)(&format!("input {nth}"), pending, Of(nth));
        seen.logs.push(log);
        let in_flight = seen.logs.iter().filter(|log| !log.is_ready()).count();
        seen.most = seen.most.max(in_flight);
        drop(seen);
        Some(Input { nth, inner, board: self.board.clone() })
    }
}

impl Board {
    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap()
    }

    pub(super) fn taken(&self) -> usize {
        self.seen().logs.len()
    }

    pub(super) fn log(&self, nth: usize) -> Option<ScriptLog> {
        self.seen().logs.get(nth).cloned()
    }

    /// How often each one that was taken has been polled.
    pub fn polls(&self) -> Vec<u32> {
        self.seen().logs.iter().map(ScriptLog::polls).collect()
    }
}

/// Inputs that wake themselves whenever they say Pending: all that are in flight are to be polled
/// in every poll.
pub fn restless(pending: &[u32]) -> (Inputs, Board) {
    inputs(pending, Scripted::new)
}

/// Inputs that are woken when the test says so.
pub fn held(pending: &[u32]) -> (Inputs, Board) {
    inputs(pending, Scripted::held)
}

pub fn inputs(pending: &[u32], make: Make) -> (Inputs, Board) {
    let board = Board::default();
    // Owned: the whole lives as long as it likes.
    let pending = pending.to_vec();
    (Inputs { pending: pending.into_iter(), make, board: board.clone() }, board)
}

pub fn poll(whole: &mut Whole, waker: &Waker) -> Poll<Vec<Of>> {
    whole.as_mut().poll(&mut Context::from_waker(waker))
}

/// In which poll the last one is ready, if each place that gets free is filled in the same poll.
pub fn last_poll(n: usize, pending: &[u32]) -> u64 {
    let mut free_at = vec![1; n.min(pending.len())];
    for pending in pending {
        free_at.sort_unstable();
        free_at[0] += u64::from(*pending);
    }
    free_at.into_iter().max().unwrap_or(1)
}

/// "`n` is 2, and the inputs are pending [0, 3] times".
pub fn plan(n: usize, pending: &[u32]) -> String {
    format!("`n` is {n}, and the inputs are pending {pending:?} times")
}

/// Runs a future whose wakes all come from its own polls: once it sleeps, nobody is left to wake
/// it.
pub fn run<F: Future>(polls: u64, future: F) -> Report<F::Output> {
    Bounded::new().polls(polls).when_idle(|| false).run(future)
}

/// Runs a test, and ends it in words if a poll does not return.
pub fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`at_most`", test);
}
