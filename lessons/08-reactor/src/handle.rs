//! What a task needs of its runtime.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::net::ToSocketAddrs;
use std::sync::Arc;

use executor::{JoinHandle, Spawner};
use timers::Timer;

use crate::reactor::Reactor;
use crate::tcp::{TcpListener, TcpStream};

// ANCHOR: handle
/// Reaches a [`Runtime`](crate::Runtime) from within its tasks. Clone it, and move it into them.
///
/// It does not keep the runtime alive: a task that owns one is cancelled, and its handle dropped,
/// when the runtime is. An `Rc<Runtime>` in a task would: the runtime keeps the task and the task
/// keeps the runtime, so neither is ever dropped, and nothing says so. It does keep the reactor
/// open (on Linux, three descriptors) until the last handle and socket are gone.
///
/// ```
/// use std::io;
/// use std::time::Duration;
/// use reactor::{Handle, Runtime};
///
/// async fn ask(handle: &Handle, address: std::net::SocketAddr) -> io::Result<u8> {
///     let mut stream = handle.connect(address).await?;
///     let mut byte = [0];
///     handle.timer().timeout(Duration::from_secs(5), stream.read_exact(&mut byte)).await??;
///     Ok(byte[0])
/// }
///
/// # fn main() -> io::Result<()> {
/// let runtime = Runtime::new()?;
/// let mut listener = runtime.bind("127.0.0.1:0")?;
/// let address = listener.local_addr()?;
/// let server = runtime.spawn(async move { listener.accept().await?.0.write_all(&[42]).await });
/// let handle = runtime.handle().clone();
/// let client = runtime.spawn(async move { ask(&handle, address).await });
/// assert_eq!(runtime.block_on(client)??, 42);
/// runtime.block_on(server)?
/// # }
/// ```
#[derive(Clone)]
pub struct Handle {
    pub(crate) spawner: Spawner,
    pub(crate) timer: Timer,
    pub(crate) reactor: Arc<Reactor>,
}

impl Handle {
    /// As [`Executor::spawn`](executor::Executor::spawn). If the runtime is gone, the future is
    /// dropped, and the handle says that the task was cancelled.
    #[track_caller]
    pub fn spawn<F: Future + 'static>(&self, future: F) -> JoinHandle<F::Output> {
        self.spawner.spawn(future)
    }

    /// As [`spawn`](Handle::spawn), with a name by which messages call the task.
    pub fn spawn_named<F: Future + 'static>(
        &self,
        name: impl Into<Cow<'static, str>>,
        future: F,
    ) -> JoinHandle<F::Output> {
        self.spawner.spawn_named(name, future)
    }

    /// As [`TcpListener::bind`].
    ///
    /// # Errors
    ///
    /// The same.
    pub fn bind(&self, address: impl ToSocketAddrs) -> io::Result<TcpListener> {
        TcpListener::bind(&self.reactor, address)
    }

    /// As [`TcpStream::connect`], with the same cancellation.
    ///
    /// # Errors
    ///
    /// The same.
    pub async fn connect(&self, address: impl ToSocketAddrs) -> io::Result<TcpStream> {
        TcpStream::connect(&self.reactor, address).await
    }

    /// For tasks that only spawn.
    pub fn spawner(&self) -> &Spawner {
        &self.spawner
    }

    /// The timers: `handle.timer().sleep(…)`.
    pub fn timer(&self) -> &Timer {
        &self.timer
    }

    /// The reactor, for sources of other kinds: see [`Registration`](crate::Registration).
    pub fn reactor(&self) -> &Arc<Reactor> {
        &self.reactor
    }
}
// ANCHOR_END: handle

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}
