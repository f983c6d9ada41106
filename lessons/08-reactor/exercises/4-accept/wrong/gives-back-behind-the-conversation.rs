//! Wrong: gives a place back by a statement behind the conversation, which a panic does not reach.
//! Caught by: `whoever_is_through_makes_room`
//! Because: code behind an `await` does not run after a panic. A destructor does.
//! Says: Then number 1 of those who were served met with a panic

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::rc::Rc;
use std::task::{Poll, Waker};

use executor::Spawner;

use crate::{Listener, echo};

#[derive(Default)]
struct Places {
    taken: Cell<usize>,
    waker: RefCell<Option<Waker>>,
}

impl Places {
    async fn at_most(&self, limit: usize) {
        poll_fn(|cx| {
            if self.taken.get() <= limit {
                return Poll::Ready(());
            }
            *self.waker.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await
    }

    fn give_back(&self) {
        self.taken.set(self.taken.get() - 1);
        let waker = self.waker.borrow_mut().take();
        waker.into_iter().for_each(Waker::wake);
    }
}

pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let places = Rc::<Places>::default();
    let error = loop {
        places.at_most(limit - 1).await;
        match listener.accept() {
            Ok(socket) => {
                places.taken.set(places.taken.get() + 1);
                let places = Rc::clone(&places);
                spawner
                    .spawn(async move {
                        let _ = echo(socket).await;
                        places.give_back();
                    })
                    .detach();
            }
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
    places.at_most(0).await;
    error
}
