//! Wrong: keeps how each client that failed ended.
//! Caught by: `whoever_is_through_leaves_nothing_behind`
//! Because: a server runs for years, and what nobody reads grows as long.
//! Says: cut off

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;

use executor::{JoinHandle, Spawner};

use crate::{Listener, echo};

/// Serves the clients of `listener`, at most `limit` at a time, until `accept` fails. Returns why, once everybody is through.
pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let mut clients = Vec::new();
    let mut failures = Vec::new();
    let error = loop {
        // A place first, then a client for it.
        at_most(limit - 1, &mut clients, &mut failures).await;
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
    at_most(0, &mut clients, &mut failures).await;
    error
}

/// Waits until no more than `limit` of `clients` are being served, and forgets those who are through.
async fn at_most(
    limit: usize,
    clients: &mut Vec<JoinHandle<io::Result<()>>>,
    failures: &mut Vec<String>,
) {
    poll_fn(|cx| {
        // How it ended is that client's affair: an error or a panic frees the place as well.
        clients.retain_mut(|client| match Pin::new(client).poll(cx) {
            Poll::Pending => true,
            Poll::Ready(ended) => {
                let failed = match ended {
                    Ok(result) => result.err().map(|error| error.to_string()),
                    Err(error) => Some(error.to_string()),
                };
                failures.extend(failed);
                false
            }
        });
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
