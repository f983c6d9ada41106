//! Bars that lie: a row per figure, its name to the left of it, its number to the right.

use super::scale::Scale;
use super::sheet::{AxisText, PAD, Sheet, WIDTH, in_words, ink, label_across, text_width};
use super::{At, Figures, Spread};
use crate::base::canvas::{CARD, Canvas, Coordinate, TEXT};

const ROW: f64 = 25.0;
const BAR: f64 = 15.0;
const GAP: f64 = 8.0;

/// A line of the chart.
enum Row<'a> {
    /// The name of a group.
    Group(String),
    /// A bar: its series, its name, its figure.
    Bar(usize, String, &'a Spread),
}

pub(super) fn draw(sheet: &mut Sheet, figures: &Figures) {
    let rows = rows(figures);
    let unit = &figures.y.unit;
    let bars = || {
        rows.iter().filter_map(|row| match row {
            Row::Bar(_, name, spread) => Some((name, *spread)),
            Row::Group(_) => None,
        })
    };
    let left = PAD + bars().map(|(name, _)| text_width(name)).fold(0.0, f64::max) + 8.0;
    let numbers = bars().map(|(_, spread)| text_width(&unit.show(spread.median())));
    let right = WIDTH - PAD - numbers.fold(0.0, f64::max) - 8.0;
    let scale = Scale::from_zero(bars().map(|(_, spread)| spread.max()).fold(0.0, f64::max));
    let scale = scale.over(left, right);
    let words = AxisText::of(&figures.y, scale.high());
    let top = sheet.y;
    let bottom = rows.iter().fold(top, |y, row| y + height(row));
    let marks: Vec<(f64, String)> = scale
        .ticks
        .iter()
        .filter_map(|tick| Some((scale.place(*tick)?, words.tick(*tick))))
        .collect();
    for (x, _) in &marks {
        sheet.canvas.grid(format_args!(
            "M{} {}V{}",
            Coordinate(*x),
            Coordinate(top),
            Coordinate(bottom)
        ));
    }
    sheet.canvas.axis(format_args!(
        "M{} {}V{}H{}",
        Coordinate(left),
        Coordinate(top),
        Coordinate(bottom),
        Coordinate(right)
    ));
    for row in &rows {
        match row {
            Row::Group(name) => {
                let bold = format!("font-weight=\"bold\" {}", rim());
                sheet.canvas.text(PAD, sheet.y + GAP + 13.0, &bold, name);
            }
            Row::Bar(place, name, spread) => {
                sheet.canvas.text(left - 8.0, sheet.y + 17.0, "text-anchor=\"end\"", name);
                let title = format!("{name}: {}", in_words(unit, spread));
                let number = unit.show(spread.median());
                let top = sheet.y + (ROW - BAR) / 2.0;
                sheet.canvas.titled("bar", &title, |canvas| {
                    bar(canvas, top, &scale, *place, spread, &number)
                });
            }
        }
        sheet.y += height(row);
    }
    label_across(sheet, &marks);
    sheet.y += 42.0;
    sheet.canvas.text(WIDTH - PAD, sheet.y, "text-anchor=\"end\" font-size=\"14\"", &words.title);
    sheet.y += 26.0;
}

/// Sets letters off from the lines behind them.
fn rim() -> String {
    format!("paint-order=\"stroke\" stroke=\"{CARD}\" stroke-width=\"5\"")
}

fn height(row: &Row<'_>) -> f64 {
    match row {
        Row::Group(_) => ROW + GAP / 2.0,
        Row::Bar(..) => ROW,
    }
}

/// A group per place on the x axis, in the order in which they were added; a single series needs no
/// groups.
fn rows(figures: &Figures) -> Vec<Row<'_>> {
    let mut groups: Vec<&At> = Vec::new();
    for (at, _) in figures.series.iter().flat_map(|series| &series.points) {
        if !groups.contains(&at) {
            groups.push(at);
        }
    }
    let single = figures.series.len() == 1;
    let mut rows = Vec::new();
    for group in groups {
        let name = figures.at_in_words(group);
        if !single {
            rows.push(Row::Group(name.clone()));
        }
        for (place, series) in figures.series.iter().enumerate() {
            let here = series.points.iter().filter(|(at, _)| at == group);
            let name = if single { &name } else { &series.name };
            rows.extend(here.map(|(_, spread)| Row::Bar(place, name.clone(), spread)));
        }
    }
    rows
}

fn bar(canvas: &mut Canvas, top: f64, scale: &Scale, place: usize, spread: &Spread, number: &str) {
    let [Some(zero), Some(end), Some(min), Some(max)] =
        [0.0, spread.median(), spread.min(), spread.max()].map(|value| scale.place(value))
    else {
        unreachable!("checked: the axis is linear");
    };
    let ink = ink(place);
    canvas.put(format_args!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{BAR}\" fill=\"{ink}\" fill-opacity=\".45\" stroke=\"{ink}\"/>",
        Coordinate(zero),
        Coordinate(top),
        Coordinate(end - zero)
    ));
    let middle = top + BAR / 2.0;
    if spread.min() < spread.max() {
        let cap = Coordinate(middle - 5.0);
        let (min, max, middle) = (Coordinate(min), Coordinate(max), Coordinate(middle));
        for (stroke, width) in [(CARD, 5), (TEXT, 2)] {
            canvas.path(
                format_args!("M{min} {middle}H{max}M{min} {cap}v10M{max} {cap}v10"),
                format_args!("stroke=\"{stroke}\" stroke-width=\"{width}\""),
            );
        }
    }
    let small = format!("font-size=\"14\" {}", rim());
    canvas.text(max.max(end) + 8.0, middle + 5.0, &small, number);
}
