//! The channel: three ways to end, one waker slot, and nothing lost on the way.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, RawWakerVTable, Wake, Waker};

use shared::probe::{Bounded, Verdict, WakerProbe};
use wakers::oneshot::{self, Closed, Receiver};

fn poll<T>(receiver: &mut Receiver<T>, probe: &WakerProbe) -> Poll<Result<T, Closed>> {
    Pin::new(receiver).poll(&mut Context::from_waker(&probe.waker()))
}

#[test]
fn a_value_that_came_first_is_there_at_the_first_poll() {
    let (sender, mut receiver) = oneshot::channel();
    sender.send(7).expect("the receiver is there");
    assert_eq!(poll(&mut receiver, &WakerProbe::new()), Poll::Ready(Ok(7)));
}

#[test]
fn sending_wakes_the_one_who_waits() {
    let (sender, mut receiver) = oneshot::channel();
    let probe = WakerProbe::new();
    assert!(poll(&mut receiver, &probe).is_pending());
    sender.send(7).expect("the receiver is there");
    assert_eq!(probe.wakes(), 1);
    assert_eq!(poll(&mut receiver, &probe), Poll::Ready(Ok(7)));
    assert_eq!(probe.alive(), 0, "the channel keeps no waker");
}

#[test]
fn the_last_waker_wins() {
    let (sender, mut receiver) = oneshot::channel();
    let (first, last) = (WakerProbe::new(), WakerProbe::new());
    assert!(poll(&mut receiver, &first).is_pending());
    assert!(poll(&mut receiver, &last).is_pending());
    assert_eq!((first.alive(), last.alive()), (0, 1));
    sender.send(()).expect("the receiver is there");
    assert_eq!((first.wakes(), last.wakes()), (0, 1));
}

#[test]
fn a_dropped_sender_ends_the_wait() {
    let (sender, mut receiver) = oneshot::channel::<u32>();
    let probe = WakerProbe::new();
    assert!(poll(&mut receiver, &probe).is_pending());
    drop(sender);
    assert_eq!(probe.wakes(), 1);
    assert_eq!(poll(&mut receiver, &probe), Poll::Ready(Err(Closed)));
}

#[test]
fn a_dropped_receiver_gives_the_value_back() {
    let (sender, receiver) = oneshot::channel();
    assert!(!sender.is_closed());
    drop(receiver);
    assert!(sender.is_closed());
    assert_eq!(sender.send("back"), Err("back"));
}

#[test]
fn a_dropped_receiver_lets_its_waker_go() {
    let (_sender, mut receiver) = oneshot::channel::<u32>();
    let probe = WakerProbe::new();
    assert!(poll(&mut receiver, &probe).is_pending());
    drop(receiver);
    assert_eq!((probe.alive(), probe.wakes()), (0, 0));
}

#[test]
fn a_value_that_nobody_fetches_is_dropped_with_the_receiver() {
    let (sender, receiver) = oneshot::channel();
    let value = Arc::new(());
    sender.send(Arc::clone(&value)).expect("the receiver is there");
    drop(receiver);
    assert_eq!(Arc::strong_count(&value), 1);
}

#[test]
fn a_poll_after_the_end_is_told_that_the_channel_is_closed() {
    let (sender, mut receiver) = oneshot::channel();
    let probe = WakerProbe::new();
    sender.send(1).expect("the receiver is there");
    assert_eq!(poll(&mut receiver, &probe), Poll::Ready(Ok(1)));
    assert_eq!(poll(&mut receiver, &probe), Poll::Ready(Err(Closed)));
}

#[test]
fn a_spurious_poll_changes_nothing() {
    let (sender, receiver) = oneshot::channel();
    let mut sender = Some(sender);
    let report = Bounded::new()
        .when_idle(|| sender.take().is_some_and(|sender| sender.send(7).is_ok()))
        .run(Polled(receiver, 5));
    assert_eq!((report.verdict, report.polls), (Verdict::Ready, 7));
    assert_eq!(report.value, Some(Ok(7)));
}

/// Wakes its task for no reason, so many times.
struct Polled<T>(Receiver<T>, u32);

impl<T> Future for Polled<T> {
    type Output = Result<T, Closed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.1 > 0 {
            self.1 -= 1;
            cx.waker().wake_by_ref();
        }
        Pin::new(&mut self.0).poll(cx)
    }
}

/// A task that owns the sender of the channel at which it waits.
struct Owner<T: Send>(#[expect(dead_code, reason = "owned, and dropped")] oneshot::Sender<T>);

impl<T: Send + 'static> Wake for Owner<T> {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn a_waker_whose_drop_drops_the_sender_does_not_deadlock() {
    let (sender, mut receiver) = oneshot::channel::<u32>();
    let owner = Waker::from(Arc::new(Owner(sender)));
    assert!(Pin::new(&mut receiver).poll(&mut Context::from_waker(&owner)).is_pending());
    drop(owner);
    // The slot holds the last clone. Replacing it drops the task, and with it the sender, which
    // takes the lock again.
    let probe = WakerProbe::new();
    assert!(poll(&mut receiver, &probe).is_pending());
    assert_eq!(poll(&mut receiver, &probe), Poll::Ready(Err(Closed)));
}

/// A waker that cannot be cloned. (Nobody's `Arc`: the pointer is never looked at.)
fn unclonable() -> Waker {
    static VTABLE: RawWakerVTable =
        RawWakerVTable::new(|_| panic!("no clone today"), |_| {}, |_| {}, |_| {});
    // SAFETY: the four functions do nothing with the pointer, on whatever thread.
    unsafe { Waker::new(std::ptr::null(), &VTABLE) }
}

#[test]
fn a_waker_whose_clone_panics_leaves_the_channel_as_it_was() {
    let (sender, mut receiver) = oneshot::channel();
    let probe = WakerProbe::new();
    assert!(poll(&mut receiver, &probe).is_pending());
    let poll_once_more = || Pin::new(&mut receiver).poll(&mut Context::from_waker(&unclonable()));
    catch_unwind(AssertUnwindSafe(poll_once_more)).expect_err("the clone panics");
    sender.send(7).expect("the receiver is there");
    assert_eq!(probe.wakes(), 1);
    assert_eq!(poll(&mut receiver, &probe), Poll::Ready(Ok(7)));
}

#[test]
fn a_waker_that_panics_when_it_is_called_loses_no_value() {
    let (sender, mut receiver) = oneshot::channel();
    let waker = Waker::from(Arc::new(Panics));
    assert!(Pin::new(&mut receiver).poll(&mut Context::from_waker(&waker)).is_pending());
    catch_unwind(AssertUnwindSafe(|| sender.send(7))).expect_err("the wake panics");
    assert_eq!(poll(&mut receiver, &WakerProbe::new()), Poll::Ready(Ok(7)));
}

struct Panics;

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        panic!("not now");
    }
}

#[test]
fn a_forgotten_sender_is_told_apart_from_a_forgotten_waker() {
    let (_kept, receiver) = oneshot::channel::<u32>();
    let report = Bounded::new().when_idle(|| false).run(receiver);
    assert_eq!(report.verdict, Verdict::NeverWoken);
    assert_eq!(report.kept, 1);
}

#[test]
fn both_halves_can_go_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let (sender, receiver) = oneshot::channel::<std::cell::Cell<u32>>();
    is_send(&sender);
    is_send(&receiver);
    assert_eq!(format!("{sender:?}"), "Sender { shared: Waiting }");
    assert!(Closed.to_string().contains("closed"));
}

#[test]
fn nothing_is_written_under_the_lock() {
    shared::probe::watchdog(std::time::Duration::from_secs(10), "formatting", || {
        let (sender, receiver) = oneshot::channel::<u32>();
        shared::probe::written_from_within(&sender);
        shared::probe::written_from_within(&receiver);
    });
}
