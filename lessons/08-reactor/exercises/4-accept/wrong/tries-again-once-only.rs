//! Wrong: tries again once when a client gave up too early, and not a second time.
//! Caught by: `one_who_gave_up_too_early_ends_nothing`
//! Because: behind one who gave up, the next one in the queue may have given up as well.
//! Says: failed three times in a row with

use crate::{Listener, echo};
use executor::{JoinHandle, Spawner};
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;
fn once(l: &Listener) -> io::Result<shared::probe::Socket> {
    match l.accept() {
        Err(e)
            if e.kind() == ErrorKind::Interrupted || e.kind() == ErrorKind::ConnectionAborted =>
        {
            l.accept()
        }
        r => r,
    }
}
pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let mut clients: Vec<JoinHandle<io::Result<()>>> = Vec::new();
    let error = loop {
        at_most(limit - 1, &mut clients).await;
        match once(&listener) {
            Ok(socket) => clients.push(spawner.spawn(echo(socket))),
            Err(e) => match e.kind() {
                ErrorKind::WouldBlock => {
                    if let Err(e) = listener.readable().await {
                        break e;
                    }
                }

                _ => break e,
            },
        }
    };
    at_most(0, &mut clients).await;
    error
}
async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        clients.retain_mut(|c| Pin::new(c).poll(cx).is_pending());
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
