//! Several waits for one direction of one source: an event wakes all of them, and one that is given
//! up takes nobody along.

mod common;

use std::io::{self, Write};
use std::net;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use combinators::join;
use common::{connected, poll, with_runtime};
use executor::Park;
use reactor::{Direction, Registration, Runtime};
use shared::probe::WakerProbe;

/// Parks until the kernel has said something.
fn park_until_an_event(runtime: &Runtime) {
    let before = runtime.reactor().counts().events;
    while runtime.reactor().counts().events == before {
        runtime.reactor().park(Some(Duration::from_secs(10)));
    }
}

/// Both ends of a connection; the first is watched.
fn watched(runtime: &Runtime) -> io::Result<(Registration<net::TcpStream>, net::TcpStream)> {
    let listener = net::TcpListener::bind("127.0.0.1:0")?;
    let stream = net::TcpStream::connect(listener.local_addr()?)?;
    stream.set_nonblocking(true)?;
    Ok((Registration::new(runtime.reactor(), stream)?, listener.accept()?.0))
}

#[test]
fn a_wait_goes_on_when_another_one_of_its_task_is_cancelled() {
    with_runtime(|runtime| {
        for the_short_one_comes_first in [false, true] {
            let (source, mut peer) = watched(runtime)?;
            let timer = runtime.timer();
            let sender = timer.clone();
            // In a task of its own: a timer of the task that waits would wake it, and it would
            // register anew.
            let sent = runtime.spawn(async move {
                sender.sleep(Duration::from_millis(50)).await;
                peer.write_all(b"x").map(|()| peer)
            });
            let long = source.readable();
            let short = timer.timeout(Duration::from_millis(10), source.readable());
            let both = async {
                if the_short_one_comes_first {
                    join(short, long).await.1
                } else {
                    join(long, short).await.0
                }
            };
            runtime.block_on(both)?;
            runtime.block_on(sent).expect("the sender does not panic")?;
        }
        Ok(())
    });
}

#[test]
fn whichever_of_three_waits_is_dropped_the_others_are_woken() {
    with_runtime(|runtime| {
        for direction in [Direction::Read, Direction::Write] {
            for dropped in 0..3 {
                let (source, mut peer) = watched(runtime)?;
                peer.write_all(b"x")?;
                let probe = WakerProbe::new();
                let mut waits = [(); 3].map(|()| Some(Box::pin(source.ready(direction))));
                for wait in waits.iter_mut().flatten() {
                    assert!(poll(&probe, wait).is_pending(), "the kernel has not been asked yet");
                }
                waits[dropped] = None;
                park_until_an_event(runtime);
                assert_eq!(probe.wakes(), 2, "{direction:?}, without wait {dropped}");
                for wait in waits.iter_mut().flatten() {
                    assert!(matches!(poll(&probe, wait), Poll::Ready(Ok(()))));
                }
                drop(waits);
                assert_eq!(probe.alive(), 0, "a waker is kept");
            }
        }
        Ok(())
    });
}

#[test]
fn two_tasks_may_wait_for_one_direction() {
    with_runtime(|runtime| {
        let (source, mut peer) = watched(runtime)?;
        let probes = [(); 2].map(|()| WakerProbe::new());
        let mut waits = [(); 2].map(|()| Box::pin(source.readable()));
        for (wait, probe) in waits.iter_mut().zip(&probes) {
            assert!(poll(probe, wait).is_pending());
        }
        peer.write_all(b"x")?;
        park_until_an_event(runtime);
        assert_eq!(probes.each_ref().map(WakerProbe::wakes), [1, 1]);
        Ok(())
    });
}

/// A waker that panics.
struct Panics;

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        panic!("this waker panics");
    }
}

#[test]
fn a_waker_that_panics_loses_no_other_wake() {
    with_runtime(|runtime| {
        let (source, mut peer) = watched(runtime)?;
        let (before, behind) = (WakerProbe::new(), WakerProbe::new());
        let panics = Waker::from(Arc::new(Panics));
        let mut waits = [(); 3].map(|()| Box::pin(source.readable()));
        assert!(poll(&before, &mut waits[0]).is_pending());
        assert!(waits[1].as_mut().poll(&mut Context::from_waker(&panics)).is_pending());
        assert!(poll(&behind, &mut waits[2]).is_pending());
        peer.write_all(b"x")?;
        let parked = catch_unwind(AssertUnwindSafe(|| park_until_an_event(runtime)));
        let panic = parked.expect_err("the panic is passed on");
        assert_eq!(panic.downcast_ref(), Some(&"this waker panics"));
        assert_eq!((before.wakes(), behind.wakes()), (1, 1));
        // The reactor is as good as before.
        let (mut stream, mut peer) = connected(runtime)?;
        peer.write_all(b"y")?;
        assert_eq!(runtime.block_on(stream.read(&mut [0; 1]))?, 1);
        Ok(())
    });
}
