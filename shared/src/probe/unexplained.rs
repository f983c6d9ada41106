/// Finds the first `unsafe` block of a Rust source that no comment with `SAFETY:` explains, and
/// returns the number of its line.
///
/// The comment stands on the block's line, on the first line within it, or above, at the beginning
/// of the statement. The source is read line by line; strings and macros are not understood.
///
/// ```
/// use shared::probe::unexplained;
///
/// let explained = "// SAFETY: it is ours.\nlet bell = unsafe { take() };";
/// assert_eq!(unexplained(explained), None);
/// assert_eq!(unexplained("ring();\nlet bell = unsafe { take() };"), Some(2));
/// ```
pub fn unexplained(source: &str) -> Option<usize> {
    let lines: Vec<&str> = source.lines().collect();
    let explained = |at: usize| {
        let above = lines[..at].iter().rev().take_while(|line| !ends_a_statement(line));
        let near = lines[at..].iter().take(2);
        above.chain(near).any(|line| line.contains("SAFETY:"))
    };
    (0..lines.len()).find(|&at| begins_unsafe(lines[at]) && !explained(at)).map(|at| at + 1)
}

fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default().trim_end()
}

fn ends_a_statement(line: &str) -> bool {
    code(line).ends_with([';', '{', '}', ','])
}

fn begins_unsafe(line: &str) -> bool {
    let code = code(line);
    code.match_indices("unsafe").any(|(at, word)| {
        let (before, after) = (&code[..at], code[at + word.len()..].trim_start());
        let is_word = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        is_word && (after.is_empty() || after.starts_with('{'))
    })
}

#[cfg(test)]
mod tests {
    use super::unexplained;

    #[test]
    fn a_block_with_a_reason_is_left_alone() {
        for source in [
            "unsafe fn wake(data: *const ()) {}",
            "unsafe impl Send for Bell {}",
            "let unsafe_bell = {};",
            "// unsafe {",
            "let bell = unsafe { take() }; // SAFETY: ours.",
            "let bell = unsafe {\n    // SAFETY: ours.\n    take()\n};",
            "// SAFETY: ours,\n// and nobody else's.\nlet bell =\n    unsafe { take() };",
            "/* SAFETY: ours. */\nunsafe { take() }",
            "one(\n    // SAFETY: ours.\n    |data| unsafe { take(data) },\n);",
        ] {
            assert_eq!(unexplained(source), None, "{source}");
        }
    }

    #[test]
    fn a_block_without_a_reason_is_found() {
        for (source, line) in [
            ("unsafe { take() }", 1),
            ("// Take it.\nunsafe { take() }", 2),
            ("// SAFETY: ours.\nunsafe { take() };\nunsafe { take() };", 3),
            ("fn f() {\n    let bell =\n        unsafe\n        { take() };\n}", 3),
        ] {
            assert_eq!(unexplained(source), Some(line), "{source}");
        }
    }
}
