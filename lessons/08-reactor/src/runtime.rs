//! The parts, put together.

use std::fmt;
use std::io;
use std::sync::Arc;

use executor::{Executor, JoinHandle, Spawner};
use timers::{RealClock, Timer, Timers};

use crate::reactor::Reactor;

// ANCHOR: runtime
/// A single-threaded runtime: an [`Executor`] that parks in its [`Timers`], which park in a [`Reactor`].
///
/// There is no global one. Whoever needs the timers or the reactor is given the handle.
///
/// *Drop:* every task is cancelled. Timers and sockets that somebody has kept are never ready then, because nobody looks.
///
/// ```
/// use reactor::{Runtime, TcpListener, TcpStream};
///
/// # fn main() -> std::io::Result<()> {
/// let runtime = Runtime::new()?;
/// let mut listener = TcpListener::bind(runtime.reactor(), "127.0.0.1:0")?;
/// let address = listener.local_addr()?;
/// let server = runtime.spawn(async move {
///     let (mut stream, _) = listener.accept().await?;
///     let mut byte = [0];
///     stream.read(&mut byte).await?;
///     stream.write_all(&[byte[0] + 1]).await
/// });
/// let answer = runtime.block_on(async {
///     let mut stream = TcpStream::connect(runtime.reactor(), address).await?;
///     stream.write_all(&[41]).await?;
///     let mut byte = [0];
///     stream.read(&mut byte).await?;
///     std::io::Result::Ok(byte[0])
/// })?;
/// assert_eq!(answer, 42);
/// # drop(server);
/// # Ok(())
/// # }
/// ```
pub struct Runtime {
    executor: Executor,
    timer: Timer,
    reactor: Arc<Reactor>,
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
        Ok(Self { executor, timer, reactor })
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
        &self.timer
    }

    /// The handle to the reactor. Clone it for a task.
    pub fn reactor(&self) -> &Arc<Reactor> {
        &self.reactor
    }
}
// ANCHOR_END: runtime

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtime")
            .field("executor", &self.executor)
            .field("timer", &self.timer)
            .field("reactor", &self.reactor)
            .finish()
    }
}
