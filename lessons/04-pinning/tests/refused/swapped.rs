use std::mem;
use std::pin::{Pin, pin};

fn main() {
    let (one, other) = (async_block(), async_block());
    let (one, other) = (pin!(one), pin!(other));
    exchange(one, other);
}

async fn async_block() {}

fn exchange<F: Future>(one: Pin<&mut F>, other: Pin<&mut F>) {
    mem::swap(&mut *one, &mut *other);
}
