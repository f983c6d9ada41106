//! Right: has a lock for each side, wakes by reference, and then asks for whoever is left; the
//!   socket is owned by a part that knows how to go.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use crate::{Event, Poller, Socket};

/// Declared in this order: the poller's part goes first.
pub struct Source {
    registration: Registration,
    socket: Box<Socket>,
}

struct Registration {
    poller: Poller,
    reader: Mutex<Vec<Waker>>,
    writer: Mutex<Vec<Waker>>,
}

impl Registration {
    fn wait(&self, list: &Mutex<Vec<Waker>>, waker: &Waker) {
        *list.lock().unwrap() = vec![waker.clone()];
        self.ask();
    }

    fn ask(&self) {
        let waits = |list: &Mutex<Vec<Waker>>| !list.lock().unwrap().is_empty();
        self.poller.modify(Event { readable: waits(&self.reader), writable: waits(&self.writer) });
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.poller.modify(Event::default());
        self.poller.delete();
    }
}

impl Source {
    pub fn new(socket: Socket, poller: Poller) -> Self {
        let registration =
            Registration { poller, reader: Mutex::default(), writer: Mutex::default() };
        Self { registration, socket: Box::new(socket) }
    }

    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        let read = (&*self.socket).read(buffer);
        if !matches!(&read, Err(error) if error.kind() == ErrorKind::WouldBlock) {
            return Poll::Ready(read);
        }
        self.registration.wait(&self.registration.reader, cx.waker());
        Poll::Pending
    }

    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = (&*self.socket).write(bytes);
        if !matches!(&written, Err(error) if error.kind() == ErrorKind::WouldBlock) {
            return Poll::Ready(written);
        }
        self.registration.wait(&self.registration.writer, cx.waker());
        Poll::Pending
    }

    pub fn on_event(&self, event: Event) {
        let Registration { reader, writer, .. } = &self.registration;
        for (list, is_ready) in [(reader, event.readable), (writer, event.writable)] {
            if is_ready {
                let woken = std::mem::take(&mut *list.lock().unwrap());
                woken.iter().for_each(Waker::wake_by_ref);
            }
        }
        self.registration.ask();
    }
}
