//! Wrong: makes a task for each client, and awaits its handle at once.
//! Caught by: `a_silent_client_holds_up_nobody`
//! Because: to spawn and to await what was spawned is to await, only with more steps.
//! Says: Nobody has to wait for what another one says

use std::io::{self, ErrorKind};

use executor::Spawner;

use crate::{Listener, echo};

/// Serves the clients of `listener`, at most `limit` at a time, until `accept` fails. Returns why, once everybody is through.
pub async fn serve(listener: Listener, spawner: Spawner, _limit: usize) -> io::Error {
    let error = loop {
        let error = match listener.accept() {
            Ok(socket) => {
                let _ = spawner.spawn(echo(socket)).await;
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
