//! Many connections at once.

use std::cell::Cell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use reactor::{Runtime, TcpStream};

use crate::slow_server::GREETING;

/// Connections that are all open, and have all been opened from this process.
pub struct Clients {
    streams: Vec<TcpStream>,
}

// ANCHOR: clients
impl Clients {
    /// Opens them, each when the one before has been greeted. Where more than 128 wait to be
    /// accepted, the listener's kernel drops the next attempt, and it is repeated after a second.
    pub async fn open(runtime: &Runtime, server: SocketAddr, count: usize) -> io::Result<Self> {
        let mut streams = Vec::with_capacity(count);
        for _ in 0..count {
            let mut stream = runtime.connect(server).await?;
            stream.read_exact(&mut GREETING.clone()).await?;
            streams.push(stream);
        }
        Ok(Self { streams })
    }

    /// Each asks for a sum of its own, all at the same time. Closes them, and returns how many have
    /// got the right answer.
    pub async fn ask_all(self, runtime: &Runtime) -> io::Result<usize> {
        let right = Rc::new(Cell::new(0));
        let mut tasks = Vec::with_capacity(self.streams.len());
        for (number, mut stream) in (0_u64..).zip(self.streams) {
            let right = Rc::clone(&right);
            tasks.push(runtime.spawn(async move {
                stream.write_all(&number.to_be_bytes()).await?;
                let mut answer = [0; 8];
                stream.read_exact(&mut answer).await?;
                let wanted: u64 = (0..number).sum();
                right.set(right.get() + usize::from(u64::from_be_bytes(answer) == wanted));
                io::Result::Ok(())
            }));
        }
        for task in tasks {
            task.await??;
        }
        Ok(right.get())
    }
}
// ANCHOR_END: clients
