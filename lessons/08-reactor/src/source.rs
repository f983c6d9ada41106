//! What the kernel can be asked about.

use std::net::{TcpListener, TcpStream, UdpSocket};

use polling::AsSource;

pub(crate) use descriptor::Descriptor;

/// Something with a descriptor that the kernel can watch: a socket, a pipe.
///
/// # Safety
///
/// For as long as the value lives, it has the same descriptor, and the descriptor is open. The
/// poller keeps it as a number, and no borrow checker sees that: a number that has been closed may
/// be somebody else's socket by now.
///
/// [`source`](AsSource::source) is called once, when the value is registered.
pub unsafe trait Source: AsSource + Send + Sync + 'static {}

// SAFETY: each of these owns one descriptor, and neither closes nor exchanges it before it is
// dropped.
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
            // SAFETY: it owns one descriptor, and neither closes nor exchanges it before it is
            // dropped.
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

#[cfg(unix)]
mod descriptor {
    use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};

    use super::Source;

    /// A source's descriptor, as a number: the source is foreign code, and is not asked while a
    /// lock is held.
    #[derive(Clone, Copy)]
    pub(crate) struct Descriptor(RawFd);

    impl Descriptor {
        /// # Safety
        ///
        /// It must not be used after `source` is dropped.
        pub(crate) unsafe fn of(source: &dyn Source) -> Self {
            Self(source.source().as_raw_fd())
        }
    }

    impl AsRawFd for Descriptor {
        fn as_raw_fd(&self) -> RawFd {
            self.0
        }
    }

    impl AsFd for Descriptor {
        fn as_fd(&self) -> BorrowedFd<'_> {
            // SAFETY: the source lives, as `of` demands, and so its descriptor is open, as `Source`
            // promises.
            unsafe { BorrowedFd::borrow_raw(self.0) }
        }
    }
}

#[cfg(windows)]
mod descriptor {
    use std::os::windows::io::{AsRawSocket, AsSocket, BorrowedSocket, RawSocket};

    use super::Source;

    /// A source's socket, as a number: the source is foreign code, and is not asked while a lock is
    /// held.
    #[derive(Clone, Copy)]
    pub(crate) struct Descriptor(RawSocket);

    impl Descriptor {
        /// # Safety
        ///
        /// It must not be used after `source` is dropped.
        pub(crate) unsafe fn of(source: &dyn Source) -> Self {
            Self(source.source().as_raw_socket())
        }
    }

    impl AsRawSocket for Descriptor {
        fn as_raw_socket(&self) -> RawSocket {
            self.0
        }
    }

    impl AsSocket for Descriptor {
        fn as_socket(&self) -> BorrowedSocket<'_> {
            // SAFETY: the source lives, as `of` demands, and so its socket is open, as `Source`
            // promises.
            unsafe { BorrowedSocket::borrow_raw(self.0) }
        }
    }
}
