//! Wrong: gives each child a waker of its own, and registers the task when all have been polled.
//! Caught by: `the_outputs_come_in_the_order_of_the_futures`
//! Because: a child that is woken in the middle of the first poll finds no task to call. Its flag
//!   is up, and nobody comes to look at it.
//! Says: and was not woken

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

type Task = Arc<Mutex<Option<Waker>>>;

struct Bell {
    rung: AtomicBool,
    task: Task,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        let task = self.task.lock().unwrap().take();
        if let Some(task) = task {
            task.wake();
        }
    }
}

enum Child<F: Future> {
    Running(Pin<Box<F>>, Arc<Bell>),
    Done(F::Output),
}

pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    let task = Task::default();
    let child = |future| {
        let bell = Bell { rung: AtomicBool::new(true), task: Arc::clone(&task) };
        Child::Running(Box::pin(future), Arc::new(bell))
    };
    JoinAll { children: futures.into_iter().map(child).collect(), task }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: Vec<Child<F>>,
    task: Task,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let mut all = true;
        for child in &mut this.children {
            let Child::Running(future, bell) = child else { continue };
            if bell.rung.swap(false, Ordering::SeqCst) {
                let waker = Waker::from(Arc::clone(bell));
                if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker))
                {
                    *child = Child::Done(output);
                    continue;
                }
            }
            all = false;
        }
        if !all {
            *this.task.lock().unwrap() = Some(cx.waker().clone());
            return Poll::Pending;
        }
        let out = std::mem::take(&mut this.children).into_iter().filter_map(|c| match c {
            Child::Done(o) => Some(o),
            Child::Running(..) => None,
        });
        Poll::Ready(out.collect())
    }
}
