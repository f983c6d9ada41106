//! Right: keeps for each direction whether it may be ready, as other runtimes do, and does not try
//!   where it knows that nothing is there.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use crate::{Event, Poller, Socket};

enum Side {
    /// A try is worth while.
    MayBeReady,
    WaitedFor(Waker),
}

impl Side {
    fn is_waited_for(&self) -> bool {
        matches!(self, Self::WaitedFor(_))
    }

    fn answered(&mut self, is_ready: bool) -> Option<Waker> {
        match std::mem::replace(self, Self::MayBeReady) {
            Self::WaitedFor(waker) if is_ready => Some(waker),
            before => {
                *self = before;
                None
            }
        }
    }
}

struct Sides {
    read: Side,
    write: Side,
}

pub struct Source {
    socket: Socket,
    poller: Poller,
    sides: Mutex<Sides>,
}

/// Wakes two with one call.
struct Both(Waker, Waker);

impl Wake for Both {
    fn wake(self: Arc<Self>) {
        self.0.wake_by_ref();
        self.1.wake_by_ref();
    }
}

impl Source {
    pub fn new(socket: Socket, poller: Poller) -> Self {
        let sides = Sides { read: Side::MayBeReady, write: Side::MayBeReady };
        Self { socket, poller, sides: Mutex::new(sides) }
    }

    pub fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        self.poll_io(cx, |sides| &mut sides.read, || (&self.socket).read(buffer))
    }

    pub fn poll_write(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_io(cx, |sides| &mut sides.write, || (&self.socket).write(bytes))
    }

    fn poll_io(
        &self,
        cx: &mut Context<'_>,
        side: fn(&mut Sides) -> &mut Side,
        work: impl FnOnce() -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        let mut sides = self.sides.lock().unwrap();
        if let Side::MayBeReady = side(&mut sides) {
            match work() {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
        *side(&mut sides) = Side::WaitedFor(cx.waker().clone());
        self.ask(&sides);
        Poll::Pending
    }

    fn ask(&self, sides: &Sides) {
        let (readable, writable) = (sides.read.is_waited_for(), sides.write.is_waited_for());
        self.poller.modify(Event { readable, writable });
    }

    pub fn on_event(&self, event: Event) {
        let mut sides = self.sides.lock().unwrap();
        let reader = sides.read.answered(event.readable);
        let writer = sides.write.answered(event.writable);
        self.ask(&sides);
        drop(sides);
        match (reader, writer) {
            (Some(reader), Some(writer)) => Waker::from(Arc::new(Both(reader, writer))).wake(),
            (one, other) => one.into_iter().chain(other).for_each(Waker::wake),
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.poller.delete();
    }
}
