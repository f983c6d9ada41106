//! A running mean is fed by `resume`: a sample gives the mean of all samples so far, and `None`
//! ends it.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use answer::RunningMean;
use generators::Coroutine;
use generators::CoroutineState::{Complete, Yielded};

use setup::*;

#[test]
fn the_first_sample_is_its_own_mean() {
    let mut mean = RunningMean::new();
    let got = send(&mut mean, 8.0);
    assert!(
        close(got, 8.0),
        "the first sample sent is 8, and the mean that came back is {got}: the first resume brings a sample already"
    );
}

#[test]
fn the_newest_sample_counts_at_once() {
    let mut mean = RunningMean::new();
    send(&mut mean, 2.0);
    let got = send(&mut mean, 4.0);
    assert!(
        close(got, 3.0),
        "2 and then 4 were sent, and the mean after the 4 is {got} instead of 3: the answer to a sample includes it"
    );
}

#[test]
fn every_sample_weighs_the_same() {
    let mut mean = RunningMean::new();
    let got = [2.0, 4.0, 9.0, 1.0].map(|sample| send(&mut mean, sample));
    let expected = [2.0, 3.0, 5.0, 4.0];
    assert!(
        got.iter().zip(expected).all(|(&got, expected)| close(got, expected)),
        "2, 4, 9 and 1 were sent, and the means were {got:?} instead of {expected:?}"
    );
}

#[test]
fn a_sample_may_be_a_fraction_or_below_zero() {
    let mut mean = RunningMean::new();
    let got = [-1.5, 0.25, 2.0].map(|sample| send(&mut mean, sample));
    let expected = [-1.5, -0.625, 0.25];
    assert!(
        got.iter().zip(expected).all(|(&got, expected)| close(got, expected)),
        "-1.5, 0.25 and 2 were sent, and the means were {got:?} instead of {expected:?}"
    );
}

#[test]
fn a_mean_of_zero_is_a_mean() {
    let mut mean = RunningMean::new();
    let got = [-2.0, 2.0, 6.0].map(|sample| send(&mut mean, sample));
    assert!(
        got.iter().zip([-2.0, 0.0, 2.0]).all(|(&got, expected)| close(got, expected)),
        "-2, 2 and 6 were sent, and the means were {got:?} instead of [-2.0, 0.0, 2.0]: 0 is a mean like any other, and does \
         not mean that there were no samples"
    );
    let mut mean = RunningMean::new();
    send(&mut mean, 0.0);
    let result = end(mean);
    assert!(
        result.is_some_and(|result| close(result, 0.0)),
        "one sample was sent, 0, and the result is {result:?} instead of Some(0.0): no samples are not the same as a \
         mean of 0"
    );
}

#[test]
fn a_sample_of_zero_counts_wherever_it_comes() {
    let why = "a sample of 0 is a sample";
    follow(&[4.0, 0.0, 2.0], &[4.0, 2.0, 2.0], why);
    follow(&[0.0, 0.0, 6.0], &[0.0, 0.0, 2.0], why);
    follow(&[6.0, 0.0], &[6.0, 3.0], why);
}

#[test]
fn all_digits_of_a_sample_count() {
    let why = "a sample is an `f64`, with some 16 digits";
    follow(&[1.0 / 3.0, 0.001, 0.0625], &[1.0 / 3.0, 1.003 / 6.0, 1.1905 / 9.0], why);
    follow(&[16_777_217.0, 16_777_219.0], &[16_777_217.0, 16_777_218.0], why);
    follow(&[-1e39], &[-1e39], why);
}

#[test]
fn a_sample_far_from_the_others_counts() {
    let why = "a sample may be any number";
    follow(&[20.0, 22.0, -300.0, 5_000.0], &[20.0, 21.0, -86.0, 1_185.5], why);
}

#[test]
fn the_result_may_be_any_number() {
    let why = "only where no sample came is there no mean";
    follow(&[-1.0], &[-1.0], why);
    follow(&[-2.0, -5.0], &[-2.0, -3.5], why);
    follow(&[3.0, -3.0], &[3.0, 0.0], why);
    follow(&[f64::MAX], &[f64::MAX], why);
    follow(&[f64::MIN], &[f64::MIN], why);
}

#[test]
fn the_oldest_sample_counts_to_the_end() {
    let mut mean = RunningMean::new();
    let mut last = f64::NAN;
    for sample in [10.0; 750].into_iter().chain([20.0; 250]) {
        last = send(&mut mean, sample);
    }
    assert!(
        close(last, 12.5),
        "750 times 10 and 250 times 20 were sent, and the mean of these 1000 samples is {last} instead of 12.5"
    );
}

#[test]
fn the_result_is_the_mean_of_all_samples() {
    let mut mean = RunningMean::new();
    for sample in [1.0, 2.0, 9.0] {
        send(&mut mean, sample);
    }
    let result = end(mean);
    assert!(
        result.is_some_and(|result| close(result, 4.0)),
        "1, 2 and 9 were sent, and the result is {result:?} instead of Some(4.0)"
    );
}

#[test]
fn the_mean_of_nothing_is_none() {
    let result = end(RunningMean::new());
    assert!(
        result.is_none(),
        "nothing was sent, and the result is {result:?} instead of None: nothing has no mean"
    );
}

#[test]
fn two_means_are_fed_side_by_side() {
    let (mut one, mut other) = (RunningMean::new(), RunningMean::new());
    let got = [(1.0, 10.0), (3.0, 20.0)].map(|(a, b)| (send(&mut one, a), send(&mut other, b)));
    assert!(
        got == [(1.0, 10.0), (2.0, 15.0)],
        "1 and 3 were sent to one mean, 10 and 20 to another, in turns. As (one, other), {got:?} came back instead of \
         [(1.0, 10.0), (2.0, 15.0)]: each has samples of its own"
    );
    let (first, last) = (end(one), (send(&mut other, 30.0), end(other)));
    assert!(
        first == Some(2.0) && last == (20.0, Some(20.0)),
        "one of two means was ended and gave {first:?} instead of Some(2.0); the other went on with 30 and gave {last:?} \
         instead of (20.0, Some(20.0))"
    );
}
