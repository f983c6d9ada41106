//! What it takes to wait and to compute: one after the other, asking again and again, and with the
//! reactor. `just overlap`
//!
//! It says whether the reactor's total is within 15 % of the larger part, and fails if it is not.

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use shared::figures::measure::{Sample, thread_cpu_time};
use shared::figures::{Axis, Figures, Spread, Unit, write_if_asked};

use overlap::{ANSWER, Outcome, Work};
use slow_server::SlowServer;

#[path = "../src/overlap.rs"]
mod overlap;
#[path = "../src/slow_server.rs"]
#[allow(dead_code, reason = "the program of the lesson uses the rest")]
mod slow_server;

const ROUNDS: usize = 7;
const WAYS: [&str; 3] = ["in a row", "asking on", "with the reactor"];
const WORK: Work = Work { below: 2_000_000, pieces: 1_000 };
/// How many primes there are below two millions.
const PRIMES: u64 = 148_933;

fn main() -> io::Result<ExitCode> {
    slow_server::serve_if_asked();
    let delay = Duration::from_millis(500);
    let server = SlowServer::start(delay)?;
    let mut measured = Measured::default();
    // Once to warm up.
    Measured::default().round(&server)?;
    for _ in 0..ROUNDS {
        measured.round(&server)?;
    }
    let figures = measured.figures();
    println!("{figures}");
    write_if_asked(&[&figures])?;
    Ok(verdict(&figures))
}

#[derive(Default)]
struct Measured {
    waiting: Vec<Duration>,
    computing: Vec<Duration>,
    totals: [Vec<Duration>; 3],
    processor: [Vec<Duration>; 3],
    in_vain: [Vec<f64>; 3],
}

impl Measured {
    fn round(&mut self, server: &SlowServer) -> io::Result<()> {
        let address = server.address();
        self.way(0, || {
            let (outcome, [waiting, computing]) = overlap::in_a_row(address, WORK)?;
            Ok((outcome, Some([waiting, computing])))
        })?;
        self.way(1, || Ok((overlap::asking_on(address, WORK)?, None)))?;
        self.way(2, || Ok((overlap::together(address, WORK)?, None)))
    }

    fn way(
        &mut self,
        way: usize,
        work: impl FnOnce() -> io::Result<(Outcome, Option<[Duration; 2]>)>,
    ) -> io::Result<()> {
        let before = thread_cpu_time().unwrap_or_default();
        let (outcome, parts) = work()?;
        let spent = thread_cpu_time().unwrap_or_default() - before;
        assert_eq!((outcome.answer, outcome.primes), (ANSWER, PRIMES), "a wrong result");
        self.totals[way].push(outcome.total);
        self.processor[way].push(spent);
        self.in_vain[way].push(outcome.in_vain as f64);
        if let Some([waiting, computing]) = parts {
            self.waiting.push(waiting);
            self.computing.push(computing);
        }
        Ok(())
    }

    fn figures(self) -> Figures {
        let mut figures = Figures::bars("reactor-overlap", "Waiting and computing on one thread")
            .describe("How long it takes to get an answer from a slow server and to count primes, in three ways.")
            .x(Axis::new("way", Unit::count("")))
            .y(Axis::new("time", Unit::Time))
            .measured_by("cargo run --release -p lesson-08-reactor --example overlap -- --out docs/src/figures");
        let ways = self.totals.into_iter().zip(self.processor).zip(self.in_vain);
        for (way, ((totals, processor), in_vain)) in WAYS.into_iter().zip(ways) {
            figures.add("total", way, Spread::from(&Sample::new(totals)));
            figures.add("on a processor", way, Spread::from(&Sample::new(processor)));
            let name = format!("in vain, {way}");
            figures.fact(&name, Unit::count("times"), Spread::from_values(in_vain));
        }
        figures.fact("waiting", Unit::Time, Spread::from(&Sample::new(self.waiting)));
        figures.fact("computing", Unit::Time, Spread::from(&Sample::new(self.computing)));
        figures
    }
}

/// Whether the totals are what the chapter says of them.
fn verdict(figures: &Figures) -> ExitCode {
    let median = |name: &str| figures.find(name).expect("it was measured").0.median();
    let [waiting, computing] = ["waiting", "computing"].map(median);
    let above = |name: &str, part: f64| (median(&format!("total@{name}")) / part - 1.0) * 100.0;
    let sequential = above(WAYS[0], waiting + computing);
    let reactor = above(WAYS[2], waiting.max(computing));
    println!("in a row: {sequential:+.1} % against the sum of both parts");
    println!("with the reactor: {reactor:+.1} % against the larger part");
    if sequential.abs() <= 5.0 && reactor <= 15.0 {
        println!("both hold: within 5 % of the sum, within 15 % of the larger part");
        return ExitCode::SUCCESS;
    }
    println!("THIS DOES NOT HOLD: within 5 % of the sum, within 15 % of the larger part");
    ExitCode::FAILURE
}
