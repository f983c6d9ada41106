//! Building the book with mdBook as a library, and reading what came out.

use crate::course::Course;
use crate::pattern::{Pattern, pattern};
use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_summary::Summary;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Builds the book's HTML into `folder`.
///
/// # Errors
///
/// What mdBook says, such as a `book.toml` that it cannot read.
pub fn render(course: &Course, summary: Summary, folder: &Path) -> Result<()> {
    let file = course.docs().join("book.toml");
    let mut config =
        Config::from_disk(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    config.build.build_dir = folder.to_owned();
    config.build.create_missing = false;
    let book = MDBook::load_with_config_and_summary(course.docs(), config, summary)?;
    book.build()
}

/// A page as mdBook made it.
#[derive(Debug, Default)]
pub struct Rendered {
    /// What can be linked to: `waker` for `glossary.md#waker`.
    pub ids: HashSet<String>,
    /// The text around the first `{{#` that is left in it.
    pub leftover: Option<String>,
}

static MAIN: Pattern = pattern(r"(?s)<main>.*</main>");
static ID: Pattern = pattern(r#"<[a-zA-Z][^<>]*\sid="([^"]+)""#);
static LEFTOVER: Pattern = pattern(r"\{\{\s*#.{0,60}");

impl Rendered {
    /// Reads the page that `chapter` (relative to the folder of chapters) became in `folder`.
    ///
    /// # Errors
    ///
    /// The page is not there.
    pub fn read(folder: &Path, chapter: &Path) -> Result<Rendered> {
        let file = folder.join(chapter.with_extension("html"));
        let html = fs::read_to_string(&file)
            .with_context(|| format!("mdBook made no {}", file.display()))?;
        let main = MAIN.find(&html).map_or(html.as_str(), |main| main.as_str());
        Ok(Rendered {
            ids: ID.captures_iter(main).map(|found| found[1].to_owned()).collect(),
            leftover: LEFTOVER.find(main).map(|found| found.as_str().to_owned()),
        })
    }
}
