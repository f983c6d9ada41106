//! Links and images: whether each leads somewhere.

use crate::course::{Course, fold};
use crate::finding::{Finding, Kind};
use crate::outline::{Link, Outline};
use crate::page::Page;
use crate::pattern::{Pattern, pattern};
use crate::render::Rendered;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

static WEB: Pattern = pattern(r"^https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?([/?#]\S*)?$");
static SCHEME: Pattern = pattern(r"^[A-Za-z][A-Za-z0-9+.-]*:");

/// Checks a page's links. The network is not asked: of an address in the web only the form is
/// checked.
pub fn check(
    course: &Course,
    page: &Page,
    outline: &Outline,
    rendered: &HashMap<PathBuf, Rendered>,
    findings: &mut Vec<Finding>,
) {
    for (line, name) in &outline.unresolved {
        let words = format!("nothing is called `[{name}]`: define it, or write the link out");
        findings.push(page.finding(Kind::DeadLink, *line, words));
    }
    for link in &outline.links {
        if let Err((kind, words)) = follow(course, page, link, rendered) {
            findings.push(page.finding(kind, line_of(page, link), words));
        }
    }
}

/// A link's span begins at its paragraph's line where the paragraph is wrapped: look for the line
/// that has it.
fn line_of(page: &Page, link: &Link) -> usize {
    let after = page.lines.iter().enumerate().skip(link.line).take(40);
    let mut lines = after.filter(|(_, line)| line.text.contains(&link.to));
    lines.next().map_or(link.line, |(index, _)| index)
}

fn follow(
    course: &Course,
    page: &Page,
    link: &Link,
    rendered: &HashMap<PathBuf, Rendered>,
) -> Result<(), (Kind, String)> {
    let dead = |why: &str| Err((Kind::DeadLink, format!("`{}` {why}", link.to)));
    if link.to.is_empty() {
        return dead("leads nowhere");
    }
    if SCHEME.is_match(&link.to) {
        return match WEB.is_match(&link.to) {
            true => Ok(()),
            false => dead("is no https address"),
        };
    }
    if link.to.starts_with('/') {
        return dead("is absolute, and breaks where the book is not at the top: make it relative");
    }
    let (path, heading) = match link.to.split_once('#') {
        Some((path, heading)) => (path, Some(heading)),
        None => (link.to.as_str(), None),
    };
    let folder = page.name.parent().unwrap_or(Path::new(""));
    let target = match path {
        "" => page.name.clone(),
        path => fold(&folder.join(path)),
    };
    if target.starts_with("..") {
        return dead("leads out of docs/src, where the built book does not reach");
    }
    if let Some(there) = rendered.get(&target) {
        return match heading {
            Some(heading) if !there.ids.contains(heading) => Err((
                Kind::DeadHeading,
                format!("{} has no heading `#{heading}`{}", target.display(), near(heading, there)),
            )),
            _ => Ok(()),
        };
    }
    if target.extension().is_some_and(|extension| extension == "html") {
        return dead("names the built page: link to the .md file, and mdBook turns it round");
    }
    if target.extension().is_some_and(|extension| extension == "md") {
        return dead("is not a chapter of the book");
    }
    match course.chapters().join(&target).is_file() {
        true => Ok(()),
        false => dead("does not exist"),
    }
}

/// The headings that begin alike, or end alike.
fn near(heading: &str, page: &Rendered) -> String {
    let length = heading.len().min(4);
    let start = heading.get(..length).unwrap_or(heading);
    let mut alike: Vec<&str> = page.ids.iter().map(String::as_str).collect();
    alike.retain(|id| id.starts_with(start) || id.contains(heading) || heading.contains(id));
    alike.sort_unstable();
    match alike.as_slice() {
        [] => String::new(),
        alike => format!("; it has {}", alike.join(", ")),
    }
}
