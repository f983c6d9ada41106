//! A server with a hundred idle connections, for two seconds: `just idle` has strace write down
//! what it asks of the kernel.

use std::io;
use std::net;
use std::time::Duration;

use reactor::{Runtime, TcpStream, yield_now};

fn main() -> io::Result<()> {
    let runtime = Runtime::new()?;
    let mut listener = runtime.bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let handle = runtime.handle().clone();
    let server = runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            handle.spawn(echo(stream)).detach();
        }
    });
    let mut clients = Vec::new();
    for _ in 0..100 {
        clients.push(net::TcpStream::connect(address)?);
        runtime.block_on(yield_now());
    }
    while runtime.reactor().len() < 101 {
        runtime.block_on(yield_now());
    }
    // The last one reads, and finds nothing.
    runtime.block_on(yield_now());
    eprintln!("idle from here");
    runtime.block_on(runtime.timer().sleep(Duration::from_secs(2)));
    eprintln!("to here");
    server.abort();
    Ok(())
}

async fn echo(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(()),
            length => stream.write_all(&buffer[..length]).await?,
        }
    }
}
