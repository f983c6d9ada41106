//! Wrong: takes an answer for one about reading or else about writing.
//! Caught by: `an_answer_for_both_wakes_both`
//! Because: an answer may be about both.
//! Says: (woken: the reader; asked now: writing)

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
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
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
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
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
        if event.readable {
            if let Some(reader) = waiting.reader.take() {
                reader.wake();
            }
        } else if event.writable {
            if let Some(writer) = waiting.writer.take() {
                writer.wake();
            }
        }
        if waiting.reader.is_some() || waiting.writer.is_some() {
            self.poller.modify(waiting.event());
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.poller.delete()
    }
}
