//! A receiver and a sender as four steps, run in every order.

use std::fmt;

// ANCHOR: steps
/// What the two threads share, and what the receiver knows.
#[derive(Default)]
struct World {
    value: bool,
    registered: bool,
    called: bool,
    found: bool,
}

/// A step that no other step can interrupt.
#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    run: fn(&mut World),
}

const LOOK: Step = Step { name: "look", run: |world| world.found = world.value };
const REGISTER: Step = Step { name: "register", run: |world| world.registered = true };
const LOOK_AND_REGISTER: Step = Step {
    name: "look and register",
    run: |world| {
        (LOOK.run)(world);
        (REGISTER.run)(world);
    },
};
const STORE: Step = Step { name: "store", run: |world| world.value = true };
const CALL: Step = Step { name: "call", run: |world| world.called = world.registered };
// ANCHOR_END: steps

/// One order, and what came of it.
pub struct Run {
    /// The names of the steps, in order.
    pub order: Vec<&'static str>,
    /// What the receiver ends with.
    pub end: End,
}

/// What the receiver ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It found the value when it looked.
    Ready,
    /// It returned `Pending`, and was called: it will look again.
    Woken,
    /// It returned `Pending`, and nobody will ever call.
    Lost,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            End::Ready => "ready at once",
            End::Woken => "pending, and woken",
            End::Lost => "pending, and the wake is lost",
        })
    }
}

/// The receiver looks, and registers afterwards. (That it registers although it found the value
/// does no harm.)
pub fn look_then_register() -> Vec<Run> {
    every_order(&[LOOK, REGISTER])
}

/// The receiver registers first, and looks afterwards.
pub fn register_then_look() -> Vec<Run> {
    every_order(&[REGISTER, LOOK])
}

/// The receiver looks and registers in one step.
pub fn under_one_lock() -> Vec<Run> {
    every_order(&[LOOK_AND_REGISTER])
}

// ANCHOR: interleave
/// Runs the receiver's steps and the sender's in every order that keeps each side's own.
fn every_order(receiver: &[Step]) -> Vec<Run> {
    interleavings(receiver, &[STORE, CALL]).iter().map(|steps| run(steps)).collect()
}

fn interleavings(left: &[Step], right: &[Step]) -> Vec<Vec<Step>> {
    let ([first_left, left_rest @ ..], [first_right, right_rest @ ..]) = (left, right) else {
        return vec![[left, right].concat()];
    };
    let after = |first: &Step, rest: Vec<Vec<Step>>| {
        let first = *first;
        rest.into_iter().map(move |steps| [vec![first], steps].concat())
    };
    let left_first = after(first_left, interleavings(left_rest, right));
    left_first.chain(after(first_right, interleavings(left, right_rest))).collect()
}

fn run(steps: &[Step]) -> Run {
    let mut world = World::default();
    steps.iter().for_each(|step| (step.run)(&mut world));
    let end = match (world.found, world.called) {
        (true, _) => End::Ready,
        (false, true) => End::Woken,
        (false, false) => End::Lost,
    };
    Run { order: steps.iter().map(|step| step.name).collect(), end }
}
// ANCHOR_END: interleave
