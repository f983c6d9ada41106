//! Wrong: counts places with a guard, which wakes the waker that was left first, until it has been used.
//! Caught by: `it_is_woken_in_the_task_that_polled_last`
//! Because: whoever polls `serve` from another task meanwhile is not known to the guards.
//! Says: its waker was not called

use crate::{Listener, echo};
use executor::{JoinHandle, Spawner};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use std::task::Waker;
#[derive(Default)]
struct Sh {
    n: Cell<usize>,
    w: RefCell<Option<Waker>>,
}
struct G(Rc<Sh>);
impl G {
    fn new(s: &Rc<Sh>) -> Self {
        s.n.set(s.n.get() + 1);
        G(s.clone())
    }
}
impl Drop for G {
    fn drop(&mut self) {
        self.0.n.set(self.0.n.get() - 1);
        let w = self.0.w.take();
        if let Some(w) = w {
            w.wake()
        }
    }
}

pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let mut clients: Vec<JoinHandle<io::Result<()>>> = Vec::new();
    let _ = &mut clients;
    let sh = Rc::new(Sh::default());
    let error = loop {
        poll_fn(|cx| {
            if sh.n.get() < limit {
                Poll::Ready(())
            } else {
                sh.w.borrow_mut().get_or_insert_with(|| cx.waker().clone());
                Poll::Pending
            }
        })
        .await;
        match listener.accept() {
            Ok(socket) => {
                let g = G::new(&sh);
                spawner
                    .spawn(async move {
                        let _g = g;
                        echo(socket).await
                    })
                    .detach()
            }
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
    poll_fn(|cx| {
        if sh.n.get() == 0 {
            Poll::Ready(())
        } else {
            sh.w.borrow_mut().get_or_insert_with(|| cx.waker().clone());
            Poll::Pending
        }
    })
    .await;
    let _ = at_most;
    error
}
async fn at_most(limit: usize, clients: &mut Vec<JoinHandle<io::Result<()>>>) {
    poll_fn(|cx| {
        clients.retain_mut(|c| Pin::new(c).poll(cx).is_pending());
        if clients.len() <= limit { Poll::Ready(()) } else { Poll::Pending }
    })
    .await
}
