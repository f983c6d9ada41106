//! What the tests stand on: read `../check.rs` first.

use super::*;

/// A question to the kernel: whether a socket can be read, or written; and the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// There is something to read.
    pub readable: bool,
    /// There is room to write.
    pub writable: bool,
}

impl Event {
    pub(super) const READ: Self = Self { readable: true, writable: false };
    pub(super) const WRITE: Self = Self { readable: false, writable: true };
    pub(super) const BOTH: Self = Self { readable: true, writable: true };

    pub(super) fn in_words(self) -> &'static str {
        match (self.readable, self.writable) {
            (true, true) => "reading and writing",
            (true, false) => "reading",
            (false, true) => "writing",
            (false, false) => "nothing",
        }
    }
}

/// A poller with one socket in it. It is one-shot: it answers a question once, and has then
/// forgotten it.
#[derive(Debug)]
pub struct Poller {
    pub(super) kernel: Kernel,
}

impl Poller {
    /// Asks the kernel, in place of what it was asked before. Nothing at all may be asked, too.
    pub fn modify(&self, question: Event) {
        let mut state = self.kernel.state();
        state.question = question;
        state.asked += u64::from(question != Event::default());
    }

    /// Takes the socket out of the poller.
    pub fn delete(&self) {
        let is_open = !self.kernel.peer.is_closed();
        self.kernel.state().deleted = Some(is_open);
    }
}

/// The kernel, and the other side of the socket.
#[derive(Clone, Debug)]
pub struct Kernel {
    pub(super) peer: Peer,
    pub(super) state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
pub struct State {
    pub(super) question: Event,
    /// How often it was asked about something.
    pub asked: u64,
    /// How often it has answered.
    pub answered: u64,
    /// Whether the socket was taken out, and was open then.
    pub deleted: Option<bool>,
}

impl Kernel {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn question(&self) -> &'static str {
        self.state().question.in_words()
    }

    /// The answer, if there is one. The question is forgotten then.
    pub fn answer(&self) -> Option<Event> {
        let mut state = self.state();
        let answer = Event {
            readable: state.question.readable && self.peer.is_readable(),
            writable: state.question.writable && self.peer.is_writable(),
        };
        (answer != Event::default()).then(|| {
            state.question = Event::default();
            state.answered += 1;
            answer
        })
    }
}

/// A source, a task that reads, a task that writes, and the event loop.
pub struct World {
    pub(super) source: Source,
    pub(super) kernel: Kernel,
    pub(super) reader: WakerProbe,
    pub(super) writer: WakerProbe,
}

impl World {
    pub(super) fn new() -> Self {
        let (socket, peer) = Socket::new();
        let kernel = Kernel { peer, state: Arc::default() };
        let source = Source::new(socket, Poller { kernel: kernel.clone() });
        Self { source, kernel, reader: WakerProbe::new(), writer: WakerProbe::new() }
    }

    /// The reader reads. Gives what it got, as text.
    pub fn read(&self) -> Poll<io::Result<String>> {
        let mut buffer = [0; 100];
        let waker = self.reader.waker();
        let read = self.source.poll_read(&mut Context::from_waker(&waker), &mut buffer);
        read.map_ok(|length| buffer[..length].escape_ascii().to_string())
    }

    /// The writer writes "cake".
    pub fn write(&self) -> Poll<io::Result<usize>> {
        let waker = self.writer.waker();
        self.source.poll_write(&mut Context::from_waker(&waker), b"cake")
    }

    /// The reader, the writer, or both wait, in this order.
    #[track_caller]
    pub fn wait(&self, who: &[Event]) {
        for &one in who {
            let (waits, answer) = match one {
                Event::READ => (self.read().is_pending(), "nothing to read"),
                _ => (self.write().is_pending(), "no room to write"),
            };
            assert!(waits, "there was {answer}, and the poll returned Ready, in place of Pending");
        }
    }

    /// There is something to read, or room for one call of the writer.
    pub fn happens(&self, what: Event) {
        match what {
            Event::READ => self.kernel.peer.send(b"tea"),
            _ => self.kernel.peer.takes(4),
        }
    }

    /// So many turns of the event loop: the kernel answers if it can, and the source is told.
    pub fn turns(&self, turns: usize) {
        for _ in 0..turns {
            if let Some(event) = self.kernel.answer() {
                self.source.on_event(event);
            }
        }
    }

    /// Which of the two were woken since the last look.
    pub fn woken(&self) -> Event {
        Event { readable: self.reader.take_woken(), writable: self.writer.take_woken() }
    }
}

/// "nobody", "the reader", …
pub fn names(who: Event) -> &'static str {
    match (who.readable, who.writable) {
        (true, true) => "the reader and the writer",
        (true, false) => "the reader",
        (false, true) => "the writer",
        (false, false) => "nobody",
    }
}

/// Runs a scenario, and ends it if the answer blocks.
#[track_caller]
pub fn check(scenario: fn()) {
    watchdog(Duration::from_secs(5), "the source", scenario);
}

thread_local! {
    /// What `RunsAtOnce` runs.
    pub static WHEN_WOKEN: Cell<Option<Box<dyn FnOnce()>>> = const { Cell::new(None) };
}

/// A waker that does not put a task into a queue, but runs it.
pub struct RunsAtOnce;

impl Wake for RunsAtOnce {
    fn wake(self: Arc<Self>) {
        WHEN_WOKEN.take().into_iter().for_each(|run| run());
    }
}
