//! Right: a wake is a message. The channel remembers it, and receiving is the sleep.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::Mutex;
use crate::sync::mpsc::{Sender, channel};

struct Mailbox(Mutex<Sender<()>>);

impl Wake for Mailbox {
    fn wake(self: Arc<Self>) {
        // Nobody listens any more once `block_on` has returned.
        let _ = self.0.lock().unwrap().send(());
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let (sender, wakes) = channel();
    let waker = Waker::from(Arc::new(Mailbox(Mutex::new(sender))));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        wakes.recv().expect("the waker holds a sender");
        // Wakes that have come together count as one.
        while wakes.try_recv().is_ok() {}
    }
}
