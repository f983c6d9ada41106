//! An edit: hunks without line numbers, whose place is known by the lines that they keep and
//! remove.
//!
//! Invariant. The lines that a hunk keeps and removes stand in the base exactly once, one after
//! another, behind those of the hunk before it. So an edit fits in one way or in none, and a base
//! that changes under it is noticed. `patch` is more lenient than that, and its leniency is what
//! must not happen here.

use similar::{Algorithm, ChangeTag, TextDiff};
use std::fmt;

/// How many lines are kept around a change where fewer would be unique, too: enough to see where
/// one is.
const CONTEXT: usize = 2;

/// What separates hunks.
const SEAM: &str = "@@";

/// A change of a text, as hunks from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    hunks: Vec<Vec<Line>>,
}

/// A line of a hunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Kept(String),
    Removed(String),
    Added(String),
}

/// Why an edit does not fit its base; `Display` says it with the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// These lines of the hunk with this number are not in the base.
    Gone { hunk: usize, lines: Vec<String> },
    /// All of them are in the base, but not one after another, or above the hunk before.
    Apart { hunk: usize },
    /// They stand there several times, at these line numbers.
    Ambiguous { hunk: usize, places: Vec<usize> },
    /// The result is the base.
    Nothing,
}

impl Line {
    /// The text without its mark.
    fn text(&self) -> &str {
        match self {
            Line::Kept(text) | Line::Removed(text) | Line::Added(text) => text,
        }
    }

    fn is_in_base(&self) -> bool {
        !matches!(self, Line::Added(_))
    }
}

/// A line as it stands in the page: a mark, then the text; an empty kept line is empty.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Line::Kept(text) if text.is_empty() => Ok(()),
            Line::Kept(text) => write!(f, " {text}"),
            Line::Removed(text) => write!(f, "-{text}"),
            Line::Added(text) => write!(f, "+{text}"),
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, hunk) in self.hunks.iter().enumerate() {
            if at > 0 {
                writeln!(f, "{SEAM}")?;
            }
            hunk.iter().try_for_each(|line| writeln!(f, "{line}"))?;
        }
        Ok(())
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misfit::Gone { hunk, lines } => {
                write!(f, "hunk {hunk} has lines that are not there:")?;
                lines.iter().try_for_each(|line| write!(f, "\n| {line}"))
            }
            Misfit::Apart { hunk } => write!(
                f,
                "the lines of hunk {hunk} are there, but not one after another below the hunk before it"
            ),
            Misfit::Ambiguous { hunk, places } => {
                let places: Vec<_> = places.iter().map(usize::to_string).collect();
                write!(
                    f,
                    "the lines of hunk {hunk} stand there more than once, at lines {}: more context \
                     makes the place unique",
                    places.join(" and ")
                )
            }
            Misfit::Nothing => write!(f, "it changes nothing"),
        }
    }
}

impl Edit {
    /// Reads the lines of a `diff` block.
    ///
    /// # Errors
    ///
    /// In words, if a line has no mark, or a hunk changes nothing or names no line of the base.
    pub fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut hunks = vec![Vec::new()];
        for line in lines {
            let (mark, text) = line.split_at_checked(1).unwrap_or(("", ""));
            let line = match mark {
                _ if line == SEAM => {
                    hunks.push(Vec::new());
                    continue;
                }
                "" | " " => Line::Kept(text.to_owned()),
                "-" => Line::Removed(text.to_owned()),
                "+" => Line::Added(text.to_owned()),
                _ => {
                    return Err(format!(
                        "its edit has a line that begins with none of `+`, `-` and a space: {line}"
                    ));
                }
            };
            hunks.last_mut().expect("there is always one").push(line);
        }
        for (at, hunk) in hunks.iter().enumerate() {
            if !hunk.iter().any(|line| !matches!(line, Line::Kept(_))) {
                return Err(format!("hunk {} of its edit changes nothing", at + 1));
            }
            if !hunk.iter().any(Line::is_in_base) {
                return Err(format!("hunk {} of its edit only adds: nothing says where", at + 1));
            }
        }
        Ok(Self { hunks })
    }

    /// Applies the edit.
    ///
    /// # Errors
    ///
    /// If it does not fit.
    pub fn apply(&self, base: &str) -> Result<String, Misfit> {
        let lines: Vec<_> = base.lines().collect();
        let mut edited: Vec<&str> = Vec::new();
        let mut done = 0;
        for (at, hunk) in self.hunks.iter().enumerate() {
            let old: Vec<_> =
                hunk.iter().filter(|line| line.is_in_base()).map(Line::text).collect();
            let place = place(&lines, &old, done, at + 1)?;
            edited.extend(&lines[done..place]);
            edited.extend(
                hunk.iter().filter(|line| !matches!(line, Line::Removed(_))).map(Line::text),
            );
            done = place + old.len();
        }
        edited.extend(&lines[done..]);
        if edited == lines {
            return Err(Misfit::Nothing);
        }
        Ok(edited.join("\n") + "\n")
    }

    /// Makes the edit that turns `base` into `edited`, with as much context as each hunk's place
    /// needs. `None` if they are the same, or if `base` is empty.
    pub fn between(base: &str, edited: &str) -> Option<Self> {
        let lines: Vec<_> = base.lines().collect();
        let script = script(base, edited);
        let mut hunks = Vec::new();
        for change in changes(&script) {
            hunks.push(grown(&lines, &script, change));
        }
        let hunks: Vec<_> =
            joined(hunks).into_iter().map(|(from, to)| script[from..to].to_vec()).collect();
        let edit = Self { hunks };
        (!edit.hunks.is_empty() && edit.apply(base).is_ok()).then_some(edit)
    }

    /// The hunks, each as its lines.
    pub fn hunks(&self) -> impl Iterator<Item = &[Line]> {
        self.hunks.iter().map(Vec::as_slice)
    }
}

/// Where `old` stands in `lines`: exactly once, and not above `from`.
fn place(lines: &[&str], old: &[&str], from: usize, hunk: usize) -> Result<usize, Misfit> {
    let places = places(lines, old);
    match places[..] {
        [only] if only >= from => Ok(only),
        [] | [_] => {
            let gone = old.iter().filter(|line| !lines.contains(line));
            let gone: Vec<_> = gone.map(|line| (*line).to_owned()).collect();
            Err(if gone.is_empty() {
                Misfit::Apart { hunk }
            } else {
                Misfit::Gone { hunk, lines: gone }
            })
        }
        _ => {
            Err(Misfit::Ambiguous { hunk, places: places.iter().map(|place| place + 1).collect() })
        }
    }
}

fn places(lines: &[&str], old: &[&str]) -> Vec<usize> {
    let windows = lines.windows(old.len().max(1)).enumerate();
    windows.filter(|(_, window)| *window == old).map(|(at, _)| at).collect()
}

/// Both texts as one list of lines: kept, removed, added.
fn script(base: &str, edited: &str) -> Vec<Line> {
    let difference = TextDiff::configure().algorithm(Algorithm::Patience).diff_lines(base, edited);
    let changes = difference.iter_all_changes();
    changes
        .map(|change| {
            let text = change.value().trim_end_matches('\n').to_owned();
            match change.tag() {
                ChangeTag::Equal => Line::Kept(text),
                ChangeTag::Delete => Line::Removed(text),
                ChangeTag::Insert => Line::Added(text),
            }
        })
        .collect()
}

/// The ranges of a script that are not kept.
fn changes(script: &[Line]) -> Vec<(usize, usize)> {
    let is_kept = |at: usize| matches!(script[at], Line::Kept(_));
    let mut changes = Vec::new();
    let mut at = 0;
    while at < script.len() {
        let end =
            (at..script.len()).find(|&end| is_kept(end) != is_kept(at)).unwrap_or(script.len());
        if !is_kept(at) {
            changes.push((at, end));
        }
        at = end;
    }
    changes
}

/// A change with its context: the usual lines, and more until their place in the base is unique.
fn grown(lines: &[&str], script: &[Line], (from, to): (usize, usize)) -> (usize, usize) {
    let (mut from, mut to) = (from.saturating_sub(CONTEXT), (to + CONTEXT).min(script.len()));
    let is_unique = |from: usize, to: usize| {
        let old: Vec<_> =
            script[from..to].iter().filter(|line| line.is_in_base()).map(Line::text).collect();
        !old.is_empty() && places(lines, &old).len() == 1
    };
    while !is_unique(from, to) && (from > 0 || to < script.len()) {
        from = from.saturating_sub(1);
        to = (to + 1).min(script.len());
    }
    (from, to)
}

/// Hunks that touch or overlap are one.
fn joined(hunks: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, to) in hunks {
        match joined.last_mut() {
            Some(before) if from <= before.1 => *before = (before.0.min(from), before.1.max(to)),
            _ => joined.push((from, to)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";

    fn read(text: &str) -> Edit {
        Edit::read(text.lines()).expect("it is an edit")
    }

    #[track_caller]
    fn refused(text: &str, words: &str) {
        let misfit = read(text).apply(BASE).expect_err("it does not fit").to_string();
        assert!(misfit.contains(words), "{misfit}");
    }

    #[test]
    fn hunks_are_applied_where_their_lines_stand() {
        let edit = read(" two\n-three\n+3\n@@\n seven\n+seven and a half\n eight\n");
        assert_eq!(
            edit.apply(BASE).expect("it fits"),
            "one\ntwo\n3\nfour\nfive\nsix\nseven\nseven and a half\neight\n"
        );
    }

    #[test]
    fn an_empty_line_is_kept_with_and_without_its_space() {
        let base = "a\n\nb\n";
        for text in [" a\n\n-b\n+c\n", " a\n \n-b\n+c\n"] {
            assert_eq!(read(text).apply(base).expect("it fits"), "a\n\nc\n");
        }
    }

    #[test]
    fn a_base_that_moved_is_told_with_its_lines() {
        refused(" two\n-drei\n+3\n", "hunk 1 has lines that are not there:\n| drei");
        refused(" two\n-four\n", "hunk 1 are there, but not one after another");
        refused("-seven\n@@\n-one\n", "hunk 2 are there, but not one after another below");
    }

    #[test]
    fn lines_that_stand_twice_are_no_place() {
        let misfit = read("-a\n+b\n").apply("a\nx\na\n").expect_err("there are two");
        assert!(misfit.to_string().contains("more than once, at lines 1 and 3"), "{misfit}");
        assert_eq!(read(" x\n-a\n+b\n").apply("a\nx\na\n").expect("it fits"), "a\nx\nb\n");
    }

    #[test]
    fn an_edit_that_changes_nothing_is_refused() {
        refused("-two\n+two\n", "it changes nothing");
        assert!(
            Edit::read(" two\n".lines())
                .is_err_and(|why| why.contains("hunk 1 of its edit changes nothing"))
        );
        assert!(Edit::read("-a\n@@\n".lines()).is_err_and(|why| why.contains("hunk 2")));
        assert!(Edit::read("+a\n".lines()).is_err_and(|why| why.contains("only adds")));
        assert!(Edit::read("*a\n".lines()).is_err_and(|why| why.contains("begins with none of")));
    }

    #[test]
    fn what_is_made_from_two_texts_turns_one_into_the_other() {
        let texts = [
            "one\nzwei\nthree\nfour\nfive\nsix\nseven\nacht\n",
            "two\nthree\nfour\nfive\nsix\nseven\n",
            "zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n",
            "x\n",
        ];
        for edited in texts {
            let edit = Edit::between(BASE, edited).expect("they differ");
            assert_eq!(edit.apply(BASE).expect("it fits"), edited);
            assert_eq!(read(&edit.to_string()), edit, "it reads what it writes:\n{edit}");
        }
        assert_eq!(Edit::between(BASE, BASE), None);
    }

    #[test]
    fn context_grows_until_the_place_is_unique() {
        let base = "a\n}\n}\nb\n}\n}\nc\n}\n}\n";
        let edited = "a\n}\n}\nb\n}\nx\n}\nc\n}\n}\n";
        let edit = Edit::between(base, edited).expect("they differ");
        assert_eq!(edit.apply(base).expect("it fits"), edited);
    }
}
