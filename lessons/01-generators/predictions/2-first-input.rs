//! An outer coroutine delegates to an inner one, which asks a question and completes with the
//! answer. It is resumed twice: with 7, and with 42.
//!
//! In which order do the four notes come?

mod watched;

use generators::{Ask, Coroutine, delegate};
use shared::record::{Recorder, Run, Vocabulary, timeline_if_asked};
use watched::watched;

fn main() {
    let title = "What is sent in first answers nothing";
    timeline_if_asked(&[Run { name: "first-input", title, record: &first_input }]);
    println!("Predict it first: cargo course predict generators/first-input");
}

fn first_input(recorder: &Recorder) {
    let recorder = &recorder.clone().with_vocabulary(Vocabulary::Coroutines);
    // ANCHOR: shown
    let inner = watched(recorder, "inner", Ask::new("how old are you?"));
    let outer = delegate(inner, |answer: u32| {
        recorder.note(|| "1: outer goes on with the answer".into());
        answer
    });
    let mut outer = watched(recorder, "outer", outer);
    recorder.note(|| "2: both have been made".into());

    let _ = outer.resume(7);
    recorder.note(|| "3: the first resume has returned".into());
    let _ = outer.resume(42);
    recorder.note(|| "4: the second resume has returned".into());
    // ANCHOR_END: shown
}
