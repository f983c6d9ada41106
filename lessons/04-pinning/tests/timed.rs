//! Both wrappers, the one by hand and the macro's, do the same: every test runs for each.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_by_hand::{countdown, yield_now};
use pinning::Tally;
use shared::narrate::VirtualClock;
use shared::probe::{Bounded, Scripted, Stays, WakerProbe, is_unpin};

const MS: Duration = Duration::from_millis(1);

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

macro_rules! both {
    ($($(#[$attribute:meta])* fn $name:ident($timed:ident) $body:block)*) => {
        mod by_hand {
            use super::*;
            $(#[test] $(#[$attribute])* fn $name() { use pinning::by_hand::timed as $timed; $body })*
        }
        mod by_macro {
            use super::*;
            $(#[test] $(#[$attribute])* fn $name() { use pinning::timed as $timed; $body })*
        }
    };
}

both! {
    fn each_poll_counts_and_the_value_comes_with_the_tally(timed) {
        let (value, tally) = wakers::block_on(timed(countdown(3), || Duration::ZERO));
        assert_eq!((value, tally), (3, Tally { polls: 4, ..Tally::default() }));
    }

    fn busy_is_within_the_polls_and_took_is_all(timed) {
        let clock = VirtualClock::new();
        clock.advance(MS * 1000);
        let work = async {
            clock.advance(MS * 5);
            clock.sleep(MS * 20).await;
            clock.advance(MS * 10);
        };
        let mut future = pin!(timed(work, || clock.now()));
        // Nothing counts before the first poll.
        clock.advance(MS * 1000);
        let report = Bounded::new().when_idle(|| clock.advance_to_next()).run(future.as_mut());
        let ((), tally) = report.expect_ready();
        assert_eq!(tally, Tally { polls: 2, busy: MS * 15, took: MS * 35 });
        assert_eq!(future.tally(), tally);
    }

    fn the_tally_of_one_that_is_given_up_can_be_read(timed) {
        let mut future = pin!(timed(Stays::new(5).0, || Duration::ZERO));
        assert_eq!(future.tally(), Tally::default());
        assert!(poll(future.as_mut()).is_pending() && poll(future.as_mut()).is_pending());
        assert_eq!(future.tally().polls, 2);
    }

    fn a_clock_that_goes_back_does_no_harm(timed) {
        let mut readings = [5, 3].map(Duration::from_secs).into_iter().cycle();
        let clock = move || readings.next().expect("it goes on for ever");
        let (_, tally) = wakers::block_on(timed(countdown(1), clock));
        assert_eq!(tally, Tally { polls: 2, ..Tally::default() });
    }

    fn the_waker_is_handed_on(timed) {
        let (inner, log) = Scripted::held("inner", 1, ());
        let mut future = pin!(timed(inner, || Duration::ZERO));
        let task = WakerProbe::new();
        assert!(future.as_mut().poll(&mut Context::from_waker(&task.waker())).is_pending());
        assert!(log.wake());
        assert_eq!(task.wakes(), 1);
    }

    fn the_inner_future_stays_in_it_from_its_first_poll_to_its_drop(timed) {
        for polls in 0..=3 {
            let (inner, trail) = Stays::new(2);
            let mut future = Box::pin(timed(inner, || Duration::ZERO));
            for _ in 0..polls {
                let _ = poll(future.as_mut());
                future = vec![future].remove(0);
            }
            assert!(trail.was_polled_within(&*future));
            drop(future);
            assert!(trail.never_moved());
            assert_eq!((trail.polled().len(), trail.dropped().len()), (polls, 1));
        }
    }

    fn it_wraps_itself(timed) {
        let inner = timed(async { yield_now().await; 7 }, || Duration::ZERO);
        let ((value, inner), outer) = wakers::block_on(timed(inner, || Duration::ZERO));
        assert_eq!((value, inner.polls, outer.polls), (7, 2, 2));
    }

    fn a_panic_passes_and_the_future_is_dropped_once(timed) {
        let (inner, trail) = Stays::new(1);
        let bad = async move {
            let _ = inner.await;
            panic!("from the future");
        };
        let mut future = Box::pin(timed(bad, || Duration::ZERO));
        assert!(poll(future.as_mut()).is_pending());
        let panicked = catch_unwind(AssertUnwindSafe(|| poll(future.as_mut())));
        assert!(panicked.is_err());
        assert_eq!(future.tally().polls, 1);
        drop(future);
        assert_eq!(trail.dropped().len(), 1);
    }

    fn it_is_unpin_if_and_only_if_the_future_is(timed) {
        let zero = || Duration::ZERO;
        assert!(is_unpin!(timed(countdown(1), zero)));
        assert!(is_unpin!(timed(poll_fn(|_| Poll::Ready(())), zero)));
        assert!(is_unpin!(timed(Box::pin(async {}), zero)));
        assert!(!is_unpin!(timed(async {}, zero)));
        assert!(!is_unpin!(timed(Stays::new(0).0, zero)));
        let stays = std::marker::PhantomPinned;
        let clock = move || {
            let _ = &stays;
            Duration::ZERO
        };
        assert!(is_unpin!(timed(countdown(1), clock)));
    }
}
