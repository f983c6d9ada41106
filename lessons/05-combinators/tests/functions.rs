//! Functions that call themselves, and functions that take one.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use combinators::{Folder, retry};
use shared::narrate::VirtualClock;
use shared::probe::{Bounded, Scripted};

const SECOND: Duration = Duration::from_secs(1);

/// A folder with two folders in it, and so on, `depth` levels deep.
fn tree(depth: u32) -> Folder {
    let folders = if depth == 1 { vec![] } else { vec![tree(depth - 1), tree(depth - 1)] };
    Folder { bytes: 1, folders }
}

#[test]
fn a_tree_is_read_whole_either_way_and_level_by_level_at_the_same_time() {
    let root = tree(4);
    for (at_once, seconds) in [(false, 15), (true, 4)] {
        let clock = VirtualClock::new();
        let read = async |folder: &Folder| {
            clock.sleep(SECOND).await;
            folder.bytes
        };
        let size = async {
            if at_once { root.size(&read).await } else { root.size_one_by_one(&read).await }
        };
        let report = Bounded::new().when_idle(|| clock.advance_to_next()).run(size);
        assert_eq!(report.expect_ready(), 15);
        assert_eq!(clock.now(), seconds * SECOND);
    }
}

#[test]
fn a_success_ends_the_attempts() {
    let attempts = Cell::new(0);
    let answer = retry(5, async |failures| {
        attempts.set(attempts.get() + 1);
        if failures < 2 { Err("busy") } else { Ok(failures) }
    });
    assert_eq!(Bounded::new().run(answer).expect_ready(), Ok(2));
    assert_eq!(attempts.get(), 3);
}

#[test]
fn the_last_error_is_the_answer_when_nothing_succeeds() {
    for retries in [0, 1, 3] {
        let attempts = RefCell::new(Vec::new());
        let answer = retry(retries, async |failures| {
            attempts.borrow_mut().push(failures);
            Err::<(), _>(failures)
        });
        assert_eq!(Bounded::new().run(answer).expect_ready(), Err(retries));
        assert!(attempts.into_inner().into_iter().eq(0..=retries));
    }
}

#[test]
fn the_closure_may_keep_what_it_changes_across_an_await() {
    let mut log = Vec::new();
    let answer = retry(2, async |failures| {
        log.push(format!("{failures} begins"));
        Scripted::new("wait", 1, ()).0.await;
        log.push(format!("{failures} ends"));
        Err::<(), ()>(())
    });
    assert_eq!(Bounded::new().run(answer).expect_ready(), Err(()));
    assert_eq!(log, ["0 begins", "0 ends", "1 begins", "1 ends", "2 begins", "2 ends"]);
}
