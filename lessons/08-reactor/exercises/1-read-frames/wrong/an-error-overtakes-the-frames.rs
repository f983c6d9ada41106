//! Wrong: reads all there is before it gives a frame, and remembers the end for later, but not an error.
//! Caught by: `an_error_of_the_socket_is_passed_on`
//! Because: frames that had come whole before the error are never asked for.
//! Says: What came before an error is to be given before it

use crate::Socket;
use std::io::{self, ErrorKind, Read};
const LONGEST: usize = 1024;

pub struct FrameReader {
    socket: Socket,
    buffer: Vec<u8>,
    eof: bool,
}
impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, buffer: Vec::new(), eof: false }
    }
    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some((head, rest)) = self.buffer.split_first_chunk::<4>() {
                let length = u32::from_be_bytes(*head) as usize;
                if length > LONGEST {
                    return Err(ErrorKind::InvalidData.into());
                }
                if rest.len() >= length {
                    let frame = rest[..length].to_vec();
                    self.buffer.drain(..4 + length);
                    return Ok(Some(frame));
                }
            }
            if self.eof {
                return if self.buffer.is_empty() {
                    Ok(None)
                } else {
                    Err(ErrorKind::UnexpectedEof.into())
                };
            }
            let before = self.buffer.len();
            loop {
                let mut chunk = [0; 512];
                match self.socket.read(&mut chunk) {
                    Ok(0) => {
                        self.eof = true;
                        break;
                    }
                    Ok(n) => self.buffer.extend_from_slice(&chunk[..n]),
                    Err(e) if e.kind() == ErrorKind::WouldBlock => break,
                    Err(e) if e.kind() == ErrorKind::Interrupted => {}
                    Err(e) => return Err(e),
                }
            }
            if self.buffer.len() == before && !self.eof {
                self.socket.readable().await?;
            }
        }
    }
}
