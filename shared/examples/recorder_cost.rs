//! What recording costs: nanoseconds per event, with the recorder on and off.
//!
//! `cargo run --release -p shared --example recorder_cost`
//!
//! Each figure is the median of 201 rounds, with the smallest and the largest. A round is 5,000
//! repetitions on a fresh recorder: growing the recording, a lock per event and reading the clock
//! where it is asked for are all in it. A round is that short so that most of them are over before
//! something else gets the processor.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use shared::figures::measure::{Sample, rounds};
use shared::narrate::{say, table, title};
use shared::record::{Outcome, Recorder};

const ROUNDS: usize = 201;
const REPETITIONS: u32 = 5_000;

/// Something to be recorded, and how many events that gives.
struct Work {
    name: &'static str,
    events: u32,
    run: fn(&Recorder),
}

const ALL: [Work; 5] = [
    Work { name: "a poll, begin and end", events: 2, run: polls },
    Work { name: "a poll of a future in a future", events: 4, run: nested_polls },
    Work { name: "a clone of a waker, and its wake", events: 2, run: wakes },
    Work { name: "a step of a coroutine", events: 2, run: steps },
    Work { name: "park and unpark", events: 2, run: parks },
];

fn main() {
    title("What recording costs", "Per event, in the time of one thread.");
    let row = |work: &Work| {
        let with = |recorder: fn() -> Recorder| {
            let sample = rounds(ROUNDS, || (work.run)(&recorder()));
            shown(&sample, work.events * REPETITIONS)
        };
        let (off, on) = (with(Recorder::off), with(Recorder::new));
        vec![work.name.to_owned(), off, on, with(|| Recorder::new().with_real_time())]
    };
    let rows: Vec<_> = ALL.iter().map(row).collect();
    table(&["what", "off", "on", "on, with real time"], &rows);
    say("nanoseconds per event: the median of 201 rounds (the smallest to the largest)");
}

fn shown(sample: &Sample, events: u32) -> String {
    let nanos = |duration: std::time::Duration| duration.as_secs_f64() * 1e9 / f64::from(events);
    let (median, min, max) = (nanos(sample.median()), nanos(sample.min()), nanos(sample.max()));
    format!("{median:.1} ({min:.1} to {max:.1})")
}

/// A future that is always pending, so that it can be polled again and again.
fn pending() -> impl Future<Output = ()> {
    std::future::poll_fn(|cx| {
        black_box(cx);
        Poll::Pending
    })
}

fn polls(recorder: &Recorder) {
    let mut future = pin!(recorder.future("polled", pending()));
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..REPETITIONS {
        let _ = black_box(future.as_mut().poll(&mut cx));
    }
}

fn nested_polls(recorder: &Recorder) {
    let inner = recorder.future("inner", pending());
    let mut future = pin!(recorder.future("outer", inner));
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..REPETITIONS {
        let _ = black_box(future.as_mut().poll(&mut cx));
    }
}

fn wakes(recorder: &Recorder) {
    let mut future = pin!(recorder.future(
        "woken",
        std::future::poll_fn(|cx| {
            for _ in 0..REPETITIONS {
                black_box(cx.waker().clone()).wake();
            }
            Poll::Ready(())
        }),
    ));
    let _ = black_box(future.as_mut().poll(&mut Context::from_waker(Waker::noop())));
}

fn steps(recorder: &Recorder) {
    let mut track = recorder.track("stepped");
    for _ in 0..REPETITIONS {
        track.step(|| black_box(()), |()| Outcome::Pending);
    }
}

fn parks(recorder: &Recorder) {
    for _ in 0..REPETITIONS {
        black_box(recorder).park();
        black_box(recorder).unpark();
    }
}
