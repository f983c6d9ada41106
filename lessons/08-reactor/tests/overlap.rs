//! Waiting and computing at the same time, on virtual time: computing takes the time that it is
//! said to take, and no other.
#![cfg(unix)]

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use executor::{Executor, Park, yield_now};
use reactor::{Direction, Reactor, Registration};
use shared::narrate::VirtualClock;
use timers::{Timer, Timers};

const MS: Duration = Duration::from_millis(1);
/// How many questions the client asks, each after the answer to the one before.
const QUESTIONS: u8 = 3;
/// How long the server takes for each answer.
const ANSWER: Duration = Duration::from_millis(100);
/// How long all of the waiting takes.
const WAITING: Duration = Duration::from_millis(300);
/// How long all of the computing takes.
const COMPUTING: Duration = Duration::from_millis(200);

/// Looks at real sockets, and sleeps on virtual time. A pair of Unix sockets has no way in between:
/// what one has written, the other can read.
struct Looking {
    reactor: Arc<Reactor>,
    clock: VirtualClock,
}

impl Park for Looking {
    fn park(&self, limit: Option<Duration>) {
        let before = self.reactor.counts().events;
        self.reactor.park(Some(Duration::ZERO));
        if self.reactor.counts().events == before {
            self.clock.advance(limit.expect("somebody waits for a timer"));
        }
    }

    fn unparker(&self) -> Waker {
        self.reactor.unparker()
    }
}

struct World {
    executor: Executor,
    reactor: Arc<Reactor>,
    clock: VirtualClock,
    timer: Timer,
}

impl World {
    fn new() -> io::Result<Self> {
        let (reactor, clock) = (Reactor::new()?, VirtualClock::new());
        let park = Looking { reactor: Arc::clone(&reactor), clock: clock.clone() };
        let (timers, timer) = Timers::new(clock.clone(), park);
        Ok(Self { executor: Executor::with_park(timers), reactor, clock, timer })
    }

    fn sockets(&self) -> io::Result<[Registration<UnixStream>; 2]> {
        let (ours, theirs) = UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        theirs.set_nonblocking(true)?;
        Ok([Registration::new(&self.reactor, ours)?, Registration::new(&self.reactor, theirs)?])
    }
}

async fn read(socket: &Registration<UnixStream>) -> io::Result<u8> {
    let mut byte = [0];
    socket.with(Direction::Read, |mut socket| socket.read_exact(&mut byte)).await?;
    Ok(byte[0])
}

async fn write(socket: &Registration<UnixStream>, byte: u8) -> io::Result<()> {
    socket.with(Direction::Write, |mut socket| socket.write_all(&[byte])).await
}

async fn ask(socket: Registration<UnixStream>) -> io::Result<u8> {
    let mut number = 0;
    for _ in 0..QUESTIONS {
        write(&socket, number).await?;
        number = read(&socket).await?;
    }
    Ok(number)
}

async fn serve(socket: Registration<UnixStream>, timer: Timer) -> io::Result<()> {
    loop {
        let number = read(&socket).await?;
        timer.sleep(ANSWER).await;
        write(&socket, number + 1).await?;
    }
}

async fn compute(clock: VirtualClock, pieces: u32) {
    for _ in 0..pieces {
        clock.advance(COMPUTING / pieces);
        yield_now().await;
    }
}

/// How long the answers and the computation take on one thread.
fn total(pieces: u32, together: bool) -> io::Result<Duration> {
    let world = World::new()?;
    let [ours, theirs] = world.sockets()?;
    world.executor.spawn(serve(theirs, world.timer.clone())).detach();
    let asking = ask(ours);
    let computing = compute(world.clock.clone(), pieces);
    let answer = if together {
        let computing = world.executor.spawn(computing);
        let answer = world.executor.block_on(asking)?;
        world.executor.block_on(computing).map_err(io::Error::other)?;
        answer
    } else {
        let answer = world.executor.block_on(asking)?;
        world.executor.block_on(computing);
        answer
    };
    assert_eq!(answer, QUESTIONS);
    Ok(world.clock.now())
}

#[test]
fn one_after_the_other_takes_the_sum() -> io::Result<()> {
    assert_eq!(total(20, false)?, WAITING + COMPUTING);
    Ok(())
}

#[test]
fn together_they_take_hardly_more_than_the_larger_part() -> io::Result<()> {
    let total = total(20, true)?;
    assert!(total >= WAITING && total < WAITING * 115 / 100, "{total:?}");
    Ok(())
}

#[test]
fn smaller_pieces_come_closer() -> io::Result<()> {
    let [coarse, fine] = [total(5, true)?, total(200, true)?];
    assert!(fine < coarse && fine < WAITING + 5 * MS, "{coarse:?}, {fine:?}");
    Ok(())
}

#[test]
fn in_one_piece_an_answer_waits_until_all_is_computed() -> io::Result<()> {
    // The first answer is there after 100 ms, and is read after 200 ms, when nothing is left to
    // compute beside the others.
    assert_eq!(total(1, true)?, COMPUTING + (WAITING - ANSWER));
    Ok(())
}
