//! Right: those that were woken come through a channel of threads, and free places are counted, not
//!   seen.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// Runs the futures that `inputs` makes, at most `n` of them at the same time. The outputs come in
/// the order of the inputs.
pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    let (sender, calls) = channel();
    AtMost {
        free: n,
        inputs,
        taken: 0,
        in_flight: HashMap::new(),
        outputs: BTreeMap::new(),
        calls,
        sender,
        task: Arc::default(),
    }
}

/// The waker of one in flight: sends its number, then calls the task.
struct Call {
    number: usize,
    sender: Mutex<Sender<usize>>,
    task: Arc<Mutex<Option<Waker>>>,
}

impl Wake for Call {
    fn wake(self: Arc<Self>) {
        // It fails if nobody receives any more.
        let _ = self.sender.lock().unwrap().send(self.number);
        let task = self.task.lock().unwrap().clone();
        task.into_iter().for_each(Waker::wake);
    }
}

/// The future of [`at_most`], which polls those only that were called.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct AtMost<F: Future, I> {
    free: usize,
    inputs: I,
    taken: usize,
    in_flight: HashMap<usize, (Pin<Box<F>>, Waker)>,
    outputs: BTreeMap<usize, F::Output>,
    calls: Receiver<usize>,
    sender: Sender<usize>,
    task: Arc<Mutex<Option<Waker>>>,
}

impl<F: Future, I> Unpin for AtMost<F, I> {}

impl<F: Future, I: Iterator<Item = F>> AtMost<F, I> {
    fn ask(&mut self, number: usize) {
        let Some((future, waker)) = self.in_flight.get_mut(&number) else { return };
        let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(waker)) else {
            return;
        };
        self.in_flight.remove(&number);
        self.outputs.insert(number, output);
        self.free += 1;
    }

    /// Takes one, and asks it.
    fn start(&mut self) -> bool {
        let Some(future) = self.inputs.next() else { return false };
        let number = self.taken;
        self.taken += 1;
        self.free -= 1;
        let call =
            Call { number, sender: Mutex::new(self.sender.clone()), task: Arc::clone(&self.task) };
        self.in_flight.insert(number, (Box::pin(future), Waker::from(Arc::new(call))));
        self.ask(number);
        true
    }
}

impl<F, I> Future for AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    type Output = Vec<F::Output>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        *this.task.lock().unwrap() = Some(cx.waker().clone());
        let called: BTreeSet<usize> = this.calls.try_iter().collect();
        for number in called {
            this.ask(number);
        }
        // All have been asked before the free places are filled, those that were free before as
        // well.
        while this.free > 0 && this.start() {}
        if this.in_flight.is_empty() {
            Poll::Ready(std::mem::take(&mut this.outputs).into_values().collect())
        } else {
            Poll::Pending
        }
    }
}
