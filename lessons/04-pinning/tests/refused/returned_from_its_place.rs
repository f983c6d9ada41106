use std::pin::{Pin, pin};

fn pinned() -> Pin<&'static mut impl Future<Output = u32>> {
    pin!(async { 7 })
}

fn main() {
    wakers::block_on(pinned());
}
