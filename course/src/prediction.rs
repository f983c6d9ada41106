//! A prediction: a short program of a lesson, of which one says beforehand in which order its
//! events come.
//!
//! It is an example of the lesson's package, so that cargo builds it and an editor understands it:
//!
//! ```toml
//! [[example]]
//! name = "two-wakes"
//! path = "predictions/1-two-wakes.rs"
//! ```
//!
//! Its crate doc is the question. [`Excerpt`](crate::excerpt::Excerpt) is what is shown of it: what
//! stands between `// ANCHOR: …` and `// ANCHOR_END: …`, or everything, if nothing is marked. The
//! events are those that it records as notes such as `2: b is done`.

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

/// The lesson that predictions belong to.
pub struct Owner<'a> {
    pub number: u32,
    pub name: &'a str,
    pub package: &'a str,
    pub folder: &'a Path,
    pub limit: Duration,
}

/// The predictions that a lesson's manifest declares, in order. Its other examples are none of
/// them.
///
/// # Errors
///
/// If one has no name, or its file no number.
pub fn declared(manifest: &Table, of: &Owner<'_>) -> Result<Vec<Prediction>> {
    let examples = manifest.get("example").and_then(Value::as_array).into_iter().flatten();
    let mut predictions = Vec::new();
    for example in examples.filter_map(Value::as_table) {
        let Some(path) = example.get("path").and_then(Value::as_str).map(Path::new) else {
            continue;
        };
        if !path.starts_with(FOLDER) {
            continue;
        }
        let name = course_manifest::text(example, "name").context("a prediction")?;
        let number = path.with_extension("");
        let (number, _) = course_manifest::numbered(&number).with_context(|| {
            let path = path.display();
            format!("`{path}` is not a prediction: it should be like `{FOLDER}/1-{name}.rs`")
        })?;
        predictions.push(Prediction {
            lesson_number: of.number,
            lesson: of.name.to_owned(),
            number,
            name,
            package: of.package.to_owned(),
            source: of.folder.join(path),
            limit: of.limit,
        });
    }
    predictions.sort_by_key(|prediction| prediction.number);
    Ok(predictions)
}
