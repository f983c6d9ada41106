//! Three tasks are spawned and their handles dropped. Then the executor runs. The first task yields
//! once.
//!
//! In which order do the four notes come?

use executor::{Executor, yield_now};
use shared::record::{Recorder, Run, timeline_if_asked};

fn main() {
    timeline_if_asked(&[Run {
        name: "three-tasks",
        title: "Three tasks by turns",
        record: &three_tasks,
    }]);
    println!("Predict it first: cargo course predict executor/three-tasks");
}

// ANCHOR: shown
fn three_tasks(recorder: &Recorder) {
    let executor = Executor::new();
    let notes = [(); 4].map(|()| recorder.clone());
    let [first, second, third, here] = notes;
    executor
        .spawn(async move {
            yield_now().await;
            first.note(|| "1: the first task, after its yield".into());
        })
        .detach();
    executor
        .spawn(async move {
            second.note(|| "2: the second task".into());
        })
        .detach();
    let spawner = executor.spawner();
    executor
        .spawn(async move {
            spawner
                .spawn(
                    async move { third.note(|| "3: the task that the third one spawned".into()) },
                )
                .detach();
        })
        .detach();
    here.note(|| "4: all are spawned".into());
    executor.run();
}
// ANCHOR_END: shown
