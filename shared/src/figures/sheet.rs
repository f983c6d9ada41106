//! What bars and lines are drawn on and with: the sheet, its axes, its inks.

use super::unit::number;
use super::{Axis, Spread, Unit};
use crate::base::Xml;
use crate::base::canvas::{Canvas, Coordinate, MUTED, width_of};
use std::fmt::Arguments;

pub(super) const WIDTH: f64 = 540.0;
pub(super) const PAD: f64 = 16.0;
/// The height of a line of remarks.
const LINE: f64 = 18.0;

/// Dark on the card, each at least 4.5 to 1.
const INKS: [&str; 8] =
    ["#1f5a96", "#a33a00", "#2b6b2f", "#6b3fa0", "#1d1d1b", "#8a5a00", "#a0286e", "#0b666b"];

pub(super) fn ink(place: usize) -> &'static str {
    INKS[place % INKS.len()]
}

/// What has been drawn below the title, and where the next thing goes.
pub(super) struct Sheet {
    pub(super) canvas: Canvas,
    pub(super) y: f64,
    /// What the picture does not show.
    pub(super) remarks: Vec<String>,
}

impl Sheet {
    pub(super) fn lines(&mut self, lines: &[String], attributes: &str) {
        for line in lines {
            self.canvas.text(PAD, self.y, attributes, line);
            self.y += LINE;
        }
    }
}

impl Canvas {
    /// A group whose title is shown where a pointer rests on it.
    pub(super) fn titled(&mut self, class: &str, title: &str, content: impl FnOnce(&mut Self)) {
        self.put(format_args!("<g class=\"{class}\"><title>{}</title>", Xml(title)));
        content(self);
        self.put(format_args!("</g>"));
    }

    pub(super) fn path(&mut self, d: Arguments<'_>, attributes: Arguments<'_>) {
        self.put(format_args!("<path d=\"{d}\" fill=\"none\" {attributes}/>"));
    }

    /// A line of the grid, behind all else.
    pub(super) fn grid(&mut self, d: Arguments<'_>) {
        self.path(d, format_args!("stroke=\"{MUTED}\" stroke-opacity=\".25\""));
    }

    pub(super) fn axis(&mut self, d: Arguments<'_>) {
        self.path(d, format_args!("stroke=\"{MUTED}\" stroke-width=\"1.5\""));
    }
}

/// How an axis is written.
pub(super) struct AxisText<'a> {
    axis: &'a Axis,
    divisor: f64,
    pub(super) title: String,
}

impl<'a> AxisText<'a> {
    /// A linear axis has one unit, that of its largest number, in its title. On a logarithmic one
    /// each mark has its own.
    pub(super) fn of(axis: &'a Axis, high: f64) -> Self {
        let (divisor, unit) = match (&axis.unit, axis.logarithmic) {
            (Unit::Time | Unit::Bytes, true) => (1.0, ""),
            (unit, _) => unit.step(high),
        };
        let scale = if axis.logarithmic { "logarithmic" } else { "" };
        Self { axis, divisor, title: titled(&axis.label, &[unit, scale]) }
    }

    pub(super) fn tick(&self, value: f64) -> String {
        match (&self.axis.unit, self.axis.logarithmic) {
            (Unit::Time | Unit::Bytes, true) => self.axis.unit.show(value),
            _ => number(value / self.divisor),
        }
    }
}

/// A label with its unit and other notes behind it: those that say more than the label does.
pub(super) fn titled(label: &str, notes: &[&str]) -> String {
    let is_news =
        |note: &&str| !note.is_empty() && !label.split_whitespace().any(|word| word == *note);
    let notes: Vec<&str> = notes.iter().copied().filter(is_news).collect();
    if notes.is_empty() { label.to_owned() } else { format!("{label} ({})", notes.join(", ")) }
}

/// The horizontal axis below a plot: those labels that do not touch, the last one for sure.
pub(super) fn label_across(sheet: &mut Sheet, marks: &[(f64, String)]) {
    let mut free = f64::INFINITY;
    for (x, label) in marks.iter().rev() {
        sheet.canvas.axis(format_args!("M{} {}v5", Coordinate(*x), Coordinate(sheet.y)));
        let half = text_width(label) / 2.0;
        if x + half < free {
            let middle = "text-anchor=\"middle\" font-size=\"14\"";
            sheet.canvas.text(*x, sheet.y + 20.0, middle, label);
            free = x - half - 6.0;
        }
    }
}

pub(super) fn text_width(text: &str) -> f64 {
    f64::from(width_of(text.chars().count()))
}

/// A figure in words: `34.2 ns (33.1 to 36 ns)`.
pub(super) fn in_words(unit: &Unit, spread: &Spread) -> String {
    let [median, min, max] =
        [spread.median(), spread.min(), spread.max()].map(|value| unit.show(value));
    if min == max {
        return median;
    }
    // The same unit need not be said twice.
    let min = match (min.split_once(' '), max.split_once(' ')) {
        (Some((number, unit)), Some((_, same))) if unit == same => number,
        _ => &min,
    };
    format!("{median} ({min} to {max})")
}

/// What the figures are the medians of; empty where nothing was repeated.
pub(super) fn rounds<'a>(figures: impl Iterator<Item = &'a Spread>) -> String {
    let rounds: Vec<usize> = figures.map(Spread::rounds).filter(|rounds| *rounds > 1).collect();
    match (rounds.iter().min(), rounds.iter().max()) {
        (Some(least), Some(most)) => {
            let rounds =
                if least == most { most.to_string() } else { format!("{least} to {most}") };
            format!("Medians of {rounds} rounds, with the smallest and the largest.")
        }
        _ => String::new(),
    }
}
