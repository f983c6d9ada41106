//! Wrong: starts a thread that sleeps in between, and sends the ticks.
//! Caught by: `no_thread_and_no_other_clock`
//! Because: it works, for a few. A timer in a queue does the same, without a stack.
//! Says: An interval needs no thread: `Timer::sleep_until` has the loop wake the task at each tick

use std::sync::mpsc::{Receiver, channel};
use std::task::Poll;
use std::time::Duration;

use timers::Timer;

/// What becomes of the ticks for which nobody came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    Burst,
    Skip,
}

/// Ticks at its start, and every `period` after that.
pub struct Interval {
    ticks: Receiver<Duration>,
    missed: Missed,
}

impl Interval {
    /// Starts to tick now.
    pub fn new(timer: &Timer, period: Duration, missed: Missed) -> Self {
        let (sender, ticks) = channel();
        let mut due = timer.now();
        std::thread::spawn(move || {
            while sender.send(due).is_ok() {
                due = due.saturating_add(period);
                std::thread::sleep(period);
            }
        });
        Self { ticks, missed }
    }

    /// Waits for the next tick, and returns when it was due.
    pub async fn tick(&mut self) -> Duration {
        std::future::poll_fn(|cx| {
            let next = match self.missed {
                Missed::Burst => self.ticks.try_recv().ok(),
                Missed::Skip => self.ticks.try_iter().last(),
            };
            cx.waker().wake_by_ref();
            next.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}
