//! Each one who waits is asked for, in both directions, for as long as they wait and no longer.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::cell::Cell;
use std::io::{self, ErrorKind};
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use answer::Source;
use shared::probe::{Peer, Pollers, WakerProbe, times, watchdog};

/// What the source reads from and writes to.
use shared::probe::Socket;

use setup::*;
/// For the answer.
pub use setup::{Event, Poller};

#[test]
fn what_the_socket_gives_is_returned_at_once() {
    check(|| {
        for kind in [
            ErrorKind::Interrupted,
            ErrorKind::ConnectionAborted,
            ErrorKind::NotConnected,
            ErrorKind::TimedOut,
            ErrorKind::UnexpectedEof,
            ErrorKind::WriteZero,
            ErrorKind::OutOfMemory,
        ] {
            let world = World::new();
            world.kernel.peer.read_fails(kind);
            world.kernel.peer.write_fails(kind);
            let read = world.read().map_ok(|text| text.len());
            for (name, polled) in [("poll_read", read), ("poll_write", world.write())] {
                assert!(
                    matches!(&polled, Poll::Ready(Err(error)) if error.kind() == kind),
                    "the socket failed with `{kind:?}`, and `{name}` returned {polled:?}. Only `WouldBlock` says that it is worth \
                     waiting: what is to be done about any other error is for the caller to say"
                );
            }
        }
        let world = World::new();
        world.kernel.peer.end();
        world.kernel.peer.takes_nothing();
        let read = world.read().map_ok(|text| text.len());
        for (name, polled) in [("poll_read", read), ("poll_write", world.write())] {
            assert!(
                matches!(&polled, Poll::Ready(Ok(0))),
                "the socket answered `Ok(0)`, and `{name}` returned {polled:?}. Only `WouldBlock` says that it is worth waiting"
            );
        }
    });
    check(|| {
        let world = World::new();
        world.kernel.peer.send(b"tea");
        world.kernel.peer.takes(3);
        let (read, written) = (world.read(), world.write());
        assert!(
            matches!(&read, Poll::Ready(Ok(text)) if text == "tea"),
            "there was \"tea\" to read, and `poll_read` returned {read:?}"
        );
        assert!(
            matches!(&written, Poll::Ready(Ok(3))) && world.kernel.peer.received() == b"cak",
            "there was room for 3 bytes of \"cake\", and `poll_write` returned {written:?}"
        );
        world.kernel.peer.read_fails(ErrorKind::ConnectionReset);
        world.kernel.peer.write_fails(ErrorKind::BrokenPipe);
        let (read, written) = (world.read(), world.write());
        assert!(
            matches!(&read, Poll::Ready(Err(error)) if error.kind() == ErrorKind::ConnectionReset),
            "the connection was reset, and `poll_read` returned {read:?}. Only `WouldBlock` says that it is worth waiting"
        );
        assert!(
            matches!(&written, Poll::Ready(Err(error)) if error.kind() == ErrorKind::BrokenPipe),
            "the other side was gone, and `poll_write` returned {written:?}. Only `WouldBlock` says that it is worth waiting"
        );
        let asked = world.kernel.state().asked;
        assert!(
            asked == 0,
            "the socket has answered four times at once, and the kernel was asked {}. To try first saves the question, and an \
             answer that nobody waits for",
            times(asked)
        );
    });
    check(|| {
        for (who, other) in [(Event::READ, Event::WRITE), (Event::WRITE, Event::READ)] {
            let world = World::new();
            world.wait(&[who]);
            let before = world.kernel.state().asked;
            for _ in 0..3 {
                let is_ready = match other {
                    Event::READ => {
                        world.kernel.peer.send(b"tea");
                        world.read().is_ready()
                    }
                    _ => {
                        world.kernel.peer.takes(4);
                        world.write().is_ready()
                    }
                };
                assert!(
                    is_ready,
                    "{} was possible, and the poll returned Pending",
                    other.in_words()
                );
            }
            let asked = world.kernel.state().asked - before;
            let question = world.kernel.question();
            assert!(
                asked == 0 && question == who.in_words(),
                "{} waits. Three times, the socket gave {} at once what it wanted, and meanwhile the kernel was asked {} (asked now: \
                 {question}). Nobody has begun or ceased to wait: the question is the same",
                names(who),
                names(other),
                times(asked)
            );
        }
    });
}

#[test]
fn whoever_waits_is_asked_for_and_woken() {
    check(|| {
        for (who, name) in [(Event::READ, "reader"), (Event::WRITE, "writer")] {
            let world = World::new();
            world.wait(&[who]);
            let question = world.kernel.question();
            let story = format!("the {name} waits, and the kernel is asked about {question}");
            assert!(
                question == who.in_words(),
                "{story}. It is to be asked about {}: otherwise it answers what nobody wants to know, or never",
                who.in_words()
            );
            assert!(
                world.woken() == Event::default(),
                "{story}. Nothing has happened, and the {name} was woken: it is polled again for nothing"
            );
            match who {
                Event::READ => world.kernel.peer.send(b"tea"),
                _ => world.kernel.peer.takes(100),
            }
            world.turns(1);
            let woken = world.woken();
            assert!(woken == who, "{story}. The answer came (woken: {})", names(woken));
        }
    });
}

#[test]
fn every_message_arrives() {
    check(|| {
        let world = World::new();
        for nth in ["first", "second", "third"] {
            world.wait(&[Event::READ]);
            world.kernel.peer.send(nth.as_bytes());
            world.turns(1);
            let (answered, woken) = (world.kernel.state().answered, world.reader.take_woken());
            assert!(
                woken,
                "the reader waits for the {nth} message, which has come, and nobody has woken it. The kernel has answered {} so far: it \
                 answers a question once, and then it has to be asked again",
                times(answered)
            );
            let read = world.read();
            assert!(
                matches!(&read, Poll::Ready(Ok(text)) if text == nth),
                "the {nth} message has come, the reader was woken, and `poll_read` returned {read:?}"
            );
        }
    });
}

#[test]
fn every_wait_is_asked_for() {
    check(|| {
        for (who, name) in [(Event::READ, "something to read"), (Event::WRITE, "room to write")] {
            let other = if who == Event::READ { Event::WRITE } else { Event::READ };
            for is_alone in [true, false] {
                let world = World::new();
                if !is_alone {
                    world.wait(&[other]);
                }
                for nth in ["first", "second", "third"] {
                    world.wait(&[who]);
                    world.happens(who);
                    world.turns(1);
                    let woken = world.woken();
                    assert!(
                        woken == who,
                        "{} waits{}, for {name} for the {nth} time, and it is there (woken: {}). Each wait needs a question of its own",
                        names(who),
                        if is_alone { " alone" } else { " beside the other one" },
                        names(woken)
                    );
                    let polled = if who == Event::READ {
                        world.read().is_ready()
                    } else {
                        world.write().is_ready()
                    };
                    assert!(polled, "{} was woken, and the poll returned Pending", names(who));
                }
            }
        }
    });
}

#[test]
fn two_that_wait_are_both_asked_for() {
    check(|| {
        for order in [[Event::READ, Event::WRITE], [Event::WRITE, Event::READ]] {
            let world = World::new();
            world.wait(&order);
            let question = world.kernel.question();
            assert!(
                question == Event::BOTH.in_words(),
                "{} waits, then {} waits as well, and the kernel is asked about {question}. A new question takes the place of the old \
                 one: it has to be for both",
                names(order[0]),
                names(order[1])
            );
            // A poll for nothing.
            world.wait(&order[..1]);
            let question = world.kernel.question();
            assert!(
                question == Event::BOTH.in_words(),
                "both wait, then {} is polled once more, and the kernel is asked about {question}. The other one still waits",
                names(order[0])
            );
        }
    });
}

#[test]
fn an_answer_for_one_leaves_the_other_waiting() {
    check(|| {
        for (first, second) in [(Event::READ, Event::WRITE), (Event::WRITE, Event::READ)] {
            let world = World::new();
            world.wait(&[Event::READ, Event::WRITE]);
            let happens = |what| match what {
                Event::READ => world.kernel.peer.send(b"tea"),
                _ => world.kernel.peer.takes(100),
            };
            happens(first);
            world.turns(1);
            let (woken, question) = (world.woken(), world.kernel.question());
            let story = format!(
                "both wait, and the kernel has answered that {} is possible (woken: {}; asked now: {question})",
                first.in_words(),
                names(woken)
            );
            assert!(
                woken == first,
                "{story}. This is an answer for {}, and for nobody else",
                names(first)
            );
            assert!(
                question == second.in_words(),
                "{story}. Now {} still waits, and nobody else: with its answer, the kernel has forgotten the whole question",
                names(second)
            );
            happens(second);
            world.turns(1);
            let woken = world.woken();
            assert!(
                woken == second,
                "{story}. Then the other answer came as well (woken: {})",
                names(woken)
            );
            let question = world.kernel.question();
            assert!(
                question == "nothing",
                "{story}. Then the other answer came as well. Nobody waits any more, and the kernel is asked about {question}"
            );
        }
    });
}

#[test]
fn an_answer_that_comes_too_late_leaves_the_other_waiting() {
    check(|| {
        for (early, other) in [(Event::READ, Event::WRITE), (Event::WRITE, Event::READ)] {
            let world = World::new();
            world.wait(&[Event::READ, Event::WRITE]);
            world.happens(early);
            world.happens(early);
            // Before the event loop has its turn, one of them is polled for another reason.
            // One that knows that the event loop has not told it anything yet may do without a try.
            if early == Event::READ {
                let _ = world.read();
            } else {
                let _ = world.write();
            }
            world.turns(1);
            let (woken, question) = (world.woken(), world.kernel.question());
            let story = format!(
                "both wait, and then {} is possible, twice. {} is polled before the event loop has its turn. Now the kernel answers that \
                 {} is possible (woken: {}; asked now: {question})",
                early.in_words(),
                names(early),
                early.in_words(),
                names(woken)
            );
            let is_other_woken = woken == other || woken == Event::BOTH;
            assert!(!is_other_woken, "{story}. Nothing has come for {}", names(other));
            assert!(
                question == other.in_words(),
                "{story}. {} still waits: with an answer, the kernel forgets the whole question, also if nobody was to be woken",
                names(other)
            );
        }
    });
}

#[test]
fn an_answer_for_both_wakes_both() {
    check(|| {
        let world = World::new();
        world.wait(&[Event::READ, Event::WRITE]);
        world.kernel.peer.send(b"tea");
        world.kernel.peer.takes(100);
        world.turns(1);
        let (woken, question) = (world.woken(), world.kernel.question());
        let story = format!(
            "both wait, and the kernel has answered that reading and writing are possible (woken: {}; asked now: {question})",
            names(woken)
        );
        assert!(
            woken == Event::BOTH,
            "{story}. One answer may be for both: nobody else will tell the other one"
        );
        assert!(
            question == "nothing",
            "{story}. Nobody waits any more: this question is answered at once, for nobody"
        );
    });
}

#[test]
fn a_reader_that_waits_again_takes_nothing_from_the_writer() {
    check(|| {
        let world = World::new();
        world.wait(&[Event::WRITE]);
        for _ in 0..3 {
            world.wait(&[Event::READ]);
            world.kernel.peer.send(b"tea");
            world.turns(1);
            let _ = world.read();
        }
        world.wait(&[Event::READ]);
        world.kernel.peer.takes(100);
        world.turns(1);
        assert!(
            world.writer.take_woken(),
            "the writer waits for room. Meanwhile the reader has got three messages, and waits for the fourth. There is room now, and \
             nobody has woken the writer: the kernel is asked about {}",
            world.kernel.question()
        );
    });
}

#[test]
fn while_nobody_waits_nothing_is_asked() {
    check(|| {
        let world = World::new();
        world.wait(&[Event::READ]);
        world.kernel.peer.send(b"tea");
        // The reader's task does not get its turn for a while: it is not polled yet.
        world.turns(100);
        let (answered, wakes) = (world.kernel.state().answered, world.reader.wakes());
        assert!(
            answered == 1 && wakes == 1,
            "the reader waited, a message came, and before the reader could be polled, the event loop made 100 turns. The kernel has \
             answered {}, and the reader was woken {}. One that was woken does not wait: to ask for it before it has read what there \
             is gives the same answer again",
            times(answered),
            times(wakes)
        );
        let _ = world.read();
        let question = world.kernel.question();
        assert!(
            question == "nothing",
            "the reader has read its message, nobody waits, and the kernel is asked about {question}"
        );
    });
}

#[test]
fn a_socket_that_has_room_does_not_spin() {
    check(|| {
        let world = World::new();
        world.kernel.peer.takes(usize::MAX);
        let _ = world.write();
        world.wait(&[Event::READ]);
        world.turns(100);
        let answered = world.kernel.state().answered;
        assert!(
            answered == 0,
            "the reader waits, nothing comes, and nobody wants to write. In 100 turns of the event loop, the kernel has answered {}: a \
             socket has room nearly always, and whoever asks about that for no reason is told, again and again. It spins",
            times(answered)
        );
    });
}

#[test]
fn the_task_that_polled_last_is_woken() {
    check(|| {
        for is_alone in [true, false] {
            for pollers in Pollers::orders() {
                let world = World::new();
                if !is_alone {
                    world.wait(&[Event::WRITE]);
                }
                for message in ["the first message came", "the second message came"] {
                    pollers.poll(|cx| world.source.poll_read(cx, &mut [0; 10]));
                    world.happens(Event::READ);
                    world.turns(1);
                    pollers.expect_last_woken(message);
                    let _ = world.read();
                }
            }
            for pollers in Pollers::orders() {
                let world = World::new();
                if !is_alone {
                    world.wait(&[Event::READ]);
                }
                for room in ["there was room", "there was room for the second time"] {
                    pollers.poll(|cx| world.source.poll_write(cx, b"cake"));
                    world.happens(Event::WRITE);
                    world.turns(1);
                    pollers.expect_last_woken(room);
                    let _ = world.write();
                }
            }
        }
    });
}

#[test]
fn a_waker_may_poll_the_source_at_once() {
    let what = "`on_event`, which has called a waker that polls the source at once (so no lock may be held then),";
    watchdog(Duration::from_secs(5), what, || {
        let world = Rc::new(World::new());
        let waker = Waker::from(Arc::new(RunsAtOnce));
        let read = world.source.poll_read(&mut Context::from_waker(&waker), &mut [0; 10]);
        assert!(read.is_pending(), "there was nothing to read, and the poll returned {read:?}");
        let reader = Rc::clone(&world);
        // The message, and then the wait for the next one.
        WHEN_WOKEN.set(Some(Box::new(move || drop((reader.read(), reader.read())))));
        world.kernel.peer.send(b"tea");
        world.turns(1);
        let question = world.kernel.question();
        assert!(
            question == "reading",
            "the reader waits, and a message comes. Its waker polls the source at once, within `on_event`: it reads the message, and \
             waits for the next one. After `on_event`, the kernel is asked about {question}. Who has begun to wait meanwhile is to be asked \
             for, too"
        );
        world.kernel.peer.send(b"jam");
        world.turns(1);
        assert!(
            world.reader.take_woken(),
            "a reader that began to wait within `on_event` was not woken for the next message"
        );
    });
    watchdog(Duration::from_secs(5), what, || {
        let world = Rc::new(World::new());
        let waker = Waker::from(Arc::new(RunsAtOnce));
        let _ = world.source.poll_read(&mut Context::from_waker(&waker), &mut [0; 10]);
        world.wait(&[Event::WRITE]);
        let reader = Rc::clone(&world);
        WHEN_WOKEN.set(Some(Box::new(move || drop((reader.read(), reader.read())))));
        world.kernel.peer.send(b"tea");
        world.turns(1);
        let question = world.kernel.question();
        assert!(
            question == Event::BOTH.in_words(),
            "both wait, and a message comes. The reader's waker polls the source at once, within `on_event`: it reads the message, and \
             waits for the next one, while the writer still waits. After `on_event`, the kernel is asked about {question}. A question that \
             was worked out before a waker was called may be out of date afterwards"
        );
    });
    watchdog(Duration::from_secs(5), what, || {
        let world = Rc::new(World::new());
        let waker = Waker::from(Arc::new(RunsAtOnce));
        let _ = world.source.poll_write(&mut Context::from_waker(&waker), b"cake");
        world.wait(&[Event::READ]);
        let writer = Rc::clone(&world);
        WHEN_WOKEN.set(Some(Box::new(move || drop((writer.write(), writer.write())))));
        world.happens(Event::WRITE);
        world.turns(1);
        let question = world.kernel.question();
        assert!(
            question == Event::BOTH.in_words(),
            "both wait, and there is room. The writer's waker polls the source at once, within `on_event`: it writes, and waits for more \
             room, while the reader still waits. After `on_event`, the kernel is asked about {question}"
        );
    });
}

#[test]
fn a_source_that_is_dropped_leaves_the_poller() {
    check(|| {
        let World { source, kernel, reader, .. } = World::new();
        let waker = reader.waker();
        let _ = source.poll_read(&mut Context::from_waker(&waker), &mut [0; 10]);
        drop(source);
        assert!(kernel.peer.is_closed(), "the source was dropped, and its socket is open still");
        match kernel.state().deleted {
            Some(true) => {}
            Some(false) => panic!(
                "the source was dropped: first the socket was closed, and then it was taken out of the poller. Its number may belong \
                 to another socket by then"
            ),
            None => panic!(
                "the source was dropped, its socket was closed, and it was not taken out of the poller: each connection that comes and \
                 goes leaves something behind, and its number may soon belong to another socket"
            ),
        }
    });
}
