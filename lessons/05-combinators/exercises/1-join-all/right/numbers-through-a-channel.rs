//! Right: a child's waker sends its number through a channel of threads, and calls the task once
//!   for each poll.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// Waits for all of `futures` at the same time. The outputs come in the order of the futures.
pub fn join_all<F: Future>(futures: Vec<F>) -> JoinAll<F> {
    let (sender, woken) = channel();
    let task = Arc::new(Mutex::new(None));
    let mut children = BTreeMap::new();
    for (place, future) in futures.into_iter().enumerate() {
        sender.send(place).unwrap();
        let call = Call { place, sender: Mutex::new(sender.clone()), task: Arc::clone(&task) };
        children.insert(place, (Box::pin(future), Waker::from(Arc::new(call))));
    }
    JoinAll { children, outputs: BTreeMap::new(), woken, task }
}

struct Call {
    place: usize,
    sender: Mutex<Sender<usize>>,
    task: Arc<Mutex<Option<Waker>>>,
}

impl Wake for Call {
    fn wake(self: Arc<Self>) {
        // Fails if the whole is gone: then there is nobody to call.
        if self.sender.lock().unwrap().send(self.place).is_ok() {
            // A task that was called needs no second call before it has polled again.
            let task = self.task.lock().unwrap().take();
            task.into_iter().for_each(Waker::wake);
        }
    }
}

/// The future of [`join_all`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct JoinAll<F: Future> {
    children: BTreeMap<usize, (Pin<Box<F>>, Waker)>,
    outputs: BTreeMap<usize, F::Output>,
    woken: Receiver<usize>,
    task: Arc<Mutex<Option<Waker>>>,
}

impl<F: Future> Unpin for JoinAll<F> {}

impl<F: Future> Future for JoinAll<F> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        *self.task.lock().unwrap() = Some(cx.waker().clone());
        // The set makes one poll of many calls, and leaves to the next poll what is called from now
        // on.
        let due: BTreeSet<usize> = self.woken.try_iter().collect();
        for place in due.into_iter().rev() {
            let Some((child, waker)) = self.children.get_mut(&place) else { continue };
            if let Poll::Ready(output) = child.as_mut().poll(&mut Context::from_waker(waker)) {
                self.children.remove(&place);
                self.outputs.insert(place, output);
            }
        }
        if self.children.is_empty() {
            Poll::Ready(std::mem::take(&mut self.outputs).into_values().collect())
        } else {
            Poll::Pending
        }
    }
}
