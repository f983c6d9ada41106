//! A task that waits for a socket of a runtime that cannot wake it is told, and no other one is.

mod common;

use std::io::{self, Write};
use std::net;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use common::poll;
use executor::Executor;
use reactor::{JoinError, Runtime, TcpStream};
use shared::probe::WakerProbe;

const ANOTHER: &str = "this socket belongs to another runtime of this thread, which does not run while this one does: \
                       nobody would wake the task that waits for it";
const GONE: &str = "this socket belongs to a runtime that has been dropped: nobody would wake the task that waits for it";

fn connected(runtime: &Runtime) -> io::Result<(TcpStream, net::TcpStream)> {
    let mut listener = runtime.bind("127.0.0.1:0")?;
    let peer = net::TcpStream::connect(listener.local_addr()?)?;
    Ok((runtime.block_on(listener.accept())?.0, peer))
}

async fn byte(mut stream: TcpStream) -> io::Result<u8> {
    let mut byte = [0];
    stream.read_exact(&mut byte).await?;
    Ok(byte[0])
}

fn said(result: Result<io::Result<u8>, JoinError>, words: &str) {
    let error = result.expect_err("it cannot be read");
    assert_eq!(error.to_string(), format!("task reads panicked: {words}"));
}

#[test]
fn a_task_of_another_runtime_is_told() -> io::Result<()> {
    let (home, other) = (Runtime::new()?, Runtime::new()?);
    let (stream, _peer) = connected(&home)?;
    let task = other.spawn_named("reads", byte(stream));
    // It may be slow to tell, but it tells: with the fault, this waits for ever.
    said(other.block_on(task), ANOTHER);
    Ok(())
}

#[test]
fn so_is_one_that_runs_within_the_socket_s_own_runtime() -> io::Result<()> {
    let home = Runtime::new()?;
    let (stream, _peer) = connected(&home)?;
    home.block_on(async {
        let inner = Executor::new();
        let task = inner.spawn_named("reads", byte(stream));
        said(inner.block_on(task), ANOTHER);
    });
    Ok(())
}

#[test]
fn so_is_one_whose_socket_s_runtime_is_gone() -> io::Result<()> {
    let (stream, _peer) = connected(&Runtime::new()?)?;
    let other = Runtime::new()?;
    said(other.block_on(other.spawn_named("reads", byte(stream))), GONE);
    // On every thread.
    let (stream, _peer) = connected(&Runtime::new()?)?;
    let elsewhere = thread::spawn(move || {
        let other = Runtime::new()?;
        said(other.block_on(other.spawn_named("reads", byte(stream))), GONE);
        io::Result::Ok(())
    });
    elsewhere.join().expect("it is told there, too")
}

#[test]
fn what_need_not_wait_may_be_read_anywhere() -> io::Result<()> {
    let (home, other) = (Runtime::new()?, Runtime::new()?);
    let (stream, mut peer) = connected(&home)?;
    peer.write_all(&[42])?;
    let ours = stream.as_std().try_clone()?;
    while ours.peek(&mut [0]).is_err() {
        thread::yield_now();
    }
    assert_eq!(other.block_on(byte(stream))?, 42);
    Ok(())
}

#[test]
fn a_runtime_of_another_thread_may_wait() -> io::Result<()> {
    let home = Runtime::new()?;
    let (stream, mut peer) = connected(&home)?;
    let elsewhere = thread::spawn(move || Runtime::new()?.block_on(byte(stream)));
    let (tell, told) = wakers::oneshot::channel();
    let ends = thread::spawn(move || {
        thread::sleep(Duration::from_millis(20));
        peer.write_all(&[42])?;
        let read = elsewhere.join().expect("nobody panics");
        let _ = tell.send(());
        read
    });
    home.block_on(told).expect("it is told");
    assert_eq!(ends.join().expect("nobody panics")?, 42);
    Ok(())
}

#[test]
fn polls_by_hand_are_nobody_s_business() -> io::Result<()> {
    let home = Runtime::new()?;
    let (mut stream, _peer) = connected(&home)?;
    let probe = WakerProbe::new();
    let mut buffer = [0];
    assert!(matches!(poll(&probe, &mut Box::pin(stream.read(&mut buffer))), Poll::Pending));
    drop(home);
    assert!(matches!(poll(&probe, &mut Box::pin(stream.read(&mut buffer))), Poll::Pending));
    Ok(())
}

#[test]
fn runtimes_may_be_nested_and_run_in_turn() -> io::Result<()> {
    let (outer, inner) = (Runtime::new()?, Runtime::new()?);
    let (to_outer, mut peer) = connected(&outer)?;
    let (to_inner, mut inner_peer) = connected(&inner)?;
    outer.block_on(async {
        inner_peer.write_all(&[1])?;
        inner.block_on(inner.timer().sleep(Duration::from_millis(1)));
        assert_eq!(inner.block_on(byte(to_inner))?, 1);
        peer.write_all(&[2])?;
        assert_eq!(byte(to_outer).await?, 2);
        io::Result::Ok(())
    })?;
    // The executor's own loop is the same loop.
    let (stream, mut peer) = connected(&inner)?;
    outer.block_on(async {
        let task = inner.spawn(byte(stream));
        inner.block_on(reactor::yield_now());
        peer.write_all(&[3])?;
        inner.executor().run();
        assert_eq!(inner.block_on(task)??, 3);
        io::Result::Ok(())
    })
}
