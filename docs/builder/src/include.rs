//! `{{#include file:anchor}}`: reading a directive, and taking an anchor's lines out of a file.
//!
//! mdBook publishes an empty block for an anchor that does not exist, and says nothing. So the
//! rules are mdBook's own (its `links` preprocessor), and stricter where it is silent.

use crate::finding::Kind;
use crate::pattern::{Pattern, pattern};

static DIRECTIVE: Pattern = pattern(r"^\s*\{\{\s*#([a-zA-Z0-9_]+)\s+([^}]+)\}\}\s*$");
static START: Pattern = pattern(r"ANCHOR:\s*([\w-]+)");
static END: Pattern = pattern(r"ANCHOR_END:\s*([\w-]+)");

/// What a line with `{{#` in it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    /// `{{#include …}}`.
    Include(Target),
    /// `{{#rustdoc_include …}}`: the rest of the file follows as hidden lines.
    RustdocInclude(Target),
    /// `{{#title …}}`: sets the page's title, and prints nothing.
    Title,
}

/// The file and the part of it that an include names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The path, relative to the file with the directive.
    pub path: String,
    /// The anchor, or the whole file.
    pub anchor: Option<String>,
}

/// A part of a file: each line with its number, counted from 1.
pub type Lines<'a> = Vec<(usize, &'a str)>;

impl Directive {
    /// Reads a line. `None`: there is no `{{#` in it.
    ///
    /// # Errors
    ///
    /// A directive that the book does not allow, and why.
    pub fn parse(line: &str) -> Option<Result<Self, (Kind, String)>> {
        if !line.contains("{{#") && !line.contains("{{ #") {
            return None;
        }
        let Some(found) = DIRECTIVE.captures(line) else {
            let words = "`{{#` is left over: a directive stands alone on its line, and is never shown as text";
            return Some(Err((Kind::Leftover, words.to_owned())));
        };
        Some(match &found[1] {
            "title" => Ok(Directive::Title),
            "include" => Target::parse(&found[2]).map(Directive::Include),
            "rustdoc_include" => Target::parse(&found[2]).map(Directive::RustdocInclude),
            other => Err((
                Kind::Leftover,
                format!(
                    "`{{{{#{other}` is not for this book: use include, rustdoc_include or title"
                ),
            )),
        })
    }
}

impl Target {
    fn parse(text: &str) -> Result<Self, (Kind, String)> {
        let text = text.trim();
        let Some((path, part)) = text.split_once(':') else {
            return Ok(Target { path: text.to_owned(), anchor: None });
        };
        let counts_lines = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        if part.split(':').all(counts_lines) {
            let words = format!(
                "`{text}` includes by line number, which drifts as soon as the file is edited: use an anchor"
            );
            return Err((Kind::LineRange, words));
        }
        Ok(Target { path: path.to_owned(), anchor: Some(part.to_owned()) })
    }
}

/// The lines between an anchor's two ends; lines with other anchors are left out, as mdBook does.
///
/// # Errors
///
/// The anchor is not there exactly once, or holds nothing.
pub fn anchored<'a>(text: &'a str, anchor: &str) -> Result<Lines<'a>, (Kind, String)> {
    let places = |mark: &Pattern| -> Vec<usize> {
        let named = |line: &str| mark.captures(line).is_some_and(|found| &found[1] == anchor);
        let lines = (1..).zip(text.lines());
        lines.filter(|(_, line)| named(line)).map(|(n, _)| n).collect()
    };
    let (starts, ends) = (places(&START), places(&END));
    let (&[start], &[end]) = (starts.as_slice(), ends.as_slice()) else {
        let words = missing(text, anchor, &starts, &ends);
        return Err((Kind::MissingAnchor, words));
    };
    if end < start {
        let words =
            format!("anchor `{anchor}` ends in line {end}, before it starts in line {start}");
        return Err((Kind::MissingAnchor, words));
    }
    let lines: Lines = (1..)
        .zip(text.lines())
        .skip(start)
        .take(end - start - 1)
        .filter(|(_, line)| !is_anchor(line))
        .collect();
    if lines.iter().all(|(_, line)| line.trim().is_empty()) {
        let words = format!("anchor `{anchor}` is empty: the reader would see an empty block");
        return Err((Kind::EmptyAnchor, words));
    }
    Ok(lines)
}

/// Whether the line starts or ends some anchor.
pub fn is_anchor(line: &str) -> bool {
    START.is_match(line) || END.is_match(line)
}

fn missing(text: &str, anchor: &str, starts: &[usize], ends: &[usize]) -> String {
    if starts.is_empty() && ends.is_empty() {
        let known: Vec<&str> = START
            .captures_iter(text)
            .map(|found| found.get(1).map_or("", |name| name.as_str()))
            .collect();
        return match known.as_slice() {
            [] => format!("there is no anchor `{anchor}`, nor any other, in that file"),
            known => format!("there is no anchor `{anchor}`; that file has: {}", known.join(", ")),
        };
    }
    format!(
        "anchor `{anchor}` needs exactly one ANCHOR and one ANCHOR_END: there are {} (lines {starts:?}) and {} (lines {ends:?})",
        starts.len(),
        ends.len()
    )
}

/// Says why a piece of Rust is not a row of whole items or statements, as far as brackets tell.
pub fn cut(lines: &Lines) -> Option<String> {
    let code: String = lines.iter().flat_map(|(_, line)| [line, "\n"]).collect();
    let mut open: Vec<char> = Vec::new();
    for bracket in brackets(&code) {
        let closes = match bracket {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            opening => {
                open.push(opening);
                continue;
            }
        };
        if open.pop() != Some(closes) {
            return Some(format!("`{bracket}` closes what was opened outside of it"));
        }
    }
    open.last()
        .map(|bracket| format!("`{bracket}` is closed outside of it"))
        .or_else(|| begins_amid(&code))
}

/// A first line that can only continue something.
fn begins_amid(code: &str) -> Option<String> {
    let first = code.lines().map(str::trim).find(|line| !line.is_empty())?;
    let continues = [".", "?", "else", "&&", "||", "+ ", "= ", "=> ", "where"];
    continues
        .iter()
        .any(|start| first.starts_with(start))
        .then(|| format!("it begins amid a statement: `{first}`"))
}

/// The brackets of a piece of Rust, without those in comments, strings and characters.
fn brackets(code: &str) -> Vec<char> {
    static TOKEN: Pattern = pattern(
        r####"(?xs) //[^\n]* | /\*.*?\*/ | b?r\#"".*?""\# | b?r\#".*?"\# | b?r".*?" | b?"(?:\\.|[^"\\])*"
            | b?'(?:\\[^u]|\\u\{[0-9a-fA-F_]+\}|[^'\\])' | [()\[\]{}]"####,
    );
    TOKEN
        .find_iter(code)
        .filter_map(|token| match token.as_str() {
            bracket @ ("(" | ")" | "[" | "]" | "{" | "}") => bracket.chars().next(),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn include(text: &str) -> Result<Directive, (Kind, String)> {
        Directive::parse(text).expect("there is a directive")
    }

    #[test]
    fn a_directive_names_a_file_and_an_anchor() {
        let whole = include("{{#include ../a.txt}}").unwrap();
        let part = include("  {{#include ../a.rs:first-part}}").unwrap();
        let target = |path: &str, anchor: Option<&str>| Target {
            path: path.to_owned(),
            anchor: anchor.map(str::to_owned),
        };
        assert_eq!(whole, Directive::Include(target("../a.txt", None)));
        assert_eq!(part, Directive::Include(target("../a.rs", Some("first-part"))));
        assert_eq!(Directive::parse("no directive"), None);
    }

    #[test]
    fn line_numbers_and_strangers_are_refused() {
        for lines in ["a.rs:3", "a.rs:3:10", "a.rs:3:", "a.rs::10"] {
            let refused = include(&format!("{{{{#include {lines}}}}}")).unwrap_err();
            assert_eq!(refused.0, Kind::LineRange, "{lines}");
        }
        assert_eq!(include("{{#playground a.rs}}").unwrap_err().0, Kind::Leftover);
        assert_eq!(include(r"\{{#include a.rs}}").unwrap_err().0, Kind::Leftover);
        assert_eq!(include("{{#include a.rs").unwrap_err().0, Kind::Leftover);
    }

    #[test]
    fn an_anchor_gives_its_lines_without_other_anchors() {
        let text =
            "a\n// ANCHOR: one\nb\n// ANCHOR: two\nc\n// ANCHOR_END: two\n// ANCHOR_END: one\nd\n";
        assert_eq!(anchored(text, "one").unwrap(), [(3, "b"), (5, "c")]);
        assert_eq!(anchored(text, "two").unwrap(), [(5, "c")]);
        assert_eq!(anchored(text, "tow").unwrap_err().0, Kind::MissingAnchor);
    }

    #[test]
    fn an_anchor_is_there_once_and_holds_something() {
        let twice = "// ANCHOR: a\nx\n// ANCHOR_END: a\n// ANCHOR: a\ny\n// ANCHOR_END: a\n";
        let endless = "// ANCHOR: a\nx\n";
        let empty = "// ANCHOR: a\n\n// ANCHOR_END: a\n";
        let backwards = "// ANCHOR_END: a\nx\n// ANCHOR: a\n";
        assert_eq!(anchored(twice, "a").unwrap_err().0, Kind::MissingAnchor);
        assert_eq!(anchored(endless, "a").unwrap_err().0, Kind::MissingAnchor);
        assert_eq!(anchored(backwards, "a").unwrap_err().0, Kind::MissingAnchor);
        assert_eq!(anchored(empty, "a").unwrap_err().0, Kind::EmptyAnchor);
    }

    #[test]
    fn whole_items_are_told_from_cut_ones() {
        let cut = |code: &str| cut(&(1..).zip(code.lines()).collect());
        assert_eq!(cut("fn a<'a>(x: &'a str) -> char { '{' } // }"), None);
        assert_eq!(cut(r####"let s = "}"; let r = r#"" } "#; let c = '\u{7d}';"####), None);
        assert!(cut("fn a() {").is_some());
        assert!(cut("}\nfn a() {}").is_some());
        assert!(cut("    .map(|x| x)").is_some());
    }
}
