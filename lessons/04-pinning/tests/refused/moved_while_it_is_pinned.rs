use std::pin::pin;

async fn seven() -> u32 {
    7
}

fn main() {
    let future = seven();
    let pinned = pin!(future);
    let moved = future;
    wakers::block_on(pinned);
    wakers::block_on(moved);
}
