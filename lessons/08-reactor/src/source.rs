//! What the kernel can be asked about.

use std::net::{TcpListener, TcpStream, UdpSocket};

use polling::AsSource;

/// Something with a descriptor that the kernel can watch: a socket, a pipe.
///
/// # Safety
///
/// For as long as the value lives, it has the same descriptor, and the descriptor is open. The poller keeps it as a number,
/// and no borrow checker sees that: a number that has been closed may be somebody else's socket by now.
///
/// # Deadlocks
///
/// [`source`](AsSource::source) is called while the reactor's list of sources is locked. It may only return the descriptor: one
/// that comes back to the reactor waits for itself.
pub unsafe trait Source: AsSource + Send + Sync + 'static {}

// SAFETY: each of these owns one descriptor, and neither closes nor exchanges it before it is dropped.
unsafe impl Source for TcpListener {}
// SAFETY: as above.
unsafe impl Source for TcpStream {}
// SAFETY: as above.
unsafe impl Source for UdpSocket {}

#[cfg(unix)]
mod unix {
    use std::io::{PipeReader, PipeWriter};
    use std::os::fd::OwnedFd;
    use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};
    use std::process::{ChildStderr, ChildStdin, ChildStdout};

    use super::Source;

    macro_rules! sources {
        ($($source:ty),* $(,)?) => {$(
            // SAFETY: it owns one descriptor, and neither closes nor exchanges it before it is dropped.
            unsafe impl Source for $source {}
        )*};
    }

    sources!(
        ChildStderr,
        ChildStdin,
        ChildStdout,
        OwnedFd,
        PipeReader,
        PipeWriter,
        UnixDatagram,
        UnixListener,
        UnixStream,
    );
}
