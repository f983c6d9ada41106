//! Wrong: its array of 8,192 bytes is used from the beginning again only where it happens to run empty.
//! Caught by: `a_long_conversation_goes_on_to_its_end`
//! Because: the window comes to the end of the array, the read is given no room, and its `Ok(0)` looks like the end of the stream.
//! Says: `next_frame` gave the error `UnexpectedEof`, in place of a frame of

use crate::Socket;
use std::io::{self, ErrorKind, Read};
const LONGEST: usize = 1024;

pub struct FrameReader {
    socket: Socket,
    buffer: Box<[u8; 8192]>,
    start: usize,
    end: usize,
}
impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, buffer: Box::new([0; 8192]), start: 0, end: 0 }
    }
    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let have = &self.buffer[self.start..self.end];
            if let Some((head, rest)) = have.split_first_chunk::<4>() {
                let length = u32::from_be_bytes(*head) as usize;
                if length > LONGEST {
                    return Err(ErrorKind::InvalidData.into());
                }
                if rest.len() >= length {
                    let frame = rest[..length].to_vec();
                    self.start += 4 + length;
                    if self.start == self.end {
                        self.start = 0;
                        self.end = 0;
                    }
                    return Ok(Some(frame));
                }
            }
            match self.socket.read(&mut self.buffer[self.end..]) {
                Ok(0) if self.start == self.end => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(n) => self.end += n,
                Err(e) if e.kind() == ErrorKind::WouldBlock => self.socket.readable().await?,
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
}
