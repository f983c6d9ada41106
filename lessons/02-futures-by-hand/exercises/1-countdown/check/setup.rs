//! What the tests stand on: read `../check.rs` first.

use super::*;

/// A countdown, and what it has announced. Boxed without its name: an answer may make it generic
/// over its closure.
pub struct Pad {
    pub(super) countdown: Pin<Box<dyn Future<Output = &'static str>>>,
    pub(super) announced: Journal,
    /// How often the countdown's closure is there, and one more.
    pub held: Rc<()>,
    pub(super) from: u32,
    pub(super) polls: u32,
}

pub fn count_from(from: u32) -> Pad {
    let (announced, held) = (Journal::new(), Rc::new(()));
    let (journal, one) = (announced.clone(), Rc::clone(&held));
    let announce = move |number: u32| {
        let _one = &one;
        journal.note(number);
    };
    let countdown = Box::pin(Countdown::new(from, announce));
    Pad { countdown, announced, held, from, polls: 0 }
}

impl Pad {
    pub(super) fn poll(&mut self) -> Poll<&'static str> {
        self.polls += 1;
        let poll = || self.countdown.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        caught(poll).unwrap_or_else(|panic| {
            panic!("poll {} of a countdown from {} {panic}", self.polls, self.from)
        })
    }

    /// Polls, and insists on one number and on `Pending`.
    #[track_caller]
    pub fn poll_announces(&mut self, number: u32, what: &str) {
        self.announced.take();
        let said = self.poll();
        let announced = self.announced.to_string();
        assert!(
            said.is_pending(),
            "{what} returned {said:?} and announced {announced}. It is too early: the poll that announces {number} \
             still returns Pending"
        );
        assert!(
            announced == number.to_string(),
            "{what} announced {announced}, and its turn was {number}. The numbers go down by one from poll to poll, and \
             each countdown stands at a place of its own"
        );
    }
}

/// Runs a test, and ends it in words if `poll` does not return.
pub fn limited(test: fn()) {
    watchdog(Duration::from_secs(5), "`Countdown`", test);
}
