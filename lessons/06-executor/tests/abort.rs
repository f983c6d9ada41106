//! An aborted task is not polled any more, its future is dropped on its own thread, and its handle
//! says that it was cancelled.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::thread;

use executor::{Executor, JoinHandle, yield_now};
use shared::probe::{Journal, Scripted};
use wakers::oneshot;

#[test]
fn a_task_that_is_aborted_before_its_first_poll_is_never_polled() {
    let executor = Executor::new();
    let (future, log) = Scripted::new("task", 0, ());
    let task = executor.spawn(future);
    task.abort();
    assert!(!task.is_finished(), "the executor drops the future, in its own time");
    let error = executor.block_on(task).unwrap_err();
    assert!(error.is_cancelled() && !error.is_panic());
    assert!(error.into_panic().is_err());
    assert_eq!((log.polls(), log.is_dropped(), executor.len()), (0, true, 0));
}

#[test]
fn a_task_that_waits_is_dropped_in_the_next_turn() {
    let executor = Executor::new();
    let (future, log) = Scripted::held("task", 1, ());
    let task = executor.spawn(future);
    executor.block_on(yield_now());
    task.abort();
    executor.block_on(yield_now());
    assert_eq!((log.polls(), log.is_dropped()), (1, true));
    assert!(task.is_finished());
}

#[test]
fn a_task_that_was_woken_before_the_abort_is_not_polled_once_more() {
    let executor = Executor::new();
    let (future, log) = Scripted::held("task", 1, ());
    let task = executor.spawn(future);
    executor.block_on(yield_now());
    assert!(log.wake());
    task.abort();
    assert!(executor.block_on(task).unwrap_err().is_cancelled());
    assert_eq!(log.polls(), 1);
}

#[test]
fn a_task_that_is_over_keeps_its_result() {
    let executor = Executor::new();
    let task = executor.spawn(async { 17 });
    executor.run();
    task.abort();
    task.abort();
    executor.block_on(yield_now());
    assert_eq!(executor.block_on(task).unwrap(), 17);
}

#[test]
fn an_abort_by_another_thread_ends_the_sleep_and_drops_the_future_here() {
    struct NotesItsThread(mpsc::Sender<thread::ThreadId>);
    impl Drop for NotesItsThread {
        fn drop(&mut self) {
            self.0.send(thread::current().id()).unwrap();
        }
    }
    let executor = Executor::new();
    let (dropped, dropped_on) = mpsc::channel();
    let task = executor.spawn(async move {
        let _notes = NotesItsThread(dropped);
        pending::<()>().await;
    });
    executor.block_on(yield_now());
    let (done, waits) = oneshot::channel();
    let helper = thread::spawn(move || {
        task.abort();
        done.send(task)
    });
    let task = executor.block_on(waits).unwrap();
    assert!(executor.block_on(task).unwrap_err().is_cancelled());
    assert_eq!(dropped_on.recv(), Ok(thread::current().id()));
    assert!(helper.join().unwrap().is_ok());
}

/// Spawns a task that gets its own handle before its first poll.
fn with_own_handle<F: Future<Output = u32> + 'static>(
    executor: &Executor,
    body: impl FnOnce(Rc<RefCell<Option<JoinHandle<u32>>>>) -> F,
) -> Rc<RefCell<Option<JoinHandle<u32>>>> {
    let slot = Rc::new(RefCell::new(None));
    let task = executor.spawn(body(Rc::clone(&slot)));
    *slot.borrow_mut() = Some(task);
    slot
}

fn abort_own(slot: &RefCell<Option<JoinHandle<u32>>>) {
    slot.borrow().as_ref().expect("it is there before the first poll").abort();
}

#[test]
fn a_task_that_aborts_itself_runs_to_its_next_await() {
    let executor = Executor::new();
    let steps = Rc::new(Cell::new(0));
    let counter = Rc::clone(&steps);
    let slot = with_own_handle(&executor, |own| async move {
        abort_own(&own);
        counter.set(1);
        yield_now().await;
        counter.set(2);
        17
    });
    executor.run();
    let task = slot.take().expect("it is still there");
    assert!(executor.block_on(task).unwrap_err().is_cancelled());
    assert_eq!(steps.get(), 1);
}

#[test]
fn a_task_that_aborts_itself_in_its_last_poll_has_its_result() {
    let executor = Executor::new();
    let slot = with_own_handle(&executor, |own| async move {
        abort_own(&own);
        17
    });
    executor.run();
    executor.block_on(yield_now());
    let task = slot.take().expect("it is still there");
    assert_eq!(executor.block_on(task).unwrap(), 17);
}

#[test]
fn an_abort_while_another_thread_watches_the_poll_waits_for_its_end() {
    let executor = Executor::new();
    let slot: Arc<std::sync::Mutex<Option<JoinHandle<()>>>> = Arc::default();
    let (theirs, mut polls) = (Arc::clone(&slot), 0);
    let task = executor.spawn(poll_fn(move |_| {
        polls += 1;
        assert_eq!(polls, 1, "it was polled again after the abort");
        let theirs = Arc::clone(&theirs);
        let aborts = move || theirs.lock().unwrap().as_ref().expect("it is there").abort();
        thread::spawn(aborts).join().unwrap();
        Poll::Pending
    }));
    *slot.lock().unwrap() = Some(task);
    executor.run();
    let task = slot.lock().unwrap().take().expect("it is there");
    assert!(executor.block_on(task).unwrap_err().is_cancelled());
}

#[test]
fn what_the_future_holds_is_dropped_before_the_handle_is_ready() {
    let (executor, journal) = (Executor::new(), Journal::new());
    let (future, _log) = Scripted::noted(&journal, "task", 9, ());
    let task = executor.spawn(future);
    task.abort();
    executor.block_on(async {
        let _ = task.await;
        journal.note("the handle is ready");
    });
    assert_eq!(journal.entries(), ["drop task", "the handle is ready"]);
}
