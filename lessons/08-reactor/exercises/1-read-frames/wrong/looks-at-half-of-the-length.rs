//! Wrong: reads two of the four bytes, because no length needs more.
//! Caught by: `a_length_that_is_too_large_is_refused_at_once`
//! Because: a length that is a multiple of 65,536 is taken for 0, and what follows for frames.
//! Says: a frame was announced with 67108864 bytes, and none of them has come. `next_frame` gave the frame ""

use std::io::{self, ErrorKind, Read};

use crate::Socket;

const LONGEST: usize = 1024;

pub struct FrameReader {
    socket: Socket,
    buffer: Vec<u8>,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, buffer: Vec::new() }
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(head) = self.buffer.first_chunk::<4>() {
                let length = u16::from_be_bytes([head[2], head[3]]) as usize;
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
                    self.socket.readable().await?
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
