//! Right: drops every handle, counts in a cell, and gives the place back in a destructor, which
//!   runs after a panic as well.

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

struct Place(Rc<Places>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.taken.set(self.0.taken.get() - 1);
        let waker = self.0.waker.borrow_mut().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Places {
    async fn until(&self, few: impl Fn(usize) -> bool) {
        poll_fn(|cx| {
            self.waker.borrow_mut().replace(cx.waker().clone());
            if few(self.taken.get()) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await
    }

    fn take(self: &Rc<Self>) -> Place {
        self.taken.set(self.taken.get() + 1);
        Place(Rc::clone(self))
    }
}

pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let places = Rc::<Places>::default();
    let error = loop {
        places.until(|taken| taken < limit).await;
        let place = places.take();
        match listener.accept() {
            Ok(socket) => {
                let conversation = async move {
                    let _place = place;
                    echo(socket).await
                };
                spawner.spawn(conversation).detach();
            }
            Err(error) => {
                drop(place);
                match error.kind() {
                    ErrorKind::ConnectionAborted | ErrorKind::Interrupted => {}
                    ErrorKind::WouldBlock => {
                        if let Err(error) = listener.readable().await {
                            break error;
                        }
                    }
                    _ => break error,
                }
            }
        }
    };
    places.until(|taken| taken == 0).await;
    error
}
