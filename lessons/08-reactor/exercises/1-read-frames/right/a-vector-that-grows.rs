//! Right: a vector takes what comes, in pieces of 512 bytes, and frames are taken out at its front.

use std::io::{self, ErrorKind, Read};

use crate::Socket;

/// No frame is longer than this, in bytes.
const LONGEST: usize = 1024;

/// Reads frames from a socket in non-blocking mode.
pub struct FrameReader {
    socket: Socket,
    buffer: Vec<u8>,
}

impl FrameReader {
    /// A reader to which nothing has come yet.
    pub fn new(socket: Socket) -> Self {
        Self { socket, buffer: Vec::new() }
    }

    /// Waits for the next frame, and returns its contents. `None` where the stream ends between two
    /// frames.
    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(head) = self.buffer.first_chunk::<4>() {
                let length = u32::from_be_bytes(*head) as usize;
                if length > LONGEST {
                    return Err(ErrorKind::InvalidData.into());
                }
                if self.buffer.len() >= 4 + length {
                    let frame = self.buffer[4..4 + length].to_vec();
                    self.buffer.drain(..4 + length);
                    return Ok(Some(frame));
                }
            }
            let mut piece = [0; 512];
            match self.socket.read(&mut piece) {
                Ok(0) if self.buffer.is_empty() => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(n) => self.buffer.extend_from_slice(&piece[..n]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.socket.readable().await?;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
