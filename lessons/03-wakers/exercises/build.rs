//! Gives every exercise its `answer.rs`.

fn main() {
    starters::prepare();
}
