//! A number in prose, and the figure from which the comment behind it says it comes.
//!
//! `34 ns<!-- figure: cost-grid spawned@10 -->`, `3.1 times<!-- figure: cost-grid spawned@10 /
//! boxed@10 -->`.

use super::All;
use crate::finding::{Finding, Kind};
use crate::outline::Outline;
use crate::page::Page;
use crate::pattern::{Pattern, pattern};
use shared::figures::{Figures, Spread, Unit};
use std::collections::BTreeSet;

static COMMENT: Pattern = pattern(r"(?s)<!--\s*(figures?\b.*?)-->");
static NUMBER: Pattern = pattern(
    r"(?x) (?:^|[^0-9.,A-Za-z_]) ([0-9][0-9,]*(?:\.[0-9]+)?) (?:\s|\x{a0}|&nbsp;)* ([A-Za-zµμ]+|%|×)?
      (?: [*_`] | </[a-z]+> )* $",
);

/// What a number in prose has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Demand {
    /// The figure, rounded as the number is written.
    Rounded,
    /// The figure, rounded to a multiple of this.
    To(f64),
    /// Not below the figure.
    AtMost,
    /// Not above the figure.
    AtLeast,
}

/// What a figure, or several, come to.
#[derive(Clone, Debug, PartialEq)]
enum Amount {
    Of(Unit),
    Ratio,
}

/// Which number of a figure.
type Part = fn(&Spread) -> f64;

/// Compares each number of a page that names its figure with that figure.
pub fn check(
    all: &All,
    page: &Page,
    outline: &Outline,
    quoted: &mut BTreeSet<String>,
    findings: &mut Vec<Finding>,
) {
    let text = prose(page, outline);
    for found in COMMENT.captures_iter(&text) {
        let whole = found.get(0).expect("a match has a whole");
        let (before, comment) = (&text[..whole.start()], found[1].split_whitespace());
        let comment = comment.collect::<Vec<_>>().join(" ");
        if let Err(words) = claim(all, before, &comment, quoted) {
            let line = before.matches('\n').count();
            findings.push(page.finding(Kind::Figure, line, words));
        }
    }
}

/// The page without its blocks of code, line by line.
fn prose(page: &Page, outline: &Outline) -> String {
    let mut lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
    for block in &outline.blocks {
        let end = (block.line + block.body.len() + 2).min(lines.len());
        lines[block.line..end].fill("");
    }
    lines.join("\n")
}

fn claim(
    all: &All,
    before: &str,
    comment: &str,
    quoted: &mut BTreeSet<String>,
) -> Result<(), String> {
    let form = "write `<!-- figure: NAME SERIES@X -->` directly behind a number, or include `figures/NAME.md:table`";
    let rest = comment.strip_prefix("figure:").map(str::trim);
    let Some((name, rest)) = rest.and_then(|rest| rest.split_once(char::is_whitespace)) else {
        return Err(format!("`<!-- {comment} -->` is not understood: {form}"));
    };
    let figures = all.get(name).ok_or_else(|| {
        let known: Vec<&str> = all.keys().map(String::as_str).collect();
        format!("there are no figures `{name}`; there are: {}", known.join(", "))
    })?;
    quoted.insert(name.to_owned());
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.trim().is_empty() {
        return Err(
            "a comment at the start of a line ends the paragraph: put it in the line of its number"
                .to_owned(),
        );
    }
    let number = NUMBER.captures(before).ok_or_else(|| {
        let end: String =
            before.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
        format!("there is no number directly before the comment, but `{end}`")
    })?;
    let unit = number.get(2).map_or("", |unit| unit.as_str());
    let (expression, demand) = match rest.split_once(';') {
        Some((expression, demand)) => (expression.trim(), demand_of(demand.trim())?),
        None => (rest.trim(), Demand::Rounded),
    };
    let (value, amount) = evaluate(figures, expression)?;
    let value = value / factor(&amount, unit)?;
    compare(&number[1], unit, value, demand).map_err(|should| {
        let shown = shown(value, 4);
        format!(
            "the text says `{}`, and {expression} is {shown} {unit}: {should}",
            said(&number[1], unit)
        )
    })
}

fn said(number: &str, unit: &str) -> String {
    format!("{number} {unit}").trim_end().to_owned()
}

fn demand_of(text: &str) -> Result<Demand, String> {
    let step = text.strip_prefix("to ").and_then(|step| step.replace(',', "").trim().parse().ok());
    match (text, step) {
        ("at most", _) => Ok(Demand::AtMost),
        ("at least", _) => Ok(Demand::AtLeast),
        (_, Some(step)) if step > 0.0 => Ok(Demand::To(step)),
        _ => Err(format!("`; {text}` is not understood: `; to 10`, `; at most`, `; at least`")),
    }
}

/// One figure, or two and what to do with them.
fn evaluate(figures: &Figures, expression: &str) -> Result<(f64, Amount), String> {
    let operators = [" / ", " over ", " - ", " + "];
    let found = operators
        .iter()
        .find_map(|operator| Some((operator.trim(), expression.split_once(operator)?)));
    let Some((operator, (left, right))) = found else {
        let (value, unit) = figure(figures, expression)?;
        return Ok((value, Amount::Of(unit.clone())));
    };
    let ((left, of_left), (right, of_right)) = (figure(figures, left)?, figure(figures, right)?);
    let alike = std::mem::discriminant(of_left) == std::mem::discriminant(of_right);
    match operator {
        "/" if alike => Ok((left / right, Amount::Ratio)),
        "/" if matches!(of_right, Unit::Count(_)) => {
            Ok((left / right, Amount::Of(of_left.clone())))
        }
        "over" if alike => Ok(((left - right) / right, Amount::Ratio)),
        "-" if alike => Ok((left - right, Amount::Of(of_left.clone()))),
        "+" if alike => Ok((left + right, Amount::Of(of_left.clone()))),
        _ => {
            Err(format!("`{expression}`: the units are {} and {}", of_left.word(), of_right.word()))
        }
    }
}

fn figure<'a>(figures: &'a Figures, reference: &str) -> Result<(f64, &'a Unit), String> {
    let reference = reference.trim();
    let parts: [(&str, Part); 3] =
        [("", Spread::median), ("min ", Spread::min), ("max ", Spread::max)];
    let find = |(prefix, part): (&str, Part)| {
        let (spread, unit) = figures.find(reference.strip_prefix(prefix)?)?;
        Some((part(&spread), unit))
    };
    parts.into_iter().find_map(find).ok_or_else(|| {
        let known = figures.references().join(", ");
        format!("{} has no `{reference}`; it has: {known}", figures.name())
    })
}

/// How much the unit in the text is, in the unit of the figure.
fn factor(amount: &Amount, unit: &str) -> Result<f64, String> {
    let known: &[(f64, &[&str])] = match amount {
        Amount::Of(Unit::Count(_)) => return Ok(1.0),
        Amount::Of(Unit::Time) => &[
            (1.0, &["ns", "nanosecond", "nanoseconds"]),
            (1e3, &["µs", "μs", "microsecond", "microseconds"]),
            (1e6, &["ms", "millisecond", "milliseconds"]),
            (1e9, &["s", "second", "seconds"]),
        ],
        Amount::Of(Unit::Bytes) => &[
            (1.0, &["bytes", "byte"]),
            (1e3, &["kB"]),
            (1e6, &["MB"]),
            (1e9, &["GB"]),
            (1_024.0, &["KiB"]),
            (1_048_576.0, &["MiB"]),
        ],
        Amount::Ratio => &[(1.0, &["times", "×", ""]), (0.01, &["%"])],
    };
    let of_unit = known.iter().find(|(_, words)| words.contains(&unit));
    of_unit.map(|(factor, _)| *factor).ok_or_else(|| {
        let words: Vec<&str> = known.iter().map(|(_, words)| words[0]).collect();
        format!("the unit `{unit}` before the comment is not one of: {}", words.join(", "))
    })
}

/// # Errors
///
/// What the text should say.
fn compare(written: &str, unit: &str, value: f64, demand: Demand) -> Result<(), String> {
    let digits = written.replace(',', "");
    let number: f64 = digits.parse().map_err(|_| format!("`{written}` is not a number"))?;
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let step = match demand {
        Demand::AtMost if value <= number => return Ok(()),
        Demand::AtMost => return Err("it is more".to_owned()),
        Demand::AtLeast if value >= number => return Ok(()),
        Demand::AtLeast => return Err("it is less".to_owned()),
        Demand::To(step) => step,
        Demand::Rounded => precision(&digits, decimals),
    };
    let rounded = (value / step).round() * step;
    // Half-way, both neighbours are right.
    let right = (number - value).abs() <= step / 2.0 * (1.0 + 1e-9)
        && ((number / step).round() * step - number).abs() < step * 1e-6;
    match right {
        true => Ok(()),
        // In another unit, so few digits may be none.
        false if demand == Demand::Rounded && (rounded - value).abs() > value.abs() / 20.0 => {
            Err(format!("write `{}`", said(&shown(value, 4), unit)))
        }
        false => Err(format!("write `{}`", said(&shown(rounded, decimals), unit))),
    }
}

/// What the last digit that counts is worth. Zeros at the end do not, but for the second digit:
/// `1,300` is rounded to 100, and `100` to 10.
fn precision(digits: &str, decimals: usize) -> f64 {
    if decimals > 0 {
        return 10f64.powi(-i32::try_from(decimals).unwrap_or(9));
    }
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let places = zeros.min(digits.len().saturating_sub(2));
    10f64.powi(i32::try_from(places).unwrap_or(0))
}

/// With so many decimals at most, and groups of three digits.
fn shown(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len() - place;
        if place > 0 && left.is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    // Where a number is written for the text, its zeros count.
    let fraction = if decimals == 4 { fraction.trim_end_matches('0') } else { fraction };
    if fraction.is_empty() { grouped } else { format!("{grouped}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(written: &str, value: f64) -> Result<(), String> {
        compare(written, "ns", value, Demand::Rounded)
    }

    #[test]
    fn a_number_is_as_exact_as_it_is_written() {
        for (written, value) in [
            ("34", 34.2),
            ("34.2", 34.24),
            ("35", 34.5),
            ("34", 34.5),
            ("1,300", 1_342.0),
            ("100", 104.9),
            ("1,342", 1_342.4),
            ("0", 0.3),
            ("1.50", 1.499),
        ] {
            assert_eq!(rounded(written, value), Ok(()), "{written} {value}");
        }
        for (written, value, right) in [
            ("35", 34.2, "34 ns"),
            ("34.3", 34.24, "34.2 ns"),
            ("1,300", 1_351.0, "1,400 ns"),
            ("100", 106.0, "110 ns"),
            ("30", 34.0, "34 ns"),
            ("1.50", 1.52, "1.52 ns"),
        ] {
            assert_eq!(
                rounded(written, value),
                Err(format!("write `{right}`")),
                "{written} {value}"
            );
        }
    }

    #[test]
    fn a_coarser_rounding_is_asked_for() {
        assert_eq!(demand_of("to 10"), Ok(Demand::To(10.0)));
        assert_eq!(compare("30", "", 34.0, Demand::To(10.0)), Ok(()));
        assert_eq!(compare("34", "", 34.0, Demand::To(10.0)), Err("write `30`".to_owned()));
        assert_eq!(compare("15", "%", 14.2, Demand::AtMost), Ok(()));
        assert_eq!(compare("15", "%", 15.2, Demand::AtMost), Err("it is more".to_owned()));
        assert_eq!(compare("3", "", 2.9, Demand::AtLeast), Err("it is less".to_owned()));
        for wrong in ["to", "to x", "to 0", "about", "at the most"] {
            assert!(demand_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_number_stands_before_the_comment() {
        let number = |text: &str| {
            NUMBER.captures(text).map(|found| {
                (found[1].to_owned(), found.get(2).map_or("", |unit| unit.as_str()).to_owned())
            })
        };
        let found = |number: &str, unit: &str| Some((number.to_owned(), unit.to_owned()));
        assert_eq!(number("takes 34 ns"), found("34", "ns"));
        assert_eq!(number("takes **1,300.5\nns**"), found("1,300.5", "ns"));
        assert_eq!(number("(34&nbsp;µs"), found("34", "µs"));
        assert_eq!(number("<b>15 %</b>"), found("15", "%"));
        assert_eq!(number("| 7"), found("7", ""));
        assert_eq!(number("7"), found("7", ""));
        for none in ["takes long", "E0277", "in 3 of the cases"] {
            assert_eq!(number(none), None, "{none}");
        }
    }
}
