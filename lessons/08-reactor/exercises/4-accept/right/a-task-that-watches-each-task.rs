//! Right: each client has two tasks: one talks, and one waits for it and reports over a list;
//!   `serve` waits before each accept.

use std::cell::RefCell;
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::rc::Rc;
use std::task::{Poll, Waker};

use executor::Spawner;

use crate::{Listener, Socket, echo};

/// Those who are being served, by number, and who waits for the next to go.
type Board = Rc<RefCell<(Vec<u64>, Option<Waker>)>>;

fn host(board: &Board, spawner: &Spawner, number: u64, socket: Socket) {
    board.borrow_mut().0.push(number);
    let talk = spawner.spawn(echo(socket));
    let board = Rc::clone(board);
    spawner
        .spawn(async move {
            let _ = talk.await;
            let waker = {
                let (served, waker) = &mut *board.borrow_mut();
                served.retain(|served| *served != number);
                waker.take()
            };
            waker.iter().for_each(Waker::wake_by_ref);
        })
        .detach();
}

pub async fn serve(listener: Listener, spawner: Spawner, limit: usize) -> io::Error {
    let board = Board::default();
    let mut number = 0;
    loop {
        let next = next(&listener, &board, limit).await;
        match next {
            Ok(socket) => host(&board, &spawner, number, socket),
            Err(error) => {
                goes_down_to(&board, 0).await;
                return error;
            }
        }
        number += 1;
    }
}

async fn goes_down_to(board: &Board, limit: usize) {
    poll_fn(|cx| {
        let (served, waker) = &mut *board.borrow_mut();
        *waker = Some(cx.waker().clone());
        if served.len() > limit { Poll::Pending } else { Poll::Ready(()) }
    })
    .await
}

async fn next(listener: &Listener, board: &Board, limit: usize) -> io::Result<Socket> {
    loop {
        goes_down_to(board, limit - 1).await;
        let error = match listener.accept() {
            Ok(socket) => return Ok(socket),
            Err(error) => error,
        };
        match error.kind() {
            ErrorKind::WouldBlock => listener.readable().await?,
            ErrorKind::ConnectionAborted | ErrorKind::Interrupted => continue,
            _ => return Err(error),
        }
    }
}
