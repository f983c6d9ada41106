//! Right: `read_to_end` of std, on as much as is missing. What it has read before an error stays in
//!   the buffer.

use std::io::{self, ErrorKind, Read};

use crate::Socket;

pub struct FrameReader {
    socket: Socket,
    frame: Vec<u8>,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, frame: Vec::new() }
    }

    async fn fill_to(&mut self, length: usize) -> io::Result<()> {
        while self.frame.len() < length {
            let missing = (length - self.frame.len()) as u64;
            match self.socket.by_ref().take(missing).read_to_end(&mut self.frame) {
                Ok(_) if self.frame.len() < length => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(e) if e.kind() == ErrorKind::WouldBlock => self.socket.readable().await?,
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        match self.fill_to(4).await {
            Err(e) if e.kind() == ErrorKind::UnexpectedEof && self.frame.is_empty() => {
                return Ok(None);
            }
            other => other?,
        }
        let length = self.frame[..4].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        if length > 1024 {
            return Err(ErrorKind::InvalidData.into());
        }
        self.fill_to(4 + length).await?;
        Ok(Some(std::mem::take(&mut self.frame).split_off(4)))
    }
}
