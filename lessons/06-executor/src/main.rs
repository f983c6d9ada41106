//! Shows an executor at work. Run it with `cargo lesson executor`.
fn main() {}
