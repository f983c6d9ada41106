use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use super::sync::{Condvar, Mutex};

/// Runs a future on a thread of the explorer: polls it, and sleeps until it is woken.
///
/// For scenarios of [`every_order`](super::every_order). A wake that is lost in some order leaves this thread asleep, and the
/// exploration ends with the words for that.
///
/// # Panics
///
/// If the future does, or outside an exploration.
///
/// ```
/// use std::task::Poll;
/// use shared::explore::{block_on, every_order, thread};
///
/// every_order(|| {
///     let mut polls = 0;
///     let woken_once = std::future::poll_fn(|cx| {
///         polls += 1;
///         let waker = cx.waker().clone();
///         if polls == 2 { Poll::Ready(polls) } else { thread::spawn(|| waker.wake()); Poll::Pending }
///     });
///     assert_eq!(block_on(woken_once), 2);
/// });
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    let bell = Arc::new(Bell { rung: Mutex::new(false), changed: Condvar::new() });
    let waker = Waker::from(Arc::clone(&bell));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        bell.wait();
    }
}

struct Bell {
    rung: Mutex<bool>,
    changed: Condvar,
}

impl Bell {
    fn wait(&self) {
        let mut rung = self.rung.lock().expect("nothing panics under this lock");
        while !std::mem::take(&mut *rung) {
            rung = self.changed.wait(rung).expect("nothing panics under this lock");
        }
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        *self.rung.lock().expect("nothing panics under this lock") = true;
        self.changed.notify_one();
    }
}
