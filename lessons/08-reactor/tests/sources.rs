//! Sources are foreign code, and may come and go on any thread.
#![cfg(unix)]

mod common;

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use common::{poll, with_runtime};
use executor::Park;
use reactor::{Reactor, Registration, Source};
use shared::probe::WakerProbe;

/// A pipe that looks at the reactor before it names its descriptor, as a wrapper that logs would.
struct Curious {
    pipe: io::PipeReader,
    reactor: Arc<Reactor>,
}

impl AsFd for Curious {
    fn as_fd(&self) -> BorrowedFd<'_> {
        assert!(self.reactor.len() < 100);
        self.pipe.as_fd()
    }
}

// SAFETY: the pipe owns its descriptor, and is neither closed nor exchanged before it is dropped.
unsafe impl Source for Curious {}

#[test]
fn a_source_that_comes_back_to_the_reactor_waits_for_nobody() {
    with_runtime(|runtime| {
        let (pipe, mut writer) = io::pipe()?;
        let reactor = Arc::clone(runtime.reactor());
        let source = Registration::new(runtime.reactor(), Curious { pipe, reactor })?;
        let timer = runtime.timer();
        let waited = runtime.block_on(timer.timeout(Duration::from_millis(1), source.readable()));
        assert!(waited.is_err(), "nothing was written");
        writer.write_all(b"x")?;
        runtime.block_on(source.readable())?;
        drop(source);
        assert!(runtime.reactor().is_empty());
        Ok(())
    });
}

#[test]
fn a_source_dropped_by_another_thread_during_a_park_leaves_no_event_to_its_successor() {
    with_runtime(|runtime| {
        let reactor = runtime.reactor();
        let probe = WakerProbe::new();
        let come_and_go = || {
            for _ in 0..20_000 {
                let (gone, mut writer) = io::pipe()?;
                writer.write_all(b"x")?;
                let gone = Registration::new(reactor, gone)?;
                assert!(poll(&WakerProbe::new(), &mut Box::pin(gone.readable())).is_pending());
                // Its event is on the way, and its place is free for the next.
                drop(gone);
                let (successor, _never_written) = io::pipe()?;
                let successor = Registration::new(reactor, successor)?;
                let mut wait = Box::pin(successor.readable());
                assert!(poll(&probe, &mut wait).is_pending());
                assert!(poll(&probe, &mut wait).is_pending(), "an event that is another's");
            }
            io::Result::Ok(())
        };
        thread::scope(|scope| {
            let comes_and_goes = scope.spawn(come_and_go);
            while !comes_and_goes.is_finished() {
                reactor.park(Some(Duration::ZERO));
            }
            comes_and_goes.join().expect("no event is handed to the wrong source")
        })?;
        assert_eq!(probe.wakes(), 0, "an event of the one that is gone woke its successor");
        Ok(())
    });
}
