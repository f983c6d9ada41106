//! Wrong: looks for free places only when the listener has something new.
//! Caught by: `whoever_is_through_makes_room`
//! Because: the one who waits in the queue is old news: nobody wakes `serve` when a place becomes free.
//! Says: all three places were taken, and one client waited

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
        clients.retain(|client: &JoinHandle<io::Result<()>>| !client.is_finished());
        if clients.len() == limit {
            let mut polls = 0;
            poll_fn(|cx| {
                let _ = Pin::new(&mut std::pin::pin!(listener.readable())).poll(cx);
                polls += 1;
                if polls > 1 { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
            continue;
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
    at_most(0, &mut clients).await;
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
