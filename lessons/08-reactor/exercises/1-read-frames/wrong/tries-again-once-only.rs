//! Wrong: tries again once when a signal interrupts the read, and not a second time.
//! Caught by: `an_interrupted_read_is_tried_again`
//! Because: signals come when they like: a profiler sends hundreds in a second.
//! Says: gave the error `Interrupted`

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

    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        match self.socket.read(piece) {
            Err(error) if error.kind() == ErrorKind::Interrupted => self.socket.read(piece),
            read => read,
        }
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some((length, rest)) = self.buffer.split_first_chunk() {
                let length = u32::from_be_bytes(*length) as usize;
                if length > LONGEST {
                    return Err(ErrorKind::InvalidData.into());
                }
                if let Some(frame) = rest.get(..length) {
                    let frame = frame.to_vec();
                    self.buffer.drain(..4 + length);
                    return Ok(Some(frame));
                }
            }
            let mut piece = [0; 512];
            match self.read(&mut piece) {
                Ok(0) if self.buffer.is_empty() => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(length) => self.buffer.extend_from_slice(&piece[..length]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.socket.readable().await?;
                }
                Err(error) => return Err(error),
            }
        }
    }
}
