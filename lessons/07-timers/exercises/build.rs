//! Gives every exercise its `answer.rs`.

fn main() {
    shared::exercises::prepare();
}
