//! Wrong: its buffer holds 1,024 bytes, and so the longest frame but not its length.
//! Caught by: `the_longest_frame_is_not_too_long`
//! Because: when the buffer is full, the read is given no room: it answers `Ok(0)`, which looks like the end.
//! Says: `next_frame` gave the error `UnexpectedEof`, in place of a frame of 1024 bytes

use std::io::{self, ErrorKind, Read};

use crate::Socket;

const LONGEST: usize = 1024;

pub struct FrameReader {
    socket: Socket,
    buffer: Box<[u8; LONGEST]>,
    len: usize,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, buffer: Box::new([0; LONGEST]), len: 0 }
    }

    fn take_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(head) = self.buffer[..self.len].first_chunk::<4>() else { return Ok(None) };
        let length = u32::from_be_bytes(*head) as usize;
        if length > LONGEST {
            return Err(ErrorKind::InvalidData.into());
        }
        if self.len < 4 + length {
            return Ok(None);
        }
        let frame = self.buffer[4..4 + length].to_vec();
        self.buffer.copy_within(4 + length..self.len, 0);
        self.len -= 4 + length;
        Ok(Some(frame))
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(frame) = self.take_frame()? {
                return Ok(Some(frame));
            }
            match self.socket.read(&mut self.buffer[self.len..]) {
                Ok(0) if self.len == 0 => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(n) => self.len += n,
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.socket.readable().await?
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
