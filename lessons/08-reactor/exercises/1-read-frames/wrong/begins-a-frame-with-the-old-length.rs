//! Wrong: a state machine that does not begin anew behind an empty frame.
//! Caught by: `an_empty_frame_is_a_frame`
//! Because: the shortcut for an empty frame leaves its length in place: it is given again and
//!   again.
//! Says: `next_frame` gave the frame "", in place of the frame "tea"

use std::io::{self, ErrorKind, Read};

use crate::Socket;

const LONGEST: usize = 1024;

pub struct FrameReader {
    socket: Socket,
    head: [u8; 4],
    head_len: usize,
    body: Option<(Vec<u8>, usize)>,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, head: [0; 4], head_len: 0, body: None }
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let result = match &mut self.body {
                None => {
                    if self.head_len == 4 {
                        let length = u32::from_be_bytes(self.head) as usize;
                        if length > LONGEST {
                            return Err(ErrorKind::InvalidData.into());
                        }
                        if length == 0 {
                            return Ok(Some(Vec::new()));
                        }
                        self.body = Some((vec![0; length], 0));
                        continue;
                    }
                    self.socket
                        .read(&mut self.head[self.head_len..])
                        .inspect(|n| self.head_len += n)
                }
                Some((body, len)) => {
                    if *len == body.len() {
                        self.head_len = 0;
                        return Ok(self.body.take().map(|(body, _)| body));
                    }
                    self.socket.read(&mut body[*len..]).inspect(|n| *len += n)
                }
            };
            match result {
                Ok(0) if self.head_len == 0 && self.body.is_none() => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.socket.readable().await?
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
