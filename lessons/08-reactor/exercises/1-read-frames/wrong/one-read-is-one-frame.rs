//! Wrong: takes what one read gives for a frame.
//! Caught by: `a_frame_that_comes_byte_by_byte_is_the_same`
//! Because: what was sent with one write may come in many reads. On one machine it mostly does not.
//! Says: with a would-block before each. `next_frame` gave

use std::io::{self, ErrorKind, Read};

use crate::Socket;

/// No frame is longer than this, in bytes.
const LONGEST: usize = 1024;

/// Reads frames from a socket in non-blocking mode.
pub struct FrameReader {
    socket: Socket,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket }
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut buffer = [0; 4 + LONGEST];
        loop {
            match self.socket.read(&mut buffer) {
                Ok(0) => return Ok(None),
                Ok(filled) => {
                    let Some((length, rest)) = buffer[..filled].split_first_chunk() else {
                        return Err(ErrorKind::UnexpectedEof.into());
                    };
                    let length = u32::from_be_bytes(*length) as usize;
                    return if length > LONGEST {
                        Err(ErrorKind::InvalidData.into())
                    } else {
                        Ok(Some(rest[..length.min(rest.len())].to_vec()))
                    };
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
