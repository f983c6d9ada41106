//! The part of an event loop that the kernel talks to.

use std::fmt;
use std::io;
use std::mem;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use executor::Park;
use polling::{Event, Events, Poller};
use shared::{record, wake_all};
use slab::Slab;

use crate::counts::{Counters, Counts};
use crate::home::Home;
use crate::park_state::ParkState;
use crate::source::{Descriptor, Source};

// ANCHOR: reactor
/// Knows who waits for which socket, and sleeps in the kernel until one of them is ready.
///
/// It is a [`Park`]: an executor that is built on it sleeps here, and whoever waits for I/O is
/// woken from here. It belongs to one executor; everything else about it may be used from any
/// thread.
pub struct Reactor {
    kernel: Arc<Kernel>,
    sources: Mutex<Slab<Slot>>,
    /// How many sources have been registered, for their keys.
    registered: AtomicUsize,
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
    key: usize,
    descriptor: Descriptor,
    /// What the descriptor belongs to. It is open for as long as this lives.
    _source: Arc<dyn Source>,
    read: Side,
    write: Side,
    /// What the kernel has been asked about, and has not answered yet.
    armed: Interest,
}

/// One direction of a source.
#[derive(Default)]
struct Side {
    /// The wakers of those who wait, each with the number of its wait.
    waiting: Vec<(u64, Waker)>,
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
    /// Towards us. A listener that can accept counts as readable, and so does a peer's end of the
    /// stream, or an error.
    Read,
    /// Away from us. A connection that has been made counts as writable, and so does one that has
    /// failed.
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
            registered: AtomicUsize::new(0),
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

/// Half of a key's bits are the source's place. The other half differ between one source and the
/// next in that place: an event of one that is gone must not be taken for an event of its
/// successor.
const PLACE_BITS: u32 = usize::BITS / 2;
const PLACE: usize = (1 << PLACE_BITS) - 1;

fn key(number: usize, place: usize) -> usize {
    (number << PLACE_BITS) | place
}

/// The place of the source with this key.
pub(crate) fn place(key: usize) -> usize {
    key & PLACE
}

/// The slot of a source that is registered.
fn slot(sources: &mut Slab<Slot>, key: usize) -> &mut Slot {
    &mut sources[place(key)]
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing of ours panics between two changes that belong together.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

// ANCHOR: interest
impl Reactor {
    /// Has the kernel watch `source`, without asking it anything yet. Returns the source's key.
    pub(crate) fn register(&self, source: Arc<dyn Source>) -> io::Result<usize> {
        // SAFETY: it is used here, and in the slot, which keeps the source.
        let descriptor = unsafe { Descriptor::of(&*source) };
        let mut sources = self.sources();
        let place = sources.vacant_entry();
        if place.key() >= PLACE {
            return Err(io::Error::other("the reactor has no place left for one more source"));
        }
        let key = key(self.registered.fetch_add(1, Relaxed), place.key());
        // SAFETY: the descriptor is open for as long as the slot keeps the source, which `Source`
        // promises, and `remove` takes it out of the poller before the source is dropped.
        unsafe { self.kernel.poller.add(&descriptor, Event::none(key))? };
        let [read, write] = [Side::default(), Side::default()];
        place.insert(Slot {
            key,
            descriptor,
            _source: source,
            read,
            write,
            armed: Interest::default(),
        });
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
        let slot = slot(&mut sources, key);
        let side = slot.side(direction);
        let wait = wait.get_or_insert_with(|| side.begin());
        if wait.seen != side.events {
            return Poll::Ready(Ok(()));
        }
        let before = side.keep(wait.number, cx.waker());
        let armed = self.arm(key, slot);
        // A waker that is dropped may run any code, also code that takes this lock. (One that is
        // cloned must not.)
        drop(sources);
        drop(before);
        match armed {
            Ok(()) => Poll::Pending,
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    /// Asks the kernel about the directions that somebody waits for, unless it has been asked
    /// already.
    fn arm(&self, key: usize, slot: &mut Slot) -> io::Result<()> {
        let wanted =
            Interest { read: slot.read.somebody_waits(), write: slot.write.somebody_waits() };
        if slot.armed.covers(wanted) {
            return Ok(());
        }
        let question = Event::new(key, wanted.read, wanted.write);
        self.kernel.poller.modify(slot.descriptor, question)?;
        slot.armed = wanted;
        self.counters.interests.fetch_add(1, Relaxed);
        record::interest(|| format!("socket {} ({})", place(key), wanted.in_words()));
        Ok(())
    }
}
// ANCHOR_END: interest

impl Reactor {
    /// A wait is over before its event has come. The others of this direction stay, and so does a
    /// question that was put to the kernel: if its answer finds nobody, it costs one look.
    pub(crate) fn forget(&self, key: usize, direction: Direction, wait: Wait) {
        let mut sources = self.sources();
        let waker = slot(&mut sources, key).side(direction).take(wait.number);
        drop(sources);
        drop(waker);
    }

    /// Takes a source out of the poller, before its descriptor is closed.
    pub(crate) fn remove(&self, key: usize) {
        let mut sources = self.sources();
        let slot = sources.remove(place(key));
        // It fails only for a descriptor that the poller does not know, and then there is nothing
        // to do.
        let _ = self.kernel.poller.delete(slot.descriptor);
        drop(sources);
        // With its wakers. The source itself is foreign code, too.
        drop(slot);
    }
}

// ANCHOR: park
impl Park for Reactor {
    /// # Panics
    ///
    /// If the kernel refuses to wait, which is a bug of ours; and if a waker panics, once all the
    /// others have been called.
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
        let woken = self.hand_out(events.iter());
        drop(events);
        // A waker runs any code. By now no lock is held.
        wake_all(woken);
    }

    /// While the thread of the loop runs, a call costs one atomic operation. Only one that has to
    /// end a sleep goes into the kernel.
    fn unparker(&self) -> Waker {
        Waker::from(Arc::clone(&self.kernel))
    }
}
// ANCHOR_END: park

// ANCHOR: hand-out
impl Reactor {
    /// Who waits for what has come.
    fn hand_out(&self, events: impl Iterator<Item = Event>) -> Vec<Waker> {
        let mut sources = self.sources();
        let mut woken = Vec::new();
        for event in events {
            self.counters.events.fetch_add(1, Relaxed);
            // If another thread has removed the source meanwhile, its place may be another's: the
            // keys differ.
            let slot = sources.get_mut(place(event.key)).filter(|slot| slot.key == event.key);
            let Some(slot) = slot else { continue };
            let ready = Interest { read: event.readable, write: event.writable };
            record::readiness(|| format!("socket {} ({})", place(event.key), ready.in_words()));
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
        sides.into_iter().filter(|(is_ready, _)| *is_ready).flat_map(|(_, side)| {
            side.events += 1;
            side.waiting.drain(..).map(|(_, waker)| waker)
        })
    }

    fn somebody_waits(&self) -> bool {
        self.read.somebody_waits() || self.write.somebody_waits()
    }
}

impl Side {
    fn begin(&mut self) -> Wait {
        self.waits += 1;
        Wait { number: self.waits, seen: self.events }
    }

    /// Keeps the waker of this wait, and returns the one that it replaces.
    fn keep(&mut self, number: u64, waker: &Waker) -> Option<Waker> {
        match self.waiting.iter_mut().find(|(waiting, _)| *waiting == number) {
            Some((_, kept)) if kept.will_wake(waker) => None,
            Some((_, kept)) => Some(mem::replace(kept, waker.clone())),
            None => {
                self.waiting.push((number, waker.clone()));
                None
            }
        }
    }

    /// Takes the waker of this wait, if its event has not come.
    fn take(&mut self, number: u64) -> Option<Waker> {
        let at = self.waiting.iter().position(|(waiting, _)| *waiting == number)?;
        Some(self.waiting.remove(at).1)
    }

    fn somebody_waits(&self) -> bool {
        !self.waiting.is_empty()
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::Registration;
    use shared::probe::WakerProbe;
    use std::pin::pin;

    #[test]
    fn an_event_of_one_that_is_gone_is_not_its_successors() -> io::Result<()> {
        let reactor = Reactor::new()?;
        let (gone, _writer) = io::pipe()?;
        let gone = reactor.register(Arc::new(gone))?;
        reactor.remove(gone);
        let (successor, _writer) = io::pipe()?;
        let successor = Registration::new(&reactor, successor)?;
        let probe = WakerProbe::new();
        let mut wait = pin!(successor.readable());
        assert!(wait.as_mut().poll(&mut Context::from_waker(&probe.waker())).is_pending());
        let woken = reactor.hand_out([Event::readable(gone)].into_iter());
        assert!(woken.is_empty(), "an event that was taken before is handed to the new source");
        assert!(wait.as_mut().poll(&mut Context::from_waker(&probe.waker())).is_pending());
        Ok(())
    }
}
