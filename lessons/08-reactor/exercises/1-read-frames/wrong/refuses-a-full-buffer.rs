//! Wrong: takes more bytes in the buffer than the longest frame has for a frame that is too long.
//! Caught by: `a_long_conversation_goes_on_to_its_end`
//! Because: behind the beginning of a long frame, one read may bring its end and that of others.
//! Says: `next_frame` gave the error `InvalidData`, in place of a frame of

use crate::Socket;
use std::io::{self, ErrorKind, Read};
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
            if self.buffer.len() > LONGEST + 4 {
                return Err(ErrorKind::InvalidData.into());
            }
            if let Some((head, rest)) = self.buffer.split_first_chunk::<4>() {
                let length = u32::from_be_bytes(*head);
                if length > LONGEST as u32 {
                    return Err(ErrorKind::InvalidData.into());
                }
                if rest.len() >= length as usize {
                    let length = length as usize;
                    let frame = rest[..length].to_vec();
                    self.buffer.drain(..4 + length);
                    return Ok(Some(frame));
                }
            }
            let mut chunk = [0; 512];
            match self.socket.read(&mut chunk) {
                Ok(0) if self.buffer.is_empty() => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(n) => self.buffer.extend_from_slice(&chunk[..n]),
                Err(e) if e.kind() == ErrorKind::WouldBlock => self.socket.readable().await?,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
}
