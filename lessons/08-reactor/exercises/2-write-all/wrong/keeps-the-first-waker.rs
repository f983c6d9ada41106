//! Wrong: leaves its waker once, and believes that this is enough.
//! Caught by: `it_is_woken_in_the_task_that_polled_last`
//! Because: a future may move to another task. The waker that it left wakes the task it came from.
//! Says: B polled last and waits, and its waker was not called (A's was)

use std::future::poll_fn;
use std::io::{self, ErrorKind, Write};
use std::task::Poll;

use crate::Socket;

struct Watch<'a> {
    socket: &'a mut Socket,
    is_on: bool,
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.socket.unwatch_writable();
    }
}

pub async fn write_all(socket: &mut Socket, bytes: &[u8]) -> io::Result<()> {
    let mut left = bytes;
    let mut watch = Watch { socket, is_on: false };
    poll_fn(|cx| {
        while !left.is_empty() {
            match watch.socket.write(left) {
                Ok(0) => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                Ok(written) => left = &left[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    // It stays on until everything is written.
                    if !std::mem::replace(&mut watch.is_on, true) {
                        watch.socket.watch_writable(cx.waker());
                    }
                    return Poll::Pending;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
        Poll::Ready(Ok(()))
    })
    .await
}
