//! Wrong: leaves the pieces to `read_exact` of std, and begins again after a would-block.
//! Caught by: `a_frame_that_comes_byte_by_byte_is_the_same`
//! Because: at a would-block in the middle, `read_exact` returns the error, and what it has read
//!   until then is lost.
//! Says: came byte by byte, with a would-block before each. `next_frame` was

use std::io::{self, ErrorKind, Read};

use crate::Socket;

/// No frame is longer than this, in bytes.
const LONGEST: usize = 1024;

/// Reads frames from a socket in non-blocking mode.
pub struct FrameReader {
    socket: Socket,
    length: Option<usize>,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, length: None }
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        let length = match self.length {
            Some(length) => length,
            None => {
                let mut first = [0; 1];
                loop {
                    match self.socket.read(&mut first) {
                        Ok(0) => return Ok(None),
                        Ok(_) => break,
                        Err(error) if error.kind() == ErrorKind::WouldBlock => {
                            self.socket.readable().await?;
                        }
                        Err(error) if error.kind() == ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
                let mut rest = [0; 3];
                self.exactly(&mut rest).await?;
                u32::from_be_bytes([first[0], rest[0], rest[1], rest[2]]) as usize
            }
        };
        if length > LONGEST {
            return Err(ErrorKind::InvalidData.into());
        }
        self.length = Some(length);
        let mut frame = vec![0; length];
        self.exactly(&mut frame).await?;
        self.length = None;
        Ok(Some(frame))
    }

    async fn exactly(&mut self, buffer: &mut [u8]) -> io::Result<()> {
        loop {
            match self.socket.read_exact(buffer) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.socket.readable().await?;
                }
                done => return done,
            }
        }
    }
}
