//! Wrong: stops polling as soon as it has found one who is through.
//! Caught by: `whoever_was_through_before_the_failure_is_not_waited_for`
//! Because: those behind have not been polled in this turn, so none of them has its waker, and it still waits for more than one.
//! Says: it waits for a wake that nobody will send

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;

use executor::{JoinHandle, Spawner};

use crate::{Listener, echo};

pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let mut clients = Vec::new();
    let error = loop {
        at_most(limit - 1, &mut clients).await;
        match listener.accept() {
            Ok(socket) => clients.push(spawner.spawn(echo(socket))),
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock => {
                    if let Err(error) = listener.readable().await {
                        break error;
                    }
                }
                ErrorKind::ConnectionAborted | ErrorKind::Interrupted => {}
                _ => break error,
            },
        }
    };
    at_most(0, &mut clients).await;
    error
}

async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        if clients.len() > limit {
            let through =
                clients.iter_mut().position(|client| Pin::new(client).poll(cx).is_ready());
            if let Some(place) = through {
                drop(clients.swap_remove(place));
            }
        }
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
