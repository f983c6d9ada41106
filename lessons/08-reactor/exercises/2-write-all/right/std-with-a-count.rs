//! Right: `write_all` of std writes, through a writer that counts what was taken, so that nothing
//!   is lost at an error.

use std::io::{self, ErrorKind, Write};
use std::task::Poll;

use crate::Socket;

/// Writes, counts, and ends the watching when it goes.
struct Counted<'a> {
    socket: &'a mut Socket,
    taken: usize,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.socket.write(bytes).inspect(|n| self.taken += n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}

pub async fn write_all(socket: &mut Socket, bytes: &[u8]) -> io::Result<()> {
    let mut writer = Counted { socket, taken: 0 };
    std::future::poll_fn(|cx| {
        let rest = &bytes[writer.taken..];
        match writer.write_all(rest) {
            Err(e) if e.kind() == ErrorKind::WouldBlock => {
                writer.socket.watch_writable(cx.waker());
                Poll::Pending
            }
            other => Poll::Ready(other),
        }
    })
    .await
}
