//! What the tests stand on: read `../check.rs` first.

use super::*;

#[global_allocator]
pub static ALLOCATOR: CountingAllocator = CountingAllocator;

/// What is known of a future's polls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often it was polled.
    pub polls: u64,
    /// The time spent within those polls.
    pub busy: Duration,
}

pub type Boxed = Pin<Box<dyn Future<Output = (u32, Tally)>>>;

/// Something that may be a future. As in `is_unpin!`, the type's own method is there only if it is
/// one.
pub struct Perhaps<T>(pub T);

#[allow(dead_code, reason = "which of the two is used depends on the answer")]
impl<T: Future<Output = (u32, Tally)> + 'static> Perhaps<T> {
    pub(super) fn pinned(self) -> Option<Boxed> {
        Some(Box::pin(self.0))
    }
}

#[allow(dead_code, reason = "which of the two is used depends on the answer")]
pub trait Otherwise: Sized {
    fn pinned(self) -> Option<Boxed> {
        None
    }
}

impl<T> Otherwise for Perhaps<T> {}

/// The answer's wrapper around a future that must stay, itself pinned.
#[track_caller]
pub fn around(future: Stays) -> Boxed {
    let wrapped = timed(future, || Duration::ZERO);
    Perhaps(wrapped).pinned().expect(
        "`Timed` around a future that must stay is not a future: `poll` is there only for an inner future that is `Unpin`. The one \
         that an `async fn` returns is not, so nearly nobody could use it without a box",
    )
}

pub fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls until it is ready, which it is at its tenth poll at the latest.
#[track_caller]
pub fn to_its_end<F: Future + ?Sized>(mut future: Pin<&mut F>) -> F::Output {
    for _ in 0..10 {
        if let Poll::Ready(value) = poll(future.as_mut()) {
            return value;
        }
    }
    panic!(
        "the inner future is ready after a few polls, and `Timed` has said Pending ten times: it has lost the future half-way"
    )
}

/// The answer's wrapper around a scripted future.
pub fn scripted(
    pending: u32,
) -> (Pin<Box<impl Future<Output = (&'static str, Tally)>>>, ScriptLog) {
    let (inner, log) = Scripted::new("the inner future", pending, "done");
    (Box::pin(timed(inner, || Duration::ZERO)), log)
}

/// A future that is ready at once, and takes its time when it is dropped.
pub struct EndsSlowly<'a>(pub &'a VirtualClock);

impl Future for EndsSlowly<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.0.advance(Duration::from_millis(1));
        Poll::Ready(())
    }
}

impl Drop for EndsSlowly<'_> {
    fn drop(&mut self) {
        self.0.advance(Duration::from_millis(100));
    }
}
