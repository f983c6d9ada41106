//! Right: who waits is one of four states, and each call is a step from one to another.

use std::io::{self, ErrorKind, Read, Write};
use std::mem;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use crate::{Event, Poller, Socket};

enum State {
    Nobody,
    Reader(Waker),
    Writer(Waker),
    Both(Waker, Waker),
}

use State::{Both, Nobody, Reader, Writer};

pub struct Source {
    socket: Socket,
    poller: Poller,
    state: Mutex<State>,
}

impl Source {
    pub fn new(socket: Socket, poller: Poller) -> Self {
        Self { socket, poller, state: Mutex::new(Nobody) }
    }

    fn step(&self, step: impl FnOnce(State) -> (State, [Option<Waker>; 2])) {
        let mut state = self.state.lock().unwrap();
        let (next, woken) = step(mem::replace(&mut *state, Nobody));
        match &next {
            Nobody => {}
            Reader(_) => self.poller.modify(Event { readable: true, writable: false }),
            Writer(_) => self.poller.modify(Event { readable: false, writable: true }),
            Both(..) => self.poller.modify(Event { readable: true, writable: true }),
        }
        *state = next;
        drop(state);
        woken.into_iter().flatten().for_each(Waker::wake);
    }

    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        let result = (&self.socket).read(buffer);
        if !matches!(&result, Err(e) if e.kind() == ErrorKind::WouldBlock) {
            return Poll::Ready(result);
        }
        let me = cx.waker().clone();
        self.step(|state| match state {
            Nobody | Reader(_) => (Reader(me), [None, None]),
            Writer(writer) | Both(_, writer) => (Both(me, writer), [None, None]),
        });
        Poll::Pending
    }

    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = (&self.socket).write(bytes);
        if !matches!(&result, Err(e) if e.kind() == ErrorKind::WouldBlock) {
            return Poll::Ready(result);
        }
        let me = cx.waker().clone();
        self.step(|state| match state {
            Nobody | Writer(_) => (Writer(me), [None, None]),
            Reader(reader) | Both(reader, _) => (Both(reader, me), [None, None]),
        });
        Poll::Pending
    }

    pub fn on_event(&self, event: Event) {
        self.step(|state| match (state, event.readable, event.writable) {
            (Reader(r), true, _) => (Nobody, [Some(r), None]),
            (Writer(w), _, true) => (Nobody, [Some(w), None]),
            (Both(r, w), true, true) => (Nobody, [Some(r), Some(w)]),
            (Both(r, w), true, false) => (Writer(w), [Some(r), None]),
            (Both(r, w), false, true) => (Reader(r), [Some(w), None]),
            (state, ..) => (state, [None, None]),
        });
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.poller.delete();
    }
}
