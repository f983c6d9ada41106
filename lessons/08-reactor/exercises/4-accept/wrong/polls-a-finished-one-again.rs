//! Wrong: leaves the handles of those who are through in the list.
//! Caught by: `whoever_is_through_makes_room`
//! Because: a future that was ready must not be polled again: a `JoinHandle` panics.
//! Says: a `JoinHandle` was polled after it was ready

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;

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
    at_most(0, &mut clients).await;
    error
}

/// Waits until no more than `limit` of `clients` are being served, and forgets those who are through.
async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        // How it ended is that client's affair: an error or a panic frees the place as well.
        let mut served = 0;
        for client in clients.iter_mut() {
            served += usize::from(Pin::new(client).poll(cx).is_pending());
        }
        if served <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
