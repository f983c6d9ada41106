//! Right: it is a machine of two states, and never asks the socket for a byte beyond the frame. So
//!   there is nothing to be kept for the next.

use std::io::{self, ErrorKind, Read};

use crate::Socket;

/// What is being read, and how much of it has come.
enum Part {
    Length([u8; 4]),
    Content(Vec<u8>),
}

impl Part {
    fn bytes(&mut self) -> &mut [u8] {
        match self {
            Self::Length(length) => length,
            Self::Content(content) => content,
        }
    }
}

pub struct FrameReader {
    socket: Socket,
    part: Part,
    come: usize,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, part: Part::Length([0; 4]), come: 0 }
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let missing = &mut self.part.bytes()[self.come..];
            if missing.is_empty() {
                self.come = 0;
                match std::mem::replace(&mut self.part, Part::Length([0; 4])) {
                    Part::Content(content) => return Ok(Some(content)),
                    Part::Length(length) => match u32::from_be_bytes(length) {
                        length @ ..=1024 => self.part = Part::Content(vec![0; length as usize]),
                        _ => return Err(io::Error::new(ErrorKind::InvalidData, "too long")),
                    },
                }
                continue;
            }
            match self.socket.read(missing) {
                Ok(0) if self.come == 0 && matches!(self.part, Part::Length(_)) => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(length) => self.come += length,
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => self.socket.readable().await?,
                    ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
    }
}
