//! Right: reads all there is into a queue before it looks for a frame, remembers the end and the
//!   error for later, and waits by hand.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::{self, ErrorKind, Read};
use std::pin::pin;

use crate::Socket;

pub struct FrameReader {
    socket: Socket,
    come: VecDeque<u8>,
    /// What came behind the bytes: the end, or an error.
    last: Option<io::Result<()>>,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, come: VecDeque::new(), last: None }
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            self.read_all();
            if let [a, b, c, d, ..] = *self.come.make_contiguous() {
                let length = u32::from_be_bytes([a, b, c, d]);
                if length > 1024 {
                    return Err(io::Error::other("a frame that is too long"))
                        .map_err(|error| io::Error::new(ErrorKind::InvalidData, error));
                }
                if self.come.len() >= length as usize + 4 {
                    return Ok(Some(self.come.drain(..length as usize + 4).skip(4).collect()));
                }
            }
            match self.last.take() {
                None => {
                    let mut ready = pin!(self.socket.readable());
                    poll_fn(|cx| ready.as_mut().poll(cx)).await?;
                }
                Some(Ok(())) if self.come.is_empty() => return Ok(None),
                Some(Ok(())) => return Err(ErrorKind::UnexpectedEof.into()),
                Some(Err(error)) => return Err(error),
            }
        }
    }

    fn read_all(&mut self) {
        let mut piece = [0; 7];
        while self.last.is_none() {
            match (&self.socket).read(&mut piece) {
                Ok(0) => self.last = Some(Ok(())),
                Ok(length) => self.come.extend(&piece[..length]),
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => return,
                    ErrorKind::Interrupted => {}
                    _ => self.last = Some(Err(error)),
                },
            }
        }
    }
}
