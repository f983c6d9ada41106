//! Wrong: asks each handle whether its task is over, and does not poll it.
//! Caught by: `whoever_is_through_makes_room`
//! Because: an answer is no promise: the waker is with nobody who would call it when a client has gone.
//! Says: and the one who waited got "" in place of "tea" (round 1)

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
    at_most(0, &mut clients).await;
    error
}

async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        let _ = cx;
        clients.retain(|client| !client.is_finished());
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
