//! Wrong: reads every piece to the beginning of the buffer, while it counts what has come.
//! Caught by: `a_frame_that_comes_byte_by_byte_is_the_same`
//! Because: the second piece lies on the first one. With one piece for each frame, nobody notices.
//! Says: Each read goes on behind what the reads before it have brought

use std::io::{self, ErrorKind, Read};

use crate::Socket;

/// No frame is longer than this, in bytes.
const LONGEST: usize = 1024;

/// Reads frames from a socket in non-blocking mode.
pub struct FrameReader {
    socket: Socket,
    buffer: [u8; 4 + LONGEST],
    filled: usize,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, buffer: [0; 4 + LONGEST], filled: 0 }
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some((length, rest)) = self.buffer[..self.filled].split_first_chunk() {
                let length = u32::from_be_bytes(*length) as usize;
                if length > LONGEST {
                    return Err(ErrorKind::InvalidData.into());
                }
                if let Some(frame) = rest.get(..length) {
                    let frame = frame.to_vec();
                    self.buffer.copy_within(4 + length..self.filled, 0);
                    self.filled -= 4 + length;
                    return Ok(Some(frame));
                }
            }
            match self.socket.read(&mut self.buffer) {
                Ok(0) if self.filled == 0 => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(length) => self.filled += length,
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.socket.readable().await?;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
