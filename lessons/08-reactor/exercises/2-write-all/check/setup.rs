//! What the tests stand on: read `../check.rs` first.

use super::*;

/// A socket in non-blocking mode, which the answer writes to.
#[derive(Debug)]
pub struct Socket {
    pub(super) inner: shared::probe::Socket,
    pub(super) watched: Arc<Watched>,
}

impl Socket {
    /// From now on, the event loop calls `waker` in every turn in which there is room. It takes the
    /// place of the one before.
    pub fn watch_writable(&self, waker: &Waker) {
        let mut state = self.watched.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.times += 1;
        let before = state.waker.replace(waker.clone());
        drop(state);
        drop(before);
    }

    /// The event loop does not call anybody any more.
    pub fn unwatch_writable(&self) {
        drop(self.watched.take());
    }
}

impl Write for Socket {
    #[track_caller]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the event loop knows of the socket.
#[derive(Debug, Default)]
pub struct Watched {
    pub(super) state: Mutex<WatchedState>,
}

#[derive(Debug, Default)]
pub struct WatchedState {
    pub(super) waker: Option<Waker>,
    pub(super) times: u64,
}

impl Watched {
    pub(super) fn waker(&self) -> Option<Waker> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waker.clone()
    }

    pub(super) fn take(&self) -> Option<Waker> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waker.take()
    }

    pub(super) fn times(&self) -> u64 {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).times
    }
}

/// The other side of the socket, and the event loop.
#[derive(Clone)]
pub struct World {
    pub(super) peer: Peer,
    pub(super) watched: Arc<Watched>,
}

impl World {
    pub(super) fn new() -> (Socket, Self) {
        let (inner, peer) = shared::probe::Socket::new();
        let watched = Arc::<Watched>::default();
        (Socket { inner, watched: Arc::clone(&watched) }, Self { peer, watched })
    }

    /// One turn of the event loop: whoever watches is woken if there is room.
    pub fn turn(&self) {
        if self.peer.is_writable() {
            self.watched.waker().into_iter().for_each(Waker::wake);
        }
    }

    pub(super) fn is_watched(&self) -> bool {
        self.watched.waker().is_some()
    }

    /// Nothing may be watched any more: otherwise the task is woken, turn after turn.
    #[track_caller]
    pub fn is_left_alone(&self, task: &WakerProbe, story: &str) {
        let before = task.wakes();
        self.peer.takes(1);
        (0..100).for_each(|_| self.turn());
        let wakes = task.wakes() - before;
        assert!(
            wakes == 0 && !self.is_watched(),
            "{story}. The socket is watched still: in the next 100 turns of the event loop, there was room, and the task was woken \
             {}, for nothing. It spins",
            times(wakes)
        );
    }
}

/// Runs a scenario, and ends it if the answer blocks.
#[track_caller]
pub fn check(scenario: fn()) {
    watchdog(Duration::from_secs(5), "`write_all`", scenario);
}

/// A call of `write_all`, and the task that polls it.
pub struct Call<'a> {
    pub(super) future: std::pin::Pin<Box<dyn Future<Output = io::Result<()>> + 'a>>,
    pub(super) task: WakerProbe,
}

impl<'a> Call<'a> {
    pub(super) fn new(socket: &'a mut Socket, bytes: &'a [u8]) -> Self {
        Self { future: Box::pin(write_all(socket, bytes)), task: WakerProbe::new() }
    }

    pub(super) fn poll(&mut self) -> Poll<io::Result<()>> {
        self.future.as_mut().poll(&mut Context::from_waker(&self.task.waker()))
    }
}

pub fn in_words(result: &io::Result<()>) -> String {
    match result {
        Ok(()) => "`Ok(())`".to_owned(),
        Err(error) => format!("the error `{:?}`", error.kind()),
    }
}

/// Writes `bytes`. Each time that there is no room left, room for the next of `rooms` comes. Sees
/// that all has arrived.
#[track_caller]
pub fn arrives(story: &str, bytes: &str, now: &[usize], rooms: &[usize]) {
    let (mut socket, world) = World::new();
    now.iter().for_each(|&room| world.peer.takes(room));
    let mut rooms = rooms.iter();
    let idle = || {
        let room = if world.peer.is_writable() { Some(&0) } else { rooms.next() };
        room.map(|&room| world.peer.takes(room)).map(|()| world.turn()).is_some()
    };
    let report =
        Bounded::new().polls(1_000).when_idle(idle).run(write_all(&mut socket, bytes.as_bytes()));
    let words = report.to_string();
    let received = world.peer.received();
    let received = received.escape_ascii();
    match report.value {
        None => panic!(
            "{story}. \"{received}\" of \"{bytes}\" has arrived, and `write_all` was {words}"
        ),
        Some(Err(error)) => panic!(
            "{story}. \"{received}\" of \"{bytes}\" has arrived, and `write_all` gave the error `{:?}`",
            error.kind()
        ),
        Some(Ok(())) => assert!(
            received.to_string() == bytes,
            "{story}. `write_all` gave `Ok(())`. It was to write \"{bytes}\", and this has arrived: \"{received}\""
        ),
    }
}

/// Ends a call that has waited for room so often, and sees that the socket is watched no longer.
#[track_caller]
pub fn check_waits(waits: u64, end: impl Fn(&mut Call<'_>, &World) -> String + Send + 'static) {
    watchdog(Duration::from_secs(5), "`write_all`", move || {
        let (mut socket, world) = World::new();
        let mut call = Call::new(&mut socket, b"tea");
        let _ = call.poll();
        for _ in 1..waits {
            world.peer.takes(1);
            world.turn();
            let _ = call.poll();
        }
        let ended = end(&mut call, &world);
        world.is_left_alone(
            &call.task,
            &format!("`write_all` had waited for room {}, {ended}", times(waits)),
        );
    });
}

/// What `write_all` makes of "tea" and of a socket that is ready all the time. `why` says what
/// matters, if it never gets ready.
#[track_caller]
pub fn ends(socket: &mut Socket, world: &World, story: &str, why: &str) -> io::Result<()> {
    let turn = || {
        world.turn();
        true
    };
    let report = Bounded::new().polls(100).when_idle(turn).run(write_all(socket, b"tea"));
    let words = report.to_string();
    report.value.unwrap_or_else(|| panic!("{story}. `write_all` was {words}. {why}"))
}
