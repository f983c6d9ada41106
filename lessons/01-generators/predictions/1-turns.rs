//! Three tasks, a, b and c, count to 2, to 1 and to 3. A loop gives them turns, a first, one step
//! each. A task that has no number left says so in its next turn, and is finished.
//!
//! In which order are they finished?

mod watched;

use generators::CoroutineState::Complete;
use generators::{CountTo, RoundRobin};
use shared::record::{Recorder, Run, Vocabulary, timeline_if_asked};
use watched::watched;

fn main() {
    timeline_if_asked(&[Run { name: "turns", title: "Three tasks take turns", record: &turns }]);
    println!("Predict it first: cargo course predict generators/turns");
}

fn turns(recorder: &Recorder) {
    let recorder = &recorder.clone().with_vocabulary(Vocabulary::Coroutines);
    // ANCHOR: shown
    let mut tasks = RoundRobin::new();
    tasks.spawn(watched(recorder, "a", CountTo::new(2)));
    tasks.spawn(watched(recorder, "b", CountTo::new(1)));
    tasks.spawn(watched(recorder, "c", CountTo::new(3)));

    let ends = ["2: a is finished", "3: b is finished", "1: c is finished"];
    tasks.run(|task, state| {
        if let Complete(_) = state {
            recorder.note(|| ends[task].into());
        }
    });
    // ANCHOR_END: shown
}
