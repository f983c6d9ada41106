//! Wrong: gives each child a flag that says that it was woken, and lowers it after the child's
//!   poll.
//! Caught by: `a_woken_child_is_polled_in_the_next_poll`
//! Because: a child that is woken while it is polled has its flag raised, and then lowered: that
//!   wake is lost.
//! Says: Each poll has to ask all that are not finished and were woken

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    let task = Arc::new(Mutex::new(None));
    let children = futures
        .into_iter()
        .map(|future| Child {
            flag: Arc::new(Flag { up: AtomicBool::new(true), task: Arc::clone(&task) }),
            future: Some(Box::pin(future)),
            output: None,
        })
        .collect();
    JoinAll { children, task }
}

/// A waker that says whom it woke.
struct Flag {
    up: AtomicBool,
    task: Arc<Mutex<Option<Waker>>>,
}

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.up.store(true, Ordering::SeqCst);
        let task = self.task.lock().unwrap().clone();
        if let Some(task) = task {
            task.wake();
        }
    }
}

struct Child<F: Future> {
    flag: Arc<Flag>,
    future: Option<Pin<Box<F>>>,
    output: Option<F::Output>,
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<Child<F>>,
    task: Arc<Mutex<Option<Waker>>>,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        *this.task.lock().unwrap() = Some(cx.waker().clone());
        for child in &mut this.children {
            let Some(future) = &mut child.future else { continue };
            if !child.flag.up.load(Ordering::SeqCst) {
                continue;
            }
            let waker = Waker::from(Arc::clone(&child.flag));
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                child.future = None;
                child.output = Some(output);
            }
            child.flag.up.store(false, Ordering::SeqCst);
        }
        if this.children.iter().any(|child| child.future.is_some()) {
            return Poll::Pending;
        }
        Poll::Ready(this.children.iter_mut().map(|child| child.output.take().unwrap()).collect())
    }
}
