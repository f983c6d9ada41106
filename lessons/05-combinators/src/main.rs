//! A scaffold.

fn main() {}
