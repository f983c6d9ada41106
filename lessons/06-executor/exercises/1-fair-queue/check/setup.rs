//! What the tests stand on: read `../check.rs` first.

use super::*;

/// Runs a scenario in every order in which its threads can run: in one, if it has one thread.
#[track_caller]
pub fn check(scenario: fn()) {
    if let Some(path) = bypass(include_str!("../answer.rs")) {
        panic!("not tried, because the answer uses `{path}`: see the first check");
    }
    every_order(scenario);
}

/// The two ways to call a waker.
#[derive(Clone, Copy)]
pub enum Call {
    ByReference,
    ByValue,
}

/// What is known of a task. (The lock is std's: the explorer need not stop there.)
#[derive(Clone)]
pub struct Watched {
    pub(super) name: &'static str,
    pub(super) facts: Arc<Mutex<Facts>>,
}

#[derive(Default)]
pub struct Facts {
    pub(super) polls: u64,
    pub(super) is_over: bool,
    pub(super) is_dropped: bool,
    /// The waker of the newest poll: only this one has to be good for anything.
    pub waker: Option<Waker>,
    /// How many calls of the waker have begun, how many have returned, and how many of these before
    /// the newest poll began.
    pub begun: u64,
    pub(super) returned: u64,
    pub(super) returned_before: u64,
}

impl Watched {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, facts: Arc::default() }
    }

    pub(super) fn facts(&self) -> MutexGuard<'_, Facts> {
        self.facts.lock().expect("nobody panics with these facts in hand")
    }

    pub(super) fn polls(&self) -> u64 {
        self.facts().polls
    }

    /// Calls the waker of the newest poll.
    pub fn wake(&self, call: Call) {
        let waker = self.facts().waker.clone().expect("the task has been polled");
        self.facts().begun += 1;
        note(&format!("the waker of `{}` is called", self.name));
        match call {
            ByReference => waker.wake_by_ref(),
            ByValue => waker.wake(),
        }
        note("the call returns");
        self.facts().returned += 1;
    }

    /// A future that does `step` at each poll, and insists that each poll has a reason.
    pub fn future<S>(&self, step: S) -> impl Future<Output = ()> + Send + use<S>
    where
        S: FnMut(&Watched) -> Poll<()> + Send + 'static,
    {
        let (watched, mut step) = (self.clone(), step);
        let gone = Gone(self.clone());
        poll_fn(move |cx| {
            let _ = &gone;
            watched.begin(cx.waker());
            let polled = step(&watched);
            note(if polled.is_ready() { "it returns Ready" } else { "it returns Pending" });
            watched.facts().is_over = polled.is_ready();
            polled
        })
    }

    /// A future that waits for ever, and notes each poll.
    pub fn waits(&self, journal: &Journal) -> impl Future<Output = ()> + Send + use<> {
        let journal = journal.clone();
        self.future(move |this| {
            journal.note(this.name);
            Poll::Pending
        })
    }

    /// A future that wakes its own task at `yields` polls and is then ready. It notes each poll.
    pub fn yields(
        &self,
        yields: u64,
        journal: &Journal,
    ) -> impl Future<Output = ()> + Send + use<> {
        let journal = journal.clone();
        self.future(move |this| {
            journal.note(this.name);
            if this.polls() > yields {
                return Poll::Ready(());
            }
            this.wake(ByReference);
            Poll::Pending
        })
    }

    pub(super) fn begin(&self, waker: &Waker) {
        let mut facts = self.facts();
        let (name, is_over) = (self.name, facts.is_over);
        facts.polls += 1;
        note(&format!("poll {} of `{name}` begins", facts.polls));
        let has_reason = facts.polls == 1 || facts.begun > facts.returned_before;
        let polls = facts.polls;
        facts.returned_before = facts.returned;
        let before = facts.waker.replace(waker.clone());
        // The lock is released first: the drop of a waker may run anything, and the words below are
        // a panic.
        drop(facts);
        drop(before);
        assert!(
            !is_over,
            "`{name}` has returned Ready, and was polled again: a finished future must not be polled"
        );
        assert!(
            has_reason,
            "`{name}` was polled for nothing: this is poll {polls}, and nobody has called its waker since poll {} began. In that \
             order: {}",
            polls - 1,
            noted()
        );
    }
}

pub struct Gone(pub Watched);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.facts().is_dropped = true;
    }
}

/// Runs what must not panic.
#[track_caller]
pub fn quietly(what: &str, work: impl FnOnce()) {
    let Err(payload) = catch_unwind(AssertUnwindSafe(work)) else { return };
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    if text.is_some_and(|text| text.starts_with("deadlock")) {
        // The explorer's own: it has better words for it.
        resume_unwind(payload);
    }
    panic!("{what}: {}", text.unwrap_or("a panic without words"));
}

#[track_caller]
pub fn expect_order(journal: &Journal, expected: &[&str], what: &str) {
    assert!(
        journal.entries() == expected,
        "{what}. Polled, in this order: {journal}. Expected: {}",
        expected.join(", ")
    );
}

/// Spawns a task when it is dropped.
pub struct SpawnsInDrop(pub Executor, pub Watched);

impl Drop for SpawnsInDrop {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // A second panic would end the process, and with it the words about the first.
            return;
        }
        note("a future is being dropped, and spawns a task");
        self.0.spawn(self.1.future(|_| Poll::Ready(())));
    }
}

pub fn queued_by_spawn() {
    let (executor, tasks) = (Executor::new(), ["a", "b", "c"].map(Watched::new));
    for task in &tasks {
        executor.spawn(task.future(|_| Poll::Pending));
    }
    drop(executor);
    expect_gone(
        &tasks,
        "three tasks were spawned, and the executor was dropped before it ran them",
    );
}

pub fn queued_by_a_wake() {
    let (executor, tasks) = (Executor::new(), ["a", "b", "c"].map(Watched::new));
    for task in &tasks {
        executor.spawn(task.future(|_| Poll::Pending));
    }
    executor.run_until_idle();
    for task in &tasks {
        task.wake(ByReference);
    }
    drop(executor);
    for task in &tasks {
        let waker = task.facts().waker.take();
        drop(waker);
    }
    expect_gone(
        &tasks,
        "three tasks waited and were woken. Then the executor was dropped, and all their wakers",
    );
}

#[track_caller]
pub fn expect_gone(tasks: &[Watched], what: &str) {
    for task in tasks {
        assert!(
            task.facts().is_dropped,
            "{what}, and the future of `{}` is still there. The queue has the task. If the task keeps the queue, too, neither is \
             ever freed",
            task.name
        );
    }
}
