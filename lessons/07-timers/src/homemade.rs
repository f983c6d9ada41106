//! A sleep can be made in three ways: ask again and again, start a thread, or be in a queue.

use std::collections::HashSet;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

use executor::Executor;
use shared::narrate::VirtualClock;
use shared::narrate::{say, scene, table};

use crate::World;

const DURATION: Duration = Duration::from_millis(100);
const TASKS: usize = 100;

// ANCHOR: three-ways
pub fn three_ways_to_sleep() {
    scene("Three ways to sleep");
    say("100 tasks sleep for 100 ms. Each poll of the first kind is taken to last a microsecond.");
    let world = World::new();
    let asking = run(&world.executor, || busy_sleep(world.clock.clone(), DURATION));
    let threads = run(&Executor::new(), || wakers::sleep(DURATION));
    let world = World::new();
    let entries = run(&world.executor, || world.timer.sleep(DURATION));
    assert_eq!(world.clock.now(), DURATION);

    let row = |what: &str, tally: &Tally| {
        let counts = tally.counts();
        let cells =
            [counts.polls, counts.wakes, counts.wakers.len()].map(|count| count.to_string());
        [what.to_owned()].into_iter().chain(cells).collect()
    };
    let rows = [
        row("asks again and again", &asking),
        row("has a thread of its own", &threads),
        row("is in a queue of the loop", &entries),
    ];
    table(&["the sleep", "polls", "wakes", "threads that wake"], &rows);
}

/// Is ready when the clock says so, and until then asks to be polled again.
async fn busy_sleep(clock: VirtualClock, duration: Duration) {
    let deadline = clock.now() + duration;
    poll_fn(|cx| {
        clock.advance(Duration::from_micros(1));
        if clock.now() >= deadline {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
// ANCHOR_END: three-ways

/// Runs the tasks to their end, each of which makes its sleep in its first poll.
fn run<F: Future<Output = ()> + 'static>(executor: &Executor, sleep: impl Fn() -> F) -> Tally {
    let tally = Tally::default();
    for _ in 0..TASKS {
        executor.spawn(tally.of(sleep())).detach();
    }
    executor.run();
    tally
}

/// Counts polls and wakes, and the threads from which the wakes come.
#[derive(Clone, Default)]
struct Tally(Arc<Mutex<Counts>>);

#[derive(Clone, Default)]
struct Counts {
    polls: usize,
    wakes: usize,
    wakers: HashSet<ThreadId>,
}

impl Tally {
    /// The same future, polled through this tally.
    fn of<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        let tally = self.clone();
        async move {
            let mut future = pin!(future);
            poll_fn(|cx| {
                tally.change(|counts| counts.polls += 1);
                let passing = Passing { to: cx.waker().clone(), tally: tally.clone() };
                future.as_mut().poll(&mut Context::from_waker(&Waker::from(Arc::new(passing))))
            })
            .await
        }
    }

    fn counts(&self) -> Counts {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// A waker that counts a wake, and passes it on to another.
struct Passing {
    to: Waker,
    tally: Tally,
}

impl Wake for Passing {
    fn wake(self: Arc<Self>) {
        self.tally.change(|counts| {
            counts.wakes += 1;
            counts.wakers.insert(thread::current().id());
        });
        self.to.wake_by_ref();
    }
}
