//! What `cargo lesson reactor --timeline text` records: who asks the kernel, who sleeps in it, and
//! who is called.
//!
//! The kernel decides nothing here: the peers send when they see in the recording that the thread
//! sleeps.

use std::io::{self, Write};
use std::net;
use std::thread;

use executor::yield_now;
use reactor::{Runtime, TcpStream};
use shared::record::{Event, Kind, Outcome, Recorder, Run};

use crate::connected;

pub const RUNS: [Run<'static>; 2] = [
    Run { name: "two-sockets", title: "Two sockets, one thread", record: &two_sockets },
    Run { name: "together", title: "One task waits, another one computes", record: &together },
];

/// Two tasks read from a socket each. The second one's byte comes first.
fn two_sockets(recorder: &Recorder) {
    let runtime = Runtime::new().expect("there is a poller");
    let [(first, to_first), (second, to_second)] =
        [(); 2].map(|()| connected(&runtime).expect("they connect"));
    let theirs = recorder.clone();
    let peers = thread::spawn(move || {
        theirs.wait_for(|event| event.kind == Kind::Park);
        // Not before: a thread is listed from when it first says something.
        theirs.name_thread("peers");
        send(&theirs, to_second, "sends to the second socket", 1);
        theirs.wait_for_nth(2, |event| event.kind == Kind::Park);
        send(&theirs, to_first, "sends to the first socket", 2);
    });
    recorder.on_this_thread(|| {
        let first = runtime.spawn(recorder.task("first", read_byte(first)));
        let second = runtime.spawn(recorder.task("second", read_byte(second)));
        runtime.block_on(async {
            first.await.expect("it does not panic");
            second.await.expect("it does not panic");
        });
    });
    peers.join().expect("they do not panic");
}

/// One task waits for a peer that answers late, another one computes in three pieces.
fn together(recorder: &Recorder) {
    let runtime = Runtime::new().expect("there is a poller");
    let (client, peer) = connected(&runtime).expect("they connect");
    let theirs = recorder.clone();
    let server = thread::spawn(move || {
        theirs.wait_for(|event| event.kind == Kind::Park);
        theirs.name_thread("server");
        send(&theirs, peer, "answers", 1);
    });
    recorder.on_this_thread(|| {
        let client = runtime.spawn(recorder.task("client", read_byte(client)));
        let piece = recorder.clone();
        let primes = runtime.spawn(recorder.task("primes", async move {
            for number in 1..=3 {
                piece.note(|| format!("piece {number} is computed"));
                yield_now().await;
            }
        }));
        runtime.block_on(async {
            client.await.expect("it does not panic");
            primes.await.expect("it does not panic");
        });
    });
    server.join().expect("it does not panic");
}

async fn read_byte(mut stream: TcpStream) {
    stream.read_exact(&mut [0]).await.expect("the peer sends");
}

/// Sends a byte, and keeps the stream open until so many tasks have ended: its end would be an
/// event, too. What a peer records after the byte is sent could come at any time, so it records
/// nothing.
fn send(recorder: &Recorder, mut peer: net::TcpStream, note: &'static str, tasks: usize) {
    recorder.note(|| note.into());
    let sent: io::Result<()> = peer.write_all(b"x");
    sent.expect("somebody is there to read");
    let has_ended = |event: &Event| event.kind == Kind::PollEnd(Outcome::Ready);
    recorder.wait_for_nth(tasks, has_ended);
}
