//! Right: after each wait the rest is a new `write_all`, boxed, as often as it takes.

use std::future::{self, Future};
use std::io::{self, ErrorKind, Write};
use std::pin::Pin;
use std::task::Poll;

use crate::Socket;

struct End<F: FnMut()>(F);

impl<F: FnMut()> Drop for End<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

pub fn write_all<'a>(
    socket: &'a mut Socket,
    bytes: &'a [u8],
) -> Pin<Box<dyn Future<Output = io::Result<()>> + 'a>> {
    Box::pin(async move {
        if bytes.is_empty() {
            return Ok(());
        }
        let rest = match socket.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(n) => &bytes[n..],
            Err(e) if e.kind() == ErrorKind::Interrupted => bytes,
            Err(e) if e.kind() == ErrorKind::WouldBlock => {
                let _end = End(|| socket.unwatch_writable());
                let mut is_second = false;
                future::poll_fn(|cx| {
                    socket.watch_writable(cx.waker());
                    if std::mem::replace(&mut is_second, true) {
                        Poll::Ready(())
                    } else {
                        Poll::Pending
                    }
                })
                .await;
                bytes
            }
            Err(e) => return Err(e),
        };
        write_all(socket, rest).await
    })
}
