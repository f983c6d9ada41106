//! Reads frames from a socket: a length in four bytes, and then so many bytes.

use std::io::{self, ErrorKind, Read};

use crate::Socket;

/// No frame is longer than this, in bytes.
const LONGEST: usize = 1024;

/// Reads frames from a socket in non-blocking mode.
pub struct FrameReader {
    socket: Socket,
    /// What has come, and was not given as part of a frame yet. It outlives the calls, so that one
    /// that is given up loses nothing.
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
        loop {
            if let Some(frame) = self.take_frame()? {
                return Ok(Some(frame));
            }
            if self.read_more().await? == 0 {
                let is_between = self.buffer.is_empty();
                return if is_between { Ok(None) } else { Err(ErrorKind::UnexpectedEof.into()) };
            }
        }
    }

    /// Takes a frame from the beginning of the buffer, if one is there.
    fn take_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some((length, rest)) = self.buffer.split_first_chunk() else { return Ok(None) };
        let length = u32::from_be_bytes(*length) as usize;
        if length > LONGEST {
            return Err(ErrorKind::InvalidData.into());
        }
        let Some(frame) = rest.get(..length) else { return Ok(None) };
        let frame = frame.to_vec();
        self.buffer.drain(..4 + length);
        Ok(Some(frame))
    }

    /// Puts what has come to the end of the buffer, and waits if nothing has. Returns how many
    /// bytes; 0 is the end.
    async fn read_more(&mut self) -> io::Result<usize> {
        let mut piece = [0; 512];
        loop {
            match self.socket.read(&mut piece) {
                Ok(length) => {
                    self.buffer.extend_from_slice(&piece[..length]);
                    return Ok(length);
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.socket.readable().await?;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
