use pinning::Reader;
use std::pin::Pin;

fn may_move<T: Unpin>(value: &mut T) -> Pin<&mut T> {
    Pin::new(value)
}

fn main() {
    let mut reader = Reader::new(*b"pinning!");
    let _ = may_move(&mut reader).read();
}
