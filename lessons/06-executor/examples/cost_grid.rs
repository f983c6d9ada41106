//! What one more level costs: a call, an await, an await in a box, a task; and the same in Python,
//! if `python3` is there.
//!
//! `just cost-grid` runs it, and `cargo run --release -p lesson-06-executor --example cost_grid`.
//! With `-- --out docs/src/figures` it writes the figures that the book shows.
//!
//! Each figure is the median of the rounds, with the smallest and the largest. In each round, every
//! cell of the grid is measured once, so that a change in the machine's speed hits all of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::pin::Pin;
use std::process::{Command, Stdio};
use std::time::Instant;

use executor::{Executor, JoinHandle, Spawner, yield_now};
use shared::figures::{Axis, Figures, Spread, Unit, write_if_asked};
use shared::narrate::{say, title};

const DEPTHS: [u32; 5] = [1, 2, 4, 8, 10];
const ROUNDS: usize = 301;
/// Few, so that most rounds are over before something else gets the processor.
const REPETITIONS: u32 = 200;

// ANCHOR: ways
#[inline(never)]
fn call(depth: u32) -> u32 {
    if depth == 1 { black_box(1) } else { 1 + black_box(call(depth - 1)) }
}

/// An async function per level: the size of a future is known when it is compiled, so it cannot
/// contain itself.
macro_rules! awaited {
    ($first:ident $(, $level:ident awaits $inner:ident)*) => {
        async fn $first() -> u32 { black_box(1) }
        $(async fn $level() -> u32 { black_box(1) + $inner().await })*
    };
}

awaited!(
    one, two awaits one, three awaits two, four awaits three, five awaits four, six awaits five,
    seven awaits six, eight awaits seven, nine awaits eight, ten awaits nine
);

fn boxed(depth: u32) -> Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(async move { if depth == 1 { black_box(1) } else { 1 + boxed(depth - 1).await } })
}

async fn in_a_row(spawner: &Spawner, depth: u32) -> u32 {
    let mut sum = 0;
    for _ in 0..depth {
        sum += spawner.spawn(async { black_box(1) }).await.expect("it does not panic");
    }
    sum
}

fn nested(spawner: Spawner, depth: u32) -> JoinHandle<u32> {
    let inner = spawner.clone();
    spawner.spawn(async move {
        if depth == 1 {
            return black_box(1);
        }
        1 + nested(inner, depth - 1).await.expect("it does not panic")
    })
}
// ANCHOR_END: ways

/// What was measured, by series and depth: nanoseconds for one repetition in each round.
type Cells = BTreeMap<(String, u32), Vec<f64>>;

fn main() -> Result<(), Box<dyn Error>> {
    title("The cost grid", "A call, an await, a box, a task: what one more level costs.");
    let mut cells = Cells::new();
    let mut turns = Vec::new();
    for round in 0..=ROUNDS {
        // The first round warms up.
        let measured = one_round();
        if round > 0 {
            measured
                .into_iter()
                .for_each(|(cell, nanos)| cells.entry(cell).or_default().push(nanos));
            turns.push(a_turn());
        }
    }
    let python = python(&mut cells);
    if let Err(reason) = &python {
        say(format_args!("Without Python's half: {reason}"));
    }
    let figures = figures(cells, turns, python.as_deref().unwrap_or("Python was not there"));
    say(&figures);
    Ok(write_if_asked(&[&figures])?)
}

fn one_round() -> Vec<((String, u32), f64)> {
    let executor = Executor::new();
    let spawner = executor.spawner();
    let mut measured = Vec::new();
    for depth in DEPTHS {
        let mut cell = |series: &str, nanos| measured.push(((series.to_owned(), depth), nanos));
        cell("plain calls", nanos(|| assert_eq!(call(black_box(depth)), depth)));
        cell("awaited", awaited(&executor, depth));
        cell("boxed", each(&executor, async || boxed(black_box(depth)).await, depth));
        cell("tasks in a row", each(&executor, async || in_a_row(&spawner, depth).await, depth));
        let nest = async || nested(spawner.clone(), depth).await.expect("it does not panic");
        cell("tasks nested", each(&executor, nest, depth));
        cell(WITHIN, within_a_task(&executor, depth));
    }
    measured
}

fn awaited(executor: &Executor, depth: u32) -> f64 {
    match depth {
        1 => each(executor, one, depth),
        2 => each(executor, two, depth),
        4 => each(executor, four, depth),
        8 => each(executor, eight, depth),
        10 => each(executor, ten, depth),
        other => unreachable!("no depth {other} in the grid"),
    }
}

/// The nanoseconds of one repetition of a piece of async code, within one `block_on`.
fn each(executor: &Executor, work: impl AsyncFn() -> u32, expected: u32) -> f64 {
    executor.block_on(async {
        let start = Instant::now();
        for _ in 0..REPETITIONS {
            assert_eq!(work().await, expected);
        }
        per_repetition(start)
    })
}

/// As tasks in a row, but it is a task that awaits them, and not the future of `block_on`.
fn within_a_task(executor: &Executor, depth: u32) -> f64 {
    let spawner = executor.spawner();
    let task = executor.spawn(async move {
        let start = Instant::now();
        for _ in 0..REPETITIONS {
            assert_eq!(in_a_row(&spawner, depth).await, depth);
        }
        per_repetition(start)
    });
    executor.block_on(task).expect("it does not panic")
}

fn nanos(work: impl Fn()) -> f64 {
    let start = Instant::now();
    (0..REPETITIONS).for_each(|_| work());
    per_repetition(start)
}

fn per_repetition(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e9 / f64::from(REPETITIONS)
}

/// A turn of the loop in which the root yields and nobody else is there.
fn a_turn() -> f64 {
    each(
        &Executor::new(),
        async || {
            yield_now().await;
            1
        },
        1,
    )
}

/// Runs Python's half of the grid and adds its cells. Returns which Python it was.
fn python(cells: &mut Cells) -> Result<String, String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/cost_grid.py");
    let depths = DEPTHS.map(|depth| depth.to_string());
    let output = Command::new("python3").arg(script).args(depths).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("python3 cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("python3 ended with {}", output.status));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let (version, lines) = text.split_once('\n').ok_or("python3 said nothing")?;
    for line in lines.lines() {
        let fields: Vec<_> = line.split('\t').collect();
        let [series, depth, nanos] = fields[..] else { return Err(format!("not a cell: {line}")) };
        let depth = depth.parse().map_err(|error| format!("{line}: {error}"))?;
        let nanos = nanos.parse().map_err(|error| format!("{line}: {error}"))?;
        cells.entry((format!("Python: {series}"), depth)).or_default().push(nanos);
    }
    Ok(version.to_owned())
}

fn figures(cells: Cells, turns: Vec<f64>, python: &str) -> Figures {
    let mut figures = Figures::lines("executor-cost-grid", "What one more level costs")
        .describe(format!("The time against the depth, for each way to go one level deeper, in Rust and in Python ({python})."))
        .x(Axis::new("depth", Unit::count("levels")))
        .y(Axis::new("time", Unit::Time).logarithmic())
        .measured_by("cargo run --release -p lesson-06-executor --example cost_grid -- --out docs/src/figures");
    let cell = |series: &str, depth, add: &mut dyn FnMut(Spread)| {
        let rounds = cells.get(&(series.to_owned(), depth));
        rounds.into_iter().for_each(|rounds| add(Spread::from_values(rounds.clone())));
    };
    for (series, depth) in LINES.iter().flat_map(|series| DEPTHS.map(|depth| (series, depth))) {
        cell(series, depth, &mut |spread| figures.add(series, depth, spread));
    }
    for (series, depth) in BESIDE.iter().flat_map(|series| DEPTHS.map(|depth| (series, depth))) {
        let name = format!("{series} {depth}");
        cell(series, depth, &mut |spread| figures.fact(&name, Unit::Time, spread));
    }
    figures.fact("a turn", Unit::Time, Spread::from_values(turns));
    figures
}

/// In the order of the legend.
const LINES: [&str; 8] = [
    "plain calls",
    "awaited",
    "boxed",
    "tasks in a row",
    "tasks nested",
    "Python: awaited nested",
    "Python: tasks in a row",
    "Python: tasks nested",
];

/// A chart has room for eight lines. These stand in the table beside it.
const BESIDE: [&str; 3] = [WITHIN, "Python: plain calls", "Python: awaited in a row"];
const WITHIN: &str = "in a row, by a task";
