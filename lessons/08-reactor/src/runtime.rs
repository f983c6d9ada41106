//! The parts, put together.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::net::ToSocketAddrs;
use std::sync::Arc;

use executor::{Executor, JoinHandle, Spawner};
use timers::{RealClock, Timer, Timers};

use crate::handle::Handle;
use crate::home::Home;
use crate::reactor::Reactor;
use crate::tcp::{TcpListener, TcpStream};

// ANCHOR: runtime
/// A single-threaded runtime: an [`Executor`] that parks in its [`Timers`], which park in a
/// [`Reactor`].
///
/// There is no global one. A task that needs it is given a clone of its [`Handle`], and never an
/// `Rc<Runtime>`: the runtime owns the task, so a task that owns the runtime keeps both for ever.
///
/// *Other runtimes:* a socket belongs to the runtime that made it, and its tasks are woken only
/// while that one runs. On another thread it may be awaited in any runtime. On this thread it may
/// not: a task of another executor that would have to wait for it panics with words, where it would
/// hang; so does, on any thread, one whose socket's runtime is gone.
///
/// *Drop:* every task is cancelled. Timers and sockets that somebody has kept wake nobody any more;
/// one that is polled still says whether it is ready.
///
/// ```
/// use reactor::Runtime;
///
/// # fn main() -> std::io::Result<()> {
/// let runtime = Runtime::new()?;
/// let mut listener = runtime.bind("127.0.0.1:0")?;
/// let address = listener.local_addr()?;
/// let server = runtime.spawn(async move {
///     let (mut stream, _) = listener.accept().await?;
///     let mut byte = [0];
///     stream.read_exact(&mut byte).await?;
///     stream.write_all(&[byte[0] + 1]).await
/// });
/// let answer = runtime.block_on(async {
///     let mut stream = runtime.connect(address).await?;
///     stream.write_all(&[41]).await?;
///     let mut byte = [0];
///     stream.read_exact(&mut byte).await?;
///     std::io::Result::Ok(byte[0])
/// })?;
/// assert_eq!(answer, 42);
/// runtime.block_on(server)?
/// # }
/// ```
pub struct Runtime {
    executor: Executor,
    handle: Handle,
}

impl Runtime {
    /// Makes a runtime for the calling thread.
    ///
    /// # Errors
    ///
    /// Those of [`Reactor::new`].
    pub fn new() -> io::Result<Self> {
        let reactor = Reactor::new()?;
        let (timers, timer) = Timers::new(RealClock::new(), Arc::clone(&reactor));
        let executor = Executor::with_park(timers);
        // It has just been made, so this is its first home.
        let _ = reactor.home.set(Home::new(executor.id()));
        let handle = Handle { spawner: executor.spawner(), timer, reactor };
        Ok(Self { executor, handle })
    }

    /// As [`Executor::block_on`].
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.executor.block_on(future)
    }

    /// As [`Executor::spawn`].
    #[track_caller]
    pub fn spawn<F: Future + 'static>(&self, future: F) -> JoinHandle<F::Output> {
        self.executor.spawn(future)
    }

    /// As [`Executor::spawn_named`].
    pub fn spawn_named<F: Future + 'static>(
        &self,
        name: impl Into<Cow<'static, str>>,
        future: F,
    ) -> JoinHandle<F::Output> {
        self.executor.spawn_named(name, future)
    }

    /// As [`TcpListener::bind`].
    ///
    /// # Errors
    ///
    /// The same.
    pub fn bind(&self, address: impl ToSocketAddrs) -> io::Result<TcpListener> {
        self.handle.bind(address)
    }

    /// As [`TcpStream::connect`], with the same cancellation.
    ///
    /// # Errors
    ///
    /// The same.
    pub async fn connect(&self, address: impl ToSocketAddrs) -> io::Result<TcpStream> {
        self.handle.connect(address).await
    }

    /// All that a task needs of its runtime. Clone it for a task.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// A handle for tasks that spawn tasks. See [`Executor::spawner`].
    pub fn spawner(&self) -> Spawner {
        self.executor.spawner()
    }

    /// The executor, for what else it can do.
    pub fn executor(&self) -> &Executor {
        &self.executor
    }

    /// The handle to the timers. Clone it for a task.
    pub fn timer(&self) -> &Timer {
        &self.handle.timer
    }

    /// The handle to the reactor. Clone it for a task.
    pub fn reactor(&self) -> &Arc<Reactor> {
        &self.handle.reactor
    }
}
// ANCHOR_END: runtime

impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(home) = self.reactor().home.get() {
            home.leave();
        }
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtime")
            .field("executor", &self.executor)
            .field("timer", self.timer())
            .field("reactor", self.reactor())
            .finish()
    }
}
