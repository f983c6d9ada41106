use std::pin::pin;

fn main() {
    let future = pin!(async { 7 });
    let moved = *future;
    wakers::block_on(moved);
}
