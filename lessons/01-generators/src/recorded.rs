//! What `cargo lesson generators --timeline text` records: two runs of the loop, with every resume
//! written down.

use std::fmt::Debug;

use generators::CoroutineState::{self, Complete, Yielded};
use generators::{Coroutine, CountTo, RoundRobin, from_fn};
use shared::record::{Outcome, Recorder, Run, Track, Vocabulary};

pub const RUNS: [Run<'static>; 2] = [
    Run { name: "round-robin", title: "Three coroutines share one loop", record: &round_robin },
    Run { name: "greedy", title: "A greedy coroutine keeps its turn", record: &greedy },
];

fn round_robin(recorder: &Recorder) {
    let recorder = recorder.clone().with_vocabulary(Vocabulary::Coroutines);
    let mut tasks = RoundRobin::new();
    tasks.spawn(Recorded::new(&recorder, "a", CountTo::new(2)));
    tasks.spawn(Recorded::new(&recorder, "b", CountTo::new(1)));
    tasks.spawn(Recorded::new(&recorder, "c", CountTo::new(3)));
    recorder.note(|| "a, b and c are queued".into());
    tasks.run(|_, _| ());
    recorder.note(|| "the queue is empty".into());
}

fn greedy(recorder: &Recorder) {
    let recorder = recorder.clone().with_vocabulary(Vocabulary::Coroutines);
    let mut tasks = RoundRobin::new();
    tasks.spawn(Recorded::new(&recorder, "polite", worker(&recorder, 2, 1)));
    tasks.spawn(Recorded::new(&recorder, "greedy", worker(&recorder, 1, 8)));
    tasks.spawn(Recorded::new(&recorder, "modest", worker(&recorder, 2, 1)));
    tasks.run(|_, _| ());
}

/// Works for `stints` turns, and notes each of the `effort` units of work in a turn.
fn worker(
    recorder: &Recorder,
    stints: u32,
    effort: u32,
) -> impl Coroutine<Yield = (), Return = ()> {
    let (recorder, mut turn) = (recorder.clone(), 0);
    from_fn(move |()| {
        turn += 1;
        for _ in 0..effort {
            recorder.note(|| "works".into());
        }
        if turn == stints { Complete(()) } else { Yielded(()) }
    })
}

/// A coroutine, and the lane in which its steps are recorded.
struct Recorded<C> {
    lane: Track,
    coroutine: C,
}

impl<C> Recorded<C> {
    #[track_caller]
    fn new(recorder: &Recorder, name: &str, coroutine: C) -> Self {
        Self { lane: recorder.track(name), coroutine }
    }
}

impl<C> Coroutine for Recorded<C>
where
    C: Coroutine<Yield: Debug, Return: Debug>,
{
    type Yield = C::Yield;
    type Return = C::Return;

    fn resume(&mut self, (): ()) -> CoroutineState<C::Yield, C::Return> {
        let Self { lane, coroutine } = self;
        lane.step_showing(
            String::new,
            || coroutine.resume(()),
            |state| match state {
                Yielded(value) => (Outcome::Pending, shown(value)),
                Complete(result) => (Outcome::Ready, shown(result)),
            },
        )
    }
}

/// The value as text; nothing for `()`, which says nothing.
fn shown(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    if text == "()" { String::new() } else { text }
}
