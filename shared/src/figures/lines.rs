//! Lines over numbers, on linear or logarithmic axes.

use super::scale::Scale;
use super::sheet::{AxisText, PAD, Sheet, WIDTH, in_words, ink, label_across, text_width};
use super::{At, Figures, Series, Spread};
use crate::base::canvas::{CARD, Canvas, Coordinate};
use std::fmt::Write;

/// How high the plot is.
const HEIGHT: f64 = 270.0;
/// So many different numbers are marked on the x axis themselves; more, and round ones are.
const OWN_MARKS: usize = 8;
/// No two lines have the same dashes and the same mark.
const DASHES: [&str; 4] = ["", "8 4", "2 4", "10 4 2 4"];

struct Plot {
    x: Scale,
    y: Scale,
    bottom: f64,
}

pub(super) fn draw(sheet: &mut Sheet, figures: &Figures) {
    let plot = axes(sheet, figures);
    for (place, series) in figures.series.iter().enumerate() {
        draw_series(sheet, figures, &plot, place, series);
    }
    sheet.y += 26.0;
    key(sheet, figures);
}

fn number(at: &At) -> f64 {
    match at {
        At::Number(number) => *number,
        At::Name(_) => unreachable!("checked: a line leads over numbers"),
    }
}

fn axes(sheet: &mut Sheet, figures: &Figures) -> Plot {
    let points = || figures.series.iter().flat_map(|series| &series.points);
    let values = || points().flat_map(|(_, spread)| [spread.min(), spread.median(), spread.max()]);
    let mut xs: Vec<f64> = points().map(|(at, _)| number(at)).collect();
    xs.sort_by(f64::total_cmp);
    xs.dedup();
    let (least, most) = (xs[0], xs[xs.len() - 1]);
    let y = match figures.y.logarithmic {
        true => Scale::logarithmic(values()),
        false => Scale::from_zero(values().fold(0.0, f64::max)),
    };
    let x = match figures.x.logarithmic {
        true => Scale::logarithmic(xs.iter().copied()),
        false => Scale::between(least, most),
    };
    let words = AxisText::of(&figures.y, y.high());
    let widest = y.ticks.iter().map(|tick| text_width(&words.tick(*tick))).fold(0.0, f64::max);
    let (left, right) = (PAD + widest + 20.0, WIDTH - PAD - 28.0);
    sheet.canvas.text(PAD, sheet.y + 8.0, "font-size=\"14\"", &words.title);
    let top = sheet.y + 26.0;
    let bottom = top + HEIGHT;
    // Its first and last points stand off the frame.
    let (x, y) = (x.over(left + 12.0, right), y.over(bottom, top));
    for tick in &y.ticks {
        let Some(at) = y.place(*tick) else { continue };
        sheet.canvas.grid(format_args!(
            "M{} {}H{}",
            Coordinate(left),
            Coordinate(at),
            Coordinate(right + 12.0)
        ));
        let end = "text-anchor=\"end\" font-size=\"14\"";
        sheet.canvas.text(left - 8.0, at + 5.0, end, &words.tick(*tick));
    }
    sheet.canvas.axis(format_args!(
        "M{} {}V{}H{}",
        Coordinate(left),
        Coordinate(top - 6.0),
        Coordinate(bottom),
        Coordinate(right + 12.0)
    ));
    sheet.y = bottom;
    let ticks = if xs.len() <= OWN_MARKS { &xs } else { &x.ticks };
    let words = AxisText::of(&figures.x, x.high());
    let mark = |tick: &f64| Some((x.place(*tick)?, words.tick(*tick)));
    let marks: Vec<_> = ticks.iter().filter_map(mark).collect();
    label_across(sheet, &marks);
    sheet.y += 42.0;
    sheet.canvas.text(WIDTH - PAD, sheet.y, "text-anchor=\"end\" font-size=\"14\"", &words.title);
    Plot { x, y, bottom }
}

fn draw_series(sheet: &mut Sheet, figures: &Figures, plot: &Plot, place: usize, series: &Series) {
    let mut points: Vec<&(At, Spread)> = series.points.iter().collect();
    points.sort_by(|(one, _), (other, _)| number(one).total_cmp(&number(other)));
    let mut line = String::new();
    let mut places = Vec::new();
    for (at, spread) in points {
        match (plot.x.place(number(at)), plot.y.place(spread.median())) {
            (Some(x), Some(y)) => {
                // After a point that has no place, the line begins anew.
                let step = if line.is_empty() || line.ends_with(' ') { 'M' } else { 'L' };
                write!(line, "{step}{} {}", Coordinate(x), Coordinate(y))
                    .expect("a String takes everything");
                places.push((x, y, at, spread));
            }
            _ => {
                line.push(' ');
                sheet.remarks.push(format!(
                    "Not drawn: {} at {}, {}. A logarithmic axis has no place for 0.",
                    series.name,
                    figures.at_in_words(at),
                    figures.y.unit.show(spread.median())
                ));
            }
        }
    }
    let line = line.trim();
    if places.len() > 1 {
        stroke(&mut sheet.canvas, place, line);
    }
    for (x, y, at, spread) in places {
        let words = in_words(&figures.y.unit, spread);
        let title = format!("{}, {}: {words}", series.name, figures.at_in_words(at));
        sheet.canvas.titled("point", &title, |canvas| {
            whisker(canvas, plot, place, x, spread);
            mark(canvas, place, x, y);
        });
    }
}

fn stroke(canvas: &mut Canvas, place: usize, d: &str) {
    let (ink, dashes) = (ink(place), DASHES[place % DASHES.len()]);
    canvas.path(
        format_args!("{d}"),
        format_args!("stroke=\"{ink}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\""),
    );
}

fn whisker(canvas: &mut Canvas, plot: &Plot, place: usize, x: f64, spread: &Spread) {
    if spread.min() == spread.max() {
        return;
    }
    // Down to the edge where zero has no place.
    let low = plot.y.place(spread.min()).unwrap_or(plot.bottom);
    let Some(high) = plot.y.place(spread.max()) else { return };
    let (left, x, low, high) =
        (Coordinate(x - 5.0), Coordinate(x), Coordinate(low), Coordinate(high));
    canvas.path(
        format_args!("M{x} {low}V{high}M{left} {low}h10M{left} {high}h10"),
        format_args!("stroke=\"{}\" stroke-width=\"1.5\"", ink(place)),
    );
}

/// Eight marks: four shapes, filled with the line's colour or with the card's.
fn mark(canvas: &mut Canvas, place: usize, x: f64, y: f64) {
    let filled = (place / 4 + place).is_multiple_of(2);
    let ink = ink(place);
    let fill = if filled { ink } else { CARD };
    let style = format!("fill=\"{fill}\" stroke=\"{ink}\" stroke-width=\"2\"");
    let (px, py) = (Coordinate(x), Coordinate(y));
    match place % 4 {
        0 => canvas.put(format_args!("<circle cx=\"{px}\" cy=\"{py}\" r=\"4.5\" {style}/>")),
        1 => canvas.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"9\" height=\"9\" {style}/>",
            Coordinate(x - 4.5),
            Coordinate(y - 4.5)
        )),
        2 => canvas
            .put(format_args!("<path d=\"M{px} {}l5.5 9.5h-11z\" {style}/>", Coordinate(y - 6.0))),
        _ => canvas.put(format_args!(
            "<path d=\"M{px} {}l6 6l-6 6l-6 -6z\" {style}/>",
            Coordinate(y - 6.0)
        )),
    }
}

/// Which line is which, in the order of their last points from top to bottom.
fn key(sheet: &mut Sheet, figures: &Figures) {
    let last = |series: &Series| {
        let points = series.points.iter();
        let last = points.max_by(|(one, _), (other, _)| number(one).total_cmp(&number(other)));
        last.map_or(0.0, |(_, spread)| spread.median())
    };
    let mut order: Vec<usize> = (0..figures.series.len()).collect();
    order.sort_by(|one, other| {
        last(&figures.series[*other]).total_cmp(&last(&figures.series[*one]))
    });
    let widest = figures.series.iter().map(|series| text_width(&series.name)).fold(0.0, f64::max);
    let column = 50.0 + widest + 10.0;
    let columns = (((WIDTH - 2.0 * PAD) / column) as usize).max(1);
    for (index, place) in order.iter().enumerate() {
        let x = PAD + column * (index % columns) as f64;
        let y = sheet.y + 24.0 * (index / columns) as f64;
        stroke(&mut sheet.canvas, *place, &format!("M{} {}h38", Coordinate(x), Coordinate(y)));
        mark(&mut sheet.canvas, *place, x + 19.0, y);
        sheet.canvas.text(x + 48.0, y + 5.0, "", &figures.series[*place].name);
    }
    sheet.y += 24.0 * order.len().div_ceil(columns) as f64 + 6.0;
}
