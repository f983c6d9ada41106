//! Wrong: waits for those who are left, from the last to the first, and stops waiting when one of them panicked.
//! Caught by: `whoever_is_being_served_is_served_to_the_end`
//! Because: those before it are still being served.
//! Says: were still being served, and `serve` has returned

use crate::{Listener, echo};
use executor::{JoinHandle, Spawner};
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;

pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let mut clients: Vec<JoinHandle<io::Result<()>>> = Vec::new();
    let error = loop {
        at_most(limit - 1, &mut clients).await;
        match listener.accept() {
            Ok(socket) => clients.push(spawner.spawn(echo(socket))),
            Err(e) => match e.kind() {
                ErrorKind::WouldBlock => {
                    if let Err(e) = listener.readable().await {
                        break e;
                    }
                }
                ErrorKind::ConnectionAborted | ErrorKind::Interrupted => {}
                _ => break e,
            },
        }
    };
    while let Some(c) = clients.pop() {
        if c.await.is_err() {
            break;
        }
    }
    error
}
async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        clients.retain_mut(|c| Pin::new(c).poll(cx).is_pending());
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
