use std::time::Duration;

use pinning::by_hand::timed;

fn may_move<T: Unpin>(_: &T) {}

fn main() {
    let clock = || Duration::ZERO;
    may_move(&timed(std::future::ready(7), clock));
    may_move(&timed(async { 7 }, clock));
}
