//! Wrong: polls all conversations in its own task.
//! Caught by: `one_that_fails_ends_nobody_else`
//! Because: a panic in one conversation goes through `serve`, and takes all others along.
//! Says: task serve panicked: a mistake in `echo`

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;

use executor::Spawner;

use crate::{Listener, echo};

/// Serves the clients of `listener`, at most `limit` at a time, until `accept` fails. Returns why, once everybody is through.
pub async fn serve(listener: Listener, _spawner: Spawner, limit: usize) -> io::Error {
    let mut clients: Vec<Conversation> = Vec::new();
    let error = loop {
        // A place first, then a client for it.
        at_most(limit - 1, &mut clients).await;
        let error = match listener.accept() {
            Ok(socket) => {
                clients.push(Box::pin(echo(socket)));
                continue;
            }
            Err(error) => error,
        };
        match error.kind() {
            ErrorKind::WouldBlock => {
                let mut readable = std::pin::pin!(listener.readable());
                poll_fn(|cx| {
                    clients.retain_mut(|client| client.as_mut().poll(cx).is_pending());
                    readable.as_mut().poll(cx)
                })
                .await
                .unwrap();
            }
            ErrorKind::ConnectionAborted | ErrorKind::Interrupted => {}
            _ => break error,
        }
    };
    at_most(0, &mut clients).await;
    error
}

type Conversation = Pin<Box<dyn Future<Output = io::Result<()>>>>;

/// Waits until no more than `limit` of `clients` are being served, and forgets those who are through.
async fn at_most(limit: usize, clients: &mut Vec<Conversation>) {
    poll_fn(|cx| {
        // How it ended is that client's affair: an error or a panic frees the place as well.
        clients.retain_mut(|client| client.as_mut().poll(cx).is_pending());
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
