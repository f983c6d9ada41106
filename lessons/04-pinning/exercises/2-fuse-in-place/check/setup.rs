//! What the tests stand on: read `../check.rs` first.

use super::*;

#[global_allocator]
pub static ALLOCATOR: CountingAllocator = CountingAllocator;

pub type Boxed = Pin<Box<dyn Future<Output = u32>>>;

/// Something that may be a future. As in `is_unpin!`, the type's own method is there only if it is
/// one.
pub struct Perhaps<T>(pub T);

#[allow(dead_code, reason = "which of the two is used depends on the answer")]
impl<T: Future<Output = u32> + 'static> Perhaps<T> {
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

/// The answer's fuse around a future that must stay, itself pinned.
#[track_caller]
pub fn around(future: Stays) -> Boxed {
    Perhaps(fuse(future)).pinned().expect(
        "`Fuse` around a future that must stay is not a future: `poll` is there only for an inner future that is `Unpin`. The one that \
         an `async fn` returns is not, so nearly nobody could use it without a box",
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
        "the inner future is ready after a few polls, and `Fuse` has said Pending ten times: it has lost the future half-way"
    )
}

/// Polls a `Fuse` around a future whose destructor panics, which is pending once.
pub fn burst(polls: u32) -> (Pin<Box<impl Future<Output = ()>>>, PanicLog) {
    let (inner, log) = Panics::in_drop(1);
    let mut fused = Box::pin(fuse(inner));
    for _ in 0..polls {
        let polled = catch_unwind(AssertUnwindSafe(|| _ = poll(fused.as_mut())));
        if let (Err(panic), 0) = (polled, log.drops()) {
            resume_unwind(panic);
        }
    }
    (fused, log)
}

/// Says what a poll after the end did instead of returning `Pending`.
pub fn told<T>(panic: Box<dyn std::any::Any + Send>) -> T {
    let words = panic.downcast_ref::<&str>().map(ToString::to_string);
    let words = words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    if words.contains("polled again after it had returned Ready") {
        resume_unwind(panic);
    }
    panic!(
        "`Fuse` was ready, and panics when it is polled once more (`{words}`). That is what it is there to prevent: after its end, it is pending"
    )
}
