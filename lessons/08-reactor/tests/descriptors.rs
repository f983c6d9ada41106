//! Descriptors that were opened are closed again. It counts those of its process, so it is alone in
//! its file.
#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::io;
use std::net;

use common::with_runtime;
use reactor::{Runtime, TcpListener, TcpStream};

const CONNECTIONS: usize = 100;

fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").expect("Linux says what is open").count()
}

async fn echo(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 64];
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(()),
            length => stream.write_all(&buffer[..length]).await?,
        }
    }
}

/// Opens connections to an echo server, has each answered, and gives up a third of them in the
/// middle of a read.
fn serve(runtime: &Runtime) -> io::Result<()> {
    let reactor = runtime.reactor();
    let mut listener = TcpListener::bind(reactor, "127.0.0.1:0")?;
    let (address, spawner) = (listener.local_addr()?, runtime.spawner());
    let server = runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            spawner.spawn(echo(stream)).detach();
        }
    });
    runtime.block_on(async {
        let mut open = Vec::new();
        for number in 0..CONNECTIONS {
            let mut stream = TcpStream::connect(reactor, address).await?;
            stream.write_all(&[number as u8]).await?;
            let mut answer = [0];
            stream.read(&mut answer).await?;
            assert_eq!(usize::from(answer[0]), number);
            open.push(stream);
        }
        for mut stream in open.drain(..CONNECTIONS / 3) {
            runtime.spawn(async move { stream.read(&mut [0]).await }).abort();
        }
        let refused = net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        assert!(TcpStream::connect(reactor, refused).await.is_err());
        server.abort();
        io::Result::Ok(())
    })
}

#[test]
fn every_descriptor_is_closed_again() {
    with_runtime(|_| {
        let before = descriptors();
        let runtime = Runtime::new()?;
        serve(&runtime)?;
        drop(runtime);
        assert_eq!(descriptors(), before);
        Ok(())
    });
}
