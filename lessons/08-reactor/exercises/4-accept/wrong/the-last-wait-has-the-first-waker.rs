//! Wrong: waits at the end with the waker of its first poll there.
//! Caught by: `it_is_woken_in_the_task_that_polled_last`
//! Because: each poll of a handle leaves a waker with it, and this one leaves that of a task that has given `serve` away.
//! Says: said all

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use executor::{JoinHandle, Spawner};

use crate::{Listener, echo};

/// Serves the clients of `listener`, at most `limit` at a time, until `accept` fails. Returns why, once everybody is through.
pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let mut clients = Vec::new();
    let error = loop {
        // A place first, then a client for it.
        at_most(limit - 1, &mut clients).await;
        let error = match listener.accept() {
            Ok(socket) => {
                clients.push(spawner.spawn(echo(socket)));
                continue;
            }
            Err(error) => error,
        };
        match error.kind() {
            ErrorKind::WouldBlock => {
                if let Err(error) = listener.readable().await {
                    break error;
                }
            }
            ErrorKind::ConnectionAborted | ErrorKind::Interrupted => {}
            _ => break error,
        }
    };
    let mut waker = None;
    poll_fn(|cx| {
        let waker = waker.get_or_insert_with(|| cx.waker().clone());
        let cx = &mut Context::from_waker(waker);
        clients.retain_mut(|client| Pin::new(client).poll(cx).is_pending());
        if clients.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    error
}

/// Waits until no more than `limit` of `clients` are being served, and forgets those who are through.
async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        // How it ended is that client's affair: an error or a panic frees the place as well.
        clients.retain_mut(|client| Pin::new(client).poll(cx).is_pending());
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
