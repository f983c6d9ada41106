//! Wrong: has one place for a waker, which the reader and the writer share.
//! Caught by: `an_answer_for_one_leaves_the_other_waiting`
//! Because: whoever waits second takes the other one's place.
//! Says: the kernel has answered that reading is possible (woken: the writer

use std::io::{self, ErrorKind, Read, Write};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use crate::{Event, Poller, Socket};

pub struct Source {
    socket: Socket,
    poller: Poller,
    waiting: Mutex<(Event, Option<Waker>)>,
}

impl Source {
    pub fn new(socket: Socket, poller: Poller) -> Self {
        Self { socket, poller, waiting: Mutex::default() }
    }

    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        match (&self.socket).read(buffer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let mut waiting = self.waiting.lock().unwrap();
                waiting.0.readable = true;
                waiting.1 = Some(cx.waker().clone());
                self.poller.modify(waiting.0);
                Poll::Pending
            }
            done => Poll::Ready(done),
        }
    }

    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match (&self.socket).write(bytes) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                let mut waiting = self.waiting.lock().unwrap();
                waiting.0.writable = true;
                waiting.1 = Some(cx.waker().clone());
                self.poller.modify(waiting.0);
                Poll::Pending
            }
            done => Poll::Ready(done),
        }
    }

    pub fn on_event(&self, event: Event) {
        let mut waiting = self.waiting.lock().unwrap();
        waiting.0.readable &= !event.readable;
        waiting.0.writable &= !event.writable;
        let left = waiting.0;
        self.poller.modify(left);
        let waker =
            if left.readable || left.writable { waiting.1.clone() } else { waiting.1.take() };
        drop(waiting);
        waker.into_iter().for_each(Waker::wake);
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.poller.delete();
    }
}
