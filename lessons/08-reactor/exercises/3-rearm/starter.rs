//! A socket that two tasks wait for: one reads, one writes.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

// Poller::modify(&self, question: Event)
// Poller::delete(&self)
// Event { readable: bool, writable: bool }
use crate::{Event, Poller, Socket};

/// A socket in non-blocking mode, and its place in the poller.
pub struct Source {
    socket: Socket,
    poller: Poller,
    waiting: Mutex<Waiting>,
}

/// Who waits. (A suggestion: change it if you like.)
#[derive(Default)]
struct Waiting {
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Source {
    /// A source whose socket is in the poller already. Nobody waits yet, and nothing is asked.
    pub fn new(socket: Socket, poller: Poller) -> Self {
        Self { socket, poller, waiting: Mutex::default() }
    }

    /// Reads what there is, or waits for it.
    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        // `Read` is there for `&Socket`, too.
        let read = (&self.socket).read(buffer);
        todo!("what is to be done if that would block?")
    }

    /// Writes what there is room for, or waits for room.
    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        todo!("the same, for the other direction")
    }

    /// The kernel has answered, and has forgotten the question. The event loop calls this.
    pub fn on_event(&self, event: Event) {
        todo!("who is woken, and who still waits?")
    }
}

// And what is to be done when the source is dropped?
