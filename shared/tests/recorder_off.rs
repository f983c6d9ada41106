//! A recorder that is off takes nothing, allocates nothing, and is not in the way.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use shared::figures::alloc::{Count, CountingAllocator, count};
use shared::probe::WakerProbe;
use shared::record::{Kind, Outcome, Recorder, Timeline};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

#[test]
fn it_allocates_nothing() {
    let off = Recorder::off();
    let (_, counted) = count(|| {
        let inner = off.future("inner", std::future::ready(17)).showing(|_| panic!("shown"));
        let task = pin!(off.task("task", inner));
        let _ = task.poll(&mut Context::from_waker(Waker::noop()));
        let text = || panic!("a text is built although nobody wants it");
        off.track("track").step_showing(text, || (), |()| (Outcome::Ready, text()));
        off.note(text);
        off.park();
        off.unpark();
        off.timer_set("timer", std::time::Duration::ZERO);
        off.timer_fired("timer", std::time::Duration::ZERO);
        off.interest("socket");
        off.readiness("socket");
        off.name_thread("name");
        off.wait_for(|_| panic!("there is no event"));
        off.current()
    });
    assert_eq!(counted, Count::default());
}

#[test]
fn it_records_nothing() {
    let off = Recorder::off().with_real_time().with_limit(7);
    off.note(|| "nothing".into());
    assert_eq!(off.timeline(), Timeline::default());
    assert!(!off.is_on());
    assert_eq!(off.future("future", std::future::ready(())).id(), None);
}

#[test]
fn a_future_gets_the_very_waker_that_the_runtime_gave() {
    let probe = WakerProbe::new();
    let waker = probe.waker();
    let same = |cx: &mut Context<'_>| Poll::Ready(cx.waker().will_wake(&waker));
    let poll = |recorder: &Recorder| {
        let future = pin!(recorder.future("future", poll_fn(same)));
        future.poll(&mut Context::from_waker(&waker))
    };
    assert_eq!(poll(&Recorder::off()), Poll::Ready(true));
    // And one that is on gives its own, or the line above would prove nothing.
    assert_eq!(poll(&Recorder::new()), Poll::Ready(false));
}

#[test]
fn a_poll_of_a_recorder_that_is_on_allocates_no_more_than_its_events_need() {
    let recorder = Recorder::new();
    let mut future = pin!(recorder.future("pending", std::future::pending::<()>()));
    let mut poll = || future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending();
    assert!(poll());
    let (_, counted) = count(&mut poll);
    assert_eq!(counted, Count::default());
    let polls =
        recorder.timeline().events.iter().filter(|event| event.kind == Kind::PollBegin).count();
    assert_eq!(polls, 2);
}
