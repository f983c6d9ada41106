//! A socket that two tasks wait for: one reads, one writes.

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
        let read = (&self.socket).read(buffer);
        self.or_wait(read, |waiting| waiting.reader.replace(cx.waker().clone()))
    }

    /// Writes what there is room for, or waits for room.
    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = (&self.socket).write(bytes);
        self.or_wait(written, |waiting| waiting.writer.replace(cx.waker().clone()))
    }

    /// `wait` puts a waker in its place, and returns the one that was there.
    fn or_wait(
        &self,
        result: io::Result<usize>,
        wait: impl FnOnce(&mut Waiting) -> Option<Waker>,
    ) -> Poll<io::Result<usize>> {
        match result {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let mut waiting = self.waiting.lock().unwrap();
                let before = wait(&mut waiting);
                self.poller.modify(waiting.question());
                // To drop a waker may run any code, too: the lock first.
                drop(waiting);
                drop(before);
                Poll::Pending
            }
            done => Poll::Ready(done),
        }
    }

    /// The kernel has answered, and has forgotten the question. The event loop calls this.
    pub fn on_event(&self, event: Event) {
        let mut waiting = self.waiting.lock().unwrap();
        let reader = waiting.reader.take_if(|_| event.readable);
        let writer = waiting.writer.take_if(|_| event.writable);
        // Those who are woken do not wait any more: they ask for themselves, if they have to.
        self.poller.modify(waiting.question());
        drop(waiting);
        shared::wake_all(reader.into_iter().chain(writer));
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        // The fields are dropped after this: the socket is still open here.
        self.poller.delete();
    }
}
