//! A reader and a computer, two tasks on one thread. The computer has three steps, and gives up the
//! thread after each. During its first step, a byte comes for the reader.
//!
//! In which order do the four notes come?

use std::io::{self, Write};
use std::net;
use std::thread;

use executor::yield_now;
use reactor::{Runtime, TcpListener, TcpStream};
use shared::record::{Recorder, Run, timeline_if_asked};

fn main() {
    let title = "The loop looks at the sockets between two turns";
    timeline_if_asked(&[Run { name: "a-look-between", title, record: &a_look_between }]);
    println!("Predict it first: cargo course predict reactor/a-look-between");
}

fn a_look_between(recorder: &Recorder) {
    let runtime = Runtime::new().expect("there is a poller");
    let (mut stream, mut peer) = connected(&runtime).expect("they connect");
    let ours = stream.as_std().try_clone().expect("there is a descriptor left");
    let (reader, computer) = (recorder.clone(), recorder.clone());
    // ANCHOR: shown
    let reading = runtime.spawn(recorder.task("reader", async move {
        stream.read_exact(&mut [0]).await?;
        reader.note(|| "1: the byte has been read".into());
        io::Result::Ok(())
    }));
    let computing = runtime.spawn(recorder.task("computer", async move {
        peer.write_all(b"x")?;
        until_it_has_come(&ours);
        computer.note(|| "3: the first step is done".into());
        yield_now().await;
        computer.note(|| "2: the second step is done".into());
        yield_now().await;
        computer.note(|| "4: the third step is done".into());
        io::Result::Ok(())
    }));
    runtime.block_on(async {
        reading.await.expect("no panic").expect("no error");
        computing.await.expect("no panic").expect("no error");
    });
    // ANCHOR_END: shown
}

fn connected(runtime: &Runtime) -> io::Result<(TcpStream, net::TcpStream)> {
    let mut listener = TcpListener::bind(runtime.reactor(), "127.0.0.1:0")?;
    let peer = net::TcpStream::connect(listener.local_addr()?)?;
    let (stream, _) = runtime.block_on(listener.accept())?;
    Ok((stream, peer))
}

/// Looks whether there is a byte, and leaves it there.
fn until_it_has_come(stream: &net::TcpStream) {
    while stream.peek(&mut [0]).is_err() {
        thread::yield_now();
    }
}
