//! Shows a thread that sleeps in the kernel until one of its sockets is ready.
//!
//! Run it with `cargo lesson reactor`. It builds on the tasks and the loop of `executor`, and on
//! the timers of `timers`.
//!
//! What is printed is counted, and the same in every run, but for the times, which say that they
//! are times.

use std::cell::Cell;
use std::io::{self, Write};
use std::net;
use std::pin::Pin;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use executor::Park;
use reactor::{Reactor, Runtime, TcpStream, yield_now};
use shared::narrate::{fact, say, scene, table, title};
use shared::probe::WakerProbe;
use shared::record::timeline_if_asked;
use slow_server::SlowServer;
use wakers::oneshot;

use overlap::{ANSWER, Outcome, Work};

#[cfg(target_os = "linux")]
mod epoll;
mod limits;
mod many;
mod overlap;
mod recorded;
mod slow_server;

fn main() -> ExitCode {
    slow_server::serve_if_asked();
    timeline_if_asked(&recorded::RUNS);
    let Err(error) = scenes() else { return ExitCode::SUCCESS };
    // In words: it may say what to do.
    eprintln!("{error}");
    ExitCode::FAILURE
}

fn scenes() -> io::Result<()> {
    title("Reactor", "The kernel tells you who is ready; you tell the task.");
    #[cfg(target_os = "linux")]
    {
        epoll::three_ways_to_be_told()?;
        epoll::what_a_socket_can_say()?;
        epoll::a_file_is_always_ready()?;
    }
    #[cfg(not(target_os = "linux"))]
    say("\nThe scenes about epoll are left out: it is there on Linux only.");
    a_question_and_its_answer()?;
    what_a_wake_costs()?;
    a_slow_answer()?;
    computing_in_one_piece()?;
    a_thousand_connections()?;
    nobody_reads()
}

/// A stream of ours, and its peer, which is a plain one that blocks.
fn connected(runtime: &Runtime) -> io::Result<(TcpStream, net::TcpStream)> {
    let mut listener = runtime.bind("127.0.0.1:0")?;
    let peer = net::TcpStream::connect(listener.local_addr()?)?;
    let (stream, _) = runtime.block_on(listener.accept())?;
    Ok((stream, peer))
}

// ANCHOR: question
fn a_question_and_its_answer() -> io::Result<()> {
    scene("A question and its answer");
    say(
        "A task reads from a stream. Counted from the start, beside each step: what the kernel has",
    );
    say("been asked, what it has answered, and how often the task was woken.");
    let runtime = Runtime::new()?;
    let (mut stream, mut peer) = connected(&runtime)?;
    let (reactor, task) = (runtime.reactor(), WakerProbe::new());
    let (start, mut rows) = (reactor.counts(), Vec::new());
    let mut note = |step: &str| {
        let counts = reactor.counts();
        let [asked, answered] = [counts.interests - start.interests, counts.events - start.events];
        rows.push(
            [step.into(), asked.to_string(), answered.to_string(), task.wakes().to_string()].into(),
        );
    };
    note("the stream is registered");
    let mut buffer = [0; 8];
    {
        let mut read = Box::pin(stream.read(&mut buffer));
        assert!(poll(&task, &mut read).is_pending());
        note("it reads: that would block");
        assert!(poll(&task, &mut read).is_pending() && poll(&task, &mut read).is_pending());
        note("it is polled twice more");
        peer.write_all(b"x")?;
        park_until_woken(reactor, &task);
        note("a byte has come");
        assert!(matches!(poll(&task, &mut read), Poll::Ready(Ok(1))));
        note("it is polled, and has the byte");
    }
    let mut read = Box::pin(stream.read(&mut buffer));
    assert!(poll(&task, &mut read).is_pending());
    note("it reads again: that would block");
    drop(peer);
    park_until_woken(reactor, &task);
    note("the peer has gone");
    assert!(matches!(poll(&task, &mut read), Poll::Ready(Ok(0))));
    note("it is polled, and reads the end");
    table(&["", "asked", "answered", "woken"], &rows);
    Ok(())
}
// ANCHOR_END: question

fn poll<F: Future + Unpin>(task: &WakerProbe, future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(&task.waker()))
}

fn park_until_woken(reactor: &Reactor, task: &WakerProbe) {
    while !task.take_woken() {
        reactor.park(None);
    }
}

// ANCHOR: wake-cost
fn what_a_wake_costs() -> io::Result<()> {
    scene("What a wake costs");
    let runtime = Runtime::new()?;
    runtime.block_on(async {
        for _ in 0..1_000 {
            yield_now().await;
        }
    });
    let own = runtime.reactor().counts().unparks;

    let (sender, receiver) = oneshot::channel();
    let reactor = runtime.reactor().clone();
    let other = thread::spawn(move || {
        while reactor.counts().sleeps == 0 {
            thread::yield_now();
        }
        sender.send("up")
    });
    assert_eq!(runtime.block_on(receiver), Ok("up"));
    assert!(matches!(other.join(), Ok(Ok(()))));
    let others = runtime.reactor().counts().unparks - own;
    let row = |what: &str, wakes: u64, calls: u64| {
        vec![what.to_owned(), wakes.to_string(), calls.to_string()]
    };
    let rows = [
        row("on the loop's own thread", 1_000, own),
        row("on another one, while the loop sleeps", 1, others),
    ];
    table(&["", "wakes", "system calls"], &rows);
    Ok(())
}
// ANCHOR_END: wake-cost

// ANCHOR: slow-answer
fn a_slow_answer() -> io::Result<()> {
    scene("A slow answer from another process");
    let server = SlowServer::start(Duration::from_millis(300))?;
    let work = Work { below: 100_000, pieces: 200 };
    let (in_a_row, [waited, computed]) = overlap::in_a_row(server.address(), work)?;
    let asking_on = overlap::asking_on(server.address(), work)?;
    let together = overlap::together(server.address(), work)?;
    for Outcome { answer, primes, .. } in [&in_a_row, &asking_on, &together] {
        assert_eq!((*answer, *primes), (ANSWER, in_a_row.primes));
    }
    fact("the answer", in_a_row.answer);
    fact("primes below 100,000", in_a_row.primes);
    fact("time for the answer alone", ms(waited));
    fact("time for the primes alone", ms(computed));
    fact("one after the other", ms(in_a_row.total));
    fact("asking again and again", ms(asking_on.total));
    fact("with the reactor", ms(together.total));
    let at_most_three = |count| if count <= 3 { "3 at most" } else { "more than 3" };
    fact("in vain, one after the other", at_most_three(in_a_row.in_vain));
    fact("in vain, asking again and again", asking_on.in_vain);
    fact("in vain, with the reactor", at_most_three(together.in_vain));
    Ok(())
}
// ANCHOR_END: slow-answer

fn ms(duration: Duration) -> String {
    format!("{:.0} ms", duration.as_secs_f64() * 1e3)
}

// ANCHOR: one-piece
fn computing_in_one_piece() -> io::Result<()> {
    scene("Computing in one piece");
    say("A task computes for 20 steps. During step 7, a byte comes for a second task.");
    let row = |what: &str, yields: bool| {
        read_after_step(yields).map(|step| vec![what.to_owned(), step.to_string()])
    };
    let rows = [row("after each step", true)?, row("never", false)?];
    table(&["the first one yields", "the second one has the byte after step"], &rows);
    Ok(())
}

/// How many of 20 steps one task has computed when another one reads the byte that comes after the
/// seventh.
fn read_after_step(yields: bool) -> io::Result<u32> {
    let runtime = Runtime::new()?;
    let (mut stream, mut peer) = connected(&runtime)?;
    let ours = stream.as_std().try_clone()?;
    let step = Rc::new(Cell::new(0));
    let so_far = Rc::clone(&step);
    let reading = runtime.spawn(async move {
        stream.read_exact(&mut [0]).await?;
        io::Result::Ok(so_far.get())
    });
    let computing = runtime.spawn(async move {
        for number in 1..=20 {
            step.set(number);
            if number == 7 {
                peer.write_all(b"x")?;
                // The kernel needs a moment, which is not counted here.
                while ours.peek(&mut [0]).is_err() {
                    thread::yield_now();
                }
            }
            if yields {
                yield_now().await;
            }
        }
        io::Result::Ok(())
    });
    let read = runtime.block_on(reading)?;
    runtime.block_on(computing)??;
    read
}
// ANCHOR_END: one-piece

// ANCHOR: thousand
const CONNECTIONS: usize = 1_000;

fn a_thousand_connections() -> io::Result<()> {
    scene("A thousand connections, one thread");
    limits::allow_open_files(2 * CONNECTIONS as u64 + 50)?;
    let before = limits::open_files();
    let runtime = Runtime::new()?;
    let reactor = runtime.reactor();
    let listener = runtime.bind("127.0.0.1:0")?;
    let (address, handle) = (listener.local_addr()?, runtime.handle().clone());
    let delay = Duration::from_millis(1);
    let serving = runtime.spawn(slow_server::accept(listener, handle, delay, CONNECTIONS));
    runtime.block_on(async {
        let clients = many::Clients::open(&runtime, address, CONNECTIONS).await?;
        let connections = serving.await??;
        fact("sockets that the reactor watches", reactor.len());

        let idle = reactor.counts();
        runtime.timer().sleep(Duration::from_millis(100)).await;
        let waits = reactor.counts().sleeps + reactor.counts().looks - idle.sleeps - idle.looks;
        let at_most = if waits <= 3 { "3 at most" } else { "more than 3" };
        fact("waits in 100 ms, nobody asks", at_most);

        fact("clients with the right answer", clients.ask_all(&runtime).await?);
        for connection in connections {
            connection.await??;
        }
        fact("sockets that are left", reactor.len());
        io::Result::Ok(())
    })?;
    drop(runtime);
    let more = limits::open_files().zip(before).map(|(after, before)| after - before);
    fact("descriptors that are left open", more.map_or("not counted".into(), |n| n.to_string()));
    Ok(())
}
// ANCHOR_END: thousand

// ANCHOR: nobody-reads
fn nobody_reads() -> io::Result<()> {
    scene("A peer that does not read");
    const ALL: usize = 64 << 20;
    let runtime = Runtime::new()?;
    let (mut stream, mut peer) = connected(&runtime)?;
    let (go, told_to_go) = mpsc::channel();
    let reading = thread::spawn(move || {
        told_to_go.recv().map_err(io::Error::other)?;
        io::copy(&mut peer, &mut io::sink())
    });
    let written = Rc::new(Cell::new(0));
    let so_far = Rc::clone(&written);
    let writing = runtime.spawn(async move {
        let all = vec![0; ALL];
        while so_far.get() < ALL {
            let length = stream.write(&all[so_far.get()..]).await?;
            so_far.set(so_far.get() + length);
        }
        io::Result::Ok(())
    });
    runtime.block_on(runtime.timer().sleep(Duration::from_millis(50)));
    fact("of 64 MiB, written after 50 ms", format!("{} KiB", written.get() >> 10));
    fact("the writer waits", !writing.is_finished());
    go.send(()).map_err(io::Error::other)?;
    runtime.block_on(writing)??;
    let read = reading.join().expect("it does not panic")?;
    fact("MiB that the peer has read then", read >> 20);
    Ok(())
}
// ANCHOR_END: nobody-reads
