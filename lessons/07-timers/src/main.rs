//! Shows sleeping as being in a data structure. Run it with `cargo lesson timers`.
fn main() {}
