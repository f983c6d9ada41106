//! Right: one `poll_fn` that looks after the tasks and the listener at the same time, and accepts
//!   as many as there are places.

use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use executor::{JoinHandle, Spawner};

use crate::{Listener, echo};

struct Server<'a> {
    listener: &'a Listener,
    spawner: Spawner,
    places: Vec<Option<JoinHandle<io::Result<()>>>>,
    failed: Option<io::Error>,
}

impl Server<'_> {
    fn look_after_tasks(&mut self, cx: &mut Context<'_>) {
        for place in &mut self.places {
            if place.as_mut().is_some_and(|task| Pin::new(task).poll(cx).is_ready()) {
                *place = None;
            }
        }
    }

    /// Whether the listener has nobody to give.
    fn fill_places(&mut self) -> bool {
        while self.failed.is_none() {
            let Some(place) = self.places.iter_mut().find(|place| place.is_none()) else {
                return false;
            };
            match self.listener.accept() {
                Ok(socket) => *place = Some(self.spawner.spawn(echo(socket))),
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => return true,
                    ErrorKind::ConnectionAborted | ErrorKind::Interrupted => {}
                    _ => self.failed = Some(error),
                },
            }
        }
        false
    }
}

pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let places = (0..limit).map(|_| None).collect();
    let mut server = Server { listener: &listener, spawner, places, failed: None };
    let mut readable = Box::pin(listener.readable());
    poll_fn(|cx| {
        loop {
            // A new task's handle has to be polled, too: so the tasks come behind the places.
            let waits = server.fill_places();
            server.look_after_tasks(cx);
            let is_empty = server.places.iter().all(Option::is_none);
            if is_empty && let Some(error) = server.failed.take() {
                return Poll::Ready(error);
            }
            match waits.then(|| readable.as_mut().poll(cx)) {
                Some(Poll::Ready(Ok(()))) => readable.set(listener.readable()),
                Some(Poll::Ready(Err(error))) => server.failed = Some(error),
                Some(Poll::Pending) => return Poll::Pending,
                None if server.failed.is_some() || server.places.iter().all(Option::is_some) => {
                    return Poll::Pending;
                }
                None => {}
            }
        }
    })
    .await
}
