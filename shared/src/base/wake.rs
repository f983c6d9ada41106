use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::task::Waker;

/// Calls every waker, also those behind one that panics: what they wait for has come, and will not
/// come again.
///
/// Call it without a lock: a waker may run any code.
///
/// # Panics
///
/// With the first panic of a waker, once all have been called.
pub fn wake_all(wakers: impl IntoIterator<Item = Waker>) {
    let call = |waker: Waker| catch_unwind(AssertUnwindSafe(|| waker.wake())).err();
    let panics: Vec<_> = wakers.into_iter().filter_map(call).collect();
    if let Some(first) = panics.into_iter().next() {
        resume_unwind(first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrate::VirtualClock;
    use crate::probe::WakerProbe;
    use std::pin::pin;
    use std::sync::Arc;
    use std::task::{Context, Wake};
    use std::time::Duration;

    struct Panics(&'static str);

    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("{}", self.0);
        }
    }

    fn panics(words: &'static str) -> Waker {
        Waker::from(Arc::new(Panics(words)))
    }

    fn words(wake: impl FnOnce()) -> String {
        let panic = catch_unwind(AssertUnwindSafe(wake)).expect_err("the panic is passed on");
        panic.downcast_ref::<String>().expect("it has words").clone()
    }

    #[test]
    fn all_are_called_and_the_first_panic_is_passed_on() {
        let probe = WakerProbe::new();
        let wakers =
            [probe.waker(), panics("first"), probe.waker(), panics("second"), probe.waker()];
        assert_eq!(words(|| wake_all(wakers)), "first");
        assert_eq!((probe.wakes(), probe.alive()), (3, 0));
    }

    #[test]
    fn a_waker_that_panics_loses_no_other_sleeper_of_the_clock() {
        let (clock, probe) = (VirtualClock::new(), WakerProbe::new());
        let mut sleeps =
            [1, 1, 2].map(|seconds| pin_box(clock.sleep(Duration::from_secs(seconds))));
        let wakers = [panics("the clock's"), probe.waker(), probe.waker()];
        for (sleep, waker) in sleeps.iter_mut().zip(&wakers) {
            assert!(pin!(sleep).poll(&mut Context::from_waker(waker)).is_pending());
        }
        assert_eq!(words(|| clock.advance(Duration::from_secs(2))), "the clock's");
        assert_eq!(probe.wakes(), 2);
    }

    fn pin_box<F: Future>(future: F) -> std::pin::Pin<Box<F>> {
        Box::pin(future)
    }
}
