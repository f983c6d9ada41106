//! The part of an event loop that the kernel talks to.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use executor::Park;
use polling::{Event, Events, Poller};
use shared::record;
use slab::Slab;

use crate::counts::{Counters, Counts};
use crate::home::Home;
use crate::park_state::ParkState;
use crate::source::Source;

// ANCHOR: reactor
/// Knows who waits for which socket, and sleeps in the kernel until one of them is ready.
///
/// It is a [`Park`]: an executor that is built on it sleeps here, and whoever waits for I/O is woken from here. It belongs to one
/// executor; everything else about it may be used from any thread.
pub struct Reactor {
    kernel: Arc<Kernel>,
    sources: Mutex<Slab<Slot>>,
    /// Taken by the thread that parks, for as long as it does.
    events: Mutex<Events>,
    counters: Counters,
    /// The runtime that it was made for, if it was.
    pub(crate) home: OnceLock<Home>,
}

/// The poller, and whether somebody sleeps in it.
struct Kernel {
    poller: Poller,
    state: ParkState,
    unparks: AtomicU64,
}

/// A source that was registered.
struct Slot {
    source: Arc<dyn Source>,
    read: Side,
    write: Side,
    /// What the kernel has been asked about, and has not answered yet.
    armed: Interest,
}

/// One direction of a source.
#[derive(Default)]
struct Side {
    waker: Option<Waker>,
    /// Whose waker that is: the number of their wait.
    waiter: u64,
    /// How many waits have begun.
    waits: u64,
    /// How often the kernel has said that this direction is ready.
    events: u64,
}

/// What somebody who waits has to remember.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait {
    number: u64,
    /// How many events there had been when it began.
    seen: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Interest {
    read: bool,
    write: bool,
}
// ANCHOR_END: reactor

/// Which way the bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards us. A listener that can accept counts as readable, and so does a peer's end of the stream, or an error.
    Read,
    /// Away from us. A connection that has been made counts as writable, and so does one that has failed.
    Write,
}

impl Reactor {
    /// Makes a reactor, with a poller of its own in the kernel.
    ///
    /// # Errors
    ///
    /// If the system has no descriptor left for it: on Linux, it takes three.
    pub fn new() -> io::Result<Arc<Self>> {
        let kernel =
            Kernel { poller: Poller::new()?, state: ParkState::new(), unparks: AtomicU64::new(0) };
        Ok(Arc::new(Self {
            kernel: Arc::new(kernel),
            sources: Mutex::default(),
            events: Mutex::new(Events::new()),
            counters: Counters::default(),
            home: OnceLock::new(),
        }))
    }

    /// How many sources are registered.
    pub fn len(&self) -> usize {
        self.sources().len()
    }

    /// Whether no source is registered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What was done so far.
    pub fn counts(&self) -> Counts {
        self.counters.counts(&self.kernel.unparks)
    }

    fn sources(&self) -> MutexGuard<'_, Slab<Slot>> {
        locked(&self.sources)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing of ours panics between two changes that belong together.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

// ANCHOR: interest
impl Reactor {
    /// Has the kernel watch `source`, without asking it anything yet. Returns the source's number.
    pub(crate) fn register(&self, source: Arc<dyn Source>) -> io::Result<usize> {
        let mut sources = self.sources();
        let place = sources.vacant_entry();
        let key = place.key();
        // SAFETY: the descriptor is open for as long as the slot keeps the source, which `Source` promises, and `remove`
        // takes it out of the poller before it takes the slot away.
        unsafe { self.kernel.poller.add(&source.source(), Event::none(key))? };
        let [read, write] = [Side::default(), Side::default()];
        place.insert(Slot { source, read, write, armed: Interest::default() });
        Ok(key)
    }

    /// Waits for an event of one direction that comes after the first call with this `wait`.
    pub(crate) fn poll_event(
        &self,
        key: usize,
        direction: Direction,
        wait: &mut Option<Wait>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        let mut sources = self.sources();
        let slot = &mut sources[key];
        let side = slot.side(direction);
        let wait = wait.get_or_insert_with(|| side.begin());
        if wait.seen != side.events {
            return Poll::Ready(Ok(()));
        }
        side.waiter = wait.number;
        let is_kept = side.waker.as_ref().is_some_and(|kept| kept.will_wake(cx.waker()));
        let before = if is_kept { None } else { side.waker.replace(cx.waker().clone()) };
        let armed = self.arm(key, slot);
        // A waker that is dropped may run any code, also code that takes this lock. (One that is cloned must not.)
        drop(sources);
        drop(before);
        match armed {
            Ok(()) => Poll::Pending,
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    /// Asks the kernel about the directions that somebody waits for, unless it has been asked already.
    fn arm(&self, key: usize, slot: &mut Slot) -> io::Result<()> {
        let wanted =
            Interest { read: slot.read.waker.is_some(), write: slot.write.waker.is_some() };
        if slot.armed.covers(wanted) {
            return Ok(());
        }
        let question = Event::new(key, wanted.read, wanted.write);
        self.kernel.poller.modify(slot.source.source(), question)?;
        slot.armed = wanted;
        self.counters.interests.fetch_add(1, Relaxed);
        record::interest(|| format!("socket {key} ({})", wanted.in_words()));
        Ok(())
    }
}
// ANCHOR_END: interest

impl Reactor {
    /// The one who waited does not wait any more. Somebody who has taken their place since does. A question that was put to
    /// the kernel stays: its answer finds nobody, and costs one look.
    pub(crate) fn forget(&self, key: usize, direction: Direction, wait: Wait) {
        let mut sources = self.sources();
        let side = sources[key].side(direction);
        let waker = if side.waiter == wait.number { side.waker.take() } else { None };
        drop(sources);
        drop(waker);
    }

    /// Takes a source out of the poller, before its descriptor is closed.
    pub(crate) fn remove(&self, key: usize) {
        let mut sources = self.sources();
        let slot = sources.remove(key);
        // It fails only for a descriptor that the poller does not know, and then there is nothing to do.
        let _ = self.kernel.poller.delete(slot.source.source());
        drop(sources);
        drop(slot);
    }
}

// ANCHOR: park
impl Park for Reactor {
    /// # Panics
    ///
    /// If the kernel refuses to wait, which is a bug of ours.
    fn park(&self, limit: Option<Duration>) {
        let mut events = locked(&self.events);
        events.clear();
        let may_sleep = limit != Some(Duration::ZERO);
        let kernel = &self.kernel;
        kernel.state.park(may_sleep, |sleeps| {
            if sleeps {
                self.counters.sleeps.fetch_add(1, Relaxed);
                record::parked(|| kernel.wait(&mut events, limit));
            } else {
                self.counters.looks.fetch_add(1, Relaxed);
                kernel.wait(&mut events, Some(Duration::ZERO));
            }
        });
        let woken = self.hand_out(&events);
        drop(events);
        // A waker runs any code. By now no lock is held.
        woken.into_iter().for_each(Waker::wake);
    }

    /// While the thread of the loop runs, a call costs one atomic operation. Only one that has to end a sleep goes into the
    /// kernel.
    fn unparker(&self) -> Waker {
        Waker::from(Arc::clone(&self.kernel))
    }
}
// ANCHOR_END: park

// ANCHOR: hand-out
impl Reactor {
    /// Who waits for what has come.
    fn hand_out(&self, events: &Events) -> Vec<Waker> {
        let mut sources = self.sources();
        let mut woken = Vec::new();
        for event in events.iter() {
            self.counters.events.fetch_add(1, Relaxed);
            // A source that another thread has removed meanwhile.
            let Some(slot) = sources.get_mut(event.key) else { continue };
            let ready = Interest { read: event.readable, write: event.writable };
            record::readiness(|| format!("socket {} ({})", event.key, ready.in_words()));
            // One shot: the kernel has answered, and has forgotten the whole question.
            slot.armed = Interest::default();
            woken.extend(slot.answered(ready));
            if slot.somebody_waits() && self.arm(event.key, slot).is_err() {
                // Whoever waits tries again, asks again, and is told the error.
                woken.extend(slot.answered(Interest { read: true, write: true }));
            }
        }
        woken
    }
}
// ANCHOR_END: hand-out

impl Slot {
    fn side(&mut self, direction: Direction) -> &mut Side {
        match direction {
            Direction::Read => &mut self.read,
            Direction::Write => &mut self.write,
        }
    }

    fn answered(&mut self, ready: Interest) -> impl Iterator<Item = Waker> {
        let sides = [(ready.read, &mut self.read), (ready.write, &mut self.write)];
        sides.into_iter().filter(|(is_ready, _)| *is_ready).filter_map(|(_, side)| {
            side.events += 1;
            side.waker.take()
        })
    }

    fn somebody_waits(&self) -> bool {
        self.read.waker.is_some() || self.write.waker.is_some()
    }
}

impl Side {
    fn begin(&mut self) -> Wait {
        self.waits += 1;
        Wait { number: self.waits, seen: self.events }
    }
}

impl Interest {
    fn covers(self, other: Interest) -> bool {
        self.read >= other.read && self.write >= other.write
    }

    fn in_words(self) -> &'static str {
        match (self.read, self.write) {
            (true, true) => "read and write",
            (true, false) => "read",
            (false, true) => "write",
            (false, false) => "nothing",
        }
    }
}

impl Kernel {
    fn wait(&self, events: &mut Events, limit: Option<Duration>) {
        let waited = self.poller.wait(events, limit);
        waited.expect("the kernel waits for what it was told to watch");
    }
}

// ANCHOR: unpark
impl Wake for Kernel {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.state.unpark(|| {
            self.unparks.fetch_add(1, Relaxed);
            let notified = self.poller.notify();
            notified.expect("a thread that sleeps in the kernel can be called");
        });
    }
}
// ANCHOR_END: unpark

impl fmt::Debug for Reactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reactor")
            .field("sources", &self.len())
            .field("counts", &self.counts())
            .finish_non_exhaustive()
    }
}
