//! Blocks that quote something: a part of a transcript, what a command or a program prints, what
//! the compiler says. The comment directly before such a block says what it quotes.

/// What a block quotes, from the comment before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quote {
    /// `<!-- transcript: wakers -->`: lines of what that lesson prints.
    Transcript(String),
    /// `<!-- output -->`: what the Rust block above it prints.
    Output,
    /// `<!-- output: cargo course lesson 99; exit 2 -->`: what that command prints, and its exit
    /// code.
    Command {
        /// The command, word by word.
        words: Vec<String>,
        /// The exit code.
        exit: i32,
    },
    /// `<!-- compiler error -->`: the errors for the Rust block above it.
    CompilerError,
    /// `<!-- compiler warning -->`: the warnings for the Rust block above it.
    CompilerWarning,
}

/// The line that stands for lines left out.
pub const ELISION: &str = "…";

impl Quote {
    /// Reads a comment that stands directly before a block.
    ///
    /// # Errors
    ///
    /// The comment is none of those above: what would be.
    pub fn parse(comment: &str) -> Result<Self, String> {
        let (head, rest) = match comment.split_once(':') {
            Some((head, rest)) => (head.trim(), Some(rest.trim())),
            None => (comment.trim(), None),
        };
        match (head, rest) {
            ("transcript", Some(lesson)) => Ok(Quote::Transcript(lesson.to_owned())),
            ("output", None) => Ok(Quote::Output),
            ("output", Some(command)) => command_of(command),
            ("compiler error", None) => Ok(Quote::CompilerError),
            ("compiler warning", None) => Ok(Quote::CompilerWarning),
            _ => Err(format!(
                "`<!-- {comment} -->` directly before a block is not understood: write `transcript: LESSON`, `output`, \
                 `output: COMMAND; exit N`, `compiler error` or `compiler warning`, or put a line of text between"
            )),
        }
    }
}

fn command_of(text: &str) -> Result<Quote, String> {
    let (command, exit) = match text.split_once(';') {
        Some((command, exit)) => (command, exit.trim()),
        None => (text, "exit 0"),
    };
    let code = exit.strip_prefix("exit ").and_then(|code| code.trim().parse().ok());
    let exit = code.ok_or_else(|| format!("`{exit}` is not an exit code: write `; exit 2`"))?;
    let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["cargo", "course" | "lesson", ..] => Ok(Quote::Command { words, exit }),
        _ => Err(format!(
            "`{command}` is not run here: only `cargo course …` and `cargo lesson …` are"
        )),
    }
}

/// How much of the original a quotation has to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Any consecutive lines of it.
    Part,
    /// All of it, but for the lines that a `…` stands for.
    Whole,
}

/// Compares a quotation with its original, line by line.
///
/// # Errors
///
/// The first line that differs, in words.
pub fn compare(quote: &[String], original: &str, extent: Extent) -> Result<(), String> {
    let original: Vec<&str> = trimmed(original.lines());
    let quote: Vec<&str> = trimmed(quote.iter().map(String::as_str));
    let mut pieces: Vec<&[&str]> = quote.split(|line| line.trim() == ELISION).collect();
    if pieces.iter().all(|piece| piece.is_empty()) {
        return Err("quotes nothing".to_owned());
    }
    // Where the original goes on behind what has been found of it so far.
    let mut rest = original.as_slice();
    if extent == Extent::Whole {
        let first = pieces.remove(0);
        if !rest.starts_with(first) {
            return Err(difference(first, rest));
        }
        rest = &rest[first.len()..];
        match pieces.pop() {
            None if !rest.is_empty() => return Err(unfinished(rest)),
            None => return Ok(()),
            Some(last) if !rest.ends_with(last) => return Err(not_found(last, rest)),
            Some(last) => rest = &rest[..rest.len() - last.len()],
        }
    }
    for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
        let found = rest.windows(piece.len()).position(|window| window == piece);
        let at = found.ok_or_else(|| not_found(piece, rest))?;
        rest = &rest[at + piece.len()..];
    }
    Ok(())
}

/// Without spaces at the ends of lines, and without empty lines around the whole.
fn trimmed<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut lines: Vec<&str> = lines.map(str::trim_end).collect();
    while lines.last() == Some(&"") {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.split_off(blank)
}

/// Says where a piece that should begin the original departs from it.
fn difference(piece: &[&str], original: &[&str]) -> String {
    let same = piece.iter().zip(original).take_while(|(a, b)| a == b).count();
    let quoted = piece.get(same).copied().unwrap_or_default();
    match original.get(same) {
        Some(actual) => format!("the book says   `{quoted}`\nwhere it really is `{actual}`"),
        None => format!("the book goes on with `{quoted}` where the original has ended"),
    }
}

fn unfinished(rest: &[&str]) -> String {
    format!(
        "the original goes on with `{}`: quote it, or put a line with only `{ELISION}` for what is left out",
        rest[0]
    )
}

/// Says how far the best match of a piece goes.
fn not_found(piece: &[&str], original: &[&str]) -> String {
    let matching = |at: usize| {
        let pairs = piece.iter().zip(&original[at..]);
        pairs.take_while(|(a, b)| a == b).count()
    };
    match (0..original.len()).max_by_key(|&at| (matching(at), usize::MAX - at)) {
        Some(at) if matching(at) > 0 => difference(piece, &original[at..]),
        _ => format!("`{}` does not occur there, or not in this order", piece[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn comments_say_what_is_quoted() {
        let command = |words: &[&str], exit| Quote::Command {
            words: words.iter().map(|&word| word.to_owned()).collect(),
            exit,
        };
        assert_eq!(Quote::parse("transcript: wakers"), Ok(Quote::Transcript("wakers".to_owned())));
        assert_eq!(Quote::parse("output"), Ok(Quote::Output));
        assert_eq!(Quote::parse("compiler error"), Ok(Quote::CompilerError));
        assert_eq!(
            Quote::parse("output: cargo lesson 99; exit 2"),
            Ok(command(&["cargo", "lesson", "99"], 2))
        );
        assert_eq!(
            Quote::parse("output: cargo course list"),
            Ok(command(&["cargo", "course", "list"], 0))
        );
        for wrong in
            ["transcipt: wakers", "output: rm -rf x", "output: cargo lesson 9; 2", "compiler"]
        {
            assert!(Quote::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_part_stands_in_the_original_verbatim_and_in_a_row() {
        let original = "a\nb\nc\nd\n";
        assert_eq!(compare(&lines("b\nc"), original, Extent::Part), Ok(()));
        assert_eq!(compare(&lines("a\n…\nd"), original, Extent::Part), Ok(()));
        assert!(compare(&lines("a\nc"), original, Extent::Part).is_err());
        assert!(compare(&lines("c\n…\nb"), original, Extent::Part).is_err());
        assert!(compare(&lines("…"), original, Extent::Part).is_err());
        let words = compare(&lines("b\nX"), original, Extent::Part).unwrap_err();
        assert!(words.contains("`X`") && words.contains("`c`"), "{words}");
    }

    #[test]
    fn a_whole_leaves_nothing_out_but_for_an_elision() {
        let original = "a\nb\nc\nd\n";
        assert_eq!(compare(&lines("a\nb\nc\nd"), original, Extent::Whole), Ok(()));
        assert_eq!(compare(&lines("a\n…\nc\n…"), original, Extent::Whole), Ok(()));
        assert_eq!(compare(&lines("…\nd"), original, Extent::Whole), Ok(()));
        for wrong in ["a\nb\nc", "b\nc\nd", "a\n…\nc", "a\nb\nc\nd\ne", "a\n…\nb\nd"] {
            assert!(compare(&lines(wrong), original, Extent::Whole).is_err(), "{wrong}");
        }
    }
}
