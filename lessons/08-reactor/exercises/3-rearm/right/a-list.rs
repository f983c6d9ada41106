//! Right: a list of those who wait; a task whose try succeeds before it is woken is struck off it.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use crate::{Event, Poller, Socket};

/// The poller is left before the socket is closed: the fields are dropped in this order.
pub struct Source {
    leaving: Leaving,
    socket: Socket,
    waiting: Mutex<Vec<(bool, Waker)>>,
}

struct Leaving(Poller);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.delete();
    }
}

impl Source {
    pub fn new(socket: Socket, poller: Poller) -> Self {
        Self { leaving: Leaving(poller), socket, waiting: Mutex::new(Vec::new()) }
    }

    fn try_or_wait(
        &self,
        cx: &mut Context<'_>,
        reads: bool,
        operation: impl FnOnce(&Socket) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        let result = operation(&self.socket);
        let mut waiting = self.waiting.lock().unwrap();
        waiting.retain(|(direction, _)| *direction != reads);
        match result {
            Err(e) if e.kind() == ErrorKind::WouldBlock => {
                waiting.push((reads, cx.waker().clone()));
                self.ask(&waiting);
                Poll::Pending
            }
            other => Poll::Ready(other),
        }
    }

    fn ask(&self, waiting: &[(bool, Waker)]) {
        let mut event = Event { readable: false, writable: false };
        for (reads, _) in waiting {
            *(if *reads { &mut event.readable } else { &mut event.writable }) = true;
        }
        if event.readable || event.writable {
            self.leaving.0.modify(event);
        }
    }

    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        self.try_or_wait(cx, true, |mut socket| socket.read(buffer))
    }

    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.try_or_wait(cx, false, |mut socket| socket.write(bytes))
    }

    pub fn on_event(&self, event: Event) {
        let mut waiting = self.waiting.lock().unwrap();
        let says = |reads: bool| if reads { event.readable } else { event.writable };
        let woken: Vec<_> = waiting.extract_if(.., |(reads, _)| says(*reads)).collect();
        self.ask(&waiting);
        drop(waiting);
        for (_, waker) in woken {
            waker.wake();
        }
    }
}
