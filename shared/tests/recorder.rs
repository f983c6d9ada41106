//! What the recorder sees of futures, wakers and threads.

#[path = "timelines/scenarios.rs"]
#[allow(dead_code, reason = "not every test needs every scenario")]
mod scenarios;

use std::future::{pending, poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use scenarios::{block_on, receive, send, yield_now};
use shared::probe::{Bounded, Verdict, WakerProbe};
use shared::record::{Event, Kind, Outcome, Recorder, Timeline};

fn told(timeline: &Timeline) -> Vec<String> {
    timeline.events.iter().map(|event| timeline.sentence(event)).collect()
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn count(recorder: &Recorder, wanted: impl Fn(&Event) -> bool) -> usize {
    recorder.timeline().events.iter().filter(|event| wanted(event)).count()
}

#[test]
fn a_value_across_threads_is_told_from_the_first_poll_to_the_last() {
    let recorder = Recorder::new();
    scenarios::across_threads(&recorder);
    let expected = "\
main polls consumer
consumer polls receive
receive clones consumer's waker
receive returns Pending
consumer returns Pending
main parks
producer: sends 17
producer wakes consumer
main is awake again
main polls consumer
consumer polls receive
receive returns Ready(17)
receive is dropped
consumer returns Ready(18)
consumer is dropped";
    assert_eq!(told(&recorder.timeline()), expected.lines().collect::<Vec<_>>());
}

#[test]
fn a_wake_says_which_task_or_which_thread_it_came_from() {
    let recorder = Recorder::new();
    scenarios::ping_pong(&recorder);
    scenarios::across_threads(&recorder);
    let timeline = recorder.timeline();
    let wakes = timeline.events.iter().filter(|event| event.kind == Kind::Wake);
    let wakes: Vec<_> = wakes
        .map(|wake| {
            let by = wake.within.map(|by| timeline.task_name(by));
            let woken = wake.task.map(|task| timeline.task_name(task));
            (by, timeline.thread_name(wake.thread), woken)
        })
        .collect();
    let expected = [
        (Some("ping"), "executor", Some("pong")),
        (Some("pong"), "executor", Some("ping")),
        (None, "producer", Some("consumer")),
    ];
    assert_eq!(wakes, expected);
}

#[test]
fn a_path_of_polls_is_known_from_root_to_leaf() {
    let recorder = Recorder::new();
    let leaf = recorder.future("leaf", ready(()));
    let branch = recorder.future("branch", leaf);
    let root = recorder.future("root", branch);
    // The parents are found at the first poll: before that, nobody can know them.
    assert!(recorder.timeline().tasks.iter().all(|task| task.parent.is_none()));
    assert!(poll(pin!(root)).is_ready());
    let timeline = recorder.timeline();
    let parent = |name: &str| {
        let task = timeline.tasks.iter().find(|task| task.name == name).unwrap();
        task.parent.map(|parent| timeline.task_name(parent))
    };
    assert_eq!(
        (parent("leaf"), parent("branch"), parent("root")),
        (Some("branch"), Some("root"), None)
    );
}

#[test]
fn a_task_has_no_parent_whoever_polls_it() {
    let recorder = Recorder::new();
    let mut task = Box::pin(recorder.task("task", ready(())));
    let executor = recorder.future("executor", poll_fn(|cx| task.as_mut().poll(cx)));
    assert!(poll(pin!(executor)).is_ready());
    assert!(recorder.timeline().tasks.iter().all(|task| task.parent.is_none()));
    assert_eq!(count(&recorder, |event| event.kind == Kind::Spawn), 1);
}

#[test]
fn a_nested_future_gets_its_tasks_waker_and_the_wake_is_recorded_once() {
    let recorder = Recorder::new();
    let seen = Mutex::new(None);
    let keep = |cx: &mut Context<'_>| {
        *seen.lock().unwrap() = Some(cx.waker().clone());
        Poll::<()>::Pending
    };
    let leaf = recorder.future("leaf", poll_fn(keep));
    let root = recorder.future("root", leaf);
    let mut root = pin!(root);
    let probe = WakerProbe::new();
    assert!(root.as_mut().poll(&mut Context::from_waker(&probe.waker())).is_pending());
    seen.lock().unwrap().take().unwrap().wake();
    assert_eq!(probe.wakes(), 1);
    assert_eq!(count(&recorder, |event| event.kind == Kind::Wake), 1);
    assert_eq!(told(&recorder.timeline())[2], "leaf clones root's waker");
}

#[test]
fn a_part_that_is_polled_with_a_waker_of_its_own_is_woken_first_and_then_the_task() {
    struct PassOn(Waker);
    impl std::task::Wake for PassOn {
        fn wake(self: Arc<Self>) {
            self.0.wake_by_ref();
        }
    }
    let recorder = Recorder::new();
    let mut part = Box::pin(recorder.future("part", yield_now()));
    // As an unordered set does: the part has its own waker, which wakes the whole.
    let set = poll_fn(|cx| {
        let own = Waker::from(Arc::new(PassOn(cx.waker().clone())));
        part.as_mut().poll(&mut Context::from_waker(&own))
    });
    let set = recorder.future("set", set);
    assert!(poll(pin!(set)).is_pending());
    let timeline = recorder.timeline();
    let wakes: Vec<_> = told(&timeline).into_iter().filter(|told| told.contains("wakes")).collect();
    assert_eq!(wakes, ["part wakes itself", "part wakes set"]);
}

#[test]
fn polls_with_the_same_waker_hand_out_wakers_that_wake_the_same() {
    let recorder = Recorder::new();
    let mut kept: Option<Waker> = None;
    let mut replaced = 0;
    let leaf = poll_fn(|cx| {
        // What a careful leaf does: it keeps its clone while that is as good as a new one.
        if !kept.as_ref().is_some_and(|kept| kept.will_wake(cx.waker())) {
            kept = Some(cx.waker().clone());
            replaced += 1;
        }
        Poll::<()>::Pending
    });
    let (first, second) = (WakerProbe::new(), WakerProbe::new());
    let (one, other) = (first.waker(), second.waker());
    {
        let mut future = pin!(recorder.future("outer", recorder.future("leaf", leaf)));
        for waker in [&one, &one, &one, &other, &other] {
            assert!(future.as_mut().poll(&mut Context::from_waker(waker)).is_pending());
        }
    }
    assert_eq!(replaced, 2);
    assert_eq!(count(&recorder, |event| event.kind == Kind::WakerCloned), 2);
    kept.unwrap().wake();
    assert_eq!((first.wakes(), second.wakes()), (0, 1));
}

#[test]
fn the_runtimes_waker_lives_no_longer_than_those_who_may_call_it() {
    let recorder = Recorder::new();
    let forgets = |cx: &mut Context<'_>| {
        drop(cx.waker().clone());
        Poll::<()>::Pending
    };
    let report = Bounded::new().run(recorder.future("forgets", poll_fn(forgets)));
    // Seen through the recorder, nobody is left to wake it, as without the recorder.
    assert_eq!(report.verdict, Verdict::Unreachable);
}

#[test]
fn every_use_of_a_waker_is_recorded_and_passed_on() {
    let recorder = Recorder::new();
    let uses = |cx: &mut Context<'_>| {
        cx.waker().wake_by_ref();
        let clone = cx.waker().clone();
        clone.wake_by_ref();
        let another = clone.clone();
        another.wake();
        drop(clone);
        Poll::<()>::Pending
    };
    let probe = WakerProbe::new();
    let mut future = Box::pin(recorder.future("busy", poll_fn(uses)));
    assert!(future.as_mut().poll(&mut Context::from_waker(&probe.waker())).is_pending());
    drop(future);
    assert_eq!(count(&recorder, |event| event.kind == Kind::WakerCloned), 2);
    assert_eq!(count(&recorder, |event| event.kind == Kind::Wake), 3);
    assert_eq!((probe.wakes(), probe.alive()), (3, 0));
}

#[test]
fn a_panic_is_recorded_and_goes_on() {
    let recorder = Recorder::new();
    let mut future = Box::pin(recorder.future("doomed", async {
        std::panic::resume_unwind(Box::new("a reason"));
    }));
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = poll(future.as_mut());
    }));
    assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"a reason"));
    assert_eq!(count(&recorder, |event| event.kind == Kind::PollEnd(Outcome::Panicked)), 1);
    // Nobody is taken to be polled any more.
    assert_eq!(recorder.current(), None);
}

#[test]
fn what_a_future_does_while_it_is_dropped_is_done_within_it() {
    struct Farewell(Recorder);
    impl Drop for Farewell {
        fn drop(&mut self) {
            self.0.note(|| "goodbye".into());
        }
    }
    let recorder = Recorder::new();
    let farewell = Farewell(recorder.clone());
    let mut future = Box::pin(recorder.future("guest", async move {
        let _farewell = farewell;
        pending::<()>().await;
    }));
    assert!(poll(future.as_mut()).is_pending());
    drop(future);
    assert_eq!(told(&recorder.timeline())[2..], ["guest is dropped", "guest: goodbye"]);
}

#[test]
fn positions_point_to_where_a_future_was_wrapped_and_a_remark_was_made() {
    let recorder = Recorder::new();
    let wrapped = line!() + 1;
    let future = recorder.future("here", ready(()));
    assert!(poll(pin!(future)).is_ready());
    let noted = line!() + 1;
    recorder.note(|| "and here".into());
    let events = recorder.timeline().events;
    let lines: Vec<_> = events.iter().map(|event| event.position.unwrap().line()).collect();
    assert_eq!(lines, [wrapped, wrapped, wrapped, noted]);
    assert!(
        events.iter().all(|event| event.position.unwrap().file().ends_with("tests/recorder.rs"))
    );
}

#[test]
fn times_are_noted_only_if_asked_for_and_never_run_backwards() {
    let recorder = Recorder::new();
    recorder.park();
    assert!(recorder.timeline().events[0].time.is_none());

    let recorder = Recorder::new().with_real_time();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..500).for_each(|_| recorder.park()));
        }
    });
    let times: Vec<Duration> =
        recorder.timeline().events.iter().map(|event| event.time.unwrap()).collect();
    assert_eq!(times.len(), 2_000);
    assert!(times.is_sorted());
}

#[test]
fn a_task_that_blocks_puts_its_thread_to_sleep() {
    let recorder = Recorder::new();
    recorder.name_thread("only");
    let blocks = recorder.future("blocks", async {
        recorder.park();
        recorder.unpark();
    });
    assert!(poll(pin!(blocks)).is_ready());
    assert_eq!(told(&recorder.timeline())[1..3], ["only parks", "only is awake again"]);
    assert!(recorder.timeline().to_text(&Default::default()).contains("  1  ┴   ┃"));
}

#[test]
fn a_thread_is_told_apart_from_a_task_of_its_name() {
    let recorder = Recorder::new();
    recorder.name_thread("main");
    assert!(poll(pin!(recorder.future("main", ready(())))).is_ready());
    assert_eq!(told(&recorder.timeline())[0], "thread main polls main");
}

#[test]
fn events_beyond_the_limit_are_counted_and_not_kept() {
    let recorder = Recorder::new().with_limit(3);
    (0..10).for_each(|_| recorder.park());
    let timeline = recorder.timeline();
    assert_eq!((timeline.events.len(), timeline.cut), (3, 7));
}

#[test]
fn recorders_know_nothing_of_each_other() {
    let (one, other) = (Recorder::new(), Recorder::new());
    let inner = other.future("inner", poll_fn(|_| Poll::Ready((one.current(), other.current()))));
    let inner_id = inner.id();
    let outer = one.future("outer", inner);
    let outer_id = outer.id();
    assert_eq!(poll(pin!(outer)), Poll::Ready((outer_id, inner_id)));
    assert_eq!(
        told(&other.timeline())[0].split(' ').skip(1).collect::<Vec<_>>(),
        ["polls", "inner"]
    );
    assert!(other.timeline().tasks[0].parent.is_none());
}

#[test]
fn threads_are_named_by_themselves_or_by_their_turn() {
    let recorder = Recorder::new();
    recorder.park();
    for name in [None, Some("named")] {
        thread::scope(|scope| {
            scope.spawn(|| {
                name.into_iter().for_each(|name| recorder.name_thread(name));
                recorder.park();
            });
        });
    }
    assert_eq!(recorder.timeline().threads[1..], ["thread 1", "named"]);
}

#[test]
fn waiting_for_an_event_orders_what_two_threads_do() {
    for _ in 0..100 {
        let recorder = Recorder::new();
        thread::scope(|scope| {
            scope.spawn(|| {
                recorder.wait_for_nth(2, |event| event.kind == Kind::Park);
                recorder.note(|| "after both".into());
            });
            recorder.park();
            recorder.park();
            recorder.wait_for(|event| event.kind == Kind::Note);
            recorder.unpark();
        });
        let kinds: Vec<_> = recorder.timeline().events.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [Kind::Park, Kind::Park, Kind::Note, Kind::Unpark]);
    }
}

#[test]
fn a_recording_can_be_taken_during_a_poll() {
    let recorder = Recorder::new();
    let future = recorder.future("open", poll_fn(|_| Poll::Ready(recorder.timeline())));
    let Poll::Ready(timeline) = poll(pin!(future)) else { panic!("it is ready") };
    assert_eq!(timeline.events.len(), 1);
    assert_eq!(timeline.events[0].kind, Kind::PollBegin);
}

#[test]
fn wakes_from_many_threads_are_all_recorded() {
    let recorder = Recorder::new();
    let slot = Default::default();
    thread::scope(|scope| {
        let future = recorder.future("woken", receive(&slot));
        let main = scope.spawn(|| block_on(&recorder, future));
        recorder.wait_for(|event| event.kind == Kind::Park);
        scope.spawn(|| send(&slot, 5));
        assert_eq!(main.join().unwrap(), 5);
    });
    assert_eq!(count(&recorder, |event| event.kind == Kind::Wake), 1);
    assert_eq!(recorder.timeline().threads.len(), 2);
}
