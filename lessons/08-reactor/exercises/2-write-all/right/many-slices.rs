//! Right: it writes slices with `write_vectored`, and each poll ends the watching before it does
//!   anything, also where nobody watched.

use std::io::{self, ErrorKind, IoSlice, Write};
use std::task::Poll;

use crate::Socket;

struct Off<'a>(&'a mut Socket);

impl Drop for Off<'_> {
    fn drop(&mut self) {
        self.0.unwatch_writable();
    }
}

pub async fn write_all(socket: &mut Socket, bytes: &[u8]) -> io::Result<()> {
    let mut off = Off(socket);
    let mut slices: Vec<_> = bytes.chunks(10).map(IoSlice::new).collect();
    let mut left = &mut slices[..];
    while !left.is_empty() {
        let written = off.0.write_vectored(left);
        match written {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(n) => IoSlice::advance_slices(&mut left, n),
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if e.kind() == ErrorKind::WouldBlock => {
                let mut polls = 0;
                std::future::poll_fn(|cx| {
                    off.0.unwatch_writable();
                    polls += 1;
                    if polls > 1 {
                        return Poll::Ready(());
                    }
                    off.0.watch_writable(cx.waker());
                    Poll::Pending
                })
                .await;
            }
            Err(e) => return Err(e),
        }
    }
    Ok(())
}
