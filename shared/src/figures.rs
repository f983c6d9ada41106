//! For whoever measures: what was measured, as data that a chart, a table and the book's prose are
//! made from; and the means to measure it.
//!
//! - [`measure`]: median and spread of repeated measurements.
//! - [`alloc`]: how many allocations, and how many bytes, a piece of code makes.
//! - [`Figures`]: what was measured. It is written as JSON, as a chart and as a table.
//!
//! A measuring program fills [`Figures`] and hands them to [`write_if_asked`]. With `--out
//! docs/src/figures` it writes `NAME.json`, and beside it what is drawn from that: the chart
//! `NAME.svg`, and `NAME.md` with a table. A chapter includes these two, and names the figure
//! behind each number in its prose; the book's truth test draws both again from the JSON, and
//! compares every number with it.
//!
//! ```
//! use shared::figures::{Axis, Figures, Spread, Unit};
//! use shared::figures::measure::rounds;
//!
//! let mut figures = Figures::lines("sum-cost", "A sum takes as long as it has terms")
//!     .describe("The time per sum against the number of terms.")
//!     .x(Axis::new("terms", Unit::count("terms")).logarithmic())
//!     .y(Axis::new("time per sum", Unit::Time).logarithmic())
//!     .measured_by("cargo run --release --example sum_cost -- --out docs/src/figures");
//! for terms in [10_u32, 100, 1_000] {
//!     let sample = rounds(5, || {
//!         (0..100).for_each(|_| drop(std::hint::black_box((0..terms).sum::<u32>())));
//!     });
//!     figures.add("a loop", terms, Spread::of(&sample, 100));
//! }
//! assert!(figures.to_svg()?.starts_with("<svg"));
//! shared::figures::write_if_asked(&[&figures])?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod alloc;
mod bars;
mod check;
mod export;
mod json;
mod lines;
mod machine;
pub mod measure;
mod scale;
mod sheet;
mod spread;
mod svg;
mod table;
mod unit;

pub use check::ChartError;
pub use export::write_if_asked;
pub use machine::Machine;
pub use spread::Spread;
pub use unit::Unit;

use std::fmt;

/// The figures of one chart, and those that stand beside it.
///
/// Their `Display` is the table, for a terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    name: String,
    title: String,
    description: String,
    shape: Shape,
    x: Axis,
    y: Axis,
    series: Vec<Series>,
    facts: Vec<Fact>,
    measured: Option<(String, Machine)>,
}

/// What a chart looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A line per series, over numbers.
    Lines,
    /// A group of bars per name or number, and in it one per series. They lie, so that there is
    /// room for names.
    Bars,
}

/// What is measured along an axis, in which unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    label: String,
    unit: Unit,
    logarithmic: bool,
}

/// Figures of one kind: a line, or the bars of one name.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    name: String,
    points: Vec<(At, Spread)>,
}

/// A figure that belongs to no series.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    name: String,
    unit: Unit,
    spread: Spread,
}

/// Where a figure stands on the x axis: at a number, or under a name.
#[derive(Clone, Debug, PartialEq)]
pub enum At {
    /// A number, of at most nine significant digits.
    Number(f64),
    /// A name, for bars.
    Name(String),
}

impl Figures {
    /// Figures to be drawn as lines. `name` is that of the files, in lower case with hyphens;
    /// `title` says in a few words what one sees.
    pub fn lines(name: impl Into<String>, title: impl Into<String>) -> Self {
        Self::new(name.into(), title.into(), Shape::Lines)
    }

    /// Figures to be drawn as bars.
    pub fn bars(name: impl Into<String>, title: impl Into<String>) -> Self {
        Self::new(name.into(), title.into(), Shape::Bars)
    }

    fn at_in_words(&self, at: &At) -> String {
        match at {
            At::Number(number) => self.x.unit.show(*number),
            At::Name(name) => name.clone(),
        }
    }

    fn charted(&self) -> impl Iterator<Item = &Spread> {
        self.series.iter().flat_map(|series| &series.points).map(|(_, spread)| spread)
    }

    fn new(name: String, title: String, shape: Shape) -> Self {
        let axis = Axis::new("", Unit::count(""));
        let (x, y) = (axis.clone(), axis);
        let (series, facts) = (Vec::new(), Vec::new());
        Self { name, title, description: String::new(), shape, x, y, series, facts, measured: None }
    }

    /// Says in a sentence or two what is shown, for those who do not see it; the figures follow by
    /// themselves.
    #[must_use]
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// What varies: for bars, what the groups have in common.
    #[must_use]
    pub fn x(mut self, axis: Axis) -> Self {
        self.x = axis;
        self
    }

    /// What was measured.
    #[must_use]
    pub fn y(mut self, axis: Axis) -> Self {
        self.y = axis;
        self
    }

    /// The command that measures this again. The machine is this one.
    #[must_use]
    pub fn measured_by(self, command: impl Into<String>) -> Self {
        self.measured_on(command, Machine::here())
    }

    /// The command, and the machine on which it ran.
    #[must_use]
    pub fn measured_on(mut self, command: impl Into<String>, machine: Machine) -> Self {
        self.measured = Some((command.into(), machine));
        self
    }

    /// Adds a figure to a series, which begins with its first figure.
    pub fn add(&mut self, series: &str, at: impl Into<At>, spread: impl Into<Spread>) {
        let point = (at.into(), spread.into());
        match self.series.iter_mut().find(|known| known.name == series) {
            Some(known) => known.points.push(point),
            None => self.series.push(Series { name: series.to_owned(), points: vec![point] }),
        }
    }

    /// Adds a figure that the chart does not show, and that prose or a table may quote.
    pub fn fact(&mut self, name: &str, unit: Unit, spread: impl Into<Spread>) {
        self.facts.push(Fact { name: name.to_owned(), unit, spread: spread.into() });
    }

    /// The name of the files.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is something to draw: facts alone have no chart.
    pub fn has_chart(&self) -> bool {
        !self.series.is_empty()
    }

    /// The machine on which it was measured.
    pub fn machine(&self) -> Option<&Machine> {
        self.measured.as_ref().map(|(_, machine)| machine)
    }

    /// A figure and its unit, by what prose calls it: `series@x`, or a fact's name.
    ///
    /// ```
    /// use shared::figures::{Axis, Figures, Spread, Unit};
    ///
    /// let mut figures = Figures::bars("totals", "…").y(Axis::new("total", Unit::Time));
    /// figures.add("reactor", "10 sockets", Spread::exactly(5e6));
    /// let (spread, unit) = figures.find("reactor@10 sockets").expect("it was added");
    /// assert_eq!(unit.show(spread.median()), "5 ms");
    /// ```
    pub fn find(&self, reference: &str) -> Option<(Spread, &Unit)> {
        let Some((series, at)) = reference.split_once('@') else {
            let fact = self.facts.iter().find(|fact| fact.name == reference)?;
            return Some((fact.spread, &fact.unit));
        };
        let series = self.series.iter().find(|known| known.name == series)?;
        let point = series.points.iter().find(|(known, _)| known.to_string() == at)?;
        Some((point.1, &self.y.unit))
    }

    /// What [`find`](Self::find) finds: every reference.
    pub fn references(&self) -> Vec<String> {
        let of_series = |series: &Series| {
            let name = series.name.clone();
            series.points.clone().into_iter().map(move |(at, _)| format!("{name}@{at}"))
        };
        let points = self.series.iter().flat_map(of_series);
        points.chain(self.facts.iter().map(|fact| fact.name.clone())).collect()
    }
}

impl Axis {
    /// A linear axis; one of lengths begins at zero. The label says what is measured, without the
    /// unit.
    pub fn new(label: impl Into<String>, unit: Unit) -> Self {
        Self { label: label.into(), unit, logarithmic: false }
    }

    /// The same axis, on which equal distances are equal ratios.
    #[must_use]
    pub fn logarithmic(mut self) -> Self {
        self.logarithmic = true;
        self
    }
}

impl From<&str> for At {
    fn from(name: &str) -> Self {
        At::Name(name.to_owned())
    }
}

impl From<u32> for At {
    fn from(number: u32) -> Self {
        At::from(f64::from(number))
    }
}

impl From<f64> for At {
    fn from(number: f64) -> Self {
        At::Number(spread::rounded(number))
    }
}

/// As prose refers to it: a number without separators.
impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Number(number) => write!(f, "{number}"),
            At::Name(name) => f.write_str(name),
        }
    }
}
