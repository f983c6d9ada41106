//! A connection that is made in the background: `std::net::TcpStream::connect` would block until it
//! is there.

use std::io;
use std::net::{SocketAddr, TcpStream};

use rustix::io::Errno;
use rustix::net::{self, AddressFamily, SocketFlags, SocketType};

// ANCHOR: connect
/// A socket that has begun to connect. It is in non-blocking mode.
pub(crate) fn start(address: SocketAddr) -> io::Result<TcpStream> {
    #[cfg(windows)]
    net::wsa_startup()?;
    let family = if address.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    let socket = net::socket_with(family, SocketType::STREAM, FLAGS, None)?;
    let socket = TcpStream::from(socket);
    socket.set_nonblocking(true)?;
    match net::connect(&socket, &address) {
        Ok(()) | Err(UNDER_WAY) => Ok(socket),
        Err(error) => Err(error.into()),
    }
}

/// Whether the connection has been made. The error is the reason why it cannot be.
pub(crate) fn is_made(socket: &TcpStream) -> io::Result<bool> {
    // SO_ERROR: what became of the attempt. It says nothing as long as it is under way.
    if let Some(error) = socket.take_error()? {
        return Err(error);
    }
    match socket.peer_addr() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(false),
        Err(error) => Err(error),
    }
}
// ANCHOR_END: connect

/// A program that this one starts does not get the socket.
#[cfg(not(any(target_vendor = "apple", windows)))]
const FLAGS: SocketFlags = SocketFlags::CLOEXEC;
#[cfg(any(target_vendor = "apple", windows))]
const FLAGS: SocketFlags = SocketFlags::empty();

/// What `connect` says when it has begun.
#[cfg(not(windows))]
const UNDER_WAY: Errno = Errno::INPROGRESS;
#[cfg(windows)]
const UNDER_WAY: Errno = Errno::WOULDBLOCK;
