//! Wrong: moves its place in the buffer on, and never takes anything out.
//! Caught by: `a_long_conversation_goes_on_to_its_end`
//! Because: every byte that ever came stays in memory for as long as the connection lasts.
//! Says: what was given has to leave the buffer

use crate::Socket;
use std::io::{self, ErrorKind, Read};
const LONGEST: usize = 1024;
pub struct FrameReader {
    socket: Socket,
    buffer: Vec<u8>,
    start: usize,
}
impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, buffer: Vec::new(), start: 0 }
    }
    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let come = &self.buffer[self.start..];
            if let Some((head, rest)) = come.split_first_chunk() {
                let length = u32::from_be_bytes(*head) as usize;
                if length > LONGEST {
                    return Err(ErrorKind::InvalidData.into());
                }
                if let Some(frame) = rest.get(..length) {
                    self.start += 4 + length;
                    return Ok(Some(frame.to_vec()));
                }
            }
            let mut piece = [0; 512];
            match self.socket.read(&mut piece) {
                Ok(0) if come.is_empty() => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(n) => self.buffer.extend_from_slice(&piece[..n]),
                Err(e) if e.kind() == ErrorKind::WouldBlock => self.socket.readable().await?,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
}
