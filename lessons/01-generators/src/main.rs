//! A function that can stop half-way is a value you can store.

fn main() {}
