//! Serves many clients at once.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::Poll;

use executor::{JoinHandle, Spawner};

use crate::{Listener, echo};

/// Serves the clients of `listener`, at most `limit` at a time, until `accept` fails. Returns why,
/// once everybody is through.
pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    todo!("accept, serve, and do not wait for it; but mind the limit")
}

/// Waits until no more than `limit` of `clients` are being served, and forgets those who are
/// through. It is a suggestion: use it or not.
async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        todo!("poll each handle, keep those that are Pending, and see how many that are");
        #[allow(unreachable_code, reason = "it says what type the poll has")]
        Poll::Pending
    })
    .await
}
