//! Wrong: keeps the waker of the first poll while somebody waits.
//! Caught by: `the_task_that_polled_last_is_woken`
//! Because: a future may move to another task. The waker that it left wakes the task it came from.
//! Says: B polled last and waits, and its waker was not called (A's was)

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
        self.or_wait(read, |waiting| {
            waiting.reader.get_or_insert_with(|| cx.waker().clone());
        })
    }

    /// Writes what there is room for, or waits for room.
    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = (&self.socket).write(bytes);
        self.or_wait(written, |waiting| {
            waiting.writer.get_or_insert_with(|| cx.waker().clone());
        })
    }

    fn or_wait(
        &self,
        result: io::Result<usize>,
        wait: impl FnOnce(&mut Waiting),
    ) -> Poll<io::Result<usize>> {
        match result {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let mut waiting = self.waiting.lock().unwrap();
                wait(&mut waiting);
                self.poller.modify(waiting.question());
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
        reader.into_iter().chain(writer).for_each(Waker::wake);
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        // The fields are dropped after this: the socket is still open here.
        self.poller.delete();
    }
}
