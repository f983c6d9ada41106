//! Right: copies the bytes into a queue at the start, and writes no more than five at a time.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::{self, ErrorKind, Write};
use std::task::{Context, Poll};

use crate::Socket;

struct Outbox<'a> {
    socket: &'a mut Socket,
    queue: VecDeque<u8>,
}

impl Drop for Outbox<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}

impl Outbox<'_> {
    fn poll_empty(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let (first @ [_, ..], _) = self.queue.as_slices() {
            let piece = &first[..first.len().min(5)];
            match self.socket.write(piece) {
                Ok(0) => return Poll::Ready(Err(io::Error::from(ErrorKind::WriteZero))),
                Ok(written) => drop(self.queue.drain(..written)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.socket.watch_writable(cx.waker());
                    return Poll::Pending;
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
        Poll::Ready(Ok(()))
    }
}

pub fn write_all<'a>(
    socket: &'a mut Socket,
    bytes: &[u8],
) -> impl Future<Output = io::Result<()>> + use<'a> {
    let queue = bytes.iter().copied().collect();
    async move {
        let mut outbox = Outbox { socket, queue };
        poll_fn(|cx| outbox.poll_empty(cx)).await
    }
}
