use std::time::Duration;

use pinning::by_hand::timed;

fn may_move<T: Unpin>(_: &T) {}

fn clock() -> Duration {
    Duration::ZERO
}

async fn seven() -> u32 {
    7
}

fn main() {
    may_move(&timed(std::future::ready(7), clock));
    may_move(&timed(seven(), clock));
}
