//! Right: each direction has its own code, and the kernel is asked only if somebody waits.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use crate::{Event, Poller, Socket};

/// A socket in non-blocking mode, and its place in the poller.
pub struct Source {
    socket: Socket,
    poller: Poller,
    waiting: Mutex<Waiting>,
}

/// Who waits.
#[derive(Default)]
struct Waiting {
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Waiting {
    /// What the kernel has to be asked for them.
    fn question(&self) -> Event {
        Event { readable: self.reader.is_some(), writable: self.writer.is_some() }
    }
}

impl Source {
    /// A source whose socket is in the poller already. Nobody waits yet, and nothing is asked.
    pub fn new(socket: Socket, poller: Poller) -> Self {
        Self { socket, poller, waiting: Mutex::default() }
    }

    /// Reads what there is, or waits for it.
    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        match (&self.socket).read(buffer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let mut waiting = self.waiting.lock().unwrap();
                waiting.reader = Some(cx.waker().clone());
                self.poller.modify(waiting.question());
                Poll::Pending
            }
            done => Poll::Ready(done),
        }
    }

    /// Writes what there is room for, or waits for room.
    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match (&self.socket).write(bytes) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let mut waiting = self.waiting.lock().unwrap();
                waiting.writer = Some(cx.waker().clone());
                self.poller.modify(waiting.question());
                Poll::Pending
            }
            done => Poll::Ready(done),
        }
    }

    /// The kernel has answered, and has forgotten the question. The event loop calls this.
    pub fn on_event(&self, event: Event) {
        let mut waiting = self.waiting.lock().unwrap();
        let reader = if event.readable { waiting.reader.take() } else { None };
        let writer = if event.writable { waiting.writer.take() } else { None };
        if waiting.reader.is_some() || waiting.writer.is_some() {
            self.poller.modify(waiting.question());
        }
        drop(waiting);
        reader.into_iter().chain(writer).for_each(Waker::wake);
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.poller.delete();
    }
}
