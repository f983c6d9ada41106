//! Measured figures: whether the drawn charts and tables are what the data gives, and whether each
//! is shown, in its form.

mod claim;
mod read;

use crate::course::Course;
use crate::finding::{Finding, Kind};
use crate::outline::Outline;
use crate::page::Page;
use anyhow::{Context, Result};
use shared::figures::Figures;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the figures are, relative to the folder of chapters.
pub const FOLDER: &str = "figures";
const OPEN: &str = "<figure class=\"chart\">";
const AGAIN: &str = "SNAPSHOTS=overwrite cargo test -p book --test figures";

/// The figures that can be read, by name.
type All = BTreeMap<String, Figures>;

/// Checks the folder of figures, and what the chapters show and say of them.
pub fn check(course: &Course, pages: &[(Page, Outline)], findings: &mut Vec<Finding>) {
    let folder = course.chapters().join(FOLDER);
    let all = all(course, findings);
    for file in files(&folder, "") {
        if let Err(words) = drawn(&all, &file) {
            findings.push(Finding::new(Kind::Figure, course.relative(&file), 1, words));
        }
    }
    let mut quoted = BTreeSet::new();
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for (page, outline) in pages {
        charts(course, page, &mut shown, findings);
        claim::check(&all, page, outline, &mut quoted, findings);
        let relative = |file: &PathBuf| {
            Some(
                file.strip_prefix(course.relative(&folder)).ok()?.file_stem()?.to_str()?.to_owned(),
            )
        };
        quoted.extend(page.includes.iter().filter_map(relative));
    }
    for figures in all.values() {
        let file = course.relative(&folder.join(format!("{}.json", figures.name())));
        let mut report = |words: &str| {
            findings.push(Finding::new(Kind::Figure, &*file, 1, words));
        };
        if !quoted.contains(figures.name()) {
            report("no chapter shows or quotes it: do so, or measure it no longer");
        }
        if shown.get(figures.name()).is_some_and(|times| *times > 1) {
            report("its chart is shown more than once: ids in it would not be unique in the book");
        }
        if figures.machine().is_some_and(|machine| machine.profile != "release") {
            report("was measured in a debug build: measure it again with --release");
        }
    }
}

/// Checks what a text that is not a chapter says of figures.
pub fn claims(course: &Course, page: &Page, outline: &Outline, findings: &mut Vec<Finding>) {
    let all = all(course, &mut Vec::new());
    claim::check(&all, page, outline, &mut BTreeSet::new(), findings);
}

/// Draws every chart and table again from its data. Returns the files that have changed.
///
/// # Errors
///
/// A file cannot be read, has no figures in it, or cannot be written.
pub fn draw(course: &Course) -> Result<Vec<PathBuf>> {
    let mut changed = Vec::new();
    for file in files(&course.chapters().join(FOLDER), "json") {
        let figures = read::read(&file).map_err(anyhow::Error::msg);
        let figures = figures.with_context(|| file.display().to_string())?;
        for (path, text) in derived(&figures, &file) {
            if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
                fs::write(&path, text).with_context(|| path.display().to_string())?;
                changed.push(path);
            }
        }
    }
    Ok(changed)
}

fn all(course: &Course, findings: &mut Vec<Finding>) -> All {
    let mut all = All::new();
    for file in files(&course.chapters().join(FOLDER), "json") {
        match read::read(&file) {
            Ok(figures) => {
                all.insert(figures.name().to_owned(), figures);
            }
            Err(words) => {
                findings.push(Finding::new(Kind::Figure, course.relative(&file), 1, words));
            }
        }
    }
    all
}

/// The files in a folder that have this extension, or any; sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|file| extension.is_empty() || file.extension().is_some_and(|it| it == extension));
    files.sort();
    files
}

/// What is made from the data, beside it.
fn derived(figures: &Figures, file: &Path) -> Vec<(PathBuf, String)> {
    let chart = figures.to_svg().ok().map(|svg| (file.with_extension("svg"), svg));
    let table = figures.to_markdown().ok().map(|table| (file.with_extension("md"), table));
    chart.into_iter().chain(table).collect()
}

/// A file is data, or what is drawn from it; and the data has all that is drawn from it.
fn drawn(all: &All, file: &Path) -> Result<(), String> {
    let name = file.file_stem().unwrap_or_default().display().to_string();
    let data = file.with_extension("json");
    let Some(figures) = all.get(&name) else {
        // Data that cannot be read has been reported, and what is drawn from it stays.
        return match data.is_file() {
            true => Ok(()),
            false => Err(format!("there is no {name}.json from which it is drawn: remove it")),
        };
    };
    let derived = derived(figures, file);
    if file == data {
        let missing = derived.iter().find(|(path, _)| !path.is_file());
        return missing.map_or(Ok(()), |(path, _)| {
            let path = path.file_name().unwrap_or_default().display();
            Err(format!("has no {path} beside it: {AGAIN} draws it"))
        });
    }
    let Some((_, text)) = derived.into_iter().find(|(path, _)| path == file) else {
        return Err(format!("is not drawn from {name}.json: remove it"));
    };
    match fs::read_to_string(file).is_ok_and(|there| there.lines().eq(text.lines())) {
        true => Ok(()),
        false => Err(format!("is not what {name}.json gives: {AGAIN} draws it again")),
    }
}

/// Each chart stands in a figure of its class, at once, and no empty line ends the block of HTML.
fn charts(
    course: &Course,
    page: &Page,
    shown: &mut BTreeMap<String, usize>,
    findings: &mut Vec<Finding>,
) {
    let folder = course.relative(&course.chapters().join(FOLDER));
    let is_chart = |index: usize| {
        page.lines.get(index).is_some_and(|line| {
            line.file.starts_with(&folder) && line.file.extension().is_some_and(|it| it == "svg")
        })
    };
    for (index, line) in page.lines.iter().enumerate() {
        let mut report = |index, words: &str| {
            findings.push(page.finding(Kind::Figure, index, words));
        };
        if line.text == OPEN {
            let missing = page.lines.get(index + 1).is_some_and(|line| line.missing);
            if !is_chart(index + 1) && !missing {
                report(index, "the line after it has to include figures/NAME.svg");
            } else if let Err((index, words)) = whole(page, index) {
                report(index, words);
            }
        }
        if is_chart(index) && line.number == 1 {
            let name = line.file.file_stem().unwrap_or_default().display().to_string();
            *shown.entry(name).or_default() += 1;
            if index == 0 || page.lines[index - 1].text != OPEN {
                report(index, &format!("a chart stands directly after a line {OPEN}"));
            }
        }
    }
}

fn whole(page: &Page, begin: usize) -> Result<(), (usize, &'static str)> {
    let lines = &page.lines[begin..];
    let Some(end) = lines.iter().position(|line| line.text == "</figure>") else {
        return Err((begin, "the figure has no line `</figure>`"));
    };
    match lines[..end].iter().position(|line| line.text.trim().is_empty()) {
        Some(empty) => Err((begin + empty, "an empty line ends the figure's HTML: leave it out")),
        None => Ok(()),
    }
}
