//! The scenes about functions that call themselves, and functions that are given one.

use std::pin::pin;
use std::task::Poll;

use combinators::{Folder, retry};
use futures_by_hand::poll_once;
use shared::figures::alloc::count;
use shared::narrate::VirtualClock;
use shared::narrate::{fact, say, scene, table};

use crate::{run, timed, wait};

// ANCHOR: folders
pub fn a_function_that_calls_itself() {
    scene("A function that calls itself");
    say("Fifteen folders, on four levels. To read one takes a second.");
    let root = tree(4);
    let rows = [
        timed("one by one, each in a box", async |clock| {
            let read = async |folder: &Folder| read(clock, folder).await;
            assert_eq!(root.size_one_by_one(&read).await, 15);
        }),
        timed("each level at once, with join_all", async |clock| {
            let read = async |folder: &Folder| read(clock, folder).await;
            assert_eq!(root.size(&read).await, 15);
        }),
    ];
    table(&["how", "seconds", "polls of the task"], &rows);

    let at_once = async |folder: &Folder| folder.bytes;
    let mut size = pin!(root.size_one_by_one(&at_once));
    let (state, allocated) = count(|| poll_once(&mut size));
    assert_eq!(state, Poll::Ready(15));
    fact("allocations, one by one", allocated.allocations);
}

async fn read(clock: &VirtualClock, folder: &Folder) -> u64 {
    wait(clock, 1).await;
    folder.bytes
}

/// A folder of one byte with two such folders in it, and so on, this many levels deep.
fn tree(levels: u32) -> Folder {
    let below = if levels == 1 { 0 } else { 2 };
    Folder { bytes: 1, folders: (0..below).map(|_| tree(levels - 1)).collect() }
}
// ANCHOR_END: folders

// ANCHOR: closure
pub fn a_closure_that_awaits() {
    scene("A closure that awaits");
    say("A server is busy twice. Between two attempts, the closure waits twice as long as before.");
    let clock = VirtualClock::new();
    let mut log = Vec::new();
    let answer = retry(5, async |failures| {
        if failures > 0 {
            wait(&clock, 2u32.pow(failures)).await;
        }
        log.push(clock.now().as_secs());
        if failures < 2 { Err("busy") } else { Ok("42") }
    });
    let answer = run(&clock, answer).expect_ready();
    fact("the answer", format_args!("{answer:?}"));
    fact("attempts at second", format_args!("{log:?}"));
}
// ANCHOR_END: closure
