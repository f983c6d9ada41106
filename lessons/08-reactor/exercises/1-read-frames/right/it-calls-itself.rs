//! Right: one read for each call of a boxed future that calls itself; the bytes are in a queue,
//!   which can be read from as a socket can.

use crate::Socket;
use std::io::{self, ErrorKind, Read};
const LONGEST: usize = 1024;

use std::collections::VecDeque;
pub struct FrameReader {
    socket: Socket,
    buffer: VecDeque<u8>,
}
impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, buffer: VecDeque::new() }
    }
    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        if self.buffer.len() >= 4 {
            let length =
                self.buffer.iter().take(4).fold(0u32, |a, b| a << 8 | u32::from(*b)) as usize;
            if length > LONGEST {
                return Err(ErrorKind::InvalidData.into());
            }
            if self.buffer.len() >= 4 + length {
                self.buffer.drain(..4);
                let mut frame = vec![0; length];
                self.buffer.read_exact(&mut frame)?;
                return Ok(Some(frame));
            }
        }
        let mut chunk = [0; 1500];
        match self.socket.read(&mut chunk) {
            Ok(0) if self.buffer.is_empty() => return Ok(None),
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(n) => self.buffer.extend(&chunk[..n]),
            Err(e) if e.kind() == ErrorKind::WouldBlock => self.socket.readable().await?,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
        Box::pin(self.next_frame()).await
    }
}
