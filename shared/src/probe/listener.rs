use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::readiness::{Readiness, Ready};
use super::{Peer, Socket};
use crate::base::grouped;

const PATIENCE: u32 = 1_000;

/// A listener in non-blocking mode, whose clients come from a [`Clients`].
///
/// # Panics
///
/// With words, if it is asked 1,000 times in vain while nothing happens: whoever does that spins.
///
/// ```
/// use std::io::ErrorKind;
/// use shared::probe::Listener;
///
/// let (listener, clients) = Listener::new();
/// assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
/// let client = clients.connect();
/// let socket = listener.accept()?;
/// assert_eq!(clients.waiting(), 0);
/// drop(socket);
/// assert!(client.is_closed());
/// # std::io::Result::Ok(())
/// ```
#[derive(Debug)]
pub struct Listener {
    queue: Arc<Queue>,
}

/// Connects to a [`Listener`]. Clones connect to the same one.
#[derive(Clone, Debug)]
pub struct Clients {
    queue: Arc<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    state: Mutex<State>,
    readable: Readiness,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Result<Socket, ErrorKind>>,
    /// How often `accept` was called in vain since something happened.
    in_vain: u32,
}

impl Listener {
    /// A listener, and those who connect to it.
    #[allow(clippy::new_ret_no_self, reason = "it comes with its other side, like a channel")]
    pub fn new() -> (Self, Clients) {
        let queue = Arc::<Queue>::default();
        (Self { queue: Arc::clone(&queue) }, Clients { queue })
    }

    /// Takes the client that has waited longest.
    ///
    /// # Errors
    ///
    /// `WouldBlock` if nobody waits, and what [`Clients::accept_fails`] says.
    #[track_caller]
    pub fn accept(&self) -> io::Result<Socket> {
        let mut state = self.queue.state();
        let next = state.waiting.pop_front();
        if next.is_none() {
            state.in_vain += 1;
        }
        let (in_vain, is_ready) = (state.in_vain, !state.waiting.is_empty());
        drop(state);
        self.queue.readable.set(is_ready, false);
        assert!(
            in_vain < PATIENCE,
            "`accept` was called {} times while nobody wanted to connect: it spins. The answer \"would block\" means: wait until you \
             are woken",
            grouped(PATIENCE.into())
        );
        next.unwrap_or(Err(ErrorKind::WouldBlock)).map_err(io::Error::from)
    }

    /// Waits until there may be somebody to accept.
    pub fn readable(&self) -> Ready<'_> {
        self.queue.readable.ready()
    }
}

impl Clients {
    /// Comes as a client and waits to be accepted. Returns the client's side. It takes whatever is
    /// written to it.
    pub fn connect(&self) -> Peer {
        let (socket, peer) = Socket::new();
        peer.takes(usize::MAX);
        self.come(Ok(socket));
        peer
    }

    /// Lets one `accept`, behind those who wait, fail.
    pub fn accept_fails(&self, kind: ErrorKind) {
        self.come(Err(kind));
    }

    /// Lets one wait in [`Listener::readable`] fail: the one there is, or else the next.
    pub fn wait_fails(&self, kind: ErrorKind) {
        self.queue.readable.fail(kind);
    }

    /// Wakes whoever waits for a client, although nobody has come.
    pub fn hint(&self) {
        self.queue.readable.hint();
    }

    /// How many wait to be accepted.
    pub fn waiting(&self) -> usize {
        self.queue.state().waiting.len()
    }

    /// Whether somebody waits in [`Listener::readable`].
    pub fn is_waited_for(&self) -> bool {
        self.queue.readable.is_waited_for()
    }

    fn come(&self, one: Result<Socket, ErrorKind>) {
        let mut state = self.queue.state();
        state.in_vain = 0;
        state.waiting.push_back(one);
        drop(state);
        self.queue.readable.set(true, true);
    }
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
