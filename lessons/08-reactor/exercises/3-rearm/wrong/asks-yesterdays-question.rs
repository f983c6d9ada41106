//! Wrong: works out the question under its lock, wakes, and asks afterwards, if somebody waited before.
//! Caught by: `a_waker_may_poll_the_source_at_once`
//! Because: a waker that polls the source has asked a newer question, and the older one takes its place.
//! Says: was worked out before a waker was called

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
            other => Poll::Ready(other),
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
            other => Poll::Ready(other),
        }
    }
    pub fn on_event(&self, event: Event) {
        let mut waiting = self.waiting();
        let reader = if event.readable { waiting.reader.take() } else { None };
        let writer = if event.writable { waiting.writer.take() } else { None };
        let q = waiting.question();
        drop(waiting);
        for w in reader.into_iter().chain(writer) {
            w.wake();
        }
        if q.readable || q.writable {
            self.poller.modify(q);
        }
    }
}
impl Drop for Source {
    fn drop(&mut self) {
        self.poller.delete();
    }
}
