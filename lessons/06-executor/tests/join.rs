//! A handle gives the task's result to whoever awaits it, or lets go of the task.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use executor::{Executor, JoinError, JoinHandle, yield_now};
use shared::probe::{Bounded, Scripted, WakerProbe};

#[test]
fn a_result_that_comes_before_the_await_is_kept() {
    let executor = Executor::new();
    let task = executor.spawn(async { 17 });
    executor.run();
    assert!(task.is_finished());
    assert_eq!(executor.block_on(task).unwrap(), 17);
}

#[test]
fn a_result_that_comes_later_wakes_the_one_who_waits_once() {
    let executor = Executor::new();
    let (future, log) = Scripted::held("task", 1, 17);
    let mut task = executor.spawn(future);
    executor.block_on(yield_now());
    let probe = WakerProbe::new();
    let waker = probe.waker();
    let mut cx = Context::from_waker(&waker);
    assert!(Pin::new(&mut task).poll(&mut cx).is_pending());
    assert!(!task.is_finished());
    assert!(log.wake());
    executor.run();
    assert_eq!(probe.wakes(), 1);
    assert!(matches!(Pin::new(&mut task).poll(&mut cx), Poll::Ready(Ok(17))));
    assert!(task.is_finished());
}

#[test]
fn the_future_is_gone_before_its_result_is_there() {
    let executor = Executor::new();
    let (future, log) = Scripted::new("task", 1, ());
    let task = executor.spawn(future);
    let gone = executor.block_on(async {
        task.await.unwrap();
        log.is_dropped()
    });
    assert!(gone);
}

#[test]
fn dropping_the_handle_detaches_the_task() {
    let executor = Executor::new();
    let (future, log) = Scripted::new("task", 5, ());
    executor.spawn(future).detach();
    executor.run();
    assert!(log.is_ready() && log.is_dropped());
}

#[test]
fn a_result_that_nobody_wants_is_dropped() {
    let executor = Executor::new();
    let value = Rc::new(());
    let result = Rc::clone(&value);
    executor.spawn(async { result }).detach();
    executor.run();
    assert_eq!(Rc::strong_count(&value), 1);

    let result = Rc::clone(&value);
    let task = executor.spawn(async { result });
    executor.run();
    assert_eq!(Rc::strong_count(&value), 2, "the handle can still ask for it");
    drop(task);
    assert_eq!(Rc::strong_count(&value), 1);
}

#[test]
fn a_handle_may_be_awaited_on_another_thread() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let executor = Executor::new();
    let task = is_send(executor.spawn(async { 17 }));
    let elsewhere = thread::spawn(move || wakers::block_on(task));
    executor.run();
    assert_eq!(elsewhere.join().unwrap().unwrap(), 17);
}

#[test]
fn whoever_sees_that_a_task_is_over_finds_its_result() {
    for _ in 0..50 {
        let executor = Executor::new();
        let mut task = executor.spawn(async { 17 });
        let elsewhere = thread::spawn(move || {
            while !task.is_finished() {
                std::hint::spin_loop();
            }
            Pin::new(&mut task).poll(&mut Context::from_waker(Waker::noop())).is_ready()
        });
        executor.run();
        assert!(elsewhere.join().unwrap(), "it was over, and had no result yet");
    }
}

#[test]
fn a_handle_whose_result_was_taken_says_that_its_task_is_over() {
    /// Polls the handle at the very moment at which it is woken.
    #[derive(Default)]
    struct Impatient(Mutex<Option<JoinHandle<u32>>>, AtomicBool);
    impl Wake for Impatient {
        fn wake(self: Arc<Self>) {
            let mut handle = self.0.lock().unwrap().take().expect("it is woken once");
            let polled = Pin::new(&mut handle).poll(&mut Context::from_waker(Waker::noop()));
            assert!(matches!(polled, Poll::Ready(Ok(17))));
            self.1.store(handle.is_finished(), SeqCst);
        }
    }
    let executor = Executor::new();
    let mut task = executor.spawn(async { 17 });
    let impatient = Arc::new(Impatient::default());
    let waker = Waker::from(Arc::clone(&impatient));
    assert!(Pin::new(&mut task).poll(&mut Context::from_waker(&waker)).is_pending());
    *impatient.0.lock().unwrap() = Some(task);
    executor.run();
    assert!(impatient.1.load(SeqCst), "its result has come, and it said that it was running");
}

#[test]
fn a_task_that_awaits_itself_waits_for_ever() {
    let executor = Executor::new();
    let slot = Rc::new(RefCell::new(None::<JoinHandle<()>>));
    let own = Rc::clone(&slot);
    let task = executor.spawn(async move {
        let own = own.take().expect("it was put there before the first poll");
        own.await.unwrap();
    });
    *slot.borrow_mut() = Some(task);
    executor.block_on(yield_now());
    executor.block_on(yield_now());
    assert_eq!(executor.len(), 1);
}

#[test]
fn a_handle_must_not_be_polled_after_it_was_ready() {
    let executor = Executor::new();
    let mut task = executor.spawn(async {});
    executor.block_on(&mut task).unwrap();
    let again = catch_unwind(AssertUnwindSafe(|| Bounded::new().run(&mut task)));
    let payload = again.expect_err("it must panic");
    let words = payload.downcast_ref::<String>().map(String::as_str);
    let words = words.or(payload.downcast_ref::<&str>().copied()).expect("a panic with words");
    assert!(words.contains("polled after it was ready"), "{words}");
}

#[test]
fn what_may_cross_threads_may() {
    fn may<T: Send + Sync>() {}
    may::<JoinHandle<u32>>();
    may::<JoinError>();
}

#[test]
fn a_handle_says_how_its_task_is() {
    let executor = Executor::new();
    let task = executor.spawn_named("tea", async {});
    assert_eq!(format!("{task:?}"), "JoinHandle(tea, running)");
    executor.run();
    assert_eq!(format!("{task:?}"), "JoinHandle(tea, finished)");
}
