//! Wrong: waits, whatever the error is.
//! Caught by: `what_the_socket_gives_is_returned_at_once`
//! Because: a connection that was reset does not get better, and its error was given once: nobody learns of it.
//! Says: the socket failed with `Interrupted`, and `poll_read` returned Pending

use std::io::{self, ErrorKind, Read, Write};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use crate::{Event, Poller, Socket};

pub struct Source {
    socket: Socket,
    poller: Poller,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    reader: Option<Waker>,
    writer: Option<Waker>,
    is_asked: bool,
}

impl Waiting {
    fn event(&self) -> Event {
        Event { readable: self.reader.is_some(), writable: self.writer.is_some() }
    }
}

impl Source {
    pub fn new(socket: Socket, poller: Poller) -> Self {
        Self { socket, poller, waiting: Mutex::default() }
    }

    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        match (&self.socket).read(buffer) {
            Err(error) if error.kind() != ErrorKind::InvalidInput => {
                let mut waiting = self.waiting.lock().unwrap();
                waiting.reader = Some(cx.waker().clone());
                self.poller.modify(waiting.event());
                Poll::Pending
            }
            other => Poll::Ready(other),
        }
    }

    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match (&self.socket).write(bytes) {
            Err(error) if error.kind() != ErrorKind::InvalidInput => {
                let mut waiting = self.waiting.lock().unwrap();
                waiting.writer = Some(cx.waker().clone());
                self.poller.modify(waiting.event());
                Poll::Pending
            }
            other => Poll::Ready(other),
        }
    }

    pub fn on_event(&self, event: Event) {
        let mut waiting = self.waiting.lock().unwrap();
        let reader = if event.readable { waiting.reader.take() } else { None };
        let writer = if event.writable { waiting.writer.take() } else { None };
        if waiting.reader.is_some() || waiting.writer.is_some() {
            self.poller.modify(waiting.event());
        }
        drop(waiting);
        reader.into_iter().chain(writer).for_each(Waker::wake);
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.poller.delete()
    }
}
