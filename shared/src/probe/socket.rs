use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::readiness::{Readiness, Ready};
use crate::base::grouped;

/// How often a socket may be asked in vain, without anything having happened in between.
const PATIENCE: u32 = 1_000;

const NOTHING_TO_READ: &str = "there was nothing to read: it spins. The answer \"would block\" means: wait until you are woken";
const NO_ROOM: &str = "there was no room to write: it spins. The answer \"would block\" means: wait until you are woken";
const TAKES_NOTHING: &str = "the socket took nothing, with `Ok(0)`: it spins. It has not said \"would block\", and will never take any";

/// A socket in non-blocking mode, that does what its [`Peer`] is told: it gives the bytes in the
/// pieces in which they were sent, takes as many as there is room for, and answers "would block" in
/// between.
///
/// It reads and writes through [`Read`] and [`Write`], also behind a shared reference, as a
/// `TcpStream` does. Dropping it closes it.
///
/// # Panics
///
/// With words, if it is asked 1,000 times in vain while nothing happens: whoever does that spins.
///
/// ```
/// use std::io::{ErrorKind, Read, Write};
/// use shared::probe::{Bounded, Socket};
///
/// let (mut socket, peer) = Socket::new();
/// let mut buffer = [0; 8];
/// assert_eq!(socket.read(&mut buffer).unwrap_err().kind(), ErrorKind::WouldBlock);
///
/// // The peer sends when the other side waits.
/// let send = || !peer.is_readable() && { peer.send(b"tea"); true };
/// Bounded::new().when_idle(send).run(socket.readable()).expect_ready()?;
/// assert_eq!(socket.read(&mut buffer)?, 3);
///
/// peer.takes(2);
/// assert_eq!(socket.write(b"cake")?, 2);
/// assert_eq!(peer.received(), b"ca");
/// drop(socket);
/// assert!(peer.is_closed());
/// # std::io::Result::Ok(())
/// ```
#[derive(Debug)]
pub struct Socket {
    wire: Arc<Wire>,
}

/// The other side of a [`Socket`], and the kernel in between. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Peer {
    wire: Arc<Wire>,
}

#[derive(Debug, Default)]
struct Wire {
    state: Mutex<State>,
    readable: Readiness,
    writable: Readiness,
}

#[derive(Debug, Default)]
struct State {
    incoming: VecDeque<Incoming>,
    outgoing: VecDeque<Outgoing>,
    received: Vec<u8>,
    reads: u64,
    writes: u64,
    /// How often the socket was asked in vain since something happened.
    in_vain: u32,
    is_closed: bool,
}

/// What the next reads answer.
#[derive(Debug)]
enum Incoming {
    Bytes(VecDeque<u8>),
    Fails(ErrorKind),
    /// It stays.
    End,
}

/// What the next writes answer.
#[derive(Debug)]
enum Outgoing {
    Room(usize),
    Fails(ErrorKind),
    /// It stays.
    TakesNothing,
}

impl Socket {
    /// A socket, and its other side. There is nothing to read, and no room to write.
    #[allow(clippy::new_ret_no_self, reason = "it comes with its other side, like a channel")]
    pub fn new() -> (Self, Peer) {
        let wire = Arc::<Wire>::default();
        (Self { wire: Arc::clone(&wire) }, Peer { wire })
    }

    /// Waits until there may be something to read.
    pub fn readable(&self) -> Ready<'_> {
        self.wire.readable.ready()
    }

    /// Waits until there may be room to write.
    pub fn writable(&self) -> Ready<'_> {
        self.wire.writable.ready()
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.wire.state().is_closed = true;
    }
}

impl Wire {
    fn state(&self) -> MutexGuard<'_, State> {
        // The panics of those who spin happen between two changes, not within one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        state.in_vain = 0;
        change(&mut state);
    }

    fn tell(&self, is_news: bool) {
        let state = self.state();
        let (readable, writable) = (!state.incoming.is_empty(), !state.outgoing.is_empty());
        drop(state);
        self.readable.set(readable, is_news && readable);
        self.writable.set(writable, is_news && writable);
    }
}

impl State {
    /// Counts a call that was in vain. `what` the matter is, and what is to be done.
    #[track_caller]
    fn in_vain(&mut self, call: &str, what: &str) -> io::Error {
        self.in_vain += 1;
        let patience = grouped(PATIENCE.into());
        assert!(self.in_vain < PATIENCE, "`{call}` was called {patience} times while {what}");
        ErrorKind::WouldBlock.into()
    }

    #[track_caller]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reads += 1;
        if buffer.is_empty() {
            return Ok(0);
        }
        match self.incoming.front_mut() {
            None => Err(self.in_vain("read", NOTHING_TO_READ)),
            Some(Incoming::End) => Ok(0),
            Some(&mut Incoming::Fails(kind)) => {
                self.incoming.pop_front();
                Err(kind.into())
            }
            Some(Incoming::Bytes(bytes)) => {
                let length = bytes.read(buffer)?;
                if bytes.is_empty() {
                    self.incoming.pop_front();
                }
                Ok(length)
            }
        }
    }

    #[track_caller]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        if bytes.is_empty() {
            return Ok(0);
        }
        let length = match self.outgoing.front_mut() {
            None => return Err(self.in_vain("write", NO_ROOM)),
            Some(Outgoing::TakesNothing) => {
                let _ = self.in_vain("write", TAKES_NOTHING);
                return Ok(0);
            }
            Some(&mut Outgoing::Fails(kind)) => {
                self.outgoing.pop_front();
                return Err(kind.into());
            }
            Some(Outgoing::Room(room)) => {
                let length = bytes.len().min(*room);
                *room -= length;
                if *room == 0 {
                    self.outgoing.pop_front();
                }
                length
            }
        };
        self.received.extend(&bytes[..length]);
        Ok(length)
    }
}

impl Read for &Socket {
    #[track_caller]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.wire.state().read(buffer);
        self.wire.tell(false);
        result
    }
}

impl Write for &Socket {
    #[track_caller]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.wire.state().write(bytes);
        self.wire.tell(false);
        result
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Socket {
    #[track_caller]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self).read(buffer)
    }
}

impl Write for Socket {
    #[track_caller]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the other side does.
impl Peer {
    /// Sends a piece. No read gives more than one piece.
    pub fn send(&self, bytes: &[u8]) {
        self.comes((!bytes.is_empty()).then(|| Incoming::Bytes(bytes.to_vec().into())));
    }

    /// Sends nothing more: behind what was sent, every read answers `Ok(0)`.
    pub fn end(&self) {
        self.comes(Some(Incoming::End));
    }

    /// Lets one read, behind what was sent, fail.
    pub fn read_fails(&self, kind: ErrorKind) {
        self.comes(Some(Incoming::Fails(kind)));
    }

    /// Makes room for so many bytes. No write takes more than one such room.
    pub fn takes(&self, bytes: usize) {
        self.goes((bytes > 0).then_some(Outgoing::Room(bytes)));
    }

    /// Behind the room there is, every write answers `Ok(0)`.
    pub fn takes_nothing(&self) {
        self.goes(Some(Outgoing::TakesNothing));
    }

    /// Lets one write, behind the room there is, fail.
    pub fn write_fails(&self, kind: ErrorKind) {
        self.goes(Some(Outgoing::Fails(kind)));
    }

    /// Lets one wait in [`Socket::readable`] fail: the one there is, or else the next.
    pub fn wait_fails(&self, kind: ErrorKind) {
        self.wire.readable.fail(kind);
    }

    /// Wakes whoever waits, although nothing has happened.
    pub fn hint(&self) {
        self.wire.readable.hint();
        self.wire.writable.hint();
    }

    fn comes(&self, incoming: Option<Incoming>) {
        self.wire.change(|state| state.incoming.extend(incoming));
        self.wire.tell(true);
    }

    fn goes(&self, outgoing: Option<Outgoing>) {
        self.wire.change(|state| state.outgoing.extend(outgoing));
        self.wire.tell(true);
    }
}

/// What the other side sees.
impl Peer {
    /// What was written so far.
    pub fn received(&self) -> Vec<u8> {
        self.wire.state().received.clone()
    }

    /// Whether the socket was dropped.
    pub fn is_closed(&self) -> bool {
        self.wire.state().is_closed
    }

    /// Whether a read would get bytes, the end or an error.
    pub fn is_readable(&self) -> bool {
        self.wire.readable.is_ready()
    }

    /// Whether a write would be taken, or fail.
    pub fn is_writable(&self) -> bool {
        self.wire.writable.is_ready()
    }

    /// How often `read` was called.
    pub fn reads(&self) -> u64 {
        self.wire.state().reads
    }

    /// How often `write` was called.
    pub fn writes(&self) -> u64 {
        self.wire.state().writes
    }

    /// Whether somebody waits in [`Socket::readable`].
    pub fn reader_waits(&self) -> bool {
        self.wire.readable.is_waited_for()
    }

    /// Whether somebody waits in [`Socket::writable`].
    pub fn writer_waits(&self) -> bool {
        self.wire.writable.is_waited_for()
    }
}
