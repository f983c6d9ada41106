//! Streams over real sockets: what the other side may do, and what a dropped future or stream
//! leaves behind.

mod common;

use std::io::{self, ErrorKind, Read, Write};
use std::net::{self, Shutdown};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use common::{connected, park_until_woken, poll, with_runtime};
use executor::Park;
use reactor::{ReadHalf, Runtime, TcpListener, TcpStream};
use shared::probe::WakerProbe;

/// Reads to the end.
async fn read_to_end(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let (mut all, mut buffer) = (Vec::new(), [0; 1024]);
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(all),
            length => all.extend_from_slice(&buffer[..length]),
        }
    }
}

/// Writes until there is no room, and none comes by itself. Returns how many bytes went in.
fn fill(runtime: &Runtime, stream: &mut TcpStream) -> usize {
    let buffer = rustix::net::sockopt::set_socket_send_buffer_size(stream.as_std(), 16 * 1024);
    buffer.expect("the buffer can be small");
    // Where many bytes do not go in any more, a few may.
    let chunks = [vec![7; 64 * 1024], vec![7]];
    chunks.iter().map(|chunk| fill_with(chunk, runtime, stream)).sum()
}

fn fill_with(chunk: &[u8], runtime: &Runtime, stream: &mut TcpStream) -> usize {
    let (probe, mut written) = (WakerProbe::new(), 0);
    loop {
        let mut write = Box::pin(stream.write(chunk));
        if let Poll::Ready(length) = poll(&probe, &mut write) {
            written += length.expect("the peer is there");
            assert!(written < 256 << 20, "256 MiB are in flight and nobody reads: no bound");
            continue;
        }
        // The kernel may still be moving bytes from one end to the other.
        runtime.reactor().park(Some(Duration::from_millis(50)));
        if !probe.take_woken() {
            return written;
        }
    }
}

#[test]
fn bytes_travel_both_ways() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        peer.write_all(b"ping")?;
        let mut buffer = [0; 16];
        assert_eq!(runtime.block_on(stream.read(&mut buffer))?, 4);
        runtime.block_on(stream.write_all(b"pong!"))?;
        assert_eq!(&buffer[..4], b"ping");
        assert_eq!(peer.read(&mut buffer)?, 5);
        assert_eq!(&buffer[..5], b"pong!");
        Ok(())
    });
}

#[test]
fn a_connection_is_made_and_both_ends_agree_on_it() {
    with_runtime(|runtime| {
        let listener = net::TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let stream = runtime.block_on(TcpStream::connect(runtime.reactor(), address))?;
        let (peer, from) = listener.accept()?;
        assert_eq!((stream.local_addr()?, stream.peer_addr()?), (from, address));
        assert_eq!(peer.peer_addr()?, from);
        Ok(())
    });
}

#[test]
fn nobody_listens_and_connecting_says_so() {
    with_runtime(|runtime| {
        let address = net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let connected = runtime.block_on(TcpStream::connect(runtime.reactor(), address));
        let error = connected.expect_err("nobody listens there any more");
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
        assert!(runtime.reactor().is_empty(), "the attempt is still registered");
        Ok(())
    });
}

#[test]
fn a_peer_that_is_done_writing_can_still_read() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        peer.write_all(b"question")?;
        peer.shutdown(Shutdown::Write)?;
        assert_eq!(runtime.block_on(read_to_end(&mut stream))?, b"question");
        runtime.block_on(stream.write_all(b"answer"))?;
        stream.shutdown()?;
        let mut answer = String::new();
        peer.read_to_string(&mut answer)?;
        assert_eq!(answer, "answer");
        Ok(())
    });
}

#[test]
fn a_peer_that_goes_away_in_the_middle_ends_the_stream() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        let reading = runtime.spawn(async move { read_to_end(&mut stream).await });
        // The task waits when the peer goes.
        runtime.block_on(executor::yield_now());
        peer.write_all(b"half of a mess")?;
        drop(peer);
        let read = runtime.block_on(reading).expect("it does not panic")?;
        assert_eq!(read, b"half of a mess");
        Ok(())
    });
}

#[test]
fn a_reset_is_an_error_and_no_end() {
    with_runtime(|runtime| {
        let (mut stream, peer) = connected(runtime)?;
        let reading = runtime.spawn(async move { read_to_end(&mut stream).await });
        runtime.block_on(executor::yield_now());
        // Closing without lingering throws the connection away.
        rustix::net::sockopt::set_socket_linger(&peer, Some(Duration::ZERO))?;
        drop(peer);
        let read = runtime.block_on(reading).expect("it does not panic");
        let error = read.expect_err("a reset is not the end of a stream");
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
        Ok(())
    });
}

#[test]
fn one_byte_at_a_time_arrives_in_order_and_whole() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        peer.set_nodelay(true)?;
        let trickle = thread::spawn(move || {
            for byte in 0..=255 {
                peer.write_all(&[byte])?;
                // It goes on when it knows that the byte has been read on its own.
                let mut echo = [0];
                peer.read_exact(&mut echo)?;
                assert_eq!(echo, [byte]);
            }
            io::Result::Ok(())
        });
        let reads = runtime.block_on(async {
            let (mut reads, mut buffer) = (Vec::new(), [0; 1024]);
            loop {
                match stream.read(&mut buffer).await? {
                    0 => return io::Result::Ok(reads),
                    length => {
                        reads.push(buffer[..length].to_vec());
                        stream.write_all(&buffer[..length]).await?;
                    }
                }
            }
        })?;
        assert_eq!(reads, (0..=255).map(|byte| vec![byte]).collect::<Vec<_>>());
        trickle.join().expect("the peer does not panic")
    });
}

#[test]
fn a_message_in_pieces_is_put_together() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        let probe = WakerProbe::new();
        let mut buffer = [0; 6];
        let mut read = Box::pin(stream.read_exact(&mut buffer));
        for piece in [&b"ab"[..], b"c", b"def"] {
            assert!(poll(&probe, &mut read).is_pending());
            peer.write_all(piece)?;
            park_until_woken(runtime.reactor(), &probe);
        }
        assert!(matches!(poll(&probe, &mut read), Poll::Ready(Ok(()))));
        drop(read);
        assert_eq!(&buffer, b"abcdef");
        drop(peer);
        let ended = runtime.block_on(stream.read_exact(&mut buffer));
        assert_eq!(ended.map_err(|error| error.kind()), Err(ErrorKind::UnexpectedEof));
        Ok(())
    });
}

#[test]
fn what_does_not_go_in_at_once_arrives_whole() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        let sent: Vec<u8> = (0..20_000_000_u32).map(|number| (number % 251) as u8).collect();
        let reading = thread::spawn(move || {
            let mut all = Vec::new();
            peer.read_to_end(&mut all).map(|_| all)
        });
        runtime.block_on(stream.write_all(&sent))?;
        drop(stream);
        let read = reading.join().expect("the peer does not panic")?;
        assert!(read == sent, "{} of {} bytes, or others", read.len(), sent.len());
        Ok(())
    });
}

#[test]
fn a_peer_that_never_reads_holds_the_writer_up() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        let written = fill(runtime, &mut stream);
        assert!(written > 0);
        let probe = WakerProbe::new();
        let mut tail = Box::pin(stream.write_all(b"the tail"));
        assert!(poll(&probe, &mut tail).is_pending());
        let reading = thread::spawn(move || {
            let mut all = Vec::new();
            peer.read_to_end(&mut all).map(|_| all)
        });
        park_until_woken(runtime.reactor(), &probe);
        runtime.block_on(tail)?;
        drop(stream);
        let read = reading.join().expect("the peer does not panic")?;
        assert_eq!(read.len(), written + 8);
        assert!(read.ends_with(b"\x07the tail"));
        Ok(())
    });
}

#[test]
fn a_write_to_a_peer_that_is_gone_fails() {
    with_runtime(|runtime| {
        let (mut stream, peer) = connected(runtime)?;
        fill(runtime, &mut stream);
        let writing = runtime.spawn(async move { stream.write_all(&[1; 1024]).await });
        runtime.block_on(executor::yield_now());
        // There are bytes that it has not read: closing throws the connection away.
        drop(peer);
        let written = runtime.block_on(writing).expect("it does not panic");
        let kind = written.expect_err("nobody is there to read").kind();
        assert!(matches!(kind, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{kind:?}");
        Ok(())
    });
}

#[test]
fn a_stream_dropped_while_a_read_is_pending_is_closed_and_forgotten() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        let before = runtime.reactor().len();
        let probe = WakerProbe::new();
        let mut read = Box::pin(async move { stream.read(&mut [0; 8]).await });
        assert!(poll(&probe, &mut read).is_pending());
        assert_eq!((probe.alive(), runtime.reactor().len()), (1, before));
        drop(read);
        assert_eq!(probe.alive(), 0, "the reactor still keeps the waker");
        assert_eq!(runtime.reactor().len(), before - 1, "the stream is still registered");
        assert_eq!(peer.read(&mut [0; 8])?, 0, "the descriptor is still open");
        Ok(())
    });
}

#[test]
fn a_dropped_stream_is_forgotten_even_if_its_socket_lives_on() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        // The same socket under a second descriptor: closing the first does not take it off the
        // kernel's list.
        let second = stream.as_std().try_clone()?;
        assert!(poll(&WakerProbe::new(), &mut Box::pin(stream.read(&mut [0; 8]))).is_pending());
        drop(stream);
        peer.write_all(b"x")?;
        while second.peek(&mut [0]).is_err() {
            thread::yield_now();
        }
        let before = runtime.reactor().counts().events;
        runtime.reactor().park(Some(Duration::ZERO));
        assert_eq!(runtime.reactor().counts().events, before, "the kernel still watches it");
        Ok(())
    });
}

#[test]
fn a_read_that_is_given_up_loses_no_byte_and_keeps_no_waker() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        let probe = WakerProbe::new();
        {
            let mut buffer = [0; 8];
            let mut read = Box::pin(stream.read(&mut buffer));
            assert!(poll(&probe, &mut read).is_pending());
        }
        assert_eq!(probe.alive(), 0, "the reactor still keeps the waker");
        peer.write_all(b"here")?;
        let mut buffer = [0; 8];
        assert_eq!(runtime.block_on(stream.read(&mut buffer))?, 4);
        assert_eq!(probe.wakes(), 0, "whoever gave up was called");
        Ok(())
    });
}

#[test]
fn an_accept_that_is_given_up_loses_no_connection() {
    with_runtime(|runtime| {
        let mut listener = TcpListener::bind(runtime.reactor(), "127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let probe = WakerProbe::new();
        assert!(poll(&probe, &mut Box::pin(listener.accept())).is_pending());
        let peer = net::TcpStream::connect(address)?;
        let (_stream, from) = runtime.block_on(listener.accept())?;
        assert_eq!(from, peer.local_addr()?);
        Ok(())
    });
}

#[test]
fn the_newest_task_that_reads_is_the_one_that_is_woken() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        let [first, last] = [WakerProbe::new(), WakerProbe::new()];
        let mut buffer = [0; 8];
        let mut read = Box::pin(stream.read(&mut buffer));
        assert!(poll(&first, &mut read).is_pending());
        assert!(poll(&last, &mut read).is_pending());
        peer.write_all(b"x")?;
        park_until_woken(runtime.reactor(), &last);
        assert_eq!((first.wakes(), last.wakes()), (0, 1));
        Ok(())
    });
}

#[test]
fn one_task_reads_while_another_one_writes() {
    with_runtime(|runtime| {
        let (mut stream, mut peer) = connected(runtime)?;
        let reactor = runtime.reactor();
        let [reader, writer] = [WakerProbe::new(), WakerProbe::new()];
        let written = fill(runtime, &mut stream);
        let (mut read_half, mut write_half) = stream.split();
        let mut buffer = [0; 8];
        let mut read = Box::pin(read_half.read(&mut buffer));
        let mut write = Box::pin(write_half.write(b"one more"));
        // Both wait, for the same socket.
        assert!(poll(&reader, &mut read).is_pending() && poll(&writer, &mut write).is_pending());
        peer.write_all(b"hi")?;
        park_until_woken(reactor, &reader);
        assert_eq!(writer.wakes(), 0, "the writer was called although there is no room");
        assert!(poll(&reader, &mut read).is_ready());
        // The event was about reading. Whoever waits to write is still waiting, and is called when
        // there is room.
        peer.read_exact(&mut vec![0; written])?;
        park_until_woken(reactor, &writer);
        assert!(matches!(poll(&writer, &mut write), Poll::Ready(Ok(8))));
        Ok(())
    });
}

#[test]
fn the_halves_close_the_stream_one_by_one() {
    with_runtime(|runtime| {
        let (stream, mut peer) = connected(runtime)?;
        let registered = runtime.reactor().len();
        let (mut read_half, write_half): (ReadHalf, _) = stream.split();
        drop(write_half);
        assert_eq!(peer.read(&mut [0; 8])?, 0, "the peer is not told that nothing more comes");
        peer.write_all(b"still")?;
        assert_eq!(runtime.block_on(read_half.read(&mut [0; 8]))?, 5);
        assert_eq!(runtime.reactor().len(), registered);
        drop(read_half);
        assert_eq!(runtime.reactor().len(), registered - 1);
        Ok(())
    });
}
