//! What the tests stand on: read `../check.rs` first.

use super::*;

/// Sends `sample`, and returns the mean that comes back.
#[track_caller]
pub fn send(mean: &mut RunningMean, sample: f64) -> f64 {
    match mean.resume(Some(sample)) {
        Yielded(value) => value,
        Complete(result) => panic!(
            "the sample {sample} was answered with Complete({result:?}): a sample is answered with a yielded mean, and only \
             None ends it"
        ),
    }
}

/// Sends `None`, and returns the result that comes back.
#[track_caller]
pub fn end(mut mean: RunningMean) -> Option<f64> {
    match mean.resume(None) {
        Complete(result) => result,
        Yielded(value) => {
            panic!("None was answered with Yielded({value}): None ends it, with Complete(mean)")
        }
    }
}

/// Whether two means are the same but for rounding.
pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-11 * a.abs().max(b.abs()).max(1.0)
}

/// Sends `samples`, compares the means that come back, and compares the result with the last of
/// them.
#[track_caller]
pub fn follow(samples: &[f64], expected: &[f64], why: &str) {
    let mut mean = RunningMean::new();
    let got: Vec<f64> = samples.iter().map(|&sample| send(&mut mean, sample)).collect();
    assert!(
        got.iter().zip(expected).all(|(&got, &expected)| close(got, expected)),
        "{samples:?} were sent, and the means were {got:?} instead of {expected:?}: {why}"
    );
    let (result, last) = (end(mean), expected[expected.len() - 1]);
    assert!(
        result.is_some_and(|result| close(result, last)),
        "{samples:?} were sent, and the result is {result:?} instead of Some({last:?}), the mean of them all: {why}"
    );
}
