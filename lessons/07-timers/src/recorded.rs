//! What `cargo lesson timers --timeline text` records: timers that are set and fire, and a loop
//! that sleeps between.

use std::task::Waker;
use std::time::Duration;

use executor::Executor;
use shared::narrate::VirtualClock;
use shared::record::{Recorder, Run};
use timers::{Heap, Key, Timer, TimerQueue, Timers, VirtualPark};

use crate::SECOND;

pub const RUNS: [Run<'static>; 3] = [
    Run { name: "heap", title: "The thread sleeps until the first deadline", record: &heap },
    Run { name: "late", title: "A task that blocks makes a timer late", record: &late },
    Run { name: "timeout", title: "A timeout drops the loser", record: &timeout },
];

/// A heap that notes when its entries are set, and when they fire.
struct Noted {
    recorder: Recorder,
    heap: Heap,
    deadlines: Vec<(Duration, Key)>,
}

impl TimerQueue for Noted {
    fn insert(&mut self, deadline: Duration, waker: Waker) -> Key {
        let key = self.heap.insert(deadline, waker);
        self.recorder.timer_set(&name(key), deadline);
        self.deadlines.push((deadline, key));
        self.deadlines.sort_unstable();
        key
    }

    fn waker_mut(&mut self, key: Key) -> Option<&mut Waker> {
        self.heap.waker_mut(key)
    }

    fn cancel(&mut self, key: Key) -> Option<Waker> {
        let waker = self.heap.cancel(key);
        if waker.is_some() {
            self.deadlines.retain(|entry| entry.1 != key);
            self.recorder.note(|| format!("timer {} is taken out", name(key)));
        }
        waker
    }

    fn next_deadline(&self) -> Option<Duration> {
        self.heap.next_deadline()
    }

    fn expire(&mut self, now: Duration) -> Vec<Waker> {
        let due = self.heap.expire(now);
        for (deadline, key) in self.deadlines.drain(..due.len()) {
            self.recorder.timer_fired(&name(key), deadline);
        }
        due
    }

    fn len(&self) -> usize {
        self.heap.len()
    }
}

/// `a` for the first entry, and so on.
fn name(key: Key) -> String {
    char::from(b'a' + (key.number % 26) as u8).to_string()
}

/// Runs what is spawned on an executor with virtual time, until nothing is left.
fn record(recorder: &Recorder, spawn: impl FnOnce(&Executor, Timer, VirtualClock)) {
    let clock = VirtualClock::new();
    let park = VirtualPark::new(clock.clone());
    let (recorder, deadlines) = (recorder.clone(), Vec::new());
    let queue = Noted { recorder: recorder.clone(), heap: Heap::new(), deadlines };
    let (timers, timer) = Timers::with_queue(queue, clock.clone(), park);
    let executor = Executor::with_park(timers);
    spawn(&executor, timer, clock);
    recorder.on_this_thread(|| executor.run());
}

fn heap(recorder: &Recorder) {
    record(recorder, |executor, timer, _| {
        for (name, seconds) in [("three", 3), ("one", 1), ("two", 2)] {
            executor.spawn(recorder.task(name, timer.sleep(seconds * SECOND))).detach();
        }
    });
}

/// The timer is set for 2 s. A task beside it blocks for 10 s.
fn late(recorder: &Recorder) {
    record(recorder, |executor, timer, clock| {
        let (now, notes) = (timer.clone(), recorder.clone());
        let sleeper = async move {
            timer.sleep(2 * SECOND).await;
            notes.note(|| format!("it is {:?}", now.now()));
        };
        let notes = recorder.clone();
        let greedy = async move {
            notes.note(|| "works until it is 10s".into());
            clock.advance(10 * SECOND);
        };
        executor.spawn(recorder.task("sleeper", sleeper)).detach();
        executor.spawn(recorder.task("greedy", greedy)).detach();
    });
}

/// A request that takes 3 s is given 2 s.
fn timeout(recorder: &Recorder) {
    record(recorder, |executor, timer, _| {
        let notes = recorder.clone();
        let task = async move {
            let request = notes.future("request", timer.sleep(3 * SECOND));
            let answer = timer.timeout(2 * SECOND, request).await;
            notes.note(|| format!("got {answer:?}"));
        };
        executor.spawn(recorder.task("client", task)).detach();
    });
}
