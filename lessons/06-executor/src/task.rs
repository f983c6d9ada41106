//! A task: a future, and all that its executor knows about it, in one allocation.
//!
//! The executor holds one reference to it until its future is gone; every waker of it and its
//! `JoinHandle` hold one more. So the allocation may outlive the executor, and be freed on any
//! thread. The future does neither: it is dropped in place, by the executor, on its own thread,
//! when it is ready, aborted, or left over at the end.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use pin_project_lite::pin_project;
use wakers::oneshot::Sender;

use crate::confined::Confined;
use crate::error::JoinError;
use crate::flags::{Flags, Turn};
use crate::foreign::shielded;
use crate::name::Name;
use crate::queue::RunQueue;

/// The queue of one executor.
pub(crate) type Tasks = RunQueue<Arc<dyn Runnable>>;

/// A task whose future's type is forgotten.
pub(crate) trait Runnable: Send + Sync {
    /// Gives the task its turn. Returns whether its future is gone now. Only the executor may call
    /// it, and on its own thread.
    fn run(self: Arc<Self>) -> bool;
    /// Drops the future. Only the executor may call it, and on its own thread.
    fn cancel(&self);
    /// Asks the executor to drop the future. Any thread may call it.
    fn abort(self: Arc<Self>);
    fn is_done(&self) -> bool;
    /// Its place in the executor's list.
    fn place(&self) -> usize;
    fn name(&self) -> &Name;
}

// ANCHOR: task
pub(crate) struct Task<F: Future> {
    flags: Flags,
    place: usize,
    name: Name,
    queue: Arc<Tasks>,
    job: Confined<RefCell<Job<F>>>,
}

pin_project! {
    /// The part that stays on the executor's thread.
    struct Job<F: Future> {
        // `None` once it is gone.
        #[pin]
        future: Option<F>,
        sender: Option<Sender<Outcome<F>>>,
    }
}

type Outcome<F> = Result<<F as Future>::Output, JoinError>;

/// The result, and who is waiting for it.
type LastWord<F> = (Option<Sender<Outcome<F>>>, Outcome<F>);

impl<F: Future + 'static> Wake for Task<F> {
    fn wake(self: Arc<Self>) {
        if self.flags.wake() {
            let queue = Arc::clone(&self.queue);
            queue.push(self);
        }
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.flags.wake() {
            self.queue.push(Arc::clone(self) as Arc<dyn Runnable>);
        }
    }
}
// ANCHOR_END: task

impl<F: Future + 'static> Task<F> {
    pub(crate) fn new(
        place: usize,
        name: Name,
        queue: &Arc<Tasks>,
        future: F,
        sender: Sender<Outcome<F>>,
    ) -> Arc<Self> {
        let job = Job { future: Some(future), sender: Some(sender) };
        Arc::new(Self {
            flags: Flags::queued(),
            place,
            name,
            queue: Arc::clone(queue),
            job: Confined::new(RefCell::new(job)),
        })
    }
}

// ANCHOR: end
impl<F: Future + 'static> Task<F> {
    fn with_job<T>(&self, work: impl FnOnce(Pin<&mut Job<F>>) -> T) -> T {
        let mut job = self.job.get().borrow_mut();
        // SAFETY: the job lives in the `Arc` that `new` made, and is reached in no other way than
        // this, so it never moves. Its future is dropped in place, by the executor, before the
        // memory is freed.
        work(unsafe { Pin::new_unchecked(&mut *job) })
    }

    /// Says how the task ended, after its future is gone: who hears it may rely on that.
    fn end(&self, (sender, result): LastWord<F>) {
        // If the handle is gone, nobody wants the result, and it is dropped here. That drop is
        // foreign code, and so is the waker of whoever awaits the handle. If one panics, the
        // executor has other tasks, which are to go on.
        shielded(|| drop(sender.map(|sender| sender.send(result))));
        // Afterwards: whoever sees that the task is over finds its result.
        self.flags.finish();
    }
}
// ANCHOR_END: end

// ANCHOR: run
impl<F: Future + 'static> Runnable for Task<F> {
    fn run(self: Arc<Self>) -> bool {
        match self.flags.begin() {
            Turn::Nothing => return false,
            Turn::Cancel => self.cancel(),
            Turn::Poll => {
                let waker = Waker::from(Arc::clone(&self));
                let mut cx = Context::from_waker(&waker);
                let polled = self.with_job(|job| job.poll(&self.name, &mut cx));
                let Poll::Ready(last_word) = polled else { return false };
                self.end(last_word);
            }
        }
        true
    }

    fn cancel(&self) {
        let last_word =
            self.with_job(|job| job.end(&self.name, Err(JoinError::cancelled(&self.name))));
        self.end(last_word);
    }

    fn abort(self: Arc<Self>) {
        if self.flags.abort() {
            let queue = Arc::clone(&self.queue);
            queue.push(self);
        }
    }

    fn is_done(&self) -> bool {
        self.flags.is_done()
    }

    fn place(&self) -> usize {
        self.place
    }

    fn name(&self) -> &Name {
        &self.name
    }
}

impl<F: Future> Job<F> {
    /// Polls the future. If it is over, it is gone after this.
    fn poll(mut self: Pin<&mut Self>, name: &Name, cx: &mut Context<'_>) -> Poll<LastWord<F>> {
        let Some(future) = self.as_mut().project().future.as_pin_mut() else {
            return Poll::Pending;
        };
        // Unwind safe: after a panic nobody looks into the future again, it is only dropped.
        let result = match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(value)) => Ok(value),
            Err(payload) => Err(JoinError::panicked(name, payload)),
        };
        Poll::Ready(self.end(name, result))
    }

    /// Drops the future in place. What is returned is for the handle.
    fn end(self: Pin<&mut Self>, name: &Name, result: Outcome<F>) -> LastWord<F> {
        let mut this = self.project();
        let dropped = catch_unwind(AssertUnwindSafe(|| this.future.set(None)));
        let result = match dropped {
            Ok(()) => result,
            Err(payload) => {
                // The result gives way to the panic, and its drop is foreign code like the
                // future's.
                shielded(|| drop(result));
                Err(JoinError::panicked(name, payload))
            }
        };
        (this.sender.take(), result)
    }
}
// ANCHOR_END: run
