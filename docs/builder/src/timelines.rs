//! Recorded timelines: whether each is shown, whole, with the recording that its stepper needs.

use crate::course::Course;
use crate::finding::{Finding, Kind};
use crate::outline::Outline;
use crate::page::Page;
use crate::pattern::{Pattern, pattern};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the pictures and recordings are, relative to the folder of chapters.
const FOLDER: &str = "timelines";

static FIGURE: Pattern = pattern(r#"^<figure class="timeline" id="timeline-([a-z0-9-]+)">$"#);

/// Checks that every recorded timeline stands in one chapter, in the form that the stepper reads.
pub fn check(course: &Course, pages: &[(Page, Outline)], findings: &mut Vec<Finding>) {
    let folder = course.chapters().join(FOLDER);
    let mut shown: BTreeMap<PathBuf, usize> = recorded(&folder).map(|file| (file, 0)).collect();
    for (page, _) in pages {
        for (line, name) in figures(page) {
            if let Err((line, words)) = figure(course, page, line, &name) {
                findings.push(page.finding(Kind::Timeline, line, words));
            }
            if let Some(times) = shown.get_mut(Path::new(&format!("{name}.svg"))) {
                *times += 1;
            }
        }
    }
    for (file, times) in shown {
        let words = match times {
            1 => continue,
            0 => "is in no chapter: show it where it belongs, or record it no longer".to_owned(),
            times => format!("is shown {times} times: ids in it would not be unique in the book"),
        };
        let file = course.relative(&folder.join(file));
        findings.push(Finding::new(Kind::Timeline, file, 1, words));
    }
}

fn recorded(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.map(|entry| PathBuf::from(entry.file_name()));
    files.filter(|file| file.extension().is_some_and(|extension| extension == "svg"))
}

/// The figures of a page: the line where each begins, and its name.
fn figures(page: &Page) -> impl Iterator<Item = (usize, String)> {
    page.lines.iter().enumerate().filter_map(|(index, line)| {
        let found = FIGURE.captures(&line.text)?;
        Some((index, found[1].to_owned()))
    })
}

/// The picture follows at once, no empty line ends the block of HTML, and the recording comes right
/// after it.
fn figure(course: &Course, page: &Page, begin: usize, name: &str) -> Result<(), (usize, String)> {
    let picture = course.relative(&course.chapters().join(FOLDER).join(format!("{name}.svg")));
    let lines = &page.lines[begin + 1..];
    let includes = lines.first().is_some_and(|line| *line.file == *picture || line.missing);
    if !includes {
        let words = format!("the line after it has to include {FOLDER}/{name}.svg");
        return Err((begin, words));
    }
    let Some(end) = lines.iter().position(|line| line.text == "</figure>") else {
        return Err((begin, "the figure has no line `</figure>`".to_owned()));
    };
    if let Some(empty) = lines[..end].iter().position(|line| line.text.trim().is_empty()) {
        let words = "an empty line ends the figure's HTML: leave it out".to_owned();
        return Err((begin + 1 + empty, words));
    }
    let script = format!("<script src=\"{FOLDER}/{name}.js\"></script>");
    match lines.get(end + 1) {
        Some(line) if line.text == script => Ok(()),
        _ => Err((begin + 1 + end, format!("after the figure has to stand {script}"))),
    }
}
