//! Wrong: serves each client before it accepts the next one.
//! Caught by: `a_silent_client_holds_up_nobody`
//! Because: an `await` in the loop keeps the loop. The second client waits until the first has gone away.
//! Says: Nobody has to wait for what another one says

use std::io::{self, ErrorKind};

use executor::Spawner;

use crate::{Listener, echo};

/// Serves the clients of `listener`, at most `limit` at a time, until `accept` fails. Returns why, once everybody is through.
pub async fn serve(listener: Listener, _spawner: Spawner, _limit: usize) -> io::Error {
    let error = loop {
        let error = match listener.accept() {
            Ok(socket) => {
                let _ = echo(socket).await;
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
