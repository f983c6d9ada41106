//! Right: each future has a waker of its own, and only those that were woken are polled.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::{Enumerate, Fuse};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

pub fn at_most<F, I>(n: usize, inputs: I) -> AtMost<F, I>
where
    F: Future,
    I: Iterator<Item = F>,
{
    let (running, outputs) = (BTreeMap::new(), BTreeMap::new());
    AtMost { n, inputs: inputs.fuse().enumerate(), running, outputs, calls: Arc::default() }
}

type Calls = Arc<Mutex<(BTreeSet<usize>, Option<Waker>)>>;

struct Caller(usize, Calls);

impl Wake for Caller {
    fn wake(self: Arc<Self>) {
        let mut calls = self.1.lock().unwrap();
        calls.0.insert(self.0);
        let task = calls.1.take();
        drop(calls);
        task.into_iter().for_each(Waker::wake);
    }
}

pub struct AtMost<F: Future, I> {
    n: usize,
    inputs: Enumerate<Fuse<I>>,
    running: BTreeMap<usize, Pin<Box<F>>>,
    outputs: BTreeMap<usize, F::Output>,
    calls: Calls,
}

impl<F: Future, I> Unpin for AtMost<F, I> {}

impl<F: Future, I: Iterator<Item = F>> Future for AtMost<F, I> {
    type Output = Vec<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let mut calls = this.calls.lock().unwrap();
        calls.1 = Some(cx.waker().clone());
        let mut to_poll = std::mem::take(&mut calls.0);
        drop(calls);
        loop {
            while this.running.len() < this.n {
                let Some((nth, input)) = this.inputs.next() else { break };
                this.running.insert(nth, Box::pin(input));
                to_poll.insert(nth);
            }
            let Some(nth) = to_poll.pop_first() else { break };
            let Some(future) = this.running.get_mut(&nth) else { continue };
            let waker = Waker::from(Arc::new(Caller(nth, Arc::clone(&this.calls))));
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                this.outputs.insert(nth, output);
                this.running.remove(&nth);
            }
        }
        if !this.running.is_empty() {
            return Poll::Pending;
        }
        Poll::Ready(std::mem::take(&mut this.outputs).into_values().collect())
    }
}
