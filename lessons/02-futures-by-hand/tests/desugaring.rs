//! The enum written by hand and the compiler's future cannot be told apart from outside.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use futures_by_hand::{Sum, poll_once, sum};

#[test]
fn both_say_the_same_at_every_poll() {
    let mut cx = Context::from_waker(Waker::noop());
    for (first, second) in (0..5).flat_map(|first| (0..5).map(move |second| (first, second))) {
        let mut by_compiler = pin!(sum(first, second));
        let mut by_hand = Sum::new(first, second);
        for poll in 0..=first + second {
            let said = poll_once(&mut by_hand);
            assert_eq!(
                said,
                by_compiler.as_mut().poll(&mut cx),
                "poll {poll} of {first}, {second}"
            );
            let last = poll == first + second;
            assert_eq!(said, if last { Poll::Ready(first + second) } else { Poll::Pending });
        }
    }
}

#[test]
fn a_state_holds_what_is_still_needed() {
    let mut sum = Sum::new(1, 1);
    assert!(matches!(sum, Sum::Start { first: 1, second: 1 }));
    assert!(poll_once(&mut sum).is_pending());
    assert!(matches!(sum, Sum::First { second: 1, .. }));
    assert!(poll_once(&mut sum).is_pending());
    assert!(matches!(sum, Sum::Second { a: 1, .. }));
    assert!(poll_once(&mut sum).is_ready());
    assert!(matches!(sum, Sum::Done));
}
