//! A waker from a table of functions: it rings a bell, and every reference to the bell is released
//! once.

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

use std::mem::{self, ManuallyDrop};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::task::Waker;
use std::thread;

use answer::waker;
use shared::figures::alloc::{self, CountingAllocator};
use shared::narrate::Random;
use shared::probe::{times as spoken, unexplained, uses};

/// For the answer.
pub use setup::Bell;
use setup::*;

#[test]
fn a_wake_rings_the_bell() {
    let bell = bell();
    waker(Arc::clone(&bell)).wake();
    must_have_rung(&bell, 1, "the waker was called by value");
}

#[test]
fn a_wake_by_reference_rings_the_bell() {
    let bell = bell();
    let waker = waker(Arc::clone(&bell));
    waker.wake_by_ref();
    waker.wake_by_ref();
    must_have_rung(&bell, 2, "the waker was called twice by reference");
}

#[test]
fn a_waker_gives_its_reference_back_when_it_is_dropped() {
    let bell = bell();
    let waker = waker(Arc::clone(&bell));
    must_be_held(&bell, "a waker was made");
    drop(waker);
    must_be_free(&bell, "a waker was made, and dropped");
    must_have_rung(&bell, 0, "the waker was not called");
}

#[test]
fn a_clone_holds_a_reference_of_its_own() {
    let bell = bell();
    let waker = waker(Arc::clone(&bell));
    let copy = waker.clone();
    drop(copy);
    must_be_held(&bell, "a waker was cloned, and the clone was dropped");
    drop(waker);
    must_be_free(&bell, "a waker was cloned, and both were dropped");
}

#[test]
fn a_wake_by_value_gives_the_reference_back() {
    let bell = bell();
    waker(Arc::clone(&bell)).wake();
    must_be_free(&bell, "a waker was used up by `wake`, after which nobody drops it");
}

#[test]
fn a_wake_by_reference_keeps_the_reference() {
    let bell = bell();
    let waker = waker(Arc::clone(&bell));
    waker.wake_by_ref();
    must_be_held(&bell, "a waker was called by reference");
    drop(waker);
    must_be_free(&bell, "a waker was called by reference, and dropped");
}

#[test]
fn the_bell_is_there_while_it_rings() {
    // No spare references here. The weak one keeps the memory, so that a bell that is gone can say
    // so.
    let bell = Arc::new(Bell::default());
    let memory = Arc::downgrade(&bell);
    let last = waker(bell);
    last.wake_by_ref();
    last.wake();
    let left = memory.strong_count();
    assert!(
        left == 0,
        "the last waker was called, first by reference and then by value, and {left} of its references did not come back"
    );
}

#[test]
fn the_last_waker_ends_the_bell() {
    for how in ["dropped", "called by value"] {
        let bell = Arc::new(Bell::default());
        let life = Arc::clone(&bell.life);
        // The memory is freed here, and not by the answer: it may have a wrong notion of its size.
        let memory = Arc::downgrade(&bell);
        let last = waker(bell);
        if how == "dropped" {
            drop(last);
        } else {
            last.wake();
        }
        let (left, lives) = (memory.strong_count(), Arc::strong_count(&life) > 1);
        assert!(
            left == 0,
            "the last waker was {how}, and {left} of its references did not come back"
        );
        assert!(
            !lives,
            "the last waker was {how}, its reference came back, and the bell's destructor has not run: it was an `Arc` of another type. \
             `Arc::from_raw` takes the type from the pointer, and an `Arc<()>` ends a `()`. What the bell owns is leaked, and its memory is \
             freed as if it were smaller. First give the pointer its type again"
        );
    }
}

#[test]
fn a_clone_says_that_it_wakes_the_same_task() {
    let (bell, other) = (bell(), bell());
    let (waker, stranger) = (waker(Arc::clone(&bell)), waker(Arc::clone(&other)));
    assert!(
        waker.will_wake(&waker.clone()),
        "`will_wake` of a waker and its clone is false. It compares the two data pointers, and the addresses of the two tables: \
         executors ask it in order to save a clone"
    );
    assert!(
        !waker.will_wake(&stranger),
        "`will_wake` is true for the wakers of two different bells"
    );
}

#[test]
fn wakers_may_be_used_on_other_threads() {
    let bell = bell();
    let waker = waker(Arc::clone(&bell));
    thread::scope(|scope| {
        for _ in 0..4 {
            let copy = waker.clone();
            scope.spawn(move || copy.wake());
        }
    });
    drop(waker);
    must_have_rung(&bell, 4, "four clones were called on four threads");
    must_be_free(&bell, "four clones were called on four threads, and the waker was dropped");
}

#[test]
fn many_clones_hold_the_bell() {
    // More than two bytes can count. Once one is freed too early, those that are left must not be
    // used any more, nor dropped.
    const CLONES: usize = 65_546;
    let bell = bell();
    let first = waker(Arc::clone(&bell));
    let mut alive = ManuallyDrop::new(vec![first; CLONES + 1]);
    while alive.len() > 1 {
        drop(alive.pop());
        must_be_held(&bell, "a waker was cloned 65,546 times, and the clones are being dropped");
    }
    drop(ManuallyDrop::into_inner(alive));
    must_be_free(&bell, "a waker was cloned 65,546 times, and all were dropped");
}

#[test]
fn nothing_of_its_own_is_left() {
    let bell = bell();
    let life = || {
        let waker = waker(Arc::clone(&bell));
        let copy = waker.clone();
        waker.wake_by_ref();
        copy.wake();
        drop(waker);
    };
    // Once before, for what is allocated only once.
    life();
    let ((), count) = alloc::count(|| (0..100).for_each(|_| life()));
    must_be_free(&bell, "wakers were made, cloned, called and dropped");
    assert!(
        count.kept() <= 0,
        "a waker was made, cloned, called and dropped, 100 times. The bell's references are back, and {} bytes of what the answer has allocated are \
         still in use: the last waker has to free what was allocated for it",
        count.kept()
    );
}

#[test]
fn after_any_life_every_reference_is_back() {
    let mut random = Random::seeded(3);
    let bell = bell();
    let mut alive: Vec<Waker> = vec![waker(Arc::clone(&bell))];
    let mut rings = 0;
    for _ in 0..200 {
        let one = random.below(alive.len() as u64) as usize;
        match random.below(4) {
            0 | 1 if alive.len() < 8 => alive.push(alive[one].clone()),
            choice if choice == 0 || alive.len() == 1 => {
                alive[one].wake_by_ref();
                rings += 1;
            }
            2 => {
                alive.swap_remove(one).wake();
                rings += 1;
            }
            _ => drop(alive.swap_remove(one)),
        }
        must_be_held(&bell, "wakers were cloned, called and dropped in a mixed order");
        must_have_rung(&bell, rings, "wakers were cloned, called and dropped in a mixed order");
    }
    alive.clear();
    must_be_free(&bell, "wakers were cloned, called and dropped in a mixed order");
}

#[test]
fn the_waker_does_without_the_wake_trait() {
    if let Some(path) = uses(include_str!("answer.rs"), &["std::task::Wake"]) {
        panic!(
            "the answer uses `{path}`: where a type implements `Wake`, the standard library writes the table. Here it is for you to \
             write: the four functions below `VTABLE`"
        );
    }
}

#[test]
fn every_unsafe_block_says_who_holds_the_reference() {
    if let Some(line) = unexplained(include_str!("answer.rs")) {
        panic!(
            "the `unsafe` block in line {line} of the answer has no comment that begins with `SAFETY:`. Write above it who holds the \
             reference: where you find no words for it, look again"
        );
    }
}
