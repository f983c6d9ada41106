//! What happens when somebody breaks the rules, or panics.

use std::fmt;
use std::future::{pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures_by_hand::{CallTree, Sum, countdown, map, poll_once, then, yield_now};

#[test]
#[should_panic(expected = "`Map` polled after completion")]
fn a_finished_map_panics() {
    let mut future = map(ready(1), |value| value);
    assert!(poll_once(&mut future).is_ready());
    let _ = poll_once(&mut future);
}

#[test]
#[should_panic(expected = "`Then` polled after completion")]
fn a_finished_then_panics() {
    let mut future = then(ready(1), ready);
    assert!(poll_once(&mut future).is_ready());
    let _ = poll_once(&mut future);
}

#[test]
#[should_panic(expected = "`Sum` polled after completion")]
fn a_finished_sum_panics() {
    let mut future = Sum::new(0, 0);
    assert!(poll_once(&mut future).is_ready());
    let _ = poll_once(&mut future);
}

#[test]
fn the_leaves_stay_ready() {
    let (mut yielded, mut counted) = (yield_now(), countdown(0));
    assert!(poll_once(&mut yielded).is_pending());
    for _ in 0..2 {
        assert!(poll_once(&mut yielded).is_ready());
        assert!(poll_once(&mut counted).is_ready());
    }
}

#[test]
#[should_panic(expected = "from the closure")]
fn a_panic_comes_up_to_whoever_polls() {
    let mut future = map(ready(()), |()| -> u32 { panic!("from the closure") });
    let _ = poll_once(&mut future);
}

#[test]
fn a_value_that_writes_into_the_tree_while_it_is_shown_does_no_harm() {
    struct Chatty(CallTree);
    impl fmt::Debug for Chatty {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.note("shown");
            f.write_str("Chatty")
        }
    }
    let tree = CallTree::new();
    let mut future = tree.watch("talk", ready(Chatty(tree.clone())));
    assert!(poll_once(&mut future).is_ready());
    assert_eq!(tree.take(), ["talk polled", "shown", "talk: Ready(Chatty)"]);
}

#[test]
fn a_panic_leaves_the_call_tree_at_its_depth() {
    let tree = CallTree::new();
    let mut bad = tree.watch("bad", async { panic!("half-way down") });
    assert!(catch_unwind(AssertUnwindSafe(|| poll_once(&mut bad))).is_err());
    let mut good = tree.watch("good", pending::<()>());
    assert!(poll_once(&mut good).is_pending());
    assert_eq!(tree.take(), ["bad polled", "good polled", "good: Pending"]);
}
