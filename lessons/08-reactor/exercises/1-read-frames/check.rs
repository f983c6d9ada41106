//! Frames come out whole, however the stream is cut; the end, a lie about a length, and a call that
//! is given up are told apart.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::io::{self, ErrorKind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::FrameReader;
use shared::figures::alloc::CountingAllocator;
use shared::probe::{Bounded, Peer, Pollers, watchdog};

/// What the answer reads from.
use shared::probe::Socket;

use setup::*;

#[test]
fn a_frame_in_one_piece_is_given() {
    check(|| {
        let why = "Its length is 0, 0, 0, 9: the highest byte comes first";
        let mut connection = Connection::new("the frame \"green tea\" came in one piece", why);
        connection.peer.send(&frame(b"green tea"));
        connection.gives(b"green tea", &mut &[][..]);
    });
}

#[test]
fn while_nothing_comes_it_waits() {
    check(|| {
        let Connection { mut reader, peer, .. } = Connection::new("", "");
        let mut call = pin!(reader.next_frame());
        let mut cx = Context::from_waker(Waker::noop());
        let part = frame(b"green tea")[..8].to_vec();
        let events: [(&str, &dyn Fn()); 3] = [
            ("nothing has come yet", &|| ()),
            ("half a frame has come", &|| peer.send(&part)),
            ("a wake has come for nothing", &|| peer.hint()),
        ];
        for (story, happens) in events {
            happens();
            if let Poll::Ready(given) = call.as_mut().poll(&mut cx) {
                panic!(
                    "{story}, and `next_frame` gave {}. A read that says `WouldBlock` says \"nothing yet\": it is neither the end \
                     nor a failure",
                    in_words(&given)
                );
            }
            assert!(
                peer.reader_waits(),
                "{story}, and `next_frame` returned Pending without waiting in `readable()`: so either nobody will wake it when \
                 the rest comes, or it is woken all the time"
            );
        }
    });
}

#[test]
fn a_frame_that_comes_byte_by_byte_is_the_same() {
    check(|| {
        let story = "the frame \"green tea\" came byte by byte, with a would-block before each";
        let why = "Each read goes on behind what the reads before it have brought";
        let bytes = frame(b"green tea");
        let pieces: Vec<_> = bytes.chunks(1).collect();
        Connection::new(story, why).gives(b"green tea", &mut &pieces[..]);
    });
}

#[test]
fn frames_that_come_together_are_given_one_by_one() {
    check(|| {
        let story = "the frames \"tea\", \"cake\" and \"jam\" came in one piece";
        let why =
            "What was read with the frame before belongs to the next ones: nothing more will come";
        let mut connection = Connection::new(story, why);
        connection.peer.send(&[frame(b"tea"), frame(b"cake"), frame(b"jam")].concat());
        for (expected, so_far) in
            [(&b"tea"[..], "one of them was"), (b"cake", "two of them were"), (b"jam", "all were")]
        {
            connection.gives(expected, &mut &[][..]);
            connection.story = format!("{story}, and {so_far} given");
        }
    });
}

#[test]
fn an_empty_frame_is_a_frame() {
    check(|| {
        let story = "a frame of length 0 came, and then the frame \"tea\"";
        let why = "A message without content is a message: the end of the stream is another thing";
        let mut connection = Connection::new(story, why);
        connection.peer.send(&[frame(b""), frame(b"tea")].concat());
        connection.gives(b"", &mut &[][..]);
        connection.gives(b"tea", &mut &[][..]);
    });
    check(|| {
        let story = "the frame \"tea\" came, then a frame of length 0, and no more";
        let why =
            "An empty frame is whole as soon as its length is there: nothing has to come behind it";
        let mut connection = Connection::new(story, why);
        connection.peer.send(&[frame(b"tea"), frame(b"")].concat());
        connection.gives(b"tea", &mut &[][..]);
        connection.gives(b"", &mut &[][..]);
        connection.peer.end();
        connection.ends();
    });
}

#[test]
fn however_the_stream_is_cut_the_frames_are_the_same() {
    check(|| {
        let contents = [&b"tea"[..], b"", b"cake and jam"];
        let stream = contents.map(frame).concat();
        for first in 0..=stream.len() {
            for second in first..=stream.len() {
                let mut pieces = vec![&stream[..first], &stream[first..second], &stream[second..]];
                pieces.retain(|piece| !piece.is_empty());
                come_in(&pieces, true, &contents);
                come_in(&pieces, false, &contents);
            }
        }
    });
}

#[test]
fn the_end_between_two_frames_is_the_end() {
    check(|| {
        let story = "nothing came, and then the end of the stream";
        let why = "A peer that has nothing to say may close the connection";
        let mut connection = Connection::new(story, why);
        assert!(connection.poll_once().is_pending(), "nothing came, and `next_frame` was ready");
        connection.peer.end();
        connection.ends();
    });
    check(|| {
        let story = "the frames \"tea\" and \"cake\" came, and then the end of the stream";
        let why = "What came before the end is to be given before it";
        let mut connection = Connection::new(story, why);
        connection.peer.send(&[frame(b"tea"), frame(b"cake")].concat());
        connection.peer.end();
        connection.gives(b"tea", &mut &[][..]);
        connection.gives(b"cake", &mut &[][..]);
        connection.ends();
    });
}

#[test]
fn the_end_within_a_frame_is_an_error() {
    check(|| {
        let whole = frame(b"tea");
        for length in 1..whole.len() {
            let why = "Whoever takes this for a clean end believes that it has got everything";
            for before in 0..=2 {
                let story = match before {
                    0 => format!("{length} of a frame's 7 bytes came"),
                    _ => format!(
                        "{before} of the frames \"cake\" came, then {length} of a frame's 7 bytes"
                    ),
                };
                let story = format!("{story}, and then the end of the stream");
                let mut connection = Connection::new(story, why);
                (0..before).for_each(|_| connection.peer.send(&frame(b"cake")));
                connection.peer.send(&whole[..length]);
                (0..before).for_each(|_| connection.gives(b"cake", &mut &[][..]));
                assert!(
                    connection.poll_once().is_pending(),
                    "{length} of a frame's 7 bytes came, and `next_frame` was ready"
                );
                connection.peer.end();
                let next = connection.next(&mut &[][..]);
                connection.fails(&next, ErrorKind::UnexpectedEof);
            }
        }
    });
}

#[test]
fn a_length_that_is_too_large_is_refused_at_once() {
    check(|| {
        for length in [1 << 26, 1025, u32::MAX] {
            let story =
                format!("a frame was announced with {length} bytes, and none of them has come");
            let why = "A length is a claim: it is to be judged before it is believed";
            let mut connection = Connection::new(story, why);
            connection.peer.send(&length.to_be_bytes());
            let (polled, asked) = shared::figures::alloc::count(|| connection.poll_once());
            assert!(
                asked.bytes < 1 << 20,
                "{}. `next_frame` set {} bytes aside: four bytes from anybody fill the server's memory",
                connection.story,
                asked.bytes
            );
            let Poll::Ready(next) = polled else {
                panic!(
                    "{}. `next_frame` waits for them, although no frame may be longer than 1,024 bytes. {why}",
                    connection.story
                );
            };
            connection.fails(&next, ErrorKind::InvalidData);
        }
    });
    check(|| {
        let story = "the frame \"tea\" came, and behind it a length of 1,025, in one piece";
        let why = "What came whole is to be given before an error that came behind it";
        let mut connection = Connection::new(story, why);
        connection.peer.send(&[&frame(b"tea")[..], &1025_u32.to_be_bytes()].concat());
        connection.gives(b"tea", &mut &[][..]);
        let Poll::Ready(next) = connection.poll_once() else {
            panic!("{story}. \"tea\" was given, and then `next_frame` waits for the 1,025 bytes")
        };
        connection.fails(&next, ErrorKind::InvalidData);
    });
}

#[test]
fn the_longest_frame_is_not_too_long() {
    check(|| {
        let content: Vec<u8> = (0..=255).cycle().take(1024).collect();
        let story = "a frame of 1,024 bytes came, which is the longest that there may be";
        let mut connection = Connection::new(story, "All of its bytes are wanted, and in order");
        connection.peer.send(&frame(&content));
        connection.gives(&content, &mut &[][..]);
    });
}

#[test]
fn a_long_conversation_goes_on_to_its_end() {
    const FRAMES: usize = 500;
    fn converse(story: &str, pieces: &[&[u8]], mut later: &[&[u8]]) -> i64 {
        let why = "The room that a frame took is free for the next ones, and what stands behind a frame is no part of it";
        let mut connection = Connection::new("", why);
        pieces.iter().for_each(|piece| connection.peer.send(piece));
        let ((), asked) = shared::figures::alloc::count(|| {
            for number in 0..FRAMES {
                let content = long_content(number);
                connection.story = format!(
                    "{FRAMES} frames came {story}, and {number} of them were given; the next one has {} bytes",
                    content.len()
                );
                connection.gives(&content, &mut later);
            }
        });
        asked.kept()
    }
    check(|| {
        let stream: Vec<_> = (0..FRAMES).flat_map(|number| frame(&long_content(number))).collect();
        converse("in one piece", &[&stream], &[]);
        let pieces: Vec<_> = stream.chunks(700).collect();
        let story = "in pieces of 700 bytes, with a would-block before each";
        let kept = converse(story, &[], &pieces);
        assert!(
            kept < 1 << 17,
            "{FRAMES} frames came {story}, {} bytes in all. Each was given, and then {kept} bytes were still set aside: what was \
             given has to leave the buffer, for a connection may last for months",
            stream.len(),
        );
    });
}

#[test]
fn an_interrupted_read_is_tried_again() {
    check(|| {
        let why = "`Interrupted` says that nothing was read, and no more";
        let bytes = frame(b"tea");
        for cut in 1..bytes.len() {
            let story = format!(
                "a frame came in {}, and before each piece and before the end of the stream three reads were interrupted by signals",
                sizes(&[&bytes[..cut], &bytes[cut..]])
            );
            let mut connection = Connection::new(story, why);
            let interrupt = |peer: &Peer| {
                (0..3).for_each(|_| peer.read_fails(ErrorKind::Interrupted));
            };
            for piece in [&bytes[..cut], &bytes[cut..]] {
                interrupt(&connection.peer);
                connection.peer.send(piece);
            }
            interrupt(&connection.peer);
            connection.peer.end();
            connection.gives(b"tea", &mut &[][..]);
            connection.ends();
        }
    });
}

#[test]
fn an_error_of_the_socket_is_passed_on() {
    check(|| {
        let why = "Whoever waits has to learn what went wrong";
        for (kind, part) in FAILURES.into_iter().flat_map(|kind| [0, 2, 5].map(|part| (kind, part)))
        {
            let whole = frame(b"tea");
            let mut connection = Connection::new(
                format!("{part} of a frame's 7 bytes came, and then a read failed with `{kind:?}`"),
                why,
            );
            connection.peer.send(&whole[..part]);
            connection.peer.read_fails(kind);
            let next = connection.next(&mut &[][..]);
            connection.fails(&next, kind);
        }
    });
    check(|| {
        let why = "What came before an error is to be given before it: behind an error, hardly anybody asks again";
        for kind in FAILURES {
            let story = format!(
                "the frames \"tea\" and \"cake\" came, and then a read failed with `{kind:?}`"
            );
            let mut connection = Connection::new(story, why);
            connection.peer.send(&[frame(b"tea"), frame(b"cake")].concat());
            connection.peer.read_fails(kind);
            connection.gives(b"tea", &mut &[][..]);
            connection.gives(b"cake", &mut &[][..]);
            let next = connection.next(&mut &[][..]);
            connection.fails(&next, kind);
        }
    });
    check(|| {
        let why = "Whoever takes a wait that has failed for one that is over never learns what went wrong";
        for (kind, part) in FAILURES.into_iter().flat_map(|kind| [0, 2, 5].map(|part| (kind, part)))
        {
            let story = format!(
                "{part} of a frame's 7 bytes came, and then the wait for the rest failed with `{kind:?}`"
            );
            let mut connection = Connection::new(story, why);
            connection.peer.send(&frame(b"tea")[..part]);
            connection.peer.wait_fails(kind);
            let next = connection.next(&mut &[][..]);
            connection.fails(&next, kind);
        }
    });
}

#[test]
fn it_is_woken_in_the_task_that_polled_last() {
    check(|| {
        for pollers in Pollers::orders() {
            let Connection { mut reader, peer, .. } = Connection::new("", "");
            let whole = frame(b"tea");
            let mut call = pin!(reader.next_frame());
            pollers.poll(|cx| call.as_mut().poll(cx));
            peer.send(&whole[..2]);
            pollers.expect_last_woken("half of a length came");
            pollers.poll(|cx| call.as_mut().poll(cx));
            peer.send(&whole[2..]);
            pollers.expect_last_woken("the rest of the frame came");
        }
    });
}

#[test]
fn a_call_that_is_given_up_loses_nothing() {
    check(|| {
        let whole = frame(b"tea");
        for length in 1..whole.len() {
            let story = format!(
                "{length} of the 7 bytes of the frame \"tea\" came, and a call of `next_frame` was dropped while it waited for the \
                 others; then these came, and the frame \"cake\""
            );
            let why = "The next call goes on with those first bytes: they have to outlive the call that read them";
            let mut connection = Connection::new(story, why);
            connection.peer.send(&whole[..length]);
            assert!(
                connection.poll_once().is_pending(),
                "{length} of a frame's 7 bytes came, and `next_frame` was ready"
            );
            connection.peer.send(&[&whole[length..], &frame(b"cake")].concat());
            connection.gives(b"tea", &mut &[][..]);
            connection.gives(b"cake", &mut &[][..]);
        }
    });
    check(|| {
        let whole = frame(b"tea");
        for (calls, how) in [
            (6, "each time, a call of `next_frame` was polled and dropped"),
            (1, "one call of `next_frame` was polled each time, and dropped in the end"),
        ] {
            let story = format!(
                "6 of the 7 bytes of the frame \"tea\" came, one at a time; {how}; then the last one came"
            );
            let why = "The next call goes on with all that came before, however many calls and waits there were";
            let Connection { mut reader, peer, .. } = Connection::new("", "");
            for bytes in whole[..6].chunks(6 / calls) {
                // One that is dropped before its first poll.
                drop(reader.next_frame());
                let mut call = pin!(reader.next_frame());
                for &byte in bytes {
                    peer.send(&[byte]);
                    let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                    assert!(polled.is_pending(), "{story}. Before that, `next_frame` was ready");
                }
            }
            peer.send(&whole[6..]);
            let mut connection = Connection { reader, peer, story, why };
            connection.gives(b"tea", &mut &[][..]);
        }
    });
}
