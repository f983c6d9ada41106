//! Wrong: takes it for granted that the last ones go in peace.
//! Caught by: `whoever_is_being_served_is_served_to_the_end`
//! Because: a client's error is its own affair, also when the server is about to end.
//! Says: With it, the server has ended for everybody

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;

use executor::{JoinHandle, Spawner};

use crate::{Listener, echo};

pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let mut clients: Vec<JoinHandle<io::Result<()>>> = Vec::new();
    let error = loop {
        at_most(limit - 1, &mut clients).await;
        match listener.accept() {
            Ok(socket) => clients.push(spawner.spawn(echo(socket))),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if let Err(error) = listener.readable().await {
                    break error;
                }
            }
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::ConnectionAborted | ErrorKind::Interrupted
                ) => {}
            Err(error) => break error,
        }
    };
    for client in clients {
        client.await.unwrap().unwrap();
    }
    error
}

async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        clients.retain_mut(|client| Pin::new(client).poll(cx).is_pending());
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
