//! Serves many clients at once.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;

use executor::{JoinHandle, Spawner};

use crate::{Listener, echo};

/// Serves the clients of `listener`, at most `limit` at a time, until `accept` fails. Returns why,
/// once everybody is through.
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
    at_most(0, &mut clients).await;
    error
}

/// Waits until no more than `limit` of `clients` are being served, and forgets those who are
/// through.
async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        // How it ended is that client's affair: an error or a panic frees the place as well.
        clients.retain_mut(|client| Pin::new(client).poll(cx).is_pending());
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
