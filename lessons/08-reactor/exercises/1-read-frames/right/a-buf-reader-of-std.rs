//! Right: a `BufReader` of std keeps what came too early: `fill_buf` gives a would-block on without
//!   losing anything.

use std::io::{self, BufRead, BufReader, ErrorKind};

use crate::Socket;

pub struct FrameReader {
    reader: BufReader<Socket>,
    /// The frame that is being read, with its length.
    frame: Vec<u8>,
}

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { reader: BufReader::new(socket), frame: vec![] }
    }

    /// How many bytes are missing of what is being read: the length, and then the whole.
    fn missing(&self) -> io::Result<usize> {
        match self.frame.first_chunk().map(|length| u32::from_be_bytes(*length)) {
            None => Ok(4 - self.frame.len()),
            Some(length @ 0..=1024) => Ok(4 + length as usize - self.frame.len()),
            Some(_) => Err(ErrorKind::InvalidData.into()),
        }
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let missing = self.missing()?;
            if missing == 0 {
                return Ok(Some(std::mem::take(&mut self.frame).split_off(4)));
            }
            match self.reader.fill_buf() {
                Ok([]) if self.frame.is_empty() => return Ok(None),
                Ok([]) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(come) => {
                    let taken = come.len().min(missing);
                    self.frame.extend(&come[..taken]);
                    self.reader.consume(taken);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.reader.get_ref().readable().await?;
                }
                Err(error) => return Err(error),
            }
        }
    }
}
