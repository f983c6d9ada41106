//! What the tests stand on: read `../check.rs` first.

use super::*;

#[global_allocator]
pub static ALLOCATOR: CountingAllocator = CountingAllocator;

/// What `next_frame` returns.
pub type Next = io::Result<Option<Vec<u8>>>;

/// Runs a scenario, and ends it if the answer blocks.
#[track_caller]
pub fn check(scenario: fn()) {
    watchdog(Duration::from_secs(5), "`next_frame`", scenario);
}

pub fn frame(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("the frames here are short");
    [&length.to_be_bytes(), content].concat()
}

/// A connection, and what is told about it if the answer goes wrong: what happened, and why it
/// matters.
pub struct Connection {
    pub(super) reader: FrameReader,
    pub(super) peer: Peer,
    pub(super) story: String,
    pub(super) why: &'static str,
}

impl Connection {
    pub(super) fn new(story: impl Into<String>, why: &'static str) -> Self {
        let (socket, peer) = Socket::new();
        Self { reader: FrameReader::new(socket), peer, story: story.into(), why }
    }

    /// What `next_frame` gives if nothing more comes but `pieces`: each time that it waits, the
    /// next one.
    #[track_caller]
    pub fn next(&mut self, pieces: &mut &[&[u8]]) -> Next {
        let Self { reader, peer, story, why } = self;
        let send = || pieces.split_off_first().map(|piece| peer.send(piece)).is_some();
        let report = Bounded::new().when_idle(send).run(reader.next_frame());
        let words = report.to_string();
        report.value.unwrap_or_else(|| panic!("{story}. `next_frame` was {words}. {why}"))
    }

    /// One poll of a new call, which is then given up.
    pub fn poll_once(&mut self) -> Poll<Next> {
        pin!(self.reader.next_frame()).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[track_caller]
    pub(super) fn gives(&mut self, expected: &[u8], pieces: &mut &[&[u8]]) {
        let next = self.next(pieces);
        let Self { story, why, .. } = self;
        assert!(
            matches!(&next, Ok(Some(frame)) if frame == expected),
            "{story}. `next_frame` gave {}, in place of {}. {why}",
            in_words(&next),
            in_words(&Ok(Some(expected.to_vec())))
        );
    }

    #[track_caller]
    pub(super) fn ends(&mut self) {
        let next = self.next(&mut &[][..]);
        let Self { story, why, .. } = self;
        assert!(
            matches!(next, Ok(None)),
            "{story}. `next_frame` gave {}, in place of `Ok(None)`, the end. {why}",
            in_words(&next)
        );
    }

    #[track_caller]
    pub(super) fn fails(&self, next: &Next, expected: ErrorKind) {
        let Self { story, why, .. } = self;
        assert!(
            matches!(next, Err(error) if error.kind() == expected),
            "{story}. `next_frame` gave {}, in place of the error `{expected:?}`. {why}",
            in_words(next)
        );
    }
}

pub fn in_words(next: &Next) -> String {
    match next {
        Ok(Some(frame)) if frame.len() > 40 => format!("a frame of {} bytes", frame.len()),
        Ok(Some(frame)) => format!("the frame \"{}\"", frame.escape_ascii()),
        Ok(None) => "`Ok(None)`, the end".to_owned(),
        Err(error) => format!("the error `{:?}`", error.kind()),
    }
}

/// Sends `pieces`, each when the reader waits or all of them at the start, and looks at what it
/// makes of them.
pub fn come_in(pieces: &[&[u8]], one_by_one: bool, contents: &[&[u8]]) {
    let sizes = sizes(pieces);
    let between = if one_by_one { ", with a would-block before each" } else { "" };
    let story = format!("the frames \"tea\", \"\" and \"cake and jam\" came in {sizes}{between}");
    let mut connection = Connection::new(story, "A read may end anywhere, and begin anywhere");
    let mut later = pieces;
    if !one_by_one {
        std::mem::take(&mut later).iter().for_each(|piece| connection.peer.send(piece));
    }
    contents.iter().for_each(|content| connection.gives(content, &mut later));
}

/// "one piece of 27 bytes", "pieces of 3, 4 and 20 bytes"
pub fn sizes(pieces: &[&[u8]]) -> String {
    let sizes: Vec<_> = pieces.iter().map(|piece| piece.len().to_string()).collect();
    match &sizes[..] {
        [size] => format!("one piece of {size} bytes"),
        [before @ .., last] => format!("pieces of {} and {last} bytes", before.join(", ")),
        [] => "no piece".to_owned(),
    }
}

/// From no bytes to 1,024.
pub fn long_content(number: usize) -> Vec<u8> {
    (0..=255).cycle().skip(number % 256).take(number * 37 % 1025).collect()
}

/// What a socket may fail with, beside `WouldBlock` and `Interrupted`. (Not `UnexpectedEof`: that
/// is the answer's own.)
pub const FAILURES: [ErrorKind; 7] = [
    ErrorKind::ConnectionReset,
    ErrorKind::ConnectionAborted,
    ErrorKind::BrokenPipe,
    ErrorKind::NotConnected,
    ErrorKind::TimedOut,
    ErrorKind::WriteZero,
    ErrorKind::OutOfMemory,
];
