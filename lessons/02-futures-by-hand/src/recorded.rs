//! What `cargo lesson futures-by-hand --timeline text` records: every poll of two small trees of
//! futures.

use std::fmt::Debug;

use futures_by_hand::{countdown, poll_until_ready};
use shared::record::{Recorder, Run, Traced};

pub const RUNS: [Run<'static>; 2] = [
    Run { name: "lazy", title: "Two calls, and one poll", record: &lazy },
    Run { name: "root-to-leaf", title: "Every poll starts at the root", record: &root_to_leaf },
];

/// Says its word when it runs, not when it is called.
async fn shout(recorder: &Recorder, word: &str) -> usize {
    recorder.note(|| format!("{word}!"));
    word.len()
}

fn lazy(recorder: &Recorder) {
    let one = named(recorder, "one", shout(recorder, "one"));
    let three = named(recorder, "three", shout(recorder, "three"));
    recorder.note(|| "both called".into());
    let letters = named(recorder, "letters", async { three.await + one.await });
    poll_until_ready(letters);
}

fn root_to_leaf(recorder: &Recorder) {
    let leaf = named(recorder, "leaf", countdown(2));
    let branch = named(recorder, "branch", async { leaf.await + 10 });
    let root = named(recorder, "root", async { branch.await + 100 });
    recorder.note(|| "nothing is polled yet".into());
    poll_until_ready(root);
}

/// The same future, with its polls and its value recorded under this name.
#[track_caller]
fn named<F>(recorder: &Recorder, name: &str, future: F) -> Traced<F>
where
    F: Future<Output: Debug>,
{
    recorder.future(name, future).showing(|value| format!("{value:?}"))
}
