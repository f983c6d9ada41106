//! What cannot be drawn, said before it is.

use super::{At, Figures, Shape, Spread};
use std::collections::BTreeSet;
use std::fmt;

/// A picture has room for so many.
const LINES: usize = 8;
const POINTS: usize = 100;
const BARS: usize = 60;
const NAME: usize = 28;
/// Numbers beyond these are mistakes, and cannot be written nicely: 10¹⁵ nanoseconds are eleven
/// days.
const RANGE: std::ops::RangeInclusive<f64> = 1e-6..=1e15;

/// Why figures cannot be written or drawn. `Display` says it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartError {
    /// There is no figure.
    Empty,
    /// The files' name is not in lower case with hyphens.
    FileName(String),
    /// The title, the description, an axis' label, or how it was measured is missing.
    Missing(&'static str),
    /// A name that is empty, too long, or has a character that references use.
    Name(String),
    /// Two figures are called the same.
    Twice(String),
    /// A line has a name where it needs a number.
    NotANumber(String),
    /// A figure is not finite, below zero, too small or too large, or its median is not between its
    /// ends.
    OutOfRange(String),
    /// A bar's length means nothing on a logarithmic axis.
    BarsOnLogarithm,
    /// More lines, points or bars than a picture has room for.
    TooMany(&'static str, usize),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChartError::Empty => f.write_str("there is no figure"),
            ChartError::FileName(name) => {
                write!(f, "`{name}` is not a name for files: use lower case, digits and hyphens")
            }
            ChartError::Missing(what) => write!(f, "the {what} is missing"),
            ChartError::Name(name) => write!(
                f,
                "`{name}` is not a name for figures: use 1 to {NAME} characters: letters, digits and ( ) . , : + -, but no hyphen, plus or `over` between spaces"
            ),
            ChartError::Twice(name) => write!(f, "there are two figures `{name}`"),
            ChartError::NotANumber(name) => {
                write!(f, "`{name}`: a line leads over numbers; draw names as bars")
            }
            ChartError::OutOfRange(name) => write!(
                f,
                "`{name}` is not between its smallest and its largest, or not between {} and {:e}",
                RANGE.start(),
                RANGE.end()
            ),
            ChartError::BarsOnLogarithm => f.write_str(
                "bars need a linear axis: their length means nothing on a logarithmic one",
            ),
            ChartError::TooMany(what, limit) => {
                write!(f, "a chart has room for {limit} {what}: split it")
            }
        }
    }
}

impl std::error::Error for ChartError {}

impl Figures {
    /// Checks what a chart, a table and references in prose need. All that is written has passed
    /// this.
    ///
    /// # Errors
    ///
    /// The first thing that is amiss.
    pub fn check(&self) -> Result<(), ChartError> {
        let of_a_file = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.name.is_empty() || !self.name.chars().all(of_a_file) {
            return Err(ChartError::FileName(self.name.clone()));
        }
        if self.series.is_empty() && self.facts.is_empty() {
            return Err(ChartError::Empty);
        }
        self.check_words()?;
        self.check_sizes()?;
        for series in &self.series {
            check_name(&series.name)?;
            for (at, spread) in &series.points {
                let reference = format!("{}@{at}", series.name);
                self.check_place(at, &reference)?;
                check_spread(spread, &reference)?;
            }
        }
        for fact in &self.facts {
            check_name(&fact.name)?;
            check_spread(&fact.spread, &fact.name)?;
        }
        let mut known = BTreeSet::new();
        let again = self.references().into_iter().find(|name| !known.insert(name.clone()));
        again.map_or(Ok(()), |name| Err(ChartError::Twice(name)))
    }

    fn check_words(&self) -> Result<(), ChartError> {
        let chart = self.has_chart();
        let needed = [
            (true, &self.title, "title"),
            (chart, &self.description, "description"),
            (chart, &self.y.label, "y axis' label"),
            (chart, &self.x.label, "x axis' label"),
        ];
        let missing = needed.iter().find(|(needed, text, _)| *needed && text.trim().is_empty());
        missing.map_or(Ok(()), |(_, _, what)| Err(ChartError::Missing(what)))
    }

    fn check_sizes(&self) -> Result<(), ChartError> {
        let points = self.series.iter().map(|series| series.points.len());
        match self.shape {
            Shape::Bars if self.y.logarithmic => Err(ChartError::BarsOnLogarithm),
            Shape::Bars if points.clone().sum::<usize>() > BARS => {
                Err(ChartError::TooMany("bars", BARS))
            }
            Shape::Lines if self.series.len() > LINES => Err(ChartError::TooMany("lines", LINES)),
            Shape::Lines if points.clone().max() > Some(POINTS) => {
                Err(ChartError::TooMany("points on a line", POINTS))
            }
            _ => Ok(()),
        }
    }

    fn check_place(&self, at: &At, reference: &str) -> Result<(), ChartError> {
        match at {
            At::Name(_) if self.shape == Shape::Lines => {
                Err(ChartError::NotANumber(reference.to_owned()))
            }
            At::Name(name) => check_name(name),
            At::Number(number) if *number == 0.0 || RANGE.contains(number) => Ok(()),
            At::Number(_) => Err(ChartError::OutOfRange(reference.to_owned())),
        }
    }
}

fn check_name(name: &str) -> Result<(), ChartError> {
    let long = name.chars().count() > NAME;
    let strange = name.contains([
        '@', '/', '<', '>', '|', '&', '"', '`', '*', '[', ']', ';', '\\', '\n', '\r', '\t',
    ]);
    let reads_otherwise = [" - ", " + ", " over ", "--"].iter().any(|words| name.contains(words));
    if name.trim() != name || name.is_empty() || long || strange || reads_otherwise {
        return Err(ChartError::Name(name.to_owned()));
    }
    Ok(())
}

fn check_spread(spread: &Spread, reference: &str) -> Result<(), ChartError> {
    let (min, median, max) = (spread.min(), spread.median(), spread.max());
    let fits = |number: f64| number == 0.0 || RANGE.contains(&number);
    if [min, median, max].into_iter().all(fits) && min <= median && median <= max {
        return Ok(());
    }
    Err(ChartError::OutOfRange(reference.to_owned()))
}
