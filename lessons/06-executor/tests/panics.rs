//! A panic in a task is its result, and ends nothing else. A panic in the future of `block_on` is
//! the caller's.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::task::Poll;

use executor::{Executor, JoinError, yield_now};
use shared::probe::Scripted;

fn error_of<F: Future<Output = ()> + 'static>(future: F) -> JoinError {
    let executor = Executor::new();
    let task = executor.spawn_named("tea", future);
    executor.block_on(task).unwrap_err()
}

#[test]
fn the_handle_gets_the_panic() {
    let error = error_of(async { panic!("no more tea") });
    assert!(error.is_panic() && !error.is_cancelled());
    assert_eq!(error.to_string(), "task tea panicked: no more tea");
    let payload = error.into_panic().expect("it was a panic");
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"no more tea"));
}

#[test]
fn the_words_of_any_payload_are_found_where_there_are_some() {
    let cups = 2;
    let error = error_of(async move { panic!("no more tea after {cups} cups") });
    assert_eq!(error.to_string(), "task tea panicked: no more tea after 2 cups");
    assert_eq!(error_of(async { panic_any(7) }).to_string(), "task tea panicked");
}

#[test]
fn the_other_tasks_go_on() {
    let executor = Executor::new();
    executor.spawn(async { panic!("and nobody asks") }).detach();
    let (future, log) = Scripted::new("other", 3, ());
    executor.spawn(future).detach();
    executor.run();
    assert!(log.is_ready());
}

#[test]
fn a_future_that_panicked_is_dropped_and_not_polled_again() {
    let executor = Executor::new();
    let (inner, log) = Scripted::held("inner", 9, ());
    let (mut inner, mut polls) = (Box::pin(inner), 0);
    let task = executor.spawn(poll_fn(move |cx| {
        polls += 1;
        assert!(polls == 1, "polled again");
        assert!(inner.as_mut().poll(cx).is_pending());
        cx.waker().wake_by_ref();
        if polls == 1 {
            panic!("after a wake");
        }
        Poll::<()>::Pending
    }));
    let error = executor.block_on(task).unwrap_err();
    executor.block_on(yield_now());
    assert!(error.to_string().ends_with("after a wake"), "{error}");
    assert!(log.is_dropped());
    assert_eq!(executor.len(), 0);
}

struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        panic!("dropped badly");
    }
}

#[test]
fn a_panic_in_the_drop_of_a_future_is_the_tasks_panic() {
    let bad = PanicsWhenDropped;
    // `poll_fn` keeps what it captured until it is dropped, and that is after it was ready.
    let error = error_of(poll_fn(move |_| {
        let _bad = &bad;
        Poll::Ready(())
    }));
    assert_eq!(error.to_string(), "task tea panicked: dropped badly");
}

#[test]
fn a_result_that_panics_when_it_is_dropped_ends_nothing() {
    let executor = Executor::new();
    executor.spawn(async { PanicsWhenDropped }).detach();
    let (future, log) = Scripted::new("other", 3, ());
    executor.spawn(future).detach();
    executor.run();
    assert!(log.is_ready());
}

#[test]
fn a_result_that_gives_way_to_a_panic_in_the_drop_of_its_future_ends_nothing() {
    type Ends = fn() -> PanicsWhenDropped;
    let ready: Ends = || PanicsWhenDropped;
    let panics: Ends = || panic_any(PanicsWhenDropped);
    for ends in [ready, panics] {
        let (executor, bad) = (Executor::new(), PanicsWhenDropped);
        let task = executor.spawn_named(
            "tea",
            poll_fn(move |_| {
                let _bad = &bad;
                Poll::Ready(ends())
            }),
        );
        let (future, log) = Scripted::new("other", 3, ());
        executor.spawn(future).detach();
        executor.run();
        assert!(log.is_ready() && task.is_finished());
        let error = executor.block_on(task).err().expect("it has no result");
        assert_eq!(error.to_string(), "task tea panicked: dropped badly");
    }
}

#[test]
fn after_a_panic_of_its_main_future_the_executor_can_be_used_again() {
    let executor = Executor::new();
    let (future, log) = Scripted::new("task", 3, ());
    executor.spawn(future).detach();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        executor.block_on(async {
            yield_now().await;
            panic!("main gives up")
        })
    }));
    assert!(outcome.is_err());
    assert!(!log.is_ready());
    executor.run();
    assert!(log.is_ready());
}

#[test]
fn an_error_may_be_passed_on() {
    fn asks(error: impl std::error::Error + Send + Sync + 'static) -> Box<dyn std::error::Error> {
        Box::new(error)
    }
    let error = asks(error_of(async { panic!("no more tea") }));
    assert_eq!(error.to_string(), "task tea panicked: no more tea");
}

/// Whether dropping it panics.
fn panics(work: impl FnOnce()) -> bool {
    catch_unwind(AssertUnwindSafe(work)).is_err()
}

#[test]
fn nobody_hears_of_a_result_that_panics_when_it_is_dropped_in_whatever_order_all_goes() {
    let bad = || async { PanicsWhenDropped };
    // The handle goes before the task runs.
    let executor = Executor::new();
    let task = executor.spawn(bad());
    assert!(!panics(|| drop(task)) && !panics(|| executor.run()));
    // It goes once the result is there.
    let task = executor.spawn(bad());
    executor.run();
    assert!(task.is_finished() && !panics(|| drop(task)));
    // It is detached then.
    let task = executor.spawn(bad());
    executor.run();
    assert!(!panics(|| task.detach()));
    // The executor goes first.
    let task = executor.spawn(bad());
    executor.run();
    drop(executor);
    assert!(!panics(|| drop(task)));
    // The task has its own handle, and drops it in its last poll, or with its future.
    for drops_it_itself in [true, false] {
        let executor = Executor::new();
        let own = std::rc::Rc::new(std::cell::RefCell::new(None));
        let kept = std::rc::Rc::clone(&own);
        let task = executor.spawn(poll_fn(move |_| {
            if drops_it_itself {
                drop(kept.take());
            }
            let _kept = &kept;
            Poll::Ready(PanicsWhenDropped)
        }));
        own.replace(Some(task));
        drop(own);
        assert!(!panics(|| executor.run()));
    }
}

#[test]
fn a_result_that_was_taken_panics_where_it_is_dropped() {
    let executor = Executor::new();
    let task = executor.spawn(async { PanicsWhenDropped });
    let taken = executor.block_on(task);
    assert!(panics(|| drop(taken)));
}

#[test]
fn an_error_of_a_task_becomes_one_of_io() {
    async fn asks(task: executor::JoinHandle<std::io::Result<u8>>) -> std::io::Result<u8> {
        task.await?
    }
    let executor = Executor::new();
    let task = executor.spawn_named("tea", async { panic!("no more tea") });
    let error = executor.block_on(asks(task)).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::Other);
    assert_eq!(error.to_string(), "task tea panicked: no more tea");
    let task = executor.spawn_named("tea", std::future::pending());
    task.abort();
    let error = executor.block_on(asks(task)).unwrap_err();
    assert_eq!(error.to_string(), "task tea was cancelled");
}

#[test]
fn nothing_is_written_under_the_lock() {
    shared::probe::watchdog(std::time::Duration::from_secs(10), "formatting", || {
        for error in [error_of(async { panic!("with words") }), error_of(async { panic_any(7) })] {
            shared::probe::written_from_within(&error);
            shared::probe::displayed_from_within(&error);
        }
    });
}
