//! What `cargo lesson pinning --timeline text` records: a future that is timed, and one that is
//! dropped half-way.

use std::pin::pin;
use std::time::Duration;

use futures_by_hand::{poll_once, yield_now};
use pinning::timed as timed_by;
use shared::narrate::VirtualClock;
use shared::record::{Recorder, Run};

pub const RUNS: [Run<'static>; 2] = [
    Run { name: "timed", title: "Who is busy, and who only waits", record: &timed },
    Run { name: "half-way", title: "Dropped half-way, in place", record: &half_way },
];

/// The clock is read before and after each poll, and moves within the polls and between them.
fn timed(recorder: &Recorder) {
    let clock = VirtualClock::new();
    let inner = recorder.future("inner", async {
        clock.advance(Duration::from_millis(5));
        recorder.note(|| "works for 5 ms".into());
        let sleep = recorder.future("sleep", clock.sleep(Duration::from_millis(20)));
        sleep.await;
        clock.advance(Duration::from_millis(10));
        recorder.note(|| "works for 10 ms".into());
    });
    let read = || {
        let now = clock.now();
        recorder.note(|| format!("the clock says {} ms", now.as_millis()));
        now
    };
    let timed = recorder.future("timed", timed_by(inner, read)).showing(|((), tally)| {
        format!("busy {} ms of {}", tally.busy.as_millis(), tally.took.as_millis())
    });
    let mut timed = pin!(timed);
    while poll_once(&mut timed).is_pending() {
        recorder.note(|| "20 ms pass".into());
        clock.advance(Duration::from_millis(20));
    }
}

/// Says so when it is dropped.
struct Local<'a>(&'a Recorder, &'static str);

impl Drop for Local<'_> {
    fn drop(&mut self) {
        self.0.note(|| format!("`{}` is dropped", self.1));
    }
}

/// Dropping a pinned future drops the locals that it has at its await, the last one first.
fn half_way(recorder: &Recorder) {
    let outer = recorder.future("outer", async {
        let _a = Local(recorder, "a");
        let _b = Local(recorder, "b");
        let inner = recorder.future("inner", async {
            let _c = Local(recorder, "c");
            yield_now().await;
            recorder.note(|| "inner goes on".into());
        });
        inner.await;
        recorder.note(|| "outer goes on".into());
        let _d = Local(recorder, "d");
    });
    let mut outer = Box::pin(outer);
    assert!(poll_once(&mut outer).is_pending());
    recorder.note(|| "drops the box".into());
    drop(outer);
}
