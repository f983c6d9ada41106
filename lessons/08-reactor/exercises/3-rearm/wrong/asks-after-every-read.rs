//! Wrong: strikes itself off the list and asks anew after each try that has succeeded, whether it was on the list or not.
//! Caught by: `what_the_socket_gives_is_returned_at_once`
//! Because: while the other task waits, every message costs a call of the kernel that changes nothing.
//! Says: Nobody has begun or ceased to wait

use crate::{Event, Poller, Socket};
use std::io::{self, ErrorKind, Read, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
pub struct Source {
    socket: Socket,
    poller: Poller,
    waiting: Mutex<Waiting>,
}
#[derive(Default)]
struct Waiting {
    reader: Option<Waker>,
    writer: Option<Waker>,
}
impl Waiting {
    fn question(&self) -> Event {
        Event { readable: self.reader.is_some(), writable: self.writer.is_some() }
    }
}
impl Source {
    pub fn new(socket: Socket, poller: Poller) -> Self {
        Self { socket, poller, waiting: Mutex::default() }
    }
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        match (&self.socket).read(buffer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let mut waiting = self.waiting();
                let old = waiting.reader.replace(cx.waker().clone());
                self.poller.modify(waiting.question());
                drop(waiting);
                drop(old);
                Poll::Pending
            }
            other => {
                let mut w = self.waiting();
                w.reader = None;
                self.poller.modify(w.question());
                Poll::Ready(other)
            }
        }
    }
    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match (&self.socket).write(bytes) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let mut waiting = self.waiting();
                let old = waiting.writer.replace(cx.waker().clone());
                self.poller.modify(waiting.question());
                drop(waiting);
                drop(old);
                Poll::Pending
            }
            other => {
                let mut w = self.waiting();
                w.writer = None;
                self.poller.modify(w.question());
                Poll::Ready(other)
            }
        }
    }
    pub fn on_event(&self, event: Event) {
        let mut waiting = self.waiting();
        let reader = if event.readable { waiting.reader.take() } else { None };
        let writer = if event.writable { waiting.writer.take() } else { None };
        if waiting.reader.is_some() || waiting.writer.is_some() {
            self.poller.modify(waiting.question());
        }
        drop(waiting);
        if let Some(w) = reader {
            w.wake();
        }
        if let Some(w) = writer {
            w.wake();
        }
    }
}
impl Drop for Source {
    fn drop(&mut self) {
        self.poller.delete();
    }
}
