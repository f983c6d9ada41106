//! Wrong: ends when the conversation with a client has failed.
//! Caught by: `one_that_fails_ends_nobody_else`
//! Because: the error of one connection is no error of the listener: any client could end the server.
//! Says: one client was cut off, and another one came, and `serve` ended with the error `ConnectionReset`

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
        if let Err(error) = at_most(limit - 1, &mut clients).await {
            break error;
        }
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
    error
}

/// Waits until no more than `limit` of `clients` are being served, and forgets those who are through.
async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) -> io::Result<()> {
    poll_fn(|cx| {
        let mut result = Ok(());
        clients.retain_mut(|client| match Pin::new(client).poll(cx) {
            Poll::Pending => true,
            Poll::Ready(Ok(Err(error))) => {
                result = Err(error);
                false
            }
            Poll::Ready(_) => false,
        });
        if result.is_err() || clients.len() <= limit { Poll::Ready(result) } else { Poll::Pending }
    })
    .await
}
