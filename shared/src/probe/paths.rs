//! The paths into std that a Rust source names.

/// Every path that begins with `std`, `core` or `alloc`, in order, one for each leaf of a `use`
/// tree.
///
/// The source is read for its paths only; macros and strings are not understood.
pub(crate) fn paths(source: &str) -> Vec<Vec<String>> {
    let code = without_comments(source);
    let tokens = tokens(&code);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if matches!(tokens[at], "std" | "core" | "alloc") && tokens.get(at + 1) == Some(&"::") {
            collect(&tokens[at..], &mut Vec::new(), &mut found);
        }
    }
    found.into_iter().map(|path| path.into_iter().map(str::to_owned).collect()).collect()
}

/// Whether the source says `word` anywhere, comments aside.
pub(crate) fn says(source: &str, word: &str) -> bool {
    tokens(&without_comments(source)).contains(&word)
}

/// Reads one path or one `use` tree from the front of `tokens`, and returns how many tokens it
/// took.
fn collect<'a>(
    tokens: &[&'a str],
    prefix: &mut Vec<&'a str>,
    found: &mut Vec<Vec<&'a str>>,
) -> usize {
    let depth = prefix.len();
    let mut at = 0;
    loop {
        match tokens.get(at) {
            Some(&"{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| *token != "}") {
                    at += collect(&tokens[at..], prefix, found).max(1);
                }
                at += 1;
                break;
            }
            Some(&name) if name == "*" || is_word(name) => {
                if name != "self" {
                    prefix.push(name);
                }
                at += 1;
            }
            _ => break,
        }
        if tokens.get(at) != Some(&"::") {
            found.push(prefix.clone());
            break;
        }
        at += 1;
    }
    prefix.truncate(depth);
    at
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn tokens(mut code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    while let Some(first) = code.chars().next() {
        let in_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if in_word(first) {
            code.find(|c| !in_word(c)).unwrap_or(code.len())
        } else if code.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, rest) = code.split_at(length);
        if !first.is_whitespace() {
            tokens.push(token);
        }
        code = rest;
    }
    tokens
}

fn without_comments(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(at) = rest.find("//").into_iter().chain(rest.find("/*")).min() {
        code.push_str(&rest[..at]);
        let end = if rest[at..].starts_with("//") { "\n" } else { "*/" };
        rest = rest[at + 2..].split_once(end).map_or("", |(_, after)| after);
        code.push('\n');
    }
    code + rest
}
