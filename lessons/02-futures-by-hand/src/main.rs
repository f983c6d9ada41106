//! A future is a generator with one word for "not yet".

fn main() {}
