//! A source that the reactor watches.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::reactor::{Direction, Reactor, Wait, place};
use crate::source::Source;

// ANCHOR: registration
/// A source, and its place in a [`Reactor`]. The source must be in non-blocking mode: a read that
/// blocks would hold up every other task on this thread.
///
/// Any number of tasks can wait in a direction, and a task any number of times: an event wakes all
/// of them.
///
/// *Drop:* the reactor forgets the source, and then the source is closed.
///
/// ```
/// use std::io::{PipeWriter, Read, Write};
/// use executor::Executor;
/// use reactor::{Direction, Reactor, Registration};
///
/// # #[cfg(unix)] fn main() -> std::io::Result<()> {
/// let reactor = Reactor::new()?;
/// let executor = Executor::with_park(reactor.clone());
/// let (reader, mut writer) = std::io::pipe()?;
/// let reader = Registration::new(&reactor, reader)?; // One byte is there when it is read, so it does not block.
/// let read = executor.spawn(async move {
///     reader.readable().await?;
///     let mut byte = [0];
///     reader.get().read(&mut byte)?;
///     std::io::Result::Ok(byte[0])
/// });
/// writer.write_all(&[42])?;
/// assert_eq!(executor.block_on(read).unwrap()?, 42);
/// # Ok(())
/// # }
/// # #[cfg(not(unix))] fn main() {}
/// ```
pub struct Registration<S: Source> {
    reactor: Arc<Reactor>,
    key: usize,
    source: Arc<S>,
}

impl<S: Source> Registration<S> {
    /// Has `reactor` watch `source`.
    ///
    /// # Errors
    ///
    /// If the kernel does not watch such a thing. On Linux, files and folders are refused:
    /// "Operation not permitted".
    pub fn new(reactor: &Arc<Reactor>, source: S) -> io::Result<Self> {
        let source = Arc::new(source);
        let key = reactor.register(Arc::clone(&source) as Arc<dyn Source>)?;
        Ok(Self { reactor: Arc::clone(reactor), key, source })
    }

    /// The source itself.
    pub fn get(&self) -> &S {
        &self.source
    }

    pub(crate) fn reactor(&self) -> &Arc<Reactor> {
        &self.reactor
    }

    /// Does `work`, and where it would block, waits until the source is ready in this direction,
    /// and does it again.
    ///
    /// *Cancellation:* between two tries nothing has been done yet, so nothing is lost.
    ///
    /// # Errors
    ///
    /// Those of `work` but `WouldBlock` and `Interrupted`, and what the kernel says if it cannot be
    /// asked.
    pub async fn with<T>(
        &self,
        direction: Direction,
        mut work: impl FnMut(&S) -> io::Result<T>,
    ) -> io::Result<T> {
        loop {
            match work(&self.source) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.ready(direction).await?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }
}
// ANCHOR_END: registration

impl<S: Source> Registration<S> {
    /// Waits until there is something to read, or to accept, or the other side has gone away.
    pub fn readable(&self) -> Ready<'_> {
        self.ready(Direction::Read)
    }

    /// Waits until there is room to write, or a connection has been made, or has failed.
    pub fn writable(&self) -> Ready<'_> {
        self.ready(Direction::Write)
    }

    /// Waits until the kernel says that the source is ready in this direction.
    ///
    /// That is a hint: by the time of the next read, somebody else may have read.
    pub fn ready(&self, direction: Direction) -> Ready<'_> {
        Ready { reactor: &self.reactor, key: self.key, direction, wait: None }
    }
}

impl<S: Source> Drop for Registration<S> {
    fn drop(&mut self) {
        self.reactor.remove(self.key);
    }
}

// ANCHOR: ready
/// The future of [`Registration::ready`].
///
/// *Cancellation:* dropped, it wakes nobody any more; other waits for the same direction go on.
///
/// # Errors
///
/// What the kernel says if it cannot be asked.
///
/// # Panics
///
/// If it would have to wait for a [`Runtime`](crate::Runtime) that cannot wake it: see there,
/// *Other runtimes*.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Ready<'a> {
    reactor: &'a Reactor,
    key: usize,
    direction: Direction,
    /// From the first poll on.
    wait: Option<Wait>,
}

impl Future for Ready<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let polled = this.reactor.poll_event(this.key, this.direction, &mut this.wait, cx);
        if let (Poll::Pending, Some(home)) = (&polled, this.reactor.home.get()) {
            home.assert_that_it_can_wake();
        }
        polled
    }
}

impl Drop for Ready<'_> {
    fn drop(&mut self) {
        if let Some(wait) = self.wait {
            self.reactor.forget(self.key, self.direction, wait);
        }
    }
}
// ANCHOR_END: ready

impl<S: Source> fmt::Debug for Registration<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration").field("place", &place(self.key)).finish_non_exhaustive()
    }
}
