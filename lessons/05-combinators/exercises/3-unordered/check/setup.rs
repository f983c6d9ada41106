//! What the tests stand on: read `../check.rs` first.

use super::*;

pub const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// A child that the test makes up on the spot.
pub type Boxed = Pin<Box<dyn Future<Output = &'static str> + Send>>;

/// Runs a scenario in every order in which its threads can run: in one, if it has one thread.
#[track_caller]
pub fn check(scenario: fn()) {
    limited(Duration::from_secs(5), scenario);
}

/// The same, for one that has many orders.
#[track_caller]
pub fn explore(scenario: fn()) {
    limited(Duration::from_secs(60), scenario);
}

#[track_caller]
pub fn limited(limit: Duration, scenario: fn()) {
    if let Some(path) = bypass(include_str!("../answer.rs")) {
        panic!("not tried, because the answer uses `{path}`: see the first check");
    }
    // A poll that goes round without taking a lock takes no step that the explorer could count:
    // only the watchdog ends it.
    watchdog(limit, "a poll of `next`", move || every_order(scenario));
}

pub fn poll<F: Future + Send + 'static>(
    set: &mut Unordered<F>,
    waker: &Waker,
) -> Poll<Option<F::Output>> {
    pin!(set.next()).poll(&mut Context::from_waker(waker))
}

/// The next output, if one comes within some polls, each of which is owed to a wake.
pub fn next<F: Future + Send + 'static>(set: &mut Unordered<F>) -> Option<F::Output> {
    Bounded::new().polls(100).when_idle(|| false).run(set.next()).value.flatten()
}

/// Children in a set, and what was done to them.
pub struct Family {
    pub(super) set: Unordered<Scripted<&'static str>>,
    pub(super) logs: Vec<ScriptLog>,
}

impl Family {
    /// Children that are woken when the test says so.
    pub fn held(pending: &[u32]) -> Self {
        Self::new(pending, Scripted::held)
    }

    /// Children that wake themselves whenever they say Pending.
    pub fn restless(pending: &[u32]) -> Self {
        Self::new(pending, Scripted::new)
    }

    pub(super) fn new(
        pending: &[u32],
        make: fn(&str, u32, &'static str) -> (Scripted<&'static str>, ScriptLog),
    ) -> Self {
        let mut set = Unordered::new();
        let mut add = |(name, pending): (&&'static str, &u32)| {
            let (child, log) = make(name, *pending, name);
            set.push(child);
            log
        };
        let logs = NAMES.iter().zip(pending).map(&mut add).collect();
        Self { set, logs }
    }

    pub(super) fn polled(&self) -> Vec<u32> {
        self.logs.iter().map(ScriptLog::polls).collect()
    }

    /// "`a` once, `b` 3 times".
    pub fn polls(&self) -> String {
        let polls = NAMES.iter().zip(self.polled());
        let polls = polls.map(|(name, polls)| format!("`{name}` {}", times(u64::from(polls))));
        polls.collect::<Vec<_>>().join(", ")
    }
}

/// What is known of a child that keeps the waker of its last poll where the test can call it.
#[derive(Clone, Default)]
pub struct Kept {
    pub(super) waker: Arc<Mutex<Option<Waker>>>,
    pub(super) polls: Arc<AtomicU32>,
}

impl Kept {
    /// A child that is ready at its poll `ready`.
    pub fn child(&self, ready: u32) -> Boxed {
        let kept = self.clone();
        Box::pin(poll_fn(move |cx: &mut Context<'_>| {
            let before = kept.waker.lock().unwrap().replace(cx.waker().clone());
            drop(before);
            let polls = kept.polls.fetch_add(1, SeqCst) + 1;
            if polls == ready { Poll::Ready("kept") } else { Poll::Pending }
        }))
    }

    pub(super) fn waker(&self) -> Waker {
        self.waker.lock().unwrap().clone().expect("a new child is polled in the first `next`")
    }

    pub(super) fn polls(&self) -> u32 {
        self.polls.load(SeqCst)
    }
}

/// Wakes who waits for the other end when it is dropped.
pub struct Goes(pub Option<oneshot::Sender<&'static str>>);

impl Drop for Goes {
    fn drop(&mut self) {
        note(
            "a child is dropped, and with it what its sibling waits for: the sibling's waker is called",
        );
        drop(self.0.take());
    }
}

/// Calls the waker of a finished child and polls the set, and says in words what a panic in either
/// was.
#[track_caller]
pub fn after_late_wake<T>(when: &str, calls: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(calls)).unwrap_or_else(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
        panic!(
            "the waker of a finished child was called ({when}), and the call, or the poll of `next` after it, panicked: {}. A waker may be \
             called at any time, by a thread that knows nothing of the set",
            text.unwrap_or("without words")
        )
    })
}
