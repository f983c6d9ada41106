//! Pending is a promise to call back.

fn main() {}
