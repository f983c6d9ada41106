//! Every byte is written once, and the event loop is asked only for as long as there is no room.

#[allow(
    clippy::todo,
    dead_code,
    unused_mut,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::write_all;
use shared::probe::{Bounded, Peer, Pollers, WakerProbe, times, watchdog};

/// For the answer.
pub use setup::Socket;
use setup::*;

#[test]
fn where_there_is_room_it_does_not_wait() {
    check(|| {
        let (mut socket, world) = World::new();
        world.peer.takes(usize::MAX);
        let polled = Call::new(&mut socket, b"tea and cake").poll();
        let (received, asked) = (world.peer.received(), world.watched.times());
        let story = "there is room for everything, and `write_all` was polled once";
        assert!(
            polled.is_ready() && asked == 0,
            "{story}. It has written \"{}\", had the socket watched {}, and returned {}. A socket has room nearly always: to write \
             first saves a turn of the event loop",
            received.escape_ascii(),
            times(asked),
            if polled.is_ready() { "Ready" } else { "Pending" }
        );
    });
    check(|| arrives("there is room for everything", "tea and cake", &[usize::MAX], &[]));
}

#[test]
fn before_its_first_poll_it_writes_nothing() {
    check(|| {
        let (mut socket, world) = World::new();
        world.peer.takes(usize::MAX);
        drop(write_all(&mut socket, b"tea and cake"));
        let (received, writes) = (world.peer.received(), world.peer.writes());
        assert!(
            writes == 0 && world.watched.times() == 0,
            "`write_all` was called, and its future was dropped before anybody polled it. \"{}\" has arrived. Whoever puts a future \
             away for later, or never awaits it, relies on that: nothing happens before the first poll",
            received.escape_ascii()
        );
    });
}

#[test]
fn to_write_nothing_is_no_error() {
    check(|| {
        let (mut socket, _world) = World::new();
        match Call::new(&mut socket, b"").poll() {
            Poll::Pending => panic!("there is nothing to write, and `write_all` waits for room"),
            Poll::Ready(result) => assert!(
                result.is_ok(),
                "there is nothing to write, and `write_all` gave {}: a write of no bytes that takes none is not a failure",
                in_words(&result)
            ),
        }
    });
}

#[test]
fn what_a_write_leaves_is_written_next() {
    check(|| {
        arrives(
            "the socket took 4 bytes, then 2, and then all that came",
            "tea and cake",
            &[4, 2, 100],
            &[],
        );
    });
}

#[test]
fn while_there_is_no_room_it_waits() {
    check(|| {
        let (mut socket, world) = World::new();
        world.peer.takes(4);
        let mut call = Call::new(&mut socket, b"tea and cake");
        for polls in 1..=3 {
            if let Poll::Ready(result) = call.poll() {
                panic!(
                    "the socket had room for 4 of 12 bytes, and at poll {polls} `write_all` gave {}. A write that says `WouldBlock` says \
                     \"not yet\": the rest is to be written when there is room",
                    in_words(&result)
                );
            }
            (0..10).for_each(|_| world.turn());
            let wakes = call.task.wakes();
            assert!(
                wakes == 0,
                "there is no room, nothing has happened, and the task was woken {}: it is polled again for nothing",
                times(wakes)
            );
            world.peer.takes(0);
        }
        world.peer.takes(100);
        world.turn();
        assert!(
            call.task.wakes() > 0,
            "`write_all` was polled 3 times while there was no room, two of them for nothing. Then there was room, and nobody woke \
             its task: the socket is {}watched",
            if world.is_watched() { "" } else { "not " }
        );
    });
}

#[test]
fn whatever_the_pieces_everything_arrives_once() {
    check(|| {
        let bytes = "tea and cake";
        for first in 1..=bytes.len() {
            for second in 1..=bytes.len() {
                let story = format!(
                    "the socket took {first} bytes, then would-block, {second} bytes, would-block, one byte at a time"
                );
                let rooms: Vec<_> = [second].into_iter().chain([1; 12]).collect();
                arrives(&story, bytes, &[first], &rooms);
            }
        }
    });
}

#[test]
fn a_long_answer_arrives_as_well() {
    check(|| {
        // More than 16 bits can count.
        let bytes: Vec<u8> = (0..=250).cycle().take(140_000).collect();
        for room in [150_000, 70_000, 65_536, 256] {
            let (mut socket, world) = World::new();
            let turn = || {
                let goes_on = world.peer.received().len() <= bytes.len();
                if goes_on {
                    world.peer.takes(room);
                    world.turn();
                }
                goes_on
            };
            let report =
                Bounded::new().polls(1_000).when_idle(turn).run(write_all(&mut socket, &bytes));
            let (is_ok, received) = (matches!(report.value, Some(Ok(()))), world.peer.received());
            let right = received.iter().zip(&bytes).take_while(|(one, other)| one == other).count();
            assert!(
                is_ok && received == bytes,
                "an answer has 140,000 bytes, and the socket takes {room} at a time. {} bytes have arrived, of which the first {right} are \
                 right, and `write_all` has {}given `Ok(())`",
                received.len(),
                if is_ok { "" } else { "not " }
            );
        }
    });
}

#[test]
fn it_is_woken_in_the_task_that_polled_last() {
    check(|| {
        for pollers in Pollers::orders() {
            let (mut socket, world) = World::new();
            let mut call = Call::new(&mut socket, b"tea");
            pollers.poll(|cx| call.future.as_mut().poll(cx));
            world.peer.takes(1);
            world.turn();
            pollers.expect_last_woken("there was room for one byte of three");
            // And the same, waiting for the second time.
            pollers.poll(|cx| call.future.as_mut().poll(cx));
            world.peer.takes(100);
            world.turn();
            pollers.expect_last_woken("there was room for the others");
        }
    });
}

#[test]
fn when_all_is_written_the_socket_is_not_watched() {
    for waits in [1, 2] {
        check_waits(waits, |call, world| {
            world.peer.takes(100);
            world.turn();
            assert!(call.poll().is_ready(), "there was room, and `write_all` returned Pending");
            // Also while its future is still there: somebody may keep it.
            "and then gave `Ok(())`".to_owned()
        });
    }
}

#[test]
fn after_an_error_the_socket_is_not_watched() {
    for waits in [1, 2] {
        check_waits(waits, |call, world| {
            world.peer.write_fails(ErrorKind::ConnectionReset);
            world.turn();
            let Poll::Ready(Err(error)) = call.poll() else {
                panic!(
                    "`write_all` waited for room, then the connection was reset, and it has not given the error"
                )
            };
            format!("and then gave the error `{:?}`", error.kind())
        });
        check_waits(waits, |call, world| {
            world.peer.takes_nothing();
            world.turn();
            let Poll::Ready(Err(error)) = call.poll() else {
                panic!(
                    "`write_all` waited for room, then a write took nothing, with `Ok(0)`, and it has not given the error"
                )
            };
            format!("and then gave the error `{:?}`", error.kind())
        });
    }
}

#[test]
fn when_it_is_given_up_the_socket_is_not_watched() {
    for waits in [1, 2, 3] {
        check_waits(waits, |call, _| {
            // In place of the call that waits stands one that has nothing to do.
            call.future = Box::pin(std::future::ready(Ok(())));
            "and its future was dropped".to_owned()
        });
    }
    check(|| {
        let (mut socket, world) = World::new();
        let mut call = Call::new(&mut socket, b"tea");
        let _ = call.poll();
        // It is woken, and dropped before it is polled.
        world.peer.takes(1);
        world.turn();
        let Call { future, task } = call;
        drop(future);
        world.is_left_alone(
            &task,
            "`write_all` waited for room, was woken, and was dropped before it was polled",
        );
    });
}

#[test]
fn a_socket_that_takes_nothing_is_an_error() {
    check(|| {
        let (mut socket, world) = World::new();
        world.peer.takes(1);
        world.peer.takes_nothing();
        let story = "the socket took one byte of three, and then none, with `Ok(0)`";
        let why = "A socket that takes nothing, and does not say `WouldBlock`, will never take any";
        let result = ends(&mut socket, &world, story, why);
        assert!(
            matches!(&result, Err(error) if error.kind() == ErrorKind::WriteZero),
            "{story}. `write_all` gave {}, in place of the error `WriteZero`. {why}",
            in_words(&result)
        );
    });
}

#[test]
fn an_interrupted_write_is_tried_again() {
    check(|| {
        let (mut socket, world) = World::new();
        world.peer.write_fails(ErrorKind::Interrupted);
        world.peer.takes(2);
        (0..3).for_each(|_| world.peer.write_fails(ErrorKind::Interrupted));
        world.peer.takes(100);
        let story = "four writes of \"tea\" were interrupted by signals, three of them in a row";
        let why = "`Interrupted` says that nothing was written, and no more";
        let result = ends(&mut socket, &world, story, why);
        let received = world.peer.received();
        assert!(
            result.is_ok() && received == b"tea",
            "{story}. \"{}\" has arrived, and `write_all` gave {}. {why}",
            received.escape_ascii(),
            in_words(&result)
        );
    });
    check(|| {
        let (mut socket, world) = World::new();
        world.peer.write_fails(ErrorKind::Interrupted);
        world.peer.takes(usize::MAX);
        let story = "there is room for everything, and the first write was interrupted by a signal";
        let why = "`Interrupted` says nothing about room";
        let result = ends(&mut socket, &world, story, why);
        let asked = world.watched.times();
        assert!(
            result.is_ok() && asked == 0,
            "{story}. `write_all` gave {}, and had the socket watched {}. {why}: to wait for some costs a turn of the event loop",
            in_words(&result),
            times(asked)
        );
    });
}

#[test]
fn an_error_of_the_socket_is_passed_on() {
    check(|| {
        for kind in [
            ErrorKind::BrokenPipe,
            ErrorKind::ConnectionReset,
            ErrorKind::ConnectionAborted,
            ErrorKind::NotConnected,
            ErrorKind::TimedOut,
            ErrorKind::UnexpectedEof,
            ErrorKind::OutOfMemory,
        ] {
            for before in [0, 1] {
                let (mut socket, world) = World::new();
                world.peer.takes(before);
                world.peer.write_fails(kind);
                let story = format!(
                    "the socket took {before} of three bytes, and then a write failed with `{kind:?}`"
                );
                let why = "A connection that is broken does not get better";
                // What is written behind a failure would be taken, but there is no sense in it.
                world.peer.takes(100);
                let result = ends(&mut socket, &world, &story, why);
                assert!(
                    matches!(&result, Err(error) if error.kind() == kind),
                    "{story}. `write_all` gave {}, in place of the error `{kind:?}`. {why}",
                    in_words(&result)
                );
            }
        }
    });
}
