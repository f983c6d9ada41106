//! Right: takes a write of a part for a sign that there is no room left, and waits without asking
//!   again: saves the call that says would-block.

use std::future::poll_fn;
use std::io::{self, ErrorKind, Write};
use std::task::Poll;

use crate::Socket;

/// The socket is watched while this is there.
struct Watch<'a>(&'a Socket);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.0.unwatch_writable();
    }
}

async fn room(socket: &Socket) {
    let watch = Watch(socket);
    let mut polls = 0;
    poll_fn(|cx| {
        watch.0.watch_writable(cx.waker());
        polls += 1;
        if polls == 1 { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

pub async fn write_all(socket: &mut Socket, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = match socket.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => written,
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock => 0,
                ErrorKind::Interrupted => continue,
                _ => return Err(error),
            },
        };
        bytes = &bytes[written..];
        if !bytes.is_empty() {
            room(socket).await;
        }
    }
    Ok(())
}
