//! Right: a decoder is fed byte by byte, and keeps the frames that are complete, and the error
//!   behind them, in a queue.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};

use crate::Socket;

enum State {
    Length { so_far: u32, digits: u8 },
    Body { missing: usize, bytes: Vec<u8> },
    Broken,
}

pub struct FrameReader {
    socket: Socket,
    state: State,
    done: VecDeque<io::Result<Vec<u8>>>,
}

const BETWEEN: State = State::Length { so_far: 0, digits: 0 };

impl FrameReader {
    pub fn new(socket: Socket) -> Self {
        Self { socket, state: BETWEEN, done: VecDeque::new() }
    }

    fn feed(&mut self, byte: u8) {
        self.state = match std::mem::replace(&mut self.state, State::Broken) {
            State::Length { so_far, digits } => {
                let so_far = so_far << 8 | u32::from(byte);
                match (digits, so_far) {
                    (0..3, _) => State::Length { so_far, digits: digits + 1 },
                    (_, 0) => {
                        self.done.push_back(Ok(Vec::new()));
                        BETWEEN
                    }
                    (_, 1..=1024) => State::Body { missing: so_far as usize, bytes: Vec::new() },
                    (_, 1025..) => {
                        self.done.push_back(Err(ErrorKind::InvalidData.into()));
                        State::Broken
                    }
                }
            }
            State::Body { missing, mut bytes } => {
                bytes.push(byte);
                if missing == 1 {
                    self.done.push_back(Ok(bytes));
                    BETWEEN
                } else {
                    State::Body { missing: missing - 1, bytes }
                }
            }
            State::Broken => State::Broken,
        };
    }

    pub async fn next_frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(done) = self.done.pop_front() {
                return done.map(Some);
            }
            let mut bytes = [0; 37];
            match self.socket.read(&mut bytes) {
                Ok(0) => {
                    return match self.state {
                        State::Length { digits: 0, .. } => Ok(None),
                        _ => Err(ErrorKind::UnexpectedEof.into()),
                    };
                }
                Ok(n) => bytes[..n].iter().for_each(|byte| self.feed(*byte)),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) if e.kind() == ErrorKind::WouldBlock => self.socket.readable().await?,
                Err(e) => return Err(e),
            }
        }
    }
}
