use std::cell::RefCell;
use std::thread;
use std::time::Duration;

use super::Recorder;

thread_local! {
    /// Who records that this thread parks.
    static RECORDER: RefCell<Option<Recorder>> = const { RefCell::new(None) };
}

impl Recorder {
    /// Does `work`, and records meanwhile when this thread parks by way of [`park`](super::park),
    /// and what is told to [`interest`](super::interest) and [`readiness`](super::readiness).
    ///
    /// It is for code that is handed no recorder, such as a `block_on` in a library.
    ///
    /// ```
    /// use shared::record::{Kind, Recorder, park};
    ///
    /// let recorder = Recorder::new();
    /// // It leaves a token, so that the first `park` returns at once.
    /// std::thread::current().unpark();
    /// recorder.on_this_thread(park);
    /// std::thread::current().unpark();
    /// park(); // The same as std's.
    ///
    /// let kinds: Vec<_> = recorder.timeline().events.into_iter().map(|event| event.kind).collect();
    /// assert_eq!(kinds, [Kind::Park, Kind::Unpark]);
    /// ```
    pub fn on_this_thread<T>(&self, work: impl FnOnce() -> T) -> T {
        let _before = Before(RECORDER.replace(Some(self.clone())));
        work()
    }
}

/// Puts back whoever recorded before, in a panic as well.
struct Before(Option<Recorder>);

impl Drop for Before {
    fn drop(&mut self) {
        RECORDER.set(self.0.take());
    }
}

/// Does what [`std::thread::park`] does. Within [`Recorder::on_this_thread`] it also records that
/// the thread parks, and that it is awake again.
#[track_caller]
pub fn park() {
    parked(thread::park);
}

/// Does what [`std::thread::park_timeout`] does, and records it as [`park`] does.
#[track_caller]
pub fn park_timeout(limit: Duration) {
    parked(|| thread::park_timeout(limit));
}

/// Records that this thread sleeps, around `sleep`: for code that sleeps in another way than by
/// `park`, such as in the kernel.
#[track_caller]
pub fn parked<T>(sleep: impl FnOnce() -> T) -> T {
    let recorder = on_this_thread();
    recorder.park();
    let slept = sleep();
    recorder.unpark();
    slept
}

/// Records, within [`Recorder::on_this_thread`], that the task being polled wants to know when a
/// source of I/O is ready. The name is built only there.
#[track_caller]
pub fn interest(source: impl FnOnce() -> String) {
    let recorder = on_this_thread();
    if recorder.is_on() {
        recorder.interest(&source());
    }
}

/// Records, within [`Recorder::on_this_thread`], that a source of I/O is ready. The name is built
/// only there.
#[track_caller]
pub fn readiness(source: impl FnOnce() -> String) {
    let recorder = on_this_thread();
    if recorder.is_on() {
        recorder.readiness(&source());
    }
}

/// Who records what this thread does, or one that is off.
fn on_this_thread() -> Recorder {
    // A thread that is being torn down may still do something.
    let recorder = RECORDER.try_with(|recorder| recorder.borrow().clone()).ok().flatten();
    recorder.unwrap_or_else(Recorder::off)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Kind;

    fn park_with_a_token() {
        thread::current().unpark();
        park();
    }

    fn parks(recorder: &Recorder) -> usize {
        recorder.timeline().events.iter().filter(|event| event.kind == Kind::Park).count()
    }

    #[test]
    fn the_innermost_recorder_takes_it_until_its_work_is_done() {
        let (outer, inner) = (Recorder::new(), Recorder::new());
        outer.on_this_thread(|| {
            inner.on_this_thread(park_with_a_token);
            park_with_a_token();
            park_with_a_token();
        });
        park_with_a_token();
        assert_eq!((parks(&outer), parks(&inner)), (2, 1));
    }

    #[test]
    fn after_a_panic_nobody_records_any_more() {
        let recorder = Recorder::new();
        let quiet = || recorder.on_this_thread(|| std::panic::resume_unwind(Box::new(())));
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(quiet)).is_err());
        park_with_a_token();
        assert_eq!(parks(&recorder), 0);
    }

    #[test]
    fn what_the_kernel_is_asked_and_answers_is_recorded() {
        let recorder = Recorder::new();
        let ask = || {
            interest(|| "socket 1".into());
            readiness(|| "socket 1".into());
        };
        recorder.on_this_thread(ask);
        interest(|| unreachable!("nobody records"));
        readiness(|| unreachable!("nobody records"));
        let events = recorder.timeline().events;
        let kinds: Vec<_> =
            events.iter().map(|event| (event.kind, event.text.as_deref())).collect();
        assert_eq!(
            kinds,
            [(Kind::Interest, Some("socket 1")), (Kind::Readiness, Some("socket 1"))]
        );
    }

    #[test]
    fn other_threads_are_not_recorded() {
        let recorder = Recorder::new();
        recorder.on_this_thread(|| thread::spawn(park_with_a_token).join().expect("it parks"));
        assert_eq!(parks(&recorder), 0);
    }

    #[test]
    fn the_place_is_where_park_was_called() {
        let recorder = Recorder::new();
        recorder.on_this_thread(|| {
            thread::current().unpark();
            let line = line!() + 1;
            park();
            let lines = recorder.timeline().events.into_iter().map(|event| event.position);
            let lines: Vec<_> = lines.map(|position| position.map(|at| at.line())).collect();
            assert_eq!(lines, [Some(line); 2]);
        });
    }
}
