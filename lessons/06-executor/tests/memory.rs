//! What a task costs in memory: two allocations, and a size that can be counted.

use std::mem;
use std::task::Waker;

use executor::{Executor, yield_now};
use shared::figures::alloc::{Count, CountingAllocator, count};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// An executor whose queue and list have room already.
fn warm() -> Executor {
    let executor = Executor::new();
    for _ in 0..64 {
        executor.spawn(async {}).detach();
    }
    executor.run();
    executor
}

fn bytes_of<T>(future: impl Future<Output = T> + 'static) -> Count {
    let executor = warm();
    let (_task, counted) = count(|| executor.spawn(future));
    counted
}

#[test]
fn a_task_is_two_allocations() {
    assert_eq!(bytes_of(async {}).allocations, 2);
    assert_eq!(bytes_of(async { [0; 1_000] }).allocations, 2);
    assert_eq!(bytes_of(std::future::pending::<()>()).allocations, 2);
}

#[test]
fn a_larger_future_makes_a_larger_task_byte_by_byte() {
    async fn holds<const N: usize>() {
        let held = [1_u8; N];
        yield_now().await;
        std::hint::black_box(&held);
    }
    let (small, large) = (holds::<8>(), holds::<8_008>());
    let difference = mem::size_of_val(&large) - mem::size_of_val(&small);
    assert!(difference >= 8_000);
    let (small, large) = (bytes_of(small).bytes, bytes_of(large).bytes);
    assert_eq!(large - small, difference as u64);
}

#[test]
fn polls_and_wakes_allocate_nothing() {
    let executor = warm();
    executor
        .spawn(async {
            for _ in 0..100 {
                yield_now().await;
            }
        })
        .detach();
    let ((), counted) = count(|| executor.run());
    assert_eq!(counted.allocations, 0);
}

#[test]
fn everything_is_given_back() {
    let executor = warm();
    let ((), counted) = count(|| {
        let tasks = [10, 11, 12].map(|n| {
            executor.spawn_named(format!("task {n}"), async move {
                yield_now().await;
                vec![n]
            })
        });
        tasks[1].abort();
        executor.run();
    });
    // A name, a task and a result for each; two values; and the name in the error of the third.
    assert_eq!((counted.allocations, counted.frees), (3 * 3 + 3, 3 * 3 + 3));
}

#[test]
fn dropping_the_executor_gives_everything_back() {
    /// Wakes, when it is dropped, a neighbour whose turn to be dropped is still to come.
    struct WakesItsNeighbour(shared::probe::ScriptLog);
    impl Drop for WakesItsNeighbour {
        fn drop(&mut self) {
            assert!(self.0.wake());
        }
    }
    let (waits, log) = shared::probe::Scripted::held("waits", 1, ());
    let ((), counted) = count(|| {
        let executor = Executor::new();
        let wakes = WakesItsNeighbour(log);
        executor
            .spawn(async move {
                let _wakes = wakes;
                std::future::pending::<()>().await;
            })
            .detach();
        executor.spawn(waits).detach();
        executor.block_on(yield_now());
        // This one stands in the queue: it refers to the queue, and the queue to it.
        executor.spawn(async {}).detach();
    });
    // Two more are freed than were made in here: what the log and its future share, and its name.
    assert_eq!(counted.frees, counted.allocations + 2, "{counted:?}");
}

#[test]
fn the_last_waker_gives_the_task_back() {
    let executor = warm();
    let (give, take) = std::sync::mpsc::channel::<Waker>();
    executor
        .spawn(std::future::poll_fn(move |cx| {
            give.send(cx.waker().clone()).unwrap();
            std::task::Poll::Ready(())
        }))
        .detach();
    executor.run();
    let waker = take.recv().unwrap();
    let ((), counted) = count(|| drop(waker));
    assert_eq!((counted.frees, counted.allocations), (1, 0));
}
