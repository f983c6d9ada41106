//! Wrong: polls the future only if it has called its waker.
//! Caught by: `each_poll_asks_the_future`
//! Because: to call is a hint, and comes when the driver gets to it. The value may be there before.
//! Says: whether the future has called says nothing about whether it is ready

use std::pin::Pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use timers::{Elapsed, Sleep, Timer};

struct Called {
    called: AtomicBool,
    task: Mutex<Waker>,
}

impl Wake for Called {
    fn wake(self: Arc<Self>) {
        self.called.store(true, Ordering::SeqCst);
        let task = self.task.lock().unwrap().clone();
        task.wake();
    }
}

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Timeout<F> {
    future: Option<Pin<Box<F>>>,
    sleep: Option<Sleep>,
    called: Arc<Called>,
}

pub fn timeout<F: Future>(timer: &Timer, duration: Duration, future: F) -> Timeout<F> {
    let called = Called { called: AtomicBool::new(true), task: Mutex::new(Waker::noop().clone()) };
    Timeout {
        future: Some(Box::pin(future)),
        sleep: Some(timer.sleep(duration)),
        called: Arc::new(called),
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        *this.called.task.lock().unwrap() = cx.waker().clone();
        // A future that has not called has nothing new to say.
        if this.called.called.swap(false, Ordering::SeqCst) {
            let waker = Waker::from(this.called.clone());
            let future = this.future.as_mut().expect("polled after it was ready");
            if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                this.future = None;
                this.sleep = None;
                return Poll::Ready(Ok(value));
            }
        }
        if Pin::new(this.sleep.as_mut().unwrap()).poll(cx).is_ready() {
            this.future = None;
            this.sleep = None;
            return Poll::Ready(Err(Elapsed));
        }
        Poll::Pending
    }
}
