//! What a timer costs: setting, cancelling and firing it, in a heap and in a wheel that hold from
//! 1,000 to 1,000,000.
//!
//! `cargo run --release -p lesson-07-timers --example timer_cost -- --out docs/src/figures`
//!
//! The deadlines are spread over an hour at random. A queue gets all of them, one after another.
//! Then all are cancelled, in an order of its own. Then it gets as many again, and all are fired as
//! a driver does it: to the moment that the queue names, again and again. It is the same queue in
//! every round, so that it has its memory already, as in a program that has been running for long.
//! Heap and wheel are measured in turn. The wakers do nothing: their cost is the same everywhere.

use std::error::Error;
use std::hint::black_box;
use std::task::Waker;
use std::time::{Duration, Instant};

use shared::figures::measure::Sample;
use shared::figures::{Axis, Figures, Spread, Unit, write_if_asked};
use shared::narrate::Random;
use timers::{Heap, Key, TimerQueue, Wheel};

const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Fewer rounds of many entries: the sum of both is about the same.
const ROUNDS: [usize; 4] = [101, 51, 21, 11];
const HOUR: Duration = Duration::from_secs(60 * 60);
const OPERATIONS: [&str; 3] = ["set", "cancel", "fire"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut figures = Figures::lines("timers-cost", "What a timer costs, by how many there are")
        .describe("The time to set, cancel and fire one timer against the number of timers, in a heap and in a wheel.")
        .x(Axis::new("timers", Unit::count("timers")).logarithmic())
        .y(Axis::new("time per timer", Unit::Time).logarithmic())
        .measured_by("just timer-cost --out docs/src/figures");
    let measured: Vec<_> =
        SIZES.into_iter().zip(ROUNDS).map(|(size, rounds)| measure(size, rounds)).collect();
    for (at, operation) in OPERATIONS.iter().enumerate() {
        for (size, [heap, wheel]) in SIZES.iter().zip(&measured) {
            figures.add(&format!("heap, {operation}"), *size, Spread::of(&heap[at], *size));
            figures.add(&format!("wheel, {operation}"), *size, Spread::of(&wheel[at], *size));
        }
    }
    write_if_asked(&[&figures])?;
    Ok(())
}

/// The samples of the three operations, of heap and wheel.
fn measure(size: u32, rounds: usize) -> [[Sample; 3]; 2] {
    let mut random = Random::seeded(u64::from(size));
    let (mut heap, mut wheel) = (Heap::new(), Wheel::new());
    let mut times = [(); 2].map(|()| [(); 3].map(|()| Vec::new()));
    for round in 0..=rounds {
        let hour = HOUR * round as u32;
        let deadlines: Vec<_> =
            (0..size).map(|_| hour + Duration::from_micros(random.below(3_600_000_000))).collect();
        let mut order: Vec<_> = (0..size as usize).collect();
        random.shuffle(&mut order);
        let took = [live(&mut heap, &deadlines, &order), live(&mut wheel, &deadlines, &order)];
        // The first round only warms up.
        if round > 0 {
            for (times, took) in times.iter_mut().zip(took) {
                times.iter_mut().zip(took).for_each(|(times, took)| times.push(took));
            }
        }
    }
    times.map(|of_queue| of_queue.map(Sample::new))
}

/// How long it takes to set all, to cancel all, and to fire all.
fn live(queue: &mut impl TimerQueue, deadlines: &[Duration], order: &[usize]) -> [Duration; 3] {
    let mut keys = Vec::with_capacity(deadlines.len());
    let (set, ()) = timed(|| fill(queue, deadlines, &mut keys));
    let (cancel, ()) = timed(|| order.iter().for_each(|at| drop(queue.cancel(keys[*at]))));
    assert!(queue.is_empty());
    fill(queue, deadlines, &mut keys);
    let (fire, fired) = timed(|| fire_all(queue));
    assert_eq!(fired, deadlines.len());
    [set, cancel, fire]
}

fn fill(queue: &mut impl TimerQueue, deadlines: &[Duration], keys: &mut Vec<Key>) {
    keys.clear();
    keys.extend(deadlines.iter().map(|deadline| queue.insert(*deadline, Waker::noop().clone())));
}

fn fire_all(queue: &mut impl TimerQueue) -> usize {
    let mut fired = 0;
    while let Some(next) = queue.next_deadline() {
        fired += queue.expire(next).len();
    }
    fired
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let value = black_box(work());
    (start.elapsed(), value)
}
