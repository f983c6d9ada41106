//! Figures of every kind, made up.

use shared::figures::{Axis, Figures, Machine, Spread, Unit};

pub fn all() -> Vec<Figures> {
    vec![cost_grid(), timers(), totals(), answers(), zeros(), one(), depths()]
}

/// A machine that does not change.
pub fn machine() -> Machine {
    Machine {
        processor: "Example 3000 <fast> & cool".into(),
        cores: 2,
        system: "Linux x86_64".into(),
        rustc: "1.95.0".into(),
        profile: "release".into(),
    }
}

fn around(median: f64, rounds: usize) -> Spread {
    Spread::new(median, median * 0.93, median * 1.21, rounds)
}

/// Numbers on a linear axis, times on a logarithmic one, and what the chart does not show.
fn cost_grid() -> Figures {
    let mut figures = Figures::lines(
        "cost-grid",
        "What a call costs, by the way in which it is made, and by its depth",
    )
    .describe("The time per call against the depth of the calls, for each way of calling.")
    .x(Axis::new("depth", Unit::count("calls")))
    .y(Axis::new("time per call", Unit::Time).logarithmic())
    .measured_on("just cost-grid --out docs/src/figures", machine());
    for depth in [1_u32, 2, 4, 8, 10] {
        let deep = f64::from(depth);
        figures.add("plain calls", depth, around(0.31 * deep, 15));
        figures.add("awaited", depth, around(1.9 * deep, 15));
        figures.add("boxed", depth, around(21.0 * deep, 15));
        figures.add("spawned in a row", depth, around(92.0 * deep, 15));
        figures.add("spawned, nested", depth, around(131.0 * deep, 15));
    }
    figures.fact("task", Unit::Bytes, Spread::exactly(128.0));
    figures.fact("switch", Unit::Time, around(1_530.0, 9));
    figures
}

/// Growth on two logarithmic axes, and eight lines: as many as there may be.
fn timers() -> Figures {
    let mut figures = Figures::lines("timers", "How a timer's cost grows with their number")
        .describe("The time per operation against the number of timers that wait.")
        .x(Axis::new("timers waiting", Unit::count("timers")).logarithmic())
        .y(Axis::new("time per operation", Unit::Time).logarithmic())
        .measured_on("just timers", machine());
    for (place, operation) in ["insert", "cancel", "fire", "peek"].into_iter().enumerate() {
        for power in 3..=6 {
            let (at, part) = (10f64.powi(power), 20.0 + 16.0 * place as f64);
            figures.add(&format!("heap: {operation}"), at, around(part * f64::from(power), 7));
            figures.add(&format!("wheel: {operation}"), at, around(part + 5.0, 7));
        }
    }
    figures
}

/// Bars in groups.
fn totals() -> Figures {
    let mut figures =
        Figures::bars("totals", "One thread does in 1.1 s what takes 3 s one after another")
            .describe("The total time of three variants, for sockets, for timers, and for both.")
            .x(Axis::new("what is waited for", Unit::count("")))
            .y(Axis::new("total time", Unit::Time))
            .measured_on("just totals", machine());
    for (variant, [sockets, timers, both]) in [
        ("one after another", [1.02e9, 1.98e9, 3.0e9]),
        ("a thread each", [0.35e9, 1.01e9, 1.05e9]),
        ("reactor", [0.3e9, 1.0e9, 1.1e9]),
    ] {
        figures.add(variant, "sockets", around(sockets, 5));
        figures.add(variant, "timers", around(timers, 5));
        figures.add(variant, "sockets and timers", Spread::exactly(both));
    }
    figures
}

/// Bars of a single series, over numbers, in bytes.
fn answers() -> Figures {
    let mut figures = Figures::bars("answers", "Memory for each connection")
        .describe("Bytes for each connection that is held.")
        .x(Axis::new("connections", Unit::count("connections")))
        .y(Axis::new("memory", Unit::Bytes))
        .measured_on("just connections", machine());
    for (connections, bytes) in [(1_000_u32, 2_048.0), (10_000, 2_311.0), (100_000, 12_900.0)] {
        figures.add("held", connections, Spread::exactly(bytes));
    }
    figures
}

/// What a logarithmic axis has no place for.
fn zeros() -> Figures {
    let mut figures = Figures::lines("zeros", "Too quick to be measured")
        .describe("The time against the number of timers.")
        .x(Axis::new("timers", Unit::count("")).logarithmic())
        .y(Axis::new("time", Unit::Time).logarithmic());
    figures.add("cancel", 0_u32, Spread::exactly(3.0));
    figures.add("cancel", 10_u32, Spread::new(5.0, 0.0, 9.0, 3));
    figures.add("cancel", 100_u32, Spread::exactly(0.0));
    figures.add("cancel", 1_000_u32, Spread::exactly(7.0));
    figures.add("cancel", 10_000_u32, Spread::exactly(8.0));
    figures
}

/// A single figure.
fn one() -> Figures {
    let mut figures = Figures::lines("one", "One")
        .describe("One figure.")
        .x(Axis::new("depth", Unit::count("")))
        .y(Axis::new("allocations", Unit::count("allocations")));
    figures.add("the only one", 7_u32, Spread::exactly(2.0));
    figures
}

/// More numbers than are marked, and lines that lie on each other, on linear axes.
fn depths() -> Figures {
    let mut figures = Figures::lines("depths", "Polls, counted")
        .describe("Polls against the number of children.")
        .x(Axis::new("children", Unit::count("children")))
        .y(Axis::new("polls", Unit::count("polls")));
    for children in 1..=30 {
        figures.add("together", children, Spread::exactly(f64::from(children * (children + 3))));
        figures.add("together, with sets", children, Spread::exactly(f64::from(2 * children)));
        figures.add("spawned", children, Spread::exactly(f64::from(2 * children)));
    }
    figures
}
