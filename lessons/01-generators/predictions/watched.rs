//! A coroutine whose steps are recorded.

use std::fmt::Debug;

use generators::CoroutineState::{Complete, Yielded};
use generators::{Coroutine, from_fn};
use shared::record::{Outcome, Recorder};

/// The same coroutine, with a lane of its own in the recording.
#[track_caller]
pub fn watched<Input, C>(
    recorder: &Recorder,
    name: &str,
    mut coroutine: C,
) -> impl Coroutine<Input, Yield = C::Yield, Return = C::Return> + use<Input, C>
where
    Input: Debug,
    C: Coroutine<Input, Yield: Debug, Return: Debug>,
{
    let mut lane = recorder.track(name);
    from_fn(move |input: Input| {
        let sent = shown(&input);
        lane.step_showing(
            || sent,
            || coroutine.resume(input),
            |state| match state {
                Yielded(value) => (Outcome::Pending, shown(value)),
                Complete(result) => (Outcome::Ready, shown(result)),
            },
        )
    })
}

/// `()` is nothing to be shown.
fn shown(value: &impl Debug) -> String {
    let shown = format!("{value:?}");
    if shown == "()" { String::new() } else { shown }
}
