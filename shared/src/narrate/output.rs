//! What a lesson's program prints: headings, sentences, aligned facts.
//!
//! Colour appears on a terminal only, and not where `NO_COLOR` is set: in a pipe the output is
//! plain text, the same in every run, which is what `transcript.txt` holds. When the reader of a
//! pipe goes away (`… | head`), the program ends quietly.
//!
//! ```
//! use shared::narrate::{fact, say, scene, title};
//!
//! title("Wakers", "Pending is a promise to call back.");
//! scene("A sleeper nobody wakes");
//! say("The future returns Pending and keeps no waker.");
//! fact("polls", 1);
//! fact("clones of the waker", 0);
//! ```

use std::fmt::{self, Display};
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

const TITLE: Style = AnsiColor::Cyan.on_default().bold();
const SCENE: Style = Style::new().bold();
const LABEL: Style = Style::new().dimmed();
/// The column in which a fact's value starts, counted in characters.
const VALUE_COLUMN: usize = 38;

/// Prints a lesson's title and its promise, underlined.
pub fn title(name: &str, promise: &str) {
    let underline = "=".repeat(name.chars().count());
    emit(format_args!("{TITLE}{name}{TITLE:#}\n{TITLE}{underline}{TITLE:#}\n{promise}"));
}

/// Prints the heading of a scene, after a blank line.
pub fn scene(heading: &str) {
    let underline = "-".repeat(heading.chars().count());
    emit(format_args!("\n{SCENE}{heading}{SCENE:#}\n{SCENE}{underline}{SCENE:#}"));
}

/// Prints a line (or several) of text as it is.
pub fn say(text: impl Display) {
    emit(format_args!("{text}"));
}

/// Prints a label and a value, the values below each other: `  polls ............ 3`.
pub fn fact(label: &str, value: impl Display) {
    let dots = leader(label);
    emit(format_args!("  {label} {LABEL}{dots}{LABEL:#} {value}"));
}

/// Prints rows below their headings, each column as wide as its widest cell; numbers stand on the
/// right.
///
/// A row with fewer cells than there are headings is filled with empty ones; further cells are
/// printed all the same.
pub fn table(headings: &[&str], rows: &[Vec<String>]) {
    emit(format_args!("{}", Table { headings, rows }));
}

/// The dots between a label and its value: at least two.
fn leader(label: &str) -> String {
    let used = 2 + label.chars().count() + 1;
    ".".repeat(VALUE_COLUMN.saturating_sub(used + 1).max(2))
}

struct Table<'a> {
    headings: &'a [&'a str],
    rows: &'a [Vec<String>],
}

impl Table<'_> {
    fn columns(&self) -> usize {
        let longest = self.rows.iter().map(Vec::len).max();
        longest.unwrap_or(0).max(self.headings.len())
    }

    fn cell<'a>(&'a self, row: &'a [String], column: usize) -> &'a str {
        row.get(column).map_or("", String::as_str)
    }

    fn is_numeric(&self, column: usize) -> bool {
        let is_number = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit());
        !self.rows.is_empty() && self.rows.iter().all(|row| is_number(self.cell(row, column)))
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().map(|row| self.cell(row, column));
        let heading = self.headings.get(column).copied().unwrap_or("");
        cells.chain([heading]).map(|cell| cell.chars().count()).max().unwrap_or(0)
    }

    fn line(&self, cell: impl Fn(usize) -> String) -> String {
        let cells: Vec<String> = (0..self.columns())
            .map(|column| {
                let (cell, width) = (cell(column), self.width(column));
                if self.is_numeric(column) {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            })
            .collect();
        format!("  {}", cells.join("  ")).trim_end().to_owned()
    }
}

impl Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heading = |column: usize| self.headings.get(column).copied().unwrap_or("").to_owned();
        write!(f, "{LABEL}{}{LABEL:#}", self.line(heading))?;
        for row in self.rows {
            write!(f, "\n{}", self.line(|column| self.cell(row, column).to_owned()))?;
        }
        Ok(())
    }
}

fn emit(text: fmt::Arguments<'_>) {
    if let Err(error) = writeln!(anstream::stdout().lock(), "{text}") {
        // The reader has seen enough.
        if error.kind() == io::ErrorKind::BrokenPipe {
            std::process::exit(0);
        }
        // Where nobody can be told, the status does.
        let _ = writeln!(io::stderr(), "cannot write to standard output: {error}");
        std::process::exit(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_below_each_other() {
        let column = |label: &str| 2 + label.len() + 1 + leader(label).len() + 1;
        assert_eq!(column("polls"), VALUE_COLUMN);
        assert_eq!(column("clones of the waker"), VALUE_COLUMN);
    }

    #[test]
    fn a_label_that_is_too_long_keeps_two_dots() {
        assert_eq!(leader(&"x".repeat(100)), "..");
    }

    #[test]
    fn a_table_aligns_words_left_and_numbers_right() {
        let rows = vec![vec!["small".into(), "8".into()], vec!["large one".into(), "128".into()]];
        let table = Table { headings: &["what", "bytes"], rows: &rows };
        let plain = anstream::adapter::strip_str(&table.to_string()).to_string();
        assert_eq!(plain, "  what       bytes\n  small          8\n  large one    128");
    }

    #[test]
    fn a_table_with_ragged_rows_does_not_panic() {
        let rows = vec![vec![], vec!["a".into(), "b".into(), "c".into()]];
        assert!(Table { headings: &["one"], rows: &rows }.to_string().contains('c'));
    }
}
