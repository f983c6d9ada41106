//! The sleep in the kernel: who ends it, what it costs, and that nothing happens where nothing is
//! to be done.

mod common;

use std::io::{self, Write};
use std::net;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

#[cfg(unix)]
use common::park_until_woken;
use common::{connected, poll, with_runtime};
use executor::{Park, yield_now};
use reactor::{Counts, Reactor, Registration, Runtime, TcpListener};
use shared::probe::WakerProbe;
use wakers::oneshot;

/// Until the reactor has gone to sleep, or is about to, after `before`.
fn wait_for_sleep(reactor: &Arc<Reactor>, before: Counts) {
    while reactor.counts().sleeps == before.sleeps {
        thread::yield_now();
    }
}

#[test]
fn a_wake_from_another_thread_ends_the_sleep() {
    with_runtime(|runtime| {
        let (sender, receiver) = oneshot::channel();
        let (reactor, before) = (Arc::clone(runtime.reactor()), runtime.reactor().counts());
        let waking = thread::spawn(move || {
            wait_for_sleep(&reactor, before);
            sender.send(17)
        });
        assert_eq!(runtime.block_on(receiver), Ok(17));
        assert_eq!(waking.join().expect("it does not panic"), Ok(()));
        let after = runtime.reactor().counts();
        assert!(after.unparks <= 1, "one sleep was ended {} times", after.unparks);
        Ok(())
    });
}

#[test]
fn a_wake_before_the_sleep_is_remembered() {
    with_runtime(|runtime| {
        let reactor = runtime.reactor();
        reactor.unparker().wake();
        reactor.park(None);
        assert_eq!((reactor.counts().sleeps, reactor.counts().unparks), (0, 0));
        Ok(())
    });
}

#[test]
fn wakes_on_the_loops_own_thread_do_not_go_into_the_kernel() {
    with_runtime(|runtime| {
        let tasks = [(); 10].map(|()| {
            runtime.spawn(async {
                for _ in 0..100 {
                    yield_now().await;
                }
            })
        });
        runtime.block_on(async {
            for task in tasks {
                task.await.expect("it does not panic");
            }
        });
        let Counts { sleeps, looks, unparks, .. } = runtime.reactor().counts();
        assert_eq!((sleeps, unparks), (0, 0));
        // One look for each turn of the loop, not for each of the thousand wakes.
        assert!((100..=110).contains(&looks), "{looks} looks");
        Ok(())
    });
}

/// Two seconds long, and it asserts nothing about time: what is counted is how often the loop went
/// into the kernel.
#[test]
fn an_idle_server_stays_in_the_kernel_for_two_seconds() {
    with_runtime(|runtime| {
        let mut peers = Vec::new();
        for _ in 0..10 {
            let (mut stream, peer) = connected(runtime)?;
            peers.push(peer);
            runtime
                .spawn(async move {
                    let mut buffer = [0; 64];
                    while let Ok(length @ 1..) = stream.read(&mut buffer).await {
                        if stream.write_all(&buffer[..length]).await.is_err() {
                            return;
                        }
                    }
                })
                .detach();
        }
        let mut listener = TcpListener::bind(runtime.reactor(), "127.0.0.1:0")?;
        runtime.spawn(async move { listener.accept().await.map(drop) }).detach();
        runtime.block_on(yield_now());

        let before = runtime.reactor().counts();
        runtime.block_on(runtime.timer().sleep(Duration::from_secs(2)));
        let after = runtime.reactor().counts();
        assert_eq!(after.events, before.events);
        let waits = (after.sleeps - before.sleeps) + (after.looks - before.looks);
        // One look after the timer was set, one sleep until its deadline, and one more if the clock
        // is coarse.
        assert!((1..=3).contains(&waits), "{waits} waits in the kernel, where nothing happened");
        Ok(())
    });
}

#[test]
fn interest_that_was_answered_is_not_renewed_by_itself() {
    with_runtime(|runtime| {
        let reactor = runtime.reactor();
        let (mut stream, mut peer) = connected(runtime)?;
        let probe = WakerProbe::new();
        assert!(poll(&probe, &mut Box::pin(stream.read(&mut [0; 8]))).is_pending());
        let asked = reactor.counts();
        peer.write_all(b"unread")?;
        while reactor.counts().events == asked.events {
            reactor.park(Some(Duration::from_secs(10)));
        }
        // The byte is still there, but nobody asks for it: a loop that looks again learns nothing
        // new, and does not spin.
        let answered = reactor.counts();
        for _ in 0..10 {
            reactor.park(Some(Duration::ZERO));
        }
        let counts = reactor.counts();
        assert_eq!((counts.events, counts.interests), (answered.events, asked.interests));
        Ok(())
    });
}

#[test]
fn a_wait_that_is_given_up_leaves_the_one_that_took_its_place() {
    with_runtime(|runtime| {
        // Who has polled last waits, in whichever order they began.
        for (first_polls_again, name) in [(false, "the second one"), (true, "the first one")] {
            let listener = net::TcpListener::bind("127.0.0.1:0")?;
            listener.set_nonblocking(true)?;
            let listener = Registration::new(runtime.reactor(), listener)?;
            let probes = [WakerProbe::new(), WakerProbe::new()];
            let [mut first, mut second] = [(); 2].map(|()| Box::pin(listener.readable()));
            assert!(poll(&probes[0], &mut first).is_pending());
            assert!(poll(&probes[1], &mut second).is_pending());
            let [given_up, waits] = if first_polls_again {
                assert!(poll(&probes[0], &mut first).is_pending());
                [second, first]
            } else {
                [first, second]
            };
            drop(given_up);
            let before = runtime.reactor().counts().events;
            let _peer = net::TcpStream::connect(listener.get().local_addr()?)?;
            while runtime.reactor().counts().events == before {
                runtime.reactor().park(Some(Duration::from_secs(10)));
            }
            let wakes = probes.each_ref().map(WakerProbe::wakes);
            let wanted = if first_polls_again { [1, 0] } else { [0, 1] };
            assert_eq!(wakes, wanted, "{name} waits");
            drop(waits);
            assert!(probes.iter().all(|probe| probe.alive() == 0), "a waker is kept");
        }
        Ok(())
    });
}

#[test]
fn polling_again_does_not_ask_the_kernel_again() {
    with_runtime(|runtime| {
        let (mut stream, _peer) = connected(runtime)?;
        let probe = WakerProbe::new();
        let mut buffer = [0; 8];
        let mut read = Box::pin(stream.read(&mut buffer));
        let before = runtime.reactor().counts().interests;
        for _ in 0..5 {
            assert!(poll(&probe, &mut read).is_pending());
        }
        assert_eq!(runtime.reactor().counts().interests, before + 1);
        assert_eq!(probe.alive(), 1, "wakers pile up");
        Ok(())
    });
}

#[test]
fn a_number_that_is_used_again_is_not_woken_for_its_predecessor() {
    with_runtime(|runtime| {
        let reactor = runtime.reactor();
        let (mut old, mut old_peer) = connected(runtime)?;
        assert!(poll(&WakerProbe::new(), &mut Box::pin(old.read(&mut [0; 8]))).is_pending());
        old_peer.write_all(b"for the old one")?;
        drop(old);
        let (mut new, _new_peer) = connected(runtime)?;
        let probe = WakerProbe::new();
        let mut buffer = [0; 8];
        let mut read = Box::pin(new.read(&mut buffer));
        assert!(poll(&probe, &mut read).is_pending());
        reactor.park(Some(Duration::ZERO));
        assert_eq!(probe.wakes(), 0);
        assert!(poll(&probe, &mut read).is_pending());
        Ok(())
    });
}

#[test]
fn sources_come_and_go_on_other_threads_while_the_loop_sleeps() {
    with_runtime(|runtime| {
        let (sender, receiver) = oneshot::channel();
        let reactor = Arc::clone(runtime.reactor());
        let others = thread::spawn(move || {
            for _ in 0..200 {
                let listener = net::TcpListener::bind("127.0.0.1:0")?;
                listener.set_nonblocking(true)?;
                let listener = Registration::new(&reactor, listener)?;
                let probe = WakerProbe::new();
                let mut ready = Box::pin(listener.readable());
                assert!(poll(&probe, &mut ready).is_pending());
                let _peer = net::TcpStream::connect(listener.get().local_addr()?)?;
                while !probe.take_woken() {
                    thread::yield_now();
                }
            }
            sender.send(()).expect("the loop waits for it");
            io::Result::Ok(())
        });
        assert_eq!(runtime.block_on(receiver), Ok(()));
        others.join().expect("it does not panic")?;
        assert!(runtime.reactor().is_empty());
        Ok(())
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_is_refused() {
    with_runtime(|runtime| {
        let file = std::fs::File::open("Cargo.toml")?;
        let refused = Registration::new(runtime.reactor(), std::os::fd::OwnedFd::from(file));
        let error = refused.expect_err("a file is always ready");
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        assert!(runtime.reactor().is_empty());
        Ok(())
    });
}

#[cfg(unix)]
#[test]
fn a_pipe_can_be_watched_too() {
    with_runtime(|runtime| {
        let (reader, mut writer) = io::pipe()?;
        let reader = Registration::new(runtime.reactor(), reader)?;
        let probe = WakerProbe::new();
        let mut readable = Box::pin(reader.readable());
        assert!(poll(&probe, &mut readable).is_pending());
        writer.write_all(b"x")?;
        park_until_woken(runtime.reactor(), &probe);
        assert!(poll(&probe, &mut readable).is_ready());
        Ok(())
    });
}

#[test]
fn dropping_the_runtime_closes_what_its_tasks_held() {
    with_runtime(|_| {
        let runtime = Runtime::new()?;
        let reactor = Arc::clone(runtime.reactor());
        let (mut stream, mut peer) = connected(&runtime)?;
        runtime.spawn(async move { stream.read(&mut [0; 8]).await }).detach();
        runtime.block_on(yield_now());
        assert_eq!(reactor.len(), 1);
        drop(runtime);
        assert!(reactor.is_empty());
        assert_eq!(io::Read::read(&mut peer, &mut [0; 8])?, 0);
        Ok(())
    });
}
