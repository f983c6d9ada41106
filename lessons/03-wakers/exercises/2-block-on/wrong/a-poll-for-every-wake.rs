//! Wrong: keeps every wake as a message of its own, and polls once for each.
//! Caught by: `wakes_that_come_together_count_as_one`
//! Because: one poll serves all the wakes that came before it. The further ones find nothing new.
//! Says: polled for nothing: this is poll 3

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::Mutex;
use crate::sync::mpsc;

/// A wake is a message: none is lost, and `recv` sleeps while there is none.
struct Signal {
    wakes: Mutex<mpsc::Sender<()>>,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        let _ = self.wakes.lock().unwrap().send(());
    }
}

/// Polls `future` until it is ready: once at the start, and then when its waker has been called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let (sender, wakes) = mpsc::channel();
    let signal = Arc::new(Signal { wakes: Mutex::new(sender) });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        wakes.recv().unwrap();
    }
}
