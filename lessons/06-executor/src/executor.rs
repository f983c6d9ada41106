//! The loop, and what it runs.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::Location;
use std::pin::pin;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use wakers::oneshot;

use crate::join::JoinHandle;
use crate::name::Name;
use crate::park::{Park, ThreadPark};
use crate::queue::RunQueue;
use crate::slots::Slots;
use crate::task::{Runnable, Task, Tasks};
use crate::watchdog::Watchdog;

// ANCHOR: executor
/// Runs tasks on the thread that made it.
///
/// Nothing runs until [`block_on`](Executor::block_on) or [`run`](Executor::run) is called. Between
/// two calls, tasks stay where they are, and wakes are remembered.
///
/// *Drop:* dropping the executor cancels every task: its future is dropped, in the order of the
/// executor's list, and whoever awaits its handle gets a [`JoinError`](crate::JoinError) that is a
/// cancellation. A waker that is called later does nothing.
pub struct Executor {
    inner: Rc<Inner>,
}

struct Inner {
    queue: Arc<Tasks>,
    /// Every task whose future is still there.
    tasks: RefCell<Slots<Arc<dyn Runnable>>>,
    park: Box<dyn Park>,
    watchdog: RefCell<Option<Watchdog>>,
    /// How often the watchdog was exchanged.
    watchdogs: Cell<u64>,
    id: ExecutorId,
    is_running: Cell<bool>,
    is_closed: Cell<bool>,
}
// ANCHOR_END: executor

impl Executor {
    /// Makes an executor that sleeps by [`ThreadPark`] when no task can go on.
    #[allow(
        clippy::new_without_default,
        reason = "a default that depends on the thread would surprise"
    )]
    pub fn new() -> Self {
        Self::with_park(ThreadPark::new())
    }

    /// Makes an executor that sleeps, and learns of events, by `park`.
    pub fn with_park(park: impl Park + 'static) -> Self {
        let inner = Inner {
            queue: Arc::new(RunQueue::new(park.unparker())),
            tasks: RefCell::new(Slots::new()),
            park: Box::new(park),
            watchdog: RefCell::new(None),
            watchdogs: Cell::new(0),
            id: ExecutorId::next(),
            is_running: Cell::new(false),
            is_closed: Cell::new(false),
        };
        Self { inner: Rc::new(inner) }
    }

    /// Has each poll measured from the next one on, also those of the future that
    /// [`block_on`](Executor::block_on) runs. It replaces the watchdog before it. If it is called
    /// within a poll, neither of the two reports that poll: one has not seen its start, the other
    /// one does not see its end.
    ///
    /// # Panics
    ///
    /// If it is called from within the report or the clock of the watchdog before it.
    pub fn watch(&self, watchdog: Watchdog) {
        // Dropped when the borrow is over: what a report owns may come back to this executor.
        let before = self.inner.watchdog.replace(Some(watchdog));
        self.inner.watchdogs.set(self.inner.watchdogs.get() + 1);
        drop(before);
    }

    /// Makes a task of `future` and puts it at the end of the queue. It does not run it: the first
    /// poll comes in the next turn.
    ///
    /// Memory: one allocation for the task, and one for its result. In a debug build, `future` is
    /// copied on the stack several times on its way there: on a thread of 2 MiB (Linux, x86-64),
    /// one of 96 KiB fits, and one of 128 KiB ends the process. Keep what is large in a box: a
    /// `vec![0; n]` in place of an array.
    ///
    /// *Cancellation:* see [`JoinHandle`].
    #[track_caller]
    pub fn spawn<F: Future + 'static>(&self, future: F) -> JoinHandle<F::Output> {
        self.inner.spawn(Name::At(Location::caller()), future)
    }

    /// As [`spawn`](Executor::spawn), with a name by which messages call the task.
    pub fn spawn_named<F: Future + 'static>(
        &self,
        name: impl Into<Cow<'static, str>>,
        future: F,
    ) -> JoinHandle<F::Output> {
        self.inner.spawn(Name::Given(name.into()), future)
    }

    /// A handle for tasks that spawn tasks. It does not keep the executor alive.
    pub fn spawner(&self) -> Spawner {
        Spawner { inner: Rc::downgrade(&self.inner) }
    }

    /// Tells this executor from all others, also on other threads: see [`running`].
    pub fn id(&self) -> ExecutorId {
        self.inner.id
    }

    /// How many tasks are not over yet.
    pub fn len(&self) -> usize {
        self.inner.tasks.borrow().len()
    }

    /// Whether every task is over.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

// ANCHOR: block-on
impl Executor {
    /// Runs `future` on this thread, and the tasks beside it, until `future` is ready. Tasks that
    /// are not over then stay, and go on in the next call.
    ///
    /// `future` is not a task: it is polled where it stands, first in each turn in which it was
    /// woken. It need not be `'static`, and nobody can abort it.
    ///
    /// # Panics
    ///
    /// If `future` panics; the executor can be used again afterwards. Also if this executor is
    /// running already: a task that waits here would hold up the very loop that it waits for.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let _running = self.inner.start_running();
        let woken = Arc::new(MainWaker::new(self.inner.park.unparker()));
        let waker = Waker::from(Arc::clone(&woken));
        let mut cx = Context::from_waker(&waker);
        let mut future = pin!(future);
        loop {
            if woken.take() {
                let polled = self.inner.watched(&"main", || future.as_mut().poll(&mut cx));
                if let Poll::Ready(value) = polled {
                    return value;
                }
            }
            self.inner.run_each_once();
            self.inner.look_or_sleep(woken.is_woken());
        }
    }
}
// ANCHOR_END: block-on

impl Executor {
    /// Runs until every task is over, also those that tasks spawn meanwhile. One that nobody wakes
    /// keeps it asleep for ever.
    ///
    /// # Panics
    ///
    /// If this executor is running already.
    pub fn run(&self) {
        let _running = self.inner.start_running();
        while !self.is_empty() {
            self.inner.run_each_once();
            self.inner.look_or_sleep(self.is_empty());
        }
    }
}

// ANCHOR: spawn
impl Inner {
    fn spawn<F: Future + 'static>(&self, name: Name, future: F) -> JoinHandle<F::Output> {
        if self.is_closed.get() {
            return cancelled(&self.queue, name, future);
        }
        let (sender, receiver) = oneshot::channel();
        let task = self.tasks.borrow_mut().insert_with(|place| {
            let task: Arc<dyn Runnable> = Task::new(place, name, &self.queue, future, sender);
            task
        });
        self.queue.push(Arc::clone(&task));
        JoinHandle::new(task, receiver)
    }
}
// ANCHOR_END: spawn

// ANCHOR: turn
impl Inner {
    /// Runs each task that is in the queue now, once. Those that are woken meanwhile have their
    /// turn next time, so that nobody, not even a task that always wakes itself, keeps the loop
    /// from looking for events.
    fn run_each_once(&self) {
        for _ in 0..self.queue.len() {
            let Some(task) = self.queue.pop() else { return };
            self.watched(task.name(), || {
                let is_over = Arc::clone(&task).run();
                if is_over {
                    self.tasks.borrow_mut().remove(task.place());
                }
            });
        }
    }

    /// Sleeps if nobody can go on. If somebody can, it only looks for events.
    fn look_or_sleep(&self, somebody_can_go_on: bool) {
        let can_go_on = somebody_can_go_on || self.queue.len() > 0;
        self.park.park(can_go_on.then_some(Duration::ZERO));
    }
}
// ANCHOR_END: turn

impl Inner {
    fn watched<T>(&self, task: &dyn fmt::Display, poll: impl FnOnce() -> T) -> T {
        let started = self.watchdog.borrow().as_ref().map(Watchdog::start);
        let number = self.watchdogs.get();
        let polled = poll();
        // Another watchdog reads another clock: what one has started, the other one cannot stop.
        if number != self.watchdogs.get() {
            return polled;
        }
        if let (Some(started), Some(watchdog)) = (started, &mut *self.watchdog.borrow_mut()) {
            watchdog.stop(started, task);
        }
        polled
    }

    fn start_running(&self) -> Running<'_> {
        let message =
            "this executor is running already: `.await` the future instead of blocking on it";
        assert!(!self.is_running.replace(true), "{message}");
        Running { inner: self, outer: RUNNING.replace(Some(self.id)) }
    }
}

/// The handle of a task that can never run: its future is dropped here.
fn cancelled<F: Future + 'static>(
    queue: &Arc<Tasks>,
    name: Name,
    future: F,
) -> JoinHandle<F::Output> {
    let (sender, receiver) = oneshot::channel();
    let task = Task::new(0, name, queue, future, sender);
    task.cancel();
    JoinHandle::new(task, receiver)
}

/// The executor is running, until this is dropped.
struct Running<'a> {
    inner: &'a Inner,
    /// The one within which it runs.
    outer: Option<ExecutorId>,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.inner.is_running.set(false);
        RUNNING.set(self.outer);
    }
}

/// Names one executor of this process. No two have the same, even after one is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExecutorId(u64);

impl ExecutorId {
    fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

thread_local! {
    static RUNNING: Cell<Option<ExecutorId>> = const { Cell::new(None) };
}

/// The executor that runs on this thread now. If one runs within a task of another, it is the inner
/// one: the outer one cannot go on until that returns. `None` outside of
/// [`block_on`](Executor::block_on) and [`run`](Executor::run).
///
/// ```
/// use executor::{Executor, running};
///
/// let executor = Executor::new();
/// assert_eq!(executor.block_on(async { running() }), Some(executor.id()));
/// assert_eq!(running(), None);
/// ```
pub fn running() -> Option<ExecutorId> {
    RUNNING.get()
}

// ANCHOR: drop
impl Drop for Executor {
    fn drop(&mut self) {
        // Whatever the futures do while they are dropped: nothing is queued or spawned any more.
        self.inner.is_closed.set(true);
        drop(self.inner.queue.close());
        let left = self.inner.tasks.borrow_mut().take_all();
        left.for_each(|task| task.cancel());
    }
}
// ANCHOR_END: drop

/// Spawns tasks from within tasks, on the same executor. Clones spawn on the same one.
#[derive(Clone)]
pub struct Spawner {
    inner: Weak<Inner>,
}

impl Spawner {
    /// As [`Executor::spawn`]. If the executor is gone, the future is dropped, and the handle says
    /// that the task was cancelled.
    #[track_caller]
    pub fn spawn<F: Future + 'static>(&self, future: F) -> JoinHandle<F::Output> {
        self.spawn_as(Name::At(Location::caller()), future)
    }

    /// As [`Executor::spawn_named`], and as [`spawn`](Spawner::spawn) if the executor is gone.
    pub fn spawn_named<F: Future + 'static>(
        &self,
        name: impl Into<Cow<'static, str>>,
        future: F,
    ) -> JoinHandle<F::Output> {
        self.spawn_as(Name::Given(name.into()), future)
    }

    fn spawn_as<F: Future + 'static>(&self, name: Name, future: F) -> JoinHandle<F::Output> {
        match self.inner.upgrade() {
            Some(inner) => inner.spawn(name, future),
            None => {
                let queue = Arc::new(RunQueue::new(Waker::noop().clone()));
                cancelled(&queue, name, future)
            }
        }
    }
}

/// The waker of the future that `block_on` runs.
struct MainWaker {
    is_woken: AtomicBool,
    unparker: Waker,
}

impl MainWaker {
    /// It starts as woken: the first poll comes without a wake.
    fn new(unparker: Waker) -> Self {
        Self { is_woken: AtomicBool::new(true), unparker }
    }

    fn take(&self) -> bool {
        self.is_woken.swap(false, Ordering::Acquire)
    }

    fn is_woken(&self) -> bool {
        self.is_woken.load(Ordering::Relaxed)
    }
}

impl Wake for MainWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // A swap, not a store: the poll that takes it sees what each of those did who woke before
        // it.
        if !self.is_woken.swap(true, Ordering::Release) {
            self.unparker.wake_by_ref();
        }
    }
}

impl fmt::Debug for Executor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Executor").field("tasks", &self.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Spawner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spawner").finish_non_exhaustive()
    }
}
