//! Reads frames from a socket: a length in four bytes, and then so many bytes.

use std::io::{self, ErrorKind, Read};

use crate::Socket;

/// No frame is longer than this, in bytes.
const LONGEST: usize = 1024;

/// Reads frames from a socket in non-blocking mode.
pub struct FrameReader {
    socket: Socket,
    /// What has come, and was not given as part of a frame yet. (A suggestion: change it if you
    /// like.)
    buffer: Vec<u8>,
}

impl FrameReader {
    /// Reads from `socket`, beginning with a frame.
    pub fn new(socket: Socket) -> Self {
        Self { socket, buffer: Vec::new() }
    }

    /// The bytes of the next frame, or `None` at the end of the stream.
    ///
    /// *Cancellation:* nothing is lost.
    ///
    /// # Errors
    ///
    /// `UnexpectedEof` if the stream ends within a frame, `InvalidData` if a length is above 1,024,
    /// and those of the socket.
    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        todo!("is a whole frame there? If not, read what has come, and if nothing has, wait")
    }
}
