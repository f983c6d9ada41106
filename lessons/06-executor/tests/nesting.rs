//! A task that blocks on its own executor is refused with words. Another executor may run within,
//! and holds up its thread.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use executor::{Executor, running, yield_now};

const WORDS: &str =
    "this executor is running already: `.await` the future instead of blocking on it";

#[test]
fn block_on_within_a_task_is_refused_with_words() {
    let executor = Rc::new(Executor::new());
    let inner = Rc::clone(&executor);
    let task = executor.spawn_named("nested", async move { inner.block_on(yield_now()) });
    let error = executor.block_on(task).unwrap_err();
    assert_eq!(error.to_string(), format!("task nested panicked: {WORDS}"));
}

#[test]
fn run_within_block_on_is_refused_with_words() {
    let executor = Executor::new();
    let outcome = catch_unwind(AssertUnwindSafe(|| executor.block_on(async { executor.run() })));
    let payload = outcome.expect_err("it must panic");
    assert_eq!(payload.downcast_ref::<String>().map(String::as_str), Some(WORDS));
    executor.block_on(yield_now());
}

#[test]
fn a_future_that_blocks_when_it_is_dropped_is_refused_with_words() {
    struct Blocks(Rc<RefCell<Option<Rc<Executor>>>>);
    impl Drop for Blocks {
        fn drop(&mut self) {
            if let Some(executor) = self.0.take() {
                executor.block_on(yield_now());
            }
        }
    }
    let executor = Rc::new(Executor::new());
    let slot = Rc::new(RefCell::new(Some(Rc::clone(&executor))));
    let blocks = Blocks(slot);
    let task = executor.spawn(async move {
        let _blocks = blocks;
        yield_now().await;
    });
    task.abort();
    let error = executor.block_on(task).unwrap_err();
    assert!(error.is_panic() && error.to_string().contains(WORDS), "{error}");
}

#[test]
fn another_executor_may_run_within_a_task() {
    let (outer, inner) = (Executor::new(), Executor::new());
    let word = outer.block_on(async {
        yield_now().await;
        inner.block_on(inner.spawn(async {
            yield_now().await;
            "inner"
        }))
    });
    assert_eq!(word.unwrap(), "inner");
    let nested = outer.spawn(async move { wakers::block_on(yield_now()) });
    outer.block_on(nested).unwrap();
}

#[test]
fn the_innermost_executor_is_the_one_that_runs() {
    let (outer, inner) = (Executor::new(), Executor::new());
    assert_ne!(outer.id(), inner.id());
    assert_eq!(running(), None);
    outer.block_on(async {
        assert_eq!(running(), Some(outer.id()));
        inner.spawn(async {}).detach();
        inner.run();
        assert_eq!(inner.block_on(async { running() }), Some(inner.id()));
        assert_eq!(running(), Some(outer.id()));
        let panicked = catch_unwind(AssertUnwindSafe(|| inner.block_on(async { panic!("inner") })));
        assert!(panicked.is_err());
        assert_eq!(running(), Some(outer.id()));
        assert_eq!(std::thread::spawn(running).join().unwrap(), None);
    });
    assert_eq!(running(), None);
}
