//! The set: who was woken is polled, nobody else; nothing is lost, and nothing outlives it.

use std::cell::RefCell;
use std::future::{pending, poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use combinators::Unordered;
use futures_by_hand::yield_now;
use shared::probe::{Bounded, Journal, ScriptLog, Scripted, WakerProbe, watchdog};
use wakers::{block_on, oneshot};

type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

fn poll<F: Future>(set: &mut Unordered<F>, task: &WakerProbe) -> Poll<Option<F::Output>> {
    set.poll_next(&mut Context::from_waker(&task.waker()))
}

/// Three children that each wait for one wake, polled for the first time.
fn three_that_wait(task: &WakerProbe) -> (Unordered<Scripted<u32>>, Vec<ScriptLog>) {
    let (children, logs): (Vec<_>, Vec<_>) =
        (0..3).map(|n| Scripted::held(&n.to_string(), 1, n)).unzip();
    let mut set: Unordered<_> = children.into_iter().collect();
    assert!(poll(&mut set, task).is_pending());
    (set, logs)
}

fn polls(logs: &[ScriptLog]) -> Vec<u32> {
    logs.iter().map(ScriptLog::polls).collect()
}

#[test]
fn an_empty_set_has_nothing_to_wait_for() {
    let mut set = Unordered::<std::future::Ready<()>>::default();
    assert!(set.is_empty());
    assert_eq!(poll(&mut set, &WakerProbe::new()), Poll::Ready(None));
}

#[test]
fn a_child_counts_until_its_value_is_handed_out() {
    let mut set = Unordered::new();
    set.extend([ready(1), ready(2)]);
    assert_eq!((set.len(), set.is_empty()), (2, false));
    assert_eq!(block_on(set.next()), Some(1));
    assert_eq!(set.len(), 1);
    assert_eq!(block_on(set.next()), Some(2));
    assert_eq!((set.len(), set.is_empty()), (0, true));
    assert_eq!(block_on(set.next()), None);
}

#[test]
fn pushing_polls_nothing() {
    let (child, log) = Scripted::new("child", 0, ());
    let mut set = Unordered::new();
    set.push(child);
    assert_eq!(log.polls(), 0);
}

#[test]
fn only_those_that_were_woken_are_polled() {
    let task = WakerProbe::new();
    let (mut set, logs) = three_that_wait(&task);
    assert_eq!(polls(&logs), [1, 1, 1]);
    assert!(logs[1].wake());
    assert_eq!(task.wakes(), 1, "the task must be woken when a child is");
    assert_eq!(poll(&mut set, &task), Poll::Ready(Some(1)));
    assert_eq!(polls(&logs), [1, 2, 1]);
    // A poll of the set for nothing polls no child.
    assert!(poll(&mut set, &task).is_pending());
    assert_eq!(polls(&logs), [1, 2, 1]);
}

#[test]
fn values_come_in_the_order_of_the_wakes() {
    let task = WakerProbe::new();
    let (mut set, logs) = three_that_wait(&task);
    [2, 0, 1].iter().for_each(|n| assert!(logs[*n].wake()));
    assert_eq!(task.wakes(), 1, "one wake of the task is enough for several children");
    for n in [2, 0, 1] {
        assert_eq!(poll(&mut set, &task), Poll::Ready(Some(n)));
    }
}

#[test]
fn the_last_task_that_polled_is_woken() {
    let (first, last) = (WakerProbe::new(), WakerProbe::new());
    let (mut set, logs) = three_that_wait(&first);
    assert!(poll(&mut set, &last).is_pending());
    assert!(logs[0].wake());
    assert_eq!((first.wakes(), last.wakes()), (0, 1));
    assert_eq!(first.alive(), 0, "the waker of a task that has gone is kept");
}

#[test]
fn a_child_that_wakes_itself_in_its_poll_is_polled_again() {
    let mut set = Unordered::new();
    let (child, log) = Scripted::new("child", 3, 7);
    set.push(child);
    assert_eq!(Bounded::new().run(set.next()).expect_ready(), Some(7));
    assert_eq!(log.polls(), 4);
}

#[test]
fn a_child_that_wakes_itself_for_ever_lets_the_others_finish_and_the_thread_go() {
    watchdog(Duration::from_secs(20), "a poll of the set", || {
        let mut set: Unordered<Boxed<&str>> = Unordered::new();
        set.push(Box::pin(async {
            loop {
                yield_now().await;
            }
        }));
        set.push(Box::pin(async {
            yield_now().await;
            "done"
        }));
        assert_eq!(block_on(set.next()), Some("done"));
        // Nobody but the greedy child is left: a poll of the set ends, and asks for another.
        let task = WakerProbe::new();
        assert!(poll(&mut set, &task).is_pending());
        assert_eq!(task.wakes(), 1);
    });
}

#[test]
fn waking_a_child_twice_polls_it_once() {
    let task = WakerProbe::new();
    let waker = Rc::new(RefCell::new(None));
    let (theirs, polls) = (Rc::clone(&waker), Rc::new(RefCell::new(0)));
    let counted = Rc::clone(&polls);
    let mut set = Unordered::new();
    set.push(poll_fn(move |cx| {
        *counted.borrow_mut() += 1;
        *theirs.borrow_mut() = Some(cx.waker().clone());
        Poll::<()>::Pending
    }));
    assert!(poll(&mut set, &task).is_pending());
    let waker = waker.take().expect("the child left its waker");
    waker.wake_by_ref();
    waker.wake();
    assert_eq!(task.wakes(), 1);
    assert!(poll(&mut set, &task).is_pending());
    assert_eq!(*polls.borrow(), 2);
}

/// A child that is ready at once and leaves its waker behind.
fn leaves_its_waker(slot: &Rc<RefCell<Option<Waker>>>) -> Boxed<u32> {
    let slot = Rc::clone(slot);
    Box::pin(poll_fn(move |cx| {
        *slot.borrow_mut() = Some(cx.waker().clone());
        Poll::Ready(1)
    }))
}

#[test]
fn a_wake_after_completion_wakes_nobody() {
    let (task, slot) = (WakerProbe::new(), Rc::default());
    let mut set: Unordered<Boxed<u32>> = Unordered::new();
    set.push(leaves_its_waker(&slot));
    set.push(Box::pin(pending()));
    assert_eq!(poll(&mut set, &task), Poll::Ready(Some(1)));
    assert!(poll(&mut set, &task).is_pending());
    slot.take().expect("the child left its waker").wake();
    assert_eq!(task.wakes(), 0, "a child that is no more has woken the task");
}

#[test]
fn a_child_that_wakes_itself_in_its_last_poll_is_not_looked_for() {
    let task = WakerProbe::new();
    let mut set: Unordered<Boxed<u32>> = Unordered::new();
    set.push(Box::pin(poll_fn(|cx| {
        cx.waker().wake_by_ref();
        Poll::Ready(1)
    })));
    set.push(Box::pin(ready(2)));
    assert_eq!(poll(&mut set, &task), Poll::Ready(Some(1)));
    assert_eq!(poll(&mut set, &task), Poll::Ready(Some(2)));
    assert_eq!(poll(&mut set, &task), Poll::Ready(None));
}

#[test]
fn a_wake_after_the_set_is_gone_does_nothing() {
    let (task, slot) = (WakerProbe::new(), Rc::default());
    let mut set: Unordered<Boxed<u32>> = Unordered::new();
    set.push(leaves_its_waker(&slot));
    set.push(Box::pin(pending()));
    assert_eq!(poll(&mut set, &task), Poll::Ready(Some(1)));
    assert!(poll(&mut set, &task).is_pending());
    drop(set);
    assert_eq!(task.alive(), 0, "the set is gone, and somebody still keeps the task");
    slot.take().expect("the child left its waker").wake();
    assert_eq!(task.wakes(), 0);
}

#[test]
fn a_push_wakes_the_task_that_waits() {
    let task = WakerProbe::new();
    let (mut set, _logs) = three_that_wait(&task);
    set.push(Scripted::new("late", 0, 9).0);
    assert_eq!(task.wakes(), 1);
    assert_eq!(poll(&mut set, &task), Poll::Ready(Some(9)));
    // Nobody waits now, so nobody is woken.
    set.push(Scripted::new("later", 0, 10).0);
    assert_eq!(task.wakes(), 1);
}

/// The waker of a task that hands the wake on to children of the same set, also when it is dropped:
/// both need the list's lock.
#[derive(Default)]
struct HandsOn(Mutex<Vec<Waker>>);

impl HandsOn {
    fn wake_all(&self) {
        std::mem::take(&mut *self.0.lock().unwrap()).into_iter().for_each(Waker::wake);
    }
}

impl Wake for HandsOn {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

impl Drop for HandsOn {
    fn drop(&mut self) {
        self.wake_all();
    }
}

#[test]
fn a_tasks_waker_is_called_and_dropped_without_the_lock() {
    watchdog(Duration::from_secs(20), "a wake of a child", || {
        let left = Arc::new(Mutex::new(Vec::new()));
        let leaves_its_waker = |left: &Arc<Mutex<Vec<Waker>>>| {
            let left = Arc::clone(left);
            poll_fn(move |cx| {
                left.lock().unwrap().push(cx.waker().clone());
                Poll::<()>::Pending
            })
        };
        let mut set: Unordered<_> = (0..3).map(|_| leaves_its_waker(&left)).collect();
        let task = Arc::new(HandsOn::default());
        let waker = Waker::from(Arc::clone(&task));
        let mut poll = |waker: &Waker| {
            assert!(set.poll_next(&mut Context::from_waker(waker)).is_pending());
            std::mem::take(&mut *left.lock().unwrap())
        };
        let mut wakers = poll(&waker);
        let first = wakers.pop().expect("each child has left its waker");
        *task.0.lock().unwrap() = wakers;
        first.wake();
        let wakers = poll(&waker);
        assert_eq!(wakers.len(), 3, "one was woken, and its task woke the other two");
        *task.0.lock().unwrap() = wakers;
        drop((task, waker));
        assert_eq!(
            poll(Waker::noop()).len(),
            0,
            "nobody is woken before the set lets go of the task"
        );
        assert_eq!(poll(Waker::noop()).len(), 3, "the task woke all three when it was dropped");
    });
}

#[test]
fn a_wait_that_is_dropped_loses_nothing() {
    let task = WakerProbe::new();
    let (mut set, logs) = three_that_wait(&task);
    let mut next = set.next();
    assert!(Pin::new(&mut next).poll(&mut Context::from_waker(&task.waker())).is_pending());
    drop(next);
    assert!(logs[2].wake());
    assert_eq!(block_on(set.next()), Some(2));
}

#[test]
fn children_are_dropped_as_they_finish_and_the_rest_with_the_set_in_order() {
    let journal = Journal::new();
    let child = |name: &str, pending| Scripted::noted(&journal, name, pending, ()).0;
    let mut set: Unordered<_> = [("a", 5), ("b", 0), ("c", 5), ("d", 5)]
        .into_iter()
        .map(|(name, pending)| child(name, pending))
        .collect();
    assert_eq!(poll(&mut set, &WakerProbe::new()), Poll::Ready(Some(())));
    assert_eq!(journal.take(), ["poll a", "poll b", "ready b", "drop b"]);
    drop(set);
    assert_eq!(journal.to_string(), "drop a, drop c, drop d");
}

#[test]
fn a_child_that_panics_is_gone_and_the_others_are_not() {
    let mut set: Unordered<Boxed<u32>> = Unordered::new();
    set.push(Box::pin(async { panic!("a child") }));
    set.push(Box::pin(ready(2)));
    let task = WakerProbe::new();
    assert!(catch_unwind(AssertUnwindSafe(|| poll(&mut set, &task))).is_err());
    assert_eq!(set.len(), 1);
    assert_eq!(poll(&mut set, &task), Poll::Ready(Some(2)));
    assert_eq!(poll(&mut set, &task), Poll::Ready(None));
}

#[test]
fn a_set_in_a_set_works() {
    let mut inner = Unordered::new();
    let (child, _log) = Scripted::new("child", 2, 7);
    inner.push(child);
    let mut outer: Unordered<Boxed<Option<i32>>> = Unordered::new();
    outer.push(Box::pin(async move { inner.next().await }));
    assert_eq!(Bounded::new().run(outer.next()).expect_ready(), Some(Some(7)));
}

#[test]
fn wakes_come_from_many_threads() {
    const MANY: u32 = 64;
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..MANY).map(|_| oneshot::channel()).unzip();
    let mut set: Unordered<_> = receivers.into_iter().collect();
    let mut values = thread::scope(|scope| {
        for (value, sender) in senders.into_iter().enumerate() {
            scope.spawn(move || sender.send(value as u32));
        }
        block_on(async {
            let mut values = Vec::new();
            while let Some(value) = set.next().await {
                values.push(value.expect("it is sent"));
            }
            values
        })
    });
    values.sort_unstable();
    assert!(values.into_iter().eq(0..MANY));
}

#[test]
fn a_set_of_a_thousand_polls_each_child_twice() {
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..1000).map(|_| oneshot::channel()).unzip();
    let total = Rc::new(RefCell::new(0));
    let counted = |mut receiver: oneshot::Receiver<()>| {
        let total = Rc::clone(&total);
        poll_fn(move |cx| {
            *total.borrow_mut() += 1;
            Pin::new(&mut receiver).poll(cx)
        })
    };
    let mut set: Unordered<_> = receivers.into_iter().map(counted).collect();
    let mut senders = senders.into_iter();
    let report = Bounded::new()
        .when_idle(|| senders.next().is_some_and(|sender| sender.send(()).is_ok()))
        .run(async { while set.next().await.is_some() {} });
    report.expect_ready();
    assert_eq!(*total.borrow(), 2000);
}

#[test]
fn a_set_of_futures_that_can_be_sent_can_be_sent() {
    fn is_send<T: Send>(_: T) {}
    fn is_send_and_sync<T: Send + Sync>(_: T) {}
    let mut set: Unordered<std::future::Ready<u8>> = Unordered::new();
    is_send(set.next());
    is_send_and_sync(set);
}

#[test]
fn a_childs_waker_is_the_same_from_poll_to_poll() {
    let wakers = Arc::new(Mutex::new(Vec::<Waker>::new()));
    let kept = Arc::clone(&wakers);
    let mut set = Unordered::new();
    let mut left = 2;
    set.push(poll_fn(move |cx| {
        kept.lock().expect("nobody panics").push(cx.waker().clone());
        cx.waker().wake_by_ref();
        left -= 1;
        if left == 0 { Poll::Ready(()) } else { Poll::Pending }
    }));
    assert_eq!(Bounded::new().run(set.next()).expect_ready(), Some(()));
    let wakers = wakers.lock().expect("nobody panics");
    assert!(wakers[0].will_wake(&wakers[1]), "a child that compares wakers would clone it anew");
}

#[test]
fn a_wait_that_is_dropped_keeps_no_waker() {
    let task = WakerProbe::new();
    let (child, log) = Scripted::held("child", 2, 7);
    let mut set: Unordered<_> = [child].into_iter().collect();
    let mut wait = set.next();
    assert!(Pin::new(&mut wait).poll(&mut Context::from_waker(&task.waker())).is_pending());
    drop(wait);
    assert_eq!(task.alive(), 0, "the set keeps the waker of a wait that is gone");
    // The child's wake is kept for the next wait, and the wait after it has a waker of its own.
    assert!(log.wake());
    assert_eq!(task.wakes(), 0);
    let other = WakerProbe::new();
    assert!(Pin::new(&mut set.next()).poll(&mut Context::from_waker(&other.waker())).is_pending());
    assert_eq!((log.polls(), other.alive()), (2, 0));
}

#[test]
fn a_wait_that_was_never_polled_takes_nobodys_waker_along() {
    let task = WakerProbe::new();
    let (mut set, logs) = three_that_wait(&task);
    drop(set.next());
    assert!(logs[2].wake());
    assert_eq!(task.wakes(), 1, "who polls by hand is still woken");
}
