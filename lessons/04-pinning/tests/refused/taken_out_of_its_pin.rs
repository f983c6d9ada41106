use std::pin::pin;

async fn seven() -> u32 {
    7
}

fn main() {
    let future = pin!(seven());
    let moved = *future;
    wakers::block_on(moved);
}
