//! What the tests stand on: read `../check.rs` first.

use super::*;

#[global_allocator]
pub static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Sends back what the client sends, until the client has said all. A `!` has it panic: that is a
/// mistake in the program.
pub async fn echo(mut socket: Socket) -> io::Result<()> {
    let mut buffer = [0; 64];
    loop {
        match socket.read(&mut buffer) {
            Ok(0) => return Ok(()),
            // Not a `panic!`, which would be printed.
            Ok(_) if buffer[0] == b'!' => {
                std::panic::resume_unwind(Box::new("a mistake in `echo`"))
            }
            // The clients here take everything at once.
            Ok(length) => socket.write_all(&buffer[..length])?,
            Err(error) if error.kind() == ErrorKind::WouldBlock => socket.readable().await?,
            Err(error) => return Err(error),
        }
    }
}

/// Notices when every task waits, and wakes the one that waits for just that.
#[derive(Default)]
pub struct Quiet {
    pub(super) waits: RefCell<Option<Waker>>,
    pub(super) is_quiet: Cell<bool>,
    pub(super) turns: Cell<u64>,
}

impl Park for Quiet {
    fn park(&self, limit: Option<Duration>) {
        if limit == Some(Duration::ZERO) {
            self.turns.set(self.turns.get() + 1);
            assert!(
                self.turns.get() < 10_000,
                "nothing happens outside, and for 10,000 turns on end, some task of the server has asked to be polled again: it spins"
            );
            return;
        }
        self.turns.set(0);
        self.is_quiet.set(true);
        let waker = self.waits.borrow_mut().take().expect("the scenario waits for the silence");
        waker.wake();
    }

    fn unparker(&self) -> Waker {
        Waker::noop().clone()
    }
}

/// The server that is being looked at, and where its clients come from.
pub struct Server {
    pub(super) clients: Clients,
    pub(super) handle: JoinHandle<io::Error>,
    pub(super) quiet: Rc<Quiet>,
    /// What `serve` has returned.
    pub ended: Option<ErrorKind>,
}

impl Server {
    /// A client connects, and sends `text`.
    pub fn client(&self, text: &str) -> Peer {
        let client = self.clients.connect();
        client.send(text.as_bytes());
        client
    }

    /// Lets everybody get on until all wait, or are over. A panic of `serve` comes through.
    pub async fn gets_quiet(&mut self) {
        poll_fn(|cx| {
            if self.quiet.is_quiet.take() {
                return Poll::Ready(());
            }
            *self.quiet.waits.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
        if self.ended.is_none() && self.handle.is_finished() {
            let mut cx = Context::from_waker(Waker::noop());
            match std::pin::Pin::new(&mut self.handle).poll(&mut cx) {
                Poll::Ready(Ok(error)) => self.ended = Some(error.kind()),
                Poll::Ready(Err(error)) => {
                    panic!("{error}. With it, the server has ended for everybody")
                }
                Poll::Pending => unreachable!("the task is over"),
            }
        }
    }

    /// The same, and `serve` must not have ended.
    #[track_caller]
    pub fn goes_on(&mut self, story: &str) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            self.gets_quiet().await;
            if let Some(kind) = self.ended {
                panic!(
                    "{story}, and `serve` ended with the error `{kind:?}` (seen at line {}). Nobody can connect any more",
                    place.line()
                );
            }
        }
    }
}

/// Plays a scenario with a server of `limit` places. Returns how many bytes more are in use at its
/// end.
#[track_caller]
pub fn check(limit: usize, scenario: impl AsyncFnOnce(&mut Server) + Send + 'static) -> i64 {
    watchdog(Duration::from_secs(5), "`serve`", move || {
        let quiet = Rc::<Quiet>::default();
        let executor = Executor::with_park(Rc::clone(&quiet));
        let (listener, clients) = Listener::new();
        let handle = executor.spawn_named("serve", serve(listener, executor.spawner(), limit));
        let mut server = Server { clients, handle, quiet, ended: None };
        let ((), asked) =
            shared::figures::alloc::count(|| executor.block_on(scenario(&mut server)));
        asked.kept()
    })
}

/// What a client has got back, as text.
pub fn got(client: &Peer) -> String {
    client.received().escape_ascii().to_string()
}

/// What happened to a client, in words, and how to bring it about.
pub type End = (&'static str, fn(&Peer));

/// The ways in which a client's conversation may end.
pub const ENDS: [End; 3] = [
    ("said all", |client| client.end()),
    ("was cut off", |client| client.read_fails(ErrorKind::ConnectionReset)),
    ("met with a panic", |client| client.send(b"!")),
];

/// Polls `serve` with one place in every order, once `before` has happened. Then `event` comes.
pub fn is_woken(
    before: fn(&Clients) -> Option<Peer>,
    after: fn(&Clients),
    event: fn(&Clients, Option<Peer>),
    story: &'static str,
) {
    watchdog(Duration::from_secs(5), "`serve`", move || {
        for pollers in Pollers::orders() {
            let executor = Executor::new();
            let turns = || {
                executor.block_on(async {
                    for _ in 0..10 {
                        yield_now().await;
                    }
                });
            };
            let (listener, clients) = Listener::new();
            let mut server = pin!(serve(listener, executor.spawner(), 1));
            let mut poll = |cx: &mut Context<'_>| {
                let polled = server.as_mut().poll(cx);
                turns();
                polled
            };
            let served = before(&clients);
            let _ = poll(&mut Context::from_waker(Waker::noop()));
            after(&clients);
            pollers.poll(&mut poll);
            event(&clients, served);
            turns();
            pollers.expect_last_woken(story);
        }
    });
}

pub fn is_last_woken_at_the_end() {
    watchdog(Duration::from_secs(5), "`serve`", || {
        for pollers in Pollers::orders() {
            let executor = Executor::new();
            let turns = || {
                executor.block_on(async {
                    for _ in 0..10 {
                        yield_now().await;
                    }
                });
            };
            let (listener, clients) = Listener::new();
            let mut server = pin!(serve(listener, executor.spawner(), 2));
            let served = clients.connect();
            clients.accept_fails(ErrorKind::InvalidInput);
            pollers.poll(|cx| {
                let polled = server.as_mut().poll(cx);
                turns();
                polled
            });
            served.end();
            turns();
            pollers.expect_last_woken("`accept` had failed, and the last client said all");
        }
    });
}

/// What may fail for good, in words, and how to bring it about.
pub type Failure = (&'static str, fn(&Clients));

pub const FAILURES: [Failure; 2] = [
    ("`accept` failed", |clients| clients.accept_fails(ErrorKind::InvalidInput)),
    ("the wait in `readable` failed", |clients| clients.wait_fails(ErrorKind::InvalidInput)),
];
