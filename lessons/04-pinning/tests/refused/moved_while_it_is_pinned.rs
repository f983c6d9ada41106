use std::pin::pin;

fn main() {
    let future = async { 7 };
    let pinned = pin!(future);
    let moved = future;
    wakers::block_on(pinned);
    wakers::block_on(moved);
}
