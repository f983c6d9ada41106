//! The timelines by which the writers are tested, to be looked at.
//!
//! `cargo run -p shared --example timelines -- --timeline text --run ping`, and the same with `svg
//! --out FILE`.

#[path = "../tests/timelines/scenarios.rs"]
mod scenarios;

use shared::record::timeline_if_asked;

fn main() {
    timeline_if_asked(&scenarios::ALL);
    eprintln!("ask for a timeline: --timeline text|svg|chrome|json [--run NAME] [--out FILE]");
}
