//! The driver sleeps until the next deadline at most, and is called back where that has moved.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use executor::{Executor, Park, ThreadPark};
use shared::narrate::VirtualClock;
use shared::probe::{WakerProbe, watchdog};
use timers::{Heap, RealClock, Sleep, Timer, TimerQueue, Timers, VirtualPark, Wheel};
use wakers::{block_on, oneshot};

mod common;

use common::{SECOND, World, world};

const MILLI: Duration = Duration::from_millis(1);

/// What happens during a sleep of this length.
type Event = Box<dyn FnMut(Option<Duration>)>;

/// Notes for how long it is asked to sleep, and lets something happen meanwhile.
#[derive(Clone, Default)]
struct Watched {
    limits: Rc<RefCell<Vec<Option<Duration>>>>,
    event: Rc<RefCell<Option<Event>>>,
    unparks: WakerProbe,
}

impl Park for Watched {
    fn park(&self, limit: Option<Duration>) {
        self.limits.borrow_mut().push(limit);
        if let Some(event) = &mut *self.event.borrow_mut() {
            event(limit);
        }
    }

    fn unparker(&self) -> Waker {
        self.unparks.waker()
    }
}

impl Watched {
    fn during(&self, event: impl FnMut(Option<Duration>) + 'static) {
        *self.event.borrow_mut() = Some(Box::new(event));
    }
}

fn watched(queue: impl TimerQueue + 'static) -> (VirtualClock, Watched, Timers<Watched>, Timer) {
    let (clock, park) = (VirtualClock::new(), Watched::default());
    let (timers, timer) = Timers::with_queue(queue, clock.clone(), park.clone());
    (clock, park, timers, timer)
}

/// Sets a timer, for nobody.
fn set(sleep: &mut Sleep) {
    assert!(Pin::new(sleep).poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

#[test]
fn it_sleeps_until_the_next_deadline_or_its_limit() {
    let (clock, park, timers, timer) = watched(Heap::new());
    timers.park(None);
    let mut sleeps = [timer.sleep(5 * SECOND), timer.sleep(3 * SECOND)];
    sleeps.iter_mut().for_each(set);
    timers.park(None);
    clock.advance(SECOND);
    timers.park(None);
    timers.park(Some(SECOND));
    timers.park(Some(Duration::ZERO));
    timers.park(Some(10 * SECOND));
    clock.advance(10 * SECOND);
    timers.park(None);
    let secs = |secs| Some(secs * SECOND);
    let limits = [None, secs(3), secs(2), secs(1), secs(0), secs(2), secs(0)];
    assert_eq!(*park.limits.borrow(), limits);
}

#[test]
fn a_timer_set_while_it_sleeps_ends_the_sleep_if_it_comes_first_and_only_then() {
    for queue in [Box::new(Heap::new()) as Box<dyn TimerQueue>, Box::new(Wheel::new())] {
        let (_clock, park, timers, timer) = watched(Boxed(queue));
        let mut first = timer.sleep(10 * SECOND);
        set(&mut first);
        assert_eq!(park.unparks.wakes(), 0, "it was awake, and looks before it sleeps");

        let (unparks, counts) = (park.unparks.clone(), Rc::new(Cell::new([0; 4])));
        let theirs = Rc::clone(&counts);
        park.during(move |_| {
            let mut wakes = [0; 4];
            let mut sleeps = [20, 10, 5, 4].map(|seconds| timer.sleep(seconds * SECOND));
            for (sleep, wakes) in sleeps.iter_mut().zip(&mut wakes) {
                set(sleep);
                *wakes = unparks.wakes();
            }
            theirs.set(wakes);
        });
        timers.park(None);
        // The one of 20 s and the one of 10 s need no call. The one of 5 s does; after that the
        // loop is awake.
        assert_eq!(counts.get(), [0, 0, 1, 1]);
    }
}

/// A queue that is chosen while the program runs.
struct Boxed(Box<dyn TimerQueue>);

impl TimerQueue for Boxed {
    fn insert(&mut self, deadline: Duration, waker: Waker) -> timers::Key {
        self.0.insert(deadline, waker)
    }

    fn waker_mut(&mut self, key: timers::Key) -> Option<&mut Waker> {
        self.0.waker_mut(key)
    }

    fn cancel(&mut self, key: timers::Key) -> Option<Waker> {
        self.0.cancel(key)
    }

    fn next_deadline(&self) -> Option<Duration> {
        self.0.next_deadline()
    }

    fn expire(&mut self, now: Duration) -> Vec<Waker> {
        self.0.expire(now)
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

#[test]
fn without_timers_any_timer_ends_the_sleep() {
    let (_clock, park, timers, timer) = watched(Heap::new());
    let kept = Rc::new(RefCell::new(timer.sleep(3600 * SECOND)));
    let theirs = Rc::clone(&kept);
    park.during(move |_| set(&mut theirs.borrow_mut()));
    timers.park(None);
    assert_eq!(park.unparks.wakes(), 1);
    timers.park(None);
    assert_eq!(*park.limits.borrow(), [None, Some(3600 * SECOND)]);
}

#[test]
fn what_became_due_during_the_sleep_is_called_after_it_in_order() {
    let (clock, park, timers, timer) = watched(Heap::new());
    let probes = [(); 3].map(|()| WakerProbe::new());
    let mut sleeps = [3, 1, 2].map(|seconds| timer.sleep(seconds * SECOND));
    for (sleep, probe) in sleeps.iter_mut().zip(&probes) {
        let waker = probe.waker();
        assert!(Pin::new(sleep).poll(&mut Context::from_waker(&waker)).is_pending());
    }
    let probe = probes[1].clone();
    park.during(move |limit| {
        assert_eq!(probe.wakes(), 0);
        clock.advance(limit.expect("a timer is set") + SECOND);
    });
    timers.park(None);
    assert_eq!(probes.map(|probe| probe.wakes()), [0, 1, 1]);
    assert_eq!(timer.len(), 1);
}

// ANCHOR: other-thread
#[test]
fn a_timer_of_another_thread_is_served_by_a_loop_that_sleeps() {
    // The loop would sleep for ever if nobody called it.
    watchdog(Duration::from_secs(60), "the loop", || [false, true].map(served_elsewhere));
}

fn served_elsewhere(wheel: bool) {
    let (clock, park) = (RealClock::new(), ThreadPark::new());
    let (timers, timer) = match wheel {
        false => Timers::with_queue(Heap::new(), clock, park),
        true => Timers::with_queue(Wheel::new(), clock, park),
    };
    let (sender, receiver) = oneshot::channel();
    let other = thread::spawn(move || {
        let start = Instant::now();
        // This thread has no timers of its own: the other one's loop has to wake up for it.
        block_on(timer.sleep(MILLI));
        sender.send(start.elapsed())
    });
    let took = Executor::with_park(timers).block_on(receiver).expect("it is sent");
    assert!(took >= MILLI, "early: {took:?}");
    other.join().expect("it does not panic").expect("we listened");
}
// ANCHOR_END: other-thread

#[test]
fn real_time_is_never_early() {
    for wheel in [false, true] {
        let (clock, park) = (RealClock::new(), ThreadPark::new());
        let (timers, timer) = match wheel {
            false => Timers::with_queue(Heap::new(), clock, park),
            true => Timers::with_queue(Wheel::new(), clock, park),
        };
        let executor = Executor::with_park(timers);
        for micros in [1, 100, 999, 1_000, 1_001, 2_500] {
            let (start, duration) = (Instant::now(), Duration::from_micros(micros));
            executor.block_on(timer.sleep(duration));
            assert!(start.elapsed() >= duration);
        }
    }
}

#[test]
fn a_sleep_for_ever_does_not_keep_real_time_from_others() {
    for wheel in [false, true] {
        let (clock, park) = (RealClock::new(), ThreadPark::new());
        let (timers, timer) = match wheel {
            false => Timers::with_queue(Heap::new(), clock, park),
            true => Timers::with_queue(Wheel::new(), clock, park),
        };
        let executor = Executor::with_park(timers);
        // Beyond what the system can count, in seconds, in milliseconds and in nanoseconds.
        let for_ever = [
            Duration::MAX,
            Duration::from_secs(i64::MAX.unsigned_abs()),
            Duration::from_millis(u64::MAX),
            Duration::from_nanos(u64::MAX),
        ];
        for duration in for_ever {
            let asleep = executor.spawn(timer.sleep(duration));
            executor.block_on(timer.sleep(MILLI));
            assert!(!asleep.is_finished());
        }
        // Now the loop itself has nothing nearer to wait for, and is called by another thread.
        let (sender, receiver) = oneshot::channel();
        let other = thread::spawn(move || sender.send(7));
        assert_eq!((executor.block_on(receiver), timer.len()), (Ok(7), for_ever.len()));
        other.join().expect("it does not panic").expect("we listened");
    }
}

#[test]
fn drivers_can_be_stacked() {
    let clock = VirtualClock::new();
    let park = VirtualPark::new(clock.clone());
    let (inner, inner_timer) = Timers::new(clock.clone(), park);
    let (outer, outer_timer) = Timers::with_queue(Wheel::new(), clock.clone(), inner);
    let executor = Executor::with_park(outer);
    let slow = executor.spawn(inner_timer.sleep(3 * SECOND));
    executor.block_on(outer_timer.sleep(2 * SECOND));
    assert_eq!((clock.now(), slow.is_finished()), (2 * SECOND, false));
    executor.block_on(slow).expect("it ends");
    assert_eq!(clock.now(), 3 * SECOND);
}

#[test]
fn waiting_for_nobody_is_said_in_words() {
    let World { timer, executor, .. } = world(Heap::new());
    executor.block_on(timer.sleep(SECOND));
    let outcome = catch_unwind(AssertUnwindSafe(|| executor.block_on(pending::<()>())));
    let payload = outcome.expect_err("it cannot end");
    let words = payload.downcast_ref::<String>().expect("a panic with words");
    assert!(words.contains("every task waits for ever: no timer is set"), "{words}");
}

#[test]
fn a_wake_before_the_sleep_keeps_virtual_time_where_it_is() {
    for World { clock, timer, executor } in [world(Heap::new()), world(Wheel::new())] {
        let (mut asleep, mut times) = (timer.sleep(SECOND), Vec::new());
        executor.block_on(poll_fn(|cx| {
            times.push(clock.now());
            cx.waker().wake_by_ref();
            let slept = Pin::new(&mut asleep).poll(cx);
            if times.len() == 10 { Poll::Ready(()) } else { slept }
        }));
        assert_eq!(times, [Duration::ZERO; 10]);
    }
}

#[test]
fn virtual_time_stands_still_where_the_unparker_was_called() {
    let clock = VirtualClock::new();
    let park = VirtualPark::new(clock.clone());
    for limit in [Some(SECOND), None] {
        park.unparker().wake();
        park.park(limit);
        assert_eq!(clock.now(), Duration::ZERO);
    }
    park.park(Some(SECOND));
    assert_eq!(clock.now(), SECOND);
}

#[test]
fn a_busy_loop_looks_after_its_timers_all_the_same() {
    for World { clock, timer, executor } in [world(Heap::new()), world(Wheel::new())] {
        let busy = executor.spawn({
            let clock = clock.clone();
            async move {
                loop {
                    clock.advance(MILLI);
                    executor::yield_now().await;
                }
            }
        });
        executor.block_on(timer.sleep(SECOND));
        assert_eq!(clock.now(), SECOND);
        drop(busy);
    }
}

#[test]
fn the_handle_can_go_to_any_thread() {
    fn is_send_and_sync<T: Send + Sync>() {}
    is_send_and_sync::<Timer>();
    is_send_and_sync::<Sleep>();
    is_send_and_sync::<timers::Interval>();
    is_send_and_sync::<timers::Timeout<std::future::Ready<()>>>();
}

#[test]
fn nothing_is_written_under_the_lock() {
    watchdog(Duration::from_secs(10), "formatting", || {
        let clock = VirtualClock::new();
        let (timers, timer) = Timers::new(clock.clone(), VirtualPark::new(clock));
        shared::probe::written_from_within(&timer);
        drop(timers);
    });
}

#[test]
fn a_waker_that_panics_loses_no_other_timer() {
    struct Panics;
    impl std::task::Wake for Panics {
        fn wake(self: std::sync::Arc<Self>) {
            panic!("this waker panics");
        }
    }
    let clock = VirtualClock::new();
    let (timers, timer) = Timers::new(clock.clone(), VirtualPark::new(clock));
    let probe = WakerProbe::new();
    let panics = Waker::from(std::sync::Arc::new(Panics));
    let wakers = [probe.waker(), panics, probe.waker()];
    let mut sleeps = [(); 3].map(|()| Box::pin(timer.sleep(SECOND)));
    for (sleep, waker) in sleeps.iter_mut().zip(&wakers) {
        assert!(sleep.as_mut().poll(&mut Context::from_waker(waker)).is_pending());
    }
    let parked = catch_unwind(AssertUnwindSafe(|| timers.park(None)));
    let panic = parked.expect_err("the panic is passed on");
    assert_eq!(panic.downcast_ref(), Some(&"this waker panics"));
    assert_eq!(probe.wakes(), 2);
}
