//! TCP, in the names of `std::net`.

use std::io::{self, Read, Write};
use std::net::{self, Shutdown, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use crate::connect;
use crate::reactor::{Direction, Reactor};
use crate::registration::Registration;

// ANCHOR: listener
/// Waits for connections.
///
/// *Drop:* the port is closed. Connections that nobody has accepted are reset.
#[derive(Debug)]
pub struct TcpListener {
    io: Registration<net::TcpListener>,
}

impl TcpListener {
    /// Listens at `address`; with port 0, the system chooses one. A host name in place of an
    /// address is looked up on this thread, which blocks.
    ///
    /// # Errors
    ///
    /// Those of [`std::net::TcpListener::bind`].
    pub fn bind(reactor: &Arc<Reactor>, address: impl ToSocketAddrs) -> io::Result<Self> {
        let listener = net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Self { io: Registration::new(reactor, listener)? })
    }

    /// Where it listens.
    ///
    /// # Errors
    ///
    /// Those of [`std::net::TcpListener::local_addr`].
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.get().local_addr()
    }

    /// Waits for the next connection, and gives it back with the address of its other side.
    ///
    /// *Cancellation:* no connection is lost; the next call gets it.
    ///
    /// # Errors
    ///
    /// Those of [`std::net::TcpListener::accept`], and what the kernel says if it cannot be asked,
    /// or does not watch the new connection: that one is closed then. After `ConnectionAborted`,
    /// the next call may succeed. "Too many open files" stays until somebody closes one: a loop
    /// that only tries again spins.
    pub async fn accept(&mut self) -> io::Result<(TcpStream, SocketAddr)> {
        let accept = |listener: &net::TcpListener| listener.accept();
        let (stream, peer) = self.io.with(Direction::Read, accept).await?;
        stream.set_nonblocking(true)?;
        let io = Registration::new(self.io.reactor(), stream)?;
        Ok((TcpStream { io: Arc::new(io) }, peer))
    }
}
// ANCHOR_END: listener

type Io = Registration<net::TcpStream>;

// ANCHOR: stream
/// A connection.
///
/// *Drop:* it is closed. What was written is still sent, unless something was not read by then:
/// that resets the connection.
#[derive(Debug)]
pub struct TcpStream {
    io: Arc<Io>,
}

impl TcpStream {
    /// Connects to `address`. If it stands for several, they are tried one after another. A host
    /// name is looked up on this thread, in the first poll, which blocks.
    ///
    /// *Cancellation:* the attempt is given up, and the socket closed.
    ///
    /// # Errors
    ///
    /// What the other side or the network answers, for the last address that was tried: "connection
    /// refused" where nobody listens. Those of the look-up, and
    /// [`InvalidInput`](io::ErrorKind::InvalidInput) if it finds no address.
    pub async fn connect(reactor: &Arc<Reactor>, address: impl ToSocketAddrs) -> io::Result<Self> {
        let mut last = None;
        for address in address.to_socket_addrs()? {
            match Self::connect_to(reactor, address).await {
                Ok(stream) => return Ok(stream),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "no address to connect to")
        }))
    }

    async fn connect_to(reactor: &Arc<Reactor>, address: SocketAddr) -> io::Result<Self> {
        let io = Registration::new(reactor, connect::start(address)?)?;
        while !connect::is_made(io.get())? {
            io.writable().await?;
        }
        Ok(Self { io: Arc::new(io) })
    }

    /// Reads what there is into `buffer`, and waits if there is nothing. Returns how many bytes; 0
    /// is the end of the stream, or an empty buffer.
    ///
    /// *Cancellation:* nothing has been read.
    ///
    /// # Errors
    ///
    /// Those of [`std::net::TcpStream`], such as "connection reset by peer".
    pub async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read(&self.io, buffer).await
    }

    /// Reads until `buffer` is full.
    ///
    /// *Cancellation:* some of it may have been filled, and nobody says how much.
    ///
    /// # Errors
    ///
    /// "Unexpected end of file" if the stream ends before, and those of [`read`](TcpStream::read).
    pub async fn read_exact(&mut self, buffer: &mut [u8]) -> io::Result<()> {
        read_exact(&self.io, buffer).await
    }

    /// Writes as much of `bytes` as there is room for, and waits if there is none. Returns how many
    /// bytes that was.
    ///
    /// *Cancellation:* nothing has been written.
    ///
    /// # Errors
    ///
    /// Those of [`std::net::TcpStream`], such as "broken pipe" if the other side has gone.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write(&self.io, bytes).await
    }

    /// Writes all of `bytes`.
    ///
    /// *Cancellation:* some of it may have been written, and nobody says how much.
    ///
    /// # Errors
    ///
    /// As [`write`](TcpStream::write).
    pub async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        write_all(&self.io, bytes).await
    }
}
// ANCHOR_END: stream

// ANCHOR: read-and-write
async fn read(io: &Io, buffer: &mut [u8]) -> io::Result<usize> {
    io.with(Direction::Read, |mut stream| stream.read(buffer)).await
}

async fn read_exact(io: &Io, buffer: &mut [u8]) -> io::Result<()> {
    let mut filled = 0;
    while filled < buffer.len() {
        // Behind what is there, not over it: a read gives what has come, which may be half of what
        // was sent.
        match read(io, &mut buffer[filled..]).await? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            length => filled += length,
        }
    }
    Ok(())
}

async fn write(io: &Io, bytes: &[u8]) -> io::Result<usize> {
    io.with(Direction::Write, |mut stream| stream.write(bytes)).await
}

async fn write_all(io: &Io, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match write(io, bytes).await? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => bytes = &bytes[written..],
        }
    }
    Ok(())
}
// ANCHOR_END: read-and-write

impl TcpStream {
    /// Says that nothing more will be written: the other side reads to the end, and can still
    /// answer.
    ///
    /// # Errors
    ///
    /// Those of [`std::net::TcpStream::shutdown`].
    pub fn shutdown(&mut self) -> io::Result<()> {
        self.io.get().shutdown(Shutdown::Write)
    }

    /// The address of the other side.
    ///
    /// # Errors
    ///
    /// Those of [`std::net::TcpStream::peer_addr`].
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.io.get().peer_addr()
    }

    /// The address of this side.
    ///
    /// # Errors
    ///
    /// Those of [`std::net::TcpStream::local_addr`].
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.get().local_addr()
    }

    /// The socket itself, to set its options. It must stay in non-blocking mode.
    pub fn as_std(&self) -> &net::TcpStream {
        self.io.get()
    }

    /// Parts the stream into two halves, so that one task can read while another one writes.
    pub fn split(self) -> (ReadHalf, WriteHalf) {
        (ReadHalf { io: Arc::clone(&self.io) }, WriteHalf { io: self.io })
    }
}

// ANCHOR: halves
/// The half of a [`TcpStream`] that reads.
///
/// *Drop:* the stream is closed once both halves are gone.
#[derive(Debug)]
pub struct ReadHalf {
    io: Arc<Io>,
}

impl ReadHalf {
    /// As [`TcpStream::read`].
    ///
    /// # Errors
    ///
    /// The same.
    pub async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read(&self.io, buffer).await
    }

    /// As [`TcpStream::read_exact`].
    ///
    /// # Errors
    ///
    /// The same.
    pub async fn read_exact(&mut self, buffer: &mut [u8]) -> io::Result<()> {
        read_exact(&self.io, buffer).await
    }

    /// As [`TcpStream::peer_addr`].
    ///
    /// # Errors
    ///
    /// The same.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.io.get().peer_addr()
    }
}

/// The half of a [`TcpStream`] that writes.
///
/// *Drop:* the other side is told that nothing more comes, as by [`shutdown`](WriteHalf::shutdown).
/// The stream is closed once both halves are gone.
#[derive(Debug)]
pub struct WriteHalf {
    io: Arc<Io>,
}

impl WriteHalf {
    /// As [`TcpStream::write`].
    ///
    /// # Errors
    ///
    /// The same.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write(&self.io, bytes).await
    }

    /// As [`TcpStream::write_all`].
    ///
    /// # Errors
    ///
    /// The same.
    pub async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        write_all(&self.io, bytes).await
    }

    /// As [`TcpStream::peer_addr`].
    ///
    /// # Errors
    ///
    /// The same.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.io.get().peer_addr()
    }

    /// As [`TcpStream::shutdown`].
    ///
    /// # Errors
    ///
    /// The same.
    pub fn shutdown(&mut self) -> io::Result<()> {
        self.io.get().shutdown(Shutdown::Write)
    }
}

impl Drop for WriteHalf {
    fn drop(&mut self) {
        // If the connection has broken, there is nobody to tell.
        let _ = self.shutdown();
    }
}
// ANCHOR_END: halves
