//! A chapter as its reader gets it: with every include resolved, each line knowing where it comes
//! from.

use crate::course::{Course, fold};
use crate::finding::{Finding, Kind};
use crate::include::{self, Directive, Lines, Target};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// mdBook's own limit for includes within includes.
const MAX_DEPTH: usize = 10;

/// A chapter, resolved.
#[derive(Debug)]
pub struct Page {
    /// The chapter's file, relative to the folder of chapters.
    pub name: PathBuf,
    /// The same, relative to the course's root.
    pub file: Rc<Path>,
    /// What the reader gets, line by line.
    pub lines: Vec<Line>,
    /// The files that the chapter includes, wholly or in parts, relative to the course's root.
    pub includes: Vec<PathBuf>,
}

/// A line, and where it was written.
#[derive(Clone, Debug)]
pub struct Line {
    /// The text.
    pub text: String,
    /// The file it comes from, relative to the course's root.
    pub file: Rc<Path>,
    /// Its number there, counted from 1.
    pub number: usize,
    /// Whether it stands for an include that failed, and has been reported.
    pub missing: bool,
}

impl Page {
    /// Reads the chapter `name` and resolves what it includes.
    pub fn read(course: &Course, name: &Path, findings: &mut Vec<Finding>) -> Option<Page> {
        let path = course.chapters().join(name);
        let file: Rc<Path> = course.relative(&path).into();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                let words = format!("cannot be read: {error}");
                findings.push(Finding::new(Kind::BuildFailed, &*file, 1, words));
                return None;
            }
        };
        let mut page = Page {
            name: name.to_owned(),
            file: Rc::clone(&file),
            lines: Vec::new(),
            includes: Vec::new(),
        };
        let mut resolver = Resolver { course, findings };
        resolver.resolve(&mut page, &file, (1..).zip(text.lines()).collect(), 0);
        Some(page)
    }

    /// The resolved text.
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect()
    }

    /// A finding about the line at `index` of the resolved text.
    pub fn finding(&self, kind: Kind, index: usize, words: impl Into<String>) -> Finding {
        let mut words = words.into();
        match self.lines.get(index) {
            Some(line) => {
                if line.file != self.file {
                    words.push_str(&format!("\n(included by {})", self.file.display()));
                }
                Finding::new(kind, &*line.file, line.number, words)
            }
            None => Finding::new(kind, &*self.file, 1, words),
        }
    }

    fn push(&mut self, text: &str, file: &Rc<Path>, number: usize) -> &mut Line {
        self.lines.push_mut(Line {
            text: text.to_owned(),
            file: Rc::clone(file),
            number,
            missing: false,
        })
    }

    /// Whether the line at `index` was written in the chapter itself.
    pub fn is_own(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(|line| line.file == self.file)
    }
}

struct Resolver<'a> {
    course: &'a Course,
    findings: &'a mut Vec<Finding>,
}

impl Resolver<'_> {
    fn resolve(&mut self, page: &mut Page, file: &Rc<Path>, lines: Lines, depth: usize) {
        for (number, text) in lines {
            let directive = match Directive::parse(text) {
                None => {
                    page.push(text, file, number);
                    continue;
                }
                Some(directive) => directive,
            };
            let included = directive.and_then(|directive| match directive {
                Directive::Title => Ok(()),
                _ if depth == MAX_DEPTH => Err((
                    Kind::BrokenInclude,
                    "includes go deeper than mdBook follows: is there a cycle?".to_owned(),
                )),
                Directive::Include(target) => self.include(page, file, &target, depth),
                Directive::RustdocInclude(target) => self.rustdoc_include(page, file, &target),
            });
            if let Err((kind, words)) = included {
                self.findings.push(Finding::new(kind, &**file, number, words));
                page.push("…", file, number).missing = true;
            }
        }
    }

    fn include(
        &mut self,
        page: &mut Page,
        from: &Rc<Path>,
        target: &Target,
        depth: usize,
    ) -> Result<(), (Kind, String)> {
        let (file, text) = self.read(page, from, target)?;
        let rust = file.extension().is_some_and(|extension| extension == "rs");
        let lines = match &target.anchor {
            Some(anchor) => {
                let lines = include::anchored(&text, anchor)?;
                if rust && let Some(why) = include::cut(&lines) {
                    let words = format!(
                        "anchor `{anchor}` is not made of whole items or statements: {why}"
                    );
                    return Err((Kind::CutAnchor, words));
                }
                lines
            }
            None if rust && text.lines().any(include::is_anchor) => {
                let words = "the whole file is included, and the reader would see its ANCHOR lines: name an anchor";
                return Err((Kind::BrokenInclude, words.to_owned()));
            }
            None => (1..).zip(text.lines()).collect(),
        };
        self.resolve(page, &file, lines, depth + 1);
        Ok(())
    }

    fn rustdoc_include(
        &mut self,
        page: &mut Page,
        from: &Rc<Path>,
        target: &Target,
    ) -> Result<(), (Kind, String)> {
        let (file, text) = self.read(page, from, target)?;
        let shown: Vec<usize> = match &target.anchor {
            Some(anchor) => include::anchored(&text, anchor)?.iter().map(|(n, _)| *n).collect(),
            None => (1..=text.lines().count()).collect(),
        };
        for (number, line) in (1..).zip(text.lines()) {
            if include::is_anchor(line) {
                continue;
            }
            let hidden = if shown.contains(&number) { "" } else { "# " };
            page.push(&format!("{hidden}{line}"), &file, number);
        }
        Ok(())
    }

    fn read(
        &self,
        page: &mut Page,
        from: &Path,
        target: &Target,
    ) -> Result<(Rc<Path>, String), (Kind, String)> {
        let folder = from.parent().unwrap_or(Path::new(""));
        let path = fold(&self.course.root().join(folder).join(&target.path));
        let file: Rc<Path> = self.course.relative(&path).into();
        page.includes.push(file.to_path_buf());
        let text = fs::read_to_string(&path).map_err(|error| {
            let words = format!("includes {}, which cannot be read: {error}", file.display());
            (Kind::BrokenInclude, words)
        })?;
        if text.trim().is_empty() {
            let words = format!("includes {}, which is empty", file.display());
            return Err((Kind::BrokenInclude, words));
        }
        Ok((file, text))
    }
}
