//! A prediction: a short program of a lesson, of which one says beforehand in which order its events come.
//!
//! It is an example of the lesson's package, so that cargo builds it and an editor understands it:
//!
//! ```toml
//! [[example]]
//! name = "two-wakes"
//! path = "predictions/1-two-wakes.rs"
//! ```
//!
//! Its crate doc is the question. What stands between `// ANCHOR: …` and `// ANCHOR_END: …` is shown, or
//! everything, if nothing is marked. The events are those that it records as notes such as `2: b is done`.

use crate::catalog;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::{Table, Value};

/// Where predictions are, below a lesson's folder.
const FOLDER: &str = "predictions";

/// One program to be predicted.
#[derive(Clone, Debug)]
pub struct Prediction {
    pub lesson_number: u32,
    pub lesson: String,
    pub number: u32,
    pub name: String,
    /// The lesson's package, of which it is an example.
    pub package: String,
    pub source: PathBuf,
    /// How long the program may run: as long as the lesson's.
    pub limit: Duration,
}

impl Prediction {
    /// `wakers/two-wakes`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.lesson, self.name)
    }

    /// The short form that a learner types: `3.1`.
    pub fn short(&self) -> String {
        format!("{}.{}", self.lesson_number, self.number)
    }
}

/// The predictions that a lesson's manifest declares, in order. Its other examples are none of them.
///
/// # Errors
///
/// If one has no name, or its file no number.
pub fn declared(manifest: &Table, of: &catalog::Lesson) -> Result<Vec<Prediction>> {
    let examples = manifest.get("example").and_then(Value::as_array).into_iter().flatten();
    let mut predictions = Vec::new();
    for example in examples.filter_map(Value::as_table) {
        let Some(path) = example.get("path").and_then(Value::as_str).map(Path::new) else {
            continue;
        };
        if !path.starts_with(FOLDER) {
            continue;
        }
        let name = catalog::text(example, "name").context("a prediction")?;
        let number = path.with_extension("");
        let (number, _) = catalog::numbered(&number).with_context(|| {
            let path = path.display();
            format!("`{path}` is no prediction: it should be like `{FOLDER}/1-{name}.rs`")
        })?;
        predictions.push(Prediction {
            lesson_number: of.number,
            lesson: of.name.clone(),
            number,
            name,
            package: of.package.clone(),
            source: of.folder.join(path),
            limit: of.limit,
        });
    }
    predictions.sort_by_key(|prediction| prediction.number);
    Ok(predictions)
}

/// What a learner sees of a prediction's source.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The lines of the question.
    pub question: Vec<String>,
    /// The lines of the program with their numbers, in one or several pieces.
    pub pieces: Vec<Vec<(usize, String)>>,
}

impl Source {
    pub fn of(text: &str) -> Self {
        let question = text.lines().map_while(|line| line.strip_prefix("//!"));
        let question: Vec<_> = question.map(|line| line.trim().to_owned()).collect();
        let mut pieces = vec![Vec::new()];
        let is_marked = text.lines().any(|line| is_marker(line, "ANCHOR"));
        let mut shown = !is_marked;
        for (number, line) in (1..).zip(text.lines()).skip(question.len()) {
            if is_marker(line, "ANCHOR_END") {
                shown = false;
                pieces.push(Vec::new());
            } else if is_marker(line, "ANCHOR") {
                shown = true;
            } else if shown {
                pieces.last_mut().into_iter().for_each(|piece| piece.push((number, line.into())));
            }
        }
        pieces.iter_mut().for_each(trim);
        pieces.retain(|piece| !piece.is_empty());
        Self { question, pieces }
    }

    /// Whether a line of the file is one of those that are shown.
    pub fn shows(&self, line: u64) -> bool {
        self.pieces.iter().flatten().any(|(number, _)| *number as u64 == line)
    }
}

fn is_marker(line: &str, word: &str) -> bool {
    let comment = line.trim().strip_prefix("// ").and_then(|line| line.strip_prefix(word));
    comment.is_some_and(|rest| rest.starts_with(':'))
}

/// Takes off the empty lines at both ends, and the indentation that all lines have in common.
fn trim(piece: &mut Vec<(usize, String)>) {
    let is_empty = |(_, line): &(usize, String)| line.trim().is_empty();
    while piece.last().is_some_and(is_empty) {
        piece.pop();
    }
    let first = piece.iter().position(|line| !is_empty(line)).unwrap_or_default();
    piece.drain(..first);
    let indented = |(_, line): &(usize, String)| line.len() - line.trim_start_matches(' ').len();
    let common =
        piece.iter().filter(|line| !is_empty(line)).map(indented).min().unwrap_or_default();
    for (_, line) in piece {
        *line = line.get(common..).unwrap_or_default().to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_is_shown_with_its_own_numbers() {
        let text = "//! Which is\n//! first?\n\nuse a;\n\n// ANCHOR: shown\n\n    fn one() {\n\n        two();\n    }\n    \
                    // ANCHOR_END: shown\nfn hidden() {}\n// ANCHOR: more\nfn three() {}\n// ANCHOR_END: more\n";
        let source = Source::of(text);
        assert_eq!(source.question, ["Which is", "first?"]);
        let line = |number, text: &str| (number, text.to_owned());
        let first = [line(8, "fn one() {"), line(9, ""), line(10, "    two();"), line(11, "}")];
        assert_eq!(source.pieces, [&first[..], &[line(15, "fn three() {}")]]);
        assert!(source.shows(10) && !source.shows(13));
    }

    #[test]
    fn without_marks_everything_below_the_question_is_shown() {
        let source = Source::of("//! What?\n\nfn main() {}\n\n");
        assert_eq!(source.pieces, [[(3, "fn main() {}".to_owned())]]);
        assert_eq!(Source::of("").pieces, Vec::<Vec<(usize, String)>>::new());
    }
}
