//! The same two things three times: an answer from a slow server, and a count of primes.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{self, SocketAddr};
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use executor::yield_now;
use reactor::{Reactor, Runtime, TcpStream};

use crate::slow_server::GREETING;

/// What the server is asked.
pub const NUMBER: u64 = 1_000;
/// What it has to answer.
pub const ANSWER: u64 = NUMBER * (NUMBER - 1) / 2;

/// What is to be computed, and how finely it is cut.
#[derive(Clone, Copy)]
pub struct Work {
    pub below: u64,
    pub pieces: u64,
}

/// How one way of doing both went.
#[derive(Debug)]
pub struct Outcome {
    pub answer: u64,
    pub primes: u64,
    pub total: Duration,
    /// How often the socket was asked in vain. A socket of the reactor's is then put before the
    /// kernel.
    pub in_vain: u64,
}

// ANCHOR: work
impl Work {
    fn piece(self, number: u64) -> Range<u64> {
        self.below * number / self.pieces..self.below * (number + 1) / self.pieces
    }

    /// Counts the primes, and lets the others have their turn after each piece.
    pub async fn in_pieces(self) -> u64 {
        let mut count = 0;
        for number in 0..self.pieces {
            count += primes_in(self.piece(number));
            yield_now().await;
        }
        count
    }
}

/// By trial division: it is to take a while.
fn primes_in(range: Range<u64>) -> u64 {
    let is_prime = |n: u64| n > 1 && (2..).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d));
    range.filter(|&n| is_prime(n)).count() as u64
}

pub async fn ask(reactor: &Arc<Reactor>, server: SocketAddr) -> io::Result<u64> {
    let mut stream = TcpStream::connect(reactor, server).await?;
    stream.read_exact(&mut GREETING.clone()).await?;
    stream.write_all(&NUMBER.to_be_bytes()).await?;
    let mut answer = [0; 8];
    stream.read_exact(&mut answer).await?;
    Ok(u64::from_be_bytes(answer))
}
// ANCHOR_END: work

// ANCHOR: in-a-row
/// Waits for the answer, and then computes. Returns how long each part took, too.
pub fn in_a_row(server: SocketAddr, work: Work) -> io::Result<(Outcome, [Duration; 2])> {
    let runtime = Runtime::new()?;
    let start = Instant::now();
    let answer = runtime.block_on(ask(runtime.reactor(), server))?;
    let waited = start.elapsed();
    let primes = runtime.block_on(work.in_pieces());
    let total = start.elapsed();
    let in_vain = runtime.reactor().counts().interests;
    Ok((Outcome { answer, primes, total, in_vain }, [waited, total - waited]))
}
// ANCHOR_END: in-a-row

// ANCHOR: asking-on
/// Asks the socket after each piece, and when there are none left, asks on.
pub fn asking_on(server: SocketAddr, work: Work) -> io::Result<Outcome> {
    let start = Instant::now();
    let mut stream = net::TcpStream::connect(server)?;
    stream.read_exact(&mut GREETING.clone())?;
    stream.write_all(&NUMBER.to_be_bytes())?;
    stream.set_nonblocking(true)?;
    let (mut buffer, mut filled, mut in_vain) = ([0; 8], 0, 0);
    let (mut primes, mut piece) = (0, 0);
    while filled < buffer.len() || piece < work.pieces {
        if piece < work.pieces {
            primes += primes_in(work.piece(piece));
            piece += 1;
        }
        if filled == buffer.len() {
            continue;
        }
        match stream.read(&mut buffer[filled..]) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(length) => filled += length,
            Err(error) if error.kind() == ErrorKind::WouldBlock => in_vain += 1,
            Err(error) => return Err(error),
        }
    }
    let answer = u64::from_be_bytes(buffer);
    Ok(Outcome { answer, primes, total: start.elapsed(), in_vain })
}
// ANCHOR_END: asking-on

// ANCHOR: together
/// Has the reactor say when the answer has come, and computes meanwhile.
pub fn together(server: SocketAddr, work: Work) -> io::Result<Outcome> {
    let runtime = Runtime::new()?;
    let start = Instant::now();
    let computing = runtime.spawn(work.in_pieces());
    let (answer, primes) = runtime.block_on(async {
        let answer = ask(runtime.reactor(), server).await?;
        let primes = computing.await.map_err(io::Error::other)?;
        io::Result::Ok((answer, primes))
    })?;
    let total = start.elapsed();
    let in_vain = runtime.reactor().counts().interests;
    Ok(Outcome { answer, primes, total, in_vain })
}
// ANCHOR_END: together
