use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::track::Lane;
use super::waker::{Lent, Wakers};
use super::{Kind, Outcome, Recorder, TaskId};

/// A future whose polls, wakes and drop are recorded. It is what [`Recorder::future`] and
/// [`Recorder::task`] return.
///
/// It can be polled by any runtime. Its output, its panics, and what its waker does are those of
/// the future within. If the recorder is off, the future gets the very waker that the runtime gave.
///
/// A future that is polled within another of the same recorder is recorded as nested in it, and
/// gets the outer one's waker: a wake is of the task. A combinator that polls its parts with wakers
/// of its own (as an unordered set does) is recorded faithfully: its part is woken first, and then
/// the task.
///
/// *Cancellation:* dropping it drops the future within, and records that.
#[must_use = "futures do nothing unless polled"]
pub struct Traced<F: Future> {
    probe: Option<Probe<F::Output>>,
    // Dropped by hand, so that what its drop does is recorded as done within it.
    future: ManuallyDrop<F>,
}

struct Probe<T> {
    lane: Lane,
    wakers: Wakers,
    show: Option<fn(&T) -> String>,
}

impl Recorder {
    /// Wraps a task, and records that it was spawned: what an executor is given to run on its own.
    ///
    /// A task has no parent, whoever polls it.
    #[track_caller]
    pub fn task<F: Future>(&self, name: &str, future: F) -> Traced<F> {
        Traced::new(self.lane(name).map(Lane::spawned), future)
    }

    /// Wraps a future: one that is awaited within another, or the one that a `block_on` runs.
    ///
    /// It is nested in the task or future in whose poll it is first polled.
    #[track_caller]
    pub fn future<F: Future>(&self, name: &str, future: F) -> Traced<F> {
        Traced::new(self.lane(name), future)
    }
}

impl<F: Future> Traced<F> {
    fn new(lane: Option<Lane>, future: F) -> Self {
        let probe = lane.map(|lane| Probe { lane, wakers: Wakers::default(), show: None });
        Self { probe, future: ManuallyDrop::new(future) }
    }

    /// Shows the output in the recording: `Ready(17)` where `show` gives `17`. It is not called if
    /// the recorder is off.
    pub fn showing(mut self, show: fn(&F::Output) -> String) -> Self {
        if let Some(probe) = &mut self.probe {
            probe.show = Some(show);
        }
        self
    }

    /// Its number in the recording; `None` if the recorder is off.
    pub fn id(&self) -> Option<TaskId> {
        self.probe.as_ref().map(|probe| probe.lane.task)
    }
}

impl<F: Future> Future for Traced<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: nothing is moved out of `this`: `probe` is not pinned by the struct's pin (it is
        // `Unpin`), and `future` is only pinned again.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: `self` was pinned, so `future` stays where it is until it is dropped; `drop`
        // below drops it in place.
        let future = unsafe { Pin::new_unchecked(&mut *this.future) };
        match &mut this.probe {
            None => future.poll(cx),
            Some(probe) => probe.poll(future, cx),
        }
    }
}

impl<T> Probe<T> {
    fn poll<F: Future<Output = T>>(
        &mut self,
        future: Pin<&mut F>,
        cx: &mut Context<'_>,
    ) -> Poll<T> {
        let lent = self.wakers.lend(cx.waker(), &self.lane.recorder, self.lane.task);
        let waker = lent.as_ref().map_or(cx.waker(), Lent::waker);
        let mut cx = Context::from_waker(waker);
        let show = self.show;
        let end = |poll: &Poll<T>| match poll {
            Poll::Pending => (Outcome::Pending, None),
            Poll::Ready(value) => (Outcome::Ready, show.map(|show| show(value).into())),
        };
        self.lane.step(None, || future.poll(&mut cx), end)
    }
}

impl<F: Future> Drop for Traced<F> {
    fn drop(&mut self) {
        let entered = self.probe.as_ref().and_then(|probe| {
            probe.lane.record(Kind::Drop, None);
            probe.lane.enter()
        });
        // SAFETY: this runs once, nothing uses the future afterwards, and it is dropped where it
        // was pinned.
        unsafe { ManuallyDrop::drop(&mut self.future) };
        drop(entered);
    }
}

// As for a struct without a hand-written `drop`: pinning it pins the future, so it may be moved if
// the future may. (The compiler derives just this from the fields; the lines keep it from changing
// unnoticed.)
const _: () = {
    const fn unpin<T: Unpin>() {}
    const fn send<T: Send>() {}
    unpin::<Traced<std::future::Ready<*const ()>>>();
    send::<Traced<std::future::Ready<u8>>>();
};
