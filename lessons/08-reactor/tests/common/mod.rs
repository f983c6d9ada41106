//! What the tests share: a runtime under a watchdog, a connection with a plain peer, and polling by
//! hand.

#![allow(dead_code, reason = "each test crate uses a part of it")]

use std::io;
use std::net;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use executor::Park;
use reactor::{Reactor, Runtime, TcpListener, TcpStream};
use shared::probe::{WakerProbe, watchdog};

/// Runs `test` with a runtime of its own, on a thread that is given up if it hangs.
#[track_caller]
pub fn with_runtime(test: impl FnOnce(&Runtime) -> io::Result<()> + Send + 'static) {
    let work = || Runtime::new().and_then(|runtime| test(&runtime));
    watchdog(Duration::from_secs(30), "the test", work).expect("the system plays along");
}

/// A stream of ours, and its peer, which is a plain one that blocks.
pub fn connected(runtime: &Runtime) -> io::Result<(TcpStream, net::TcpStream)> {
    let mut listener = TcpListener::bind(runtime.reactor(), "127.0.0.1:0")?;
    let peer = net::TcpStream::connect(listener.local_addr()?)?;
    let (stream, address) = runtime.block_on(listener.accept())?;
    assert_eq!(address, peer.local_addr()?);
    Ok((stream, peer))
}

/// Polls once, with a waker that counts.
pub fn poll<F: Future + Unpin>(probe: &WakerProbe, future: &mut F) -> Poll<F::Output> {
    let waker = probe.waker();
    std::pin::Pin::new(future).poll(&mut Context::from_waker(&waker))
}

/// Has the reactor wait in the kernel until `probe` has been woken.
pub fn park_until_woken(reactor: &Arc<Reactor>, probe: &WakerProbe) {
    while !probe.take_woken() {
        reactor.park(Some(Duration::from_secs(10)));
    }
}
