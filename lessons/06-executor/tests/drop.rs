//! Dropping the executor cancels every task on the spot, whatever their futures do while they are
//! dropped.

use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};
use std::thread;

use executor::{Executor, JoinHandle, yield_now};
use shared::probe::{Bounded, Journal, Scripted, WakerProbe};

/// A future that never gets ready, and does something when it is dropped.
fn when_dropped(work: impl FnOnce() + 'static) -> impl Future<Output = ()> {
    struct Works<F: FnOnce()>(Option<F>);
    impl<F: FnOnce()> Drop for Works<F> {
        fn drop(&mut self) {
            self.0.take().expect("it is dropped once")();
        }
    }
    let works = Works(Some(work));
    async move {
        let _works = works;
        pending().await
    }
}

#[test]
fn every_future_is_dropped_in_the_order_of_the_list() {
    let (executor, journal) = (Executor::new(), Journal::new());
    for name in ["a", "b", "c"] {
        executor.spawn(Scripted::noted(&journal, name, 9, ()).0).detach();
    }
    drop(executor);
    assert_eq!(journal.entries(), ["drop a", "drop b", "drop c"]);
}

#[test]
fn whoever_awaits_a_handle_is_woken_and_told() {
    let executor = Executor::new();
    let mut task = executor.spawn_named("tea", pending::<()>());
    let probe = WakerProbe::new();
    assert!(Pin::new(&mut task).poll(&mut Context::from_waker(&probe.waker())).is_pending());
    drop(executor);
    assert_eq!(probe.wakes(), 1);
    assert!(task.is_finished());
    let error = wakers::block_on(task).unwrap_err();
    assert_eq!(format!("{error:?}"), "JoinError(task tea was cancelled)");
}

#[test]
fn a_result_that_is_there_stays() {
    let executor = Executor::new();
    let task = executor.spawn(async { 17 });
    executor.run();
    drop(executor);
    assert_eq!(wakers::block_on(task).unwrap(), 17);
}

#[test]
fn an_aborted_task_that_waits_for_its_turn_is_cancelled_once() {
    let (executor, journal) = (Executor::new(), Journal::new());
    let task = executor.spawn(Scripted::noted(&journal, "task", 9, ()).0);
    task.abort();
    drop(executor);
    assert_eq!(journal.entries(), ["drop task"]);
    assert!(wakers::block_on(task).unwrap_err().is_cancelled());
}

#[test]
fn an_abort_after_the_executor_is_gone_does_nothing() {
    let executor = Executor::new();
    let task = executor.spawn(pending::<()>());
    drop(executor);
    task.abort();
    let elsewhere = thread::spawn(move || {
        task.abort();
        wakers::block_on(task)
    });
    assert!(elsewhere.join().unwrap().unwrap_err().is_cancelled());
}

#[test]
fn a_future_that_spawns_when_it_is_dropped_gets_a_cancelled_task() {
    let executor = Executor::new();
    let (spawner, journal) = (executor.spawner(), Journal::new());
    let notes = journal.clone();
    executor
        .spawn(when_dropped(move || {
            let task = spawner.spawn(Scripted::noted(&notes, "inner", 9, ()).0);
            let ended = Bounded::new().when_idle(|| false).run(task).expect_ready();
            let is_cancelled = ended.unwrap_err().is_cancelled();
            notes.note(format_args!("cancelled: {is_cancelled}"));
        }))
        .detach();
    drop(executor);
    assert_eq!(journal.entries(), ["drop inner", "cancelled: true"]);
}

#[test]
fn a_future_that_wakes_or_aborts_others_when_it_is_dropped_does_no_harm() {
    let executor = Executor::new();
    let (before, before_log) = Scripted::held("before", 9, ());
    let (after, after_log) = Scripted::held("after", 9, ());
    let before = executor.spawn(before);
    let (wakes, aborts) = (after_log.clone(), Rc::new(std::cell::OnceCell::new()));
    let handles: Rc<std::cell::OnceCell<[JoinHandle<()>; 2]>> = Rc::clone(&aborts);
    executor
        .spawn(when_dropped(move || {
            assert!(wakes.wake());
            handles.get().expect("it is there").iter().for_each(JoinHandle::abort);
        }))
        .detach();
    let after = executor.spawn(after);
    executor.block_on(yield_now());
    assert!(aborts.set([before, after]).is_ok());
    drop(executor);
    assert!(before_log.is_dropped() && after_log.is_dropped());
    assert_eq!((before_log.polls(), after_log.polls()), (1, 1));
}

#[test]
fn a_future_that_panics_when_it_is_dropped_keeps_no_other_from_its_drop() {
    let executor = Executor::new();
    let bad = executor.spawn(when_dropped(|| panic!("dropped badly")));
    let (good, log) = Scripted::held("good", 9, ());
    executor.spawn(good).detach();
    drop(executor);
    assert!(log.is_dropped());
    let error = wakers::block_on(bad).unwrap_err();
    assert!(error.is_panic(), "{error}");
}

#[test]
fn a_waker_that_panics_keeps_no_other_future_from_its_drop() {
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("called badly");
        }
    }
    let executor = Executor::new();
    let mut task = executor.spawn(pending::<()>());
    let waker = Waker::from(Arc::new(Panics));
    assert!(Pin::new(&mut task).poll(&mut Context::from_waker(&waker)).is_pending());
    let (other, log) = Scripted::held("other", 9, ());
    executor.spawn(other).detach();
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(executor)));
    assert!(log.is_dropped(), "its memory could be freed while somebody points into it");
    assert!(dropped.is_ok() && task.is_finished());
}

#[test]
fn a_task_that_holds_its_own_waker_or_handle_is_dropped_all_the_same() {
    let executor = Executor::new();
    let (future, log) = Scripted::held("task", 9, ());
    let own = Rc::new(std::cell::RefCell::new(None));
    let inside = Rc::clone(&own);
    let task = executor.spawn(async move {
        // A circle: the task, its future, its handle, the task.
        let _own = inside.take();
        future.await;
    });
    *own.borrow_mut() = Some(task);
    executor.block_on(yield_now());
    drop(executor);
    assert!(log.is_dropped());
}

#[test]
fn an_executor_may_be_dropped_in_a_panic() {
    let (future, log) = Scripted::held("task", 9, ());
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let executor = Executor::new();
        executor.spawn(future).detach();
        executor.block_on(async { panic!("main gives up") })
    }));
    assert!(outcome.is_err() && log.is_dropped());
}

#[test]
fn an_executor_in_a_thread_local_cancels_its_tasks_when_the_thread_ends() {
    thread_local!(static EXECUTOR: Executor = Executor::new());
    let (future, log) = Scripted::held("task", 9, ());
    let lives_on_the_thread = move || {
        EXECUTOR.with(|executor| {
            executor.spawn(future).detach();
            executor.block_on(yield_now());
        });
    };
    thread::spawn(lives_on_the_thread).join().unwrap();
    assert!(log.is_dropped());
}
