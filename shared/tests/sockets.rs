//! The double of a socket answers as a real one does, and ends those who spin.

use std::io::{ErrorKind, Read, Write};
use std::pin::pin;
use std::task::{Context, Poll};

use shared::probe::{Bounded, Listener, Socket, Verdict, WakerProbe};

#[test]
fn a_read_gives_one_piece_at_most() {
    let (mut socket, peer) = Socket::new();
    peer.send(b"abc");
    peer.send(b"d");
    let mut buffer = [0; 2];
    let lengths: Vec<_> = (0..3).map(|_| socket.read(&mut buffer).unwrap()).collect();
    assert_eq!(lengths, [2, 1, 1]);
    assert_eq!(socket.read(&mut buffer).unwrap_err().kind(), ErrorKind::WouldBlock);
    peer.read_fails(ErrorKind::Interrupted);
    peer.end();
    assert_eq!(socket.read(&mut buffer).unwrap_err().kind(), ErrorKind::Interrupted);
    assert_eq!((socket.read(&mut buffer).unwrap(), socket.read(&mut buffer).unwrap()), (0, 0));
    assert_eq!(peer.reads(), 7);
}

#[test]
fn a_write_takes_one_room_at_most() {
    let (mut socket, peer) = Socket::new();
    assert_eq!(socket.write(b"").unwrap(), 0);
    assert_eq!(socket.write(b"a").unwrap_err().kind(), ErrorKind::WouldBlock);
    peer.takes(2);
    peer.takes(9);
    peer.write_fails(ErrorKind::BrokenPipe);
    assert_eq!((socket.write(b"abc").unwrap(), socket.write(b"cd").unwrap()), (2, 2));
    assert_eq!(socket.write(b"efghijklm").unwrap(), 7);
    assert_eq!(socket.write(b"l").unwrap_err().kind(), ErrorKind::BrokenPipe);
    peer.takes_nothing();
    assert_eq!(socket.write(b"l").unwrap(), 0);
    assert_eq!((peer.received(), peer.writes()), (b"abcdefghijk".to_vec(), 7));
}

#[test]
fn whoever_waits_is_woken_and_may_go_away() {
    let (socket, peer) = Socket::new();
    let task = WakerProbe::new();
    let waker = task.waker();
    let mut cx = Context::from_waker(&waker);
    let mut ready = Box::pin(socket.readable());
    assert!(ready.as_mut().poll(&mut cx).is_pending() && peer.reader_waits());
    peer.takes(1);
    assert_eq!(task.wakes(), 0);
    peer.hint();
    assert_eq!(task.wakes(), 1);
    assert!(matches!(ready.as_mut().poll(&mut cx), Poll::Ready(Ok(()))));
    ready.set(socket.readable());
    assert!(ready.as_mut().poll(&mut cx).is_pending());
    drop(ready);
    assert!(!peer.reader_waits());
    peer.send(b"a");
    assert_eq!(task.wakes(), 1);
    assert!(pin!(socket.readable()).poll(&mut cx).is_ready());
}

#[test]
fn one_wait_fails_when_it_is_told_to() {
    let (socket, peer) = Socket::new();
    let (listener, clients) = Listener::new();
    let task = WakerProbe::new();
    let waker = task.waker();
    let mut cx = Context::from_waker(&waker);
    let mut waits = [Box::pin(socket.readable()), Box::pin(listener.readable())];
    assert!(waits.iter_mut().all(|wait| wait.as_mut().poll(&mut cx).is_pending()));
    peer.wait_fails(ErrorKind::OutOfMemory);
    clients.wait_fails(ErrorKind::OutOfMemory);
    assert_eq!(task.wakes(), 2);
    for mut wait in waits {
        let Poll::Ready(Err(error)) = wait.as_mut().poll(&mut cx) else {
            panic!("it did not fail")
        };
        assert_eq!(error.kind(), ErrorKind::OutOfMemory);
    }
    assert!(pin!(socket.readable()).poll(&mut cx).is_pending());
    assert!(pin!(listener.readable()).poll(&mut cx).is_pending());
}

#[test]
#[should_panic(
    expected = "`read` was called 1,000 times while there was nothing to read: it spins"
)]
fn whoever_reads_in_a_loop_is_ended() {
    let (mut socket, _peer) = Socket::new();
    while socket.read(&mut [0]).is_err() {}
}

#[test]
#[should_panic(expected = "while the socket took nothing, with `Ok(0)`: it spins")]
fn whoever_takes_nothing_for_progress_is_ended() {
    let (mut socket, peer) = Socket::new();
    peer.takes_nothing();
    while let Ok(0) = socket.write(b"a") {}
}

#[test]
#[should_panic(
    expected = "`accept` was called 1,000 times while nobody wanted to connect: it spins"
)]
fn whoever_accepts_in_a_loop_is_ended() {
    let (listener, _clients) = Listener::new();
    while listener.accept().is_err() {}
}

#[test]
fn a_listener_gives_its_clients_in_order() {
    let (listener, clients) = Listener::new();
    let waits = Bounded::new().when_idle(|| false).run(listener.readable());
    assert_eq!(waits.verdict, Verdict::NeverWoken);
    let first = clients.connect();
    clients.accept_fails(ErrorKind::ConnectionAborted);
    let second = clients.connect();
    assert_eq!(clients.waiting(), 3);
    (&listener.accept().unwrap()).write_all(b"first").unwrap();
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::ConnectionAborted);
    let socket = listener.accept().unwrap();
    assert_eq!((first.received(), first.is_closed()), (b"first".to_vec(), true));
    assert!(!second.is_closed());
    drop(socket);
    assert!(second.is_closed());
}
