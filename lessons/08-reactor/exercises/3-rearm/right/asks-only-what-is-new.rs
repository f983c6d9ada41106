//! Right: remembers what the kernel has been asked, and asks only where that is not enough; two
//!   sides in an array, in a `RefCell`.

use std::cell::RefCell;
use std::io::{self, ErrorKind, Read, Write};
use std::task::{Context, Poll, Waker};

use crate::{Event, Poller, Socket};

const READ: usize = 0;
const WRITE: usize = 1;

pub struct Source {
    socket: Socket,
    poller: Poller,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    wakers: [Option<Waker>; 2],
    asked: [bool; 2],
}

impl Source {
    pub fn new(socket: Socket, poller: Poller) -> Self {
        Self { socket, poller, state: RefCell::default() }
    }

    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        self.poll_with(READ, cx, |mut socket| socket.read(buffer))
    }

    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_with(WRITE, cx, |mut socket| socket.write(bytes))
    }

    fn poll_with(
        &self,
        side: usize,
        cx: &mut Context<'_>,
        work: impl FnOnce(&Socket) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        let result = work(&self.socket);
        let state = &mut *self.state.borrow_mut();
        if !result.as_ref().is_err_and(|error| error.kind() == ErrorKind::WouldBlock) {
            state.wakers[side] = None;
            return Poll::Ready(result);
        }
        match &mut state.wakers[side] {
            Some(waker) => waker.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
        if !state.asked[side] {
            self.ask(state);
        }
        Poll::Pending
    }

    fn ask(&self, state: &mut State) {
        state.asked = state.wakers.each_ref().map(Option::is_some);
        let [readable, writable] = state.asked;
        if readable || writable {
            self.poller.modify(Event { readable, writable });
        }
    }

    pub fn on_event(&self, event: Event) {
        let mut woken = Vec::new();
        let mut state = self.state.borrow_mut();
        for (side, is_ready) in [event.readable, event.writable].into_iter().enumerate() {
            if is_ready {
                woken.extend(state.wakers[side].take());
            }
        }
        self.ask(&mut state);
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.poller.delete();
    }
}
