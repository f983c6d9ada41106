//! Wrong: takes every error of `accept` for one that passes.
//! Caught by: `when_accept_fails_nobody_is_accepted_any_more`
//! Because: a listener that is broken stays broken: the loop spins, or waits for ever, and nobody learns why.
//! Says: and `serve` has accepted one more client

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;

use executor::{JoinHandle, Spawner};

use crate::{Listener, echo};

/// Serves the clients of `listener`, at most `limit` at a time, until `accept` fails. Returns why, once everybody is through.
pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let mut clients = Vec::new();
    loop {
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
                let _ = listener.readable().await;
            }
            _ => {}
        }
    }
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
