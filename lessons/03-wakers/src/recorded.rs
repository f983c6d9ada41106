//! What `cargo lesson wakers --timeline text` records: who polls, who sleeps, and who wakes whom.
//!
//! Where a second thread takes part, it goes on when it sees in the recording what must come first.

use std::cell::Cell;
use std::future::poll_fn;
use std::task::Poll;
use std::thread;

use futures_by_hand::yield_now;
use shared::record::{Kind, Recorder, Run};
use wakers::{block_on, oneshot};

use crate::{both, forgetful};

pub const RUNS: [Run<'static>; 3] = [
    Run { name: "block-on", title: "A thread sleeps until it is called", record: &asleep },
    Run {
        name: "together",
        title: "Two wakes during a poll, one poll after it",
        record: &together,
    },
    Run { name: "sibling", title: "A sibling hides a forgotten wake", record: &sibling },
];

/// The main thread sleeps in `block_on`, until the worker has sent what it waits for.
fn asleep(recorder: &Recorder) {
    let (sender, receiver) = oneshot::channel();
    let theirs = recorder.clone();
    let work = move || {
        theirs.wait_for(|event| event.kind == Kind::Park);
        theirs.note(|| "sends 17".into());
        sender.send(17)
    };
    let worker = thread::Builder::new().name("worker".into()).spawn(work);

    let task = recorder.future("task", async {
        let value = recorder.future("receiver", receiver).await;
        recorder.note(|| format!("got {value:?}"));
    });
    recorder.on_this_thread(|| block_on(task));
    let sent = worker.expect("a thread can be started").join();
    assert!(matches!(sent, Ok(Ok(()))));
}

/// The thread is woken while it polls, so it does not sleep at all.
fn together(recorder: &Recorder) {
    let mut polls = 0;
    let task = poll_fn(|cx| {
        polls += 1;
        if polls == 4 {
            return Poll::Ready("done");
        }
        cx.waker().wake_by_ref();
        cx.waker().wake_by_ref();
        Poll::Pending
    });
    let task = recorder.future("task", task);
    recorder.on_this_thread(|| block_on(task));
}

/// One future forgets to have itself woken, and is polled all the same.
fn sibling(recorder: &Recorder) {
    let bell = Cell::new(false);
    let forgetful = recorder.future("forgetful", forgetful(&bell));
    let sibling = recorder.future("sibling", async {
        yield_now().await;
        recorder.note(|| "rings the bell".into());
        bell.set(true);
        yield_now().await;
    });
    let task = recorder.future("task", both(forgetful, sibling));
    recorder.on_this_thread(|| block_on(task));
}
