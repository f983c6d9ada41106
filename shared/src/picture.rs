//! What all pictures have in common: a light card, in every theme, and text whose width can only be guessed.

pub(crate) const CARD: &str = "#f7f7f4";
pub(crate) const TEXT: &str = "#1d1d1b";
pub(crate) const MUTED: &str = "#5c5c57";
pub(crate) const FONT: &str = "system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif";

/// How wide so many characters are, by a generous guess: fonts differ.
pub(crate) fn width_of(characters: usize) -> i32 {
    i32::try_from(characters).unwrap_or(1_000) * 17 / 2
}

/// Breaks a text into at most `lines` lines of at most `width` characters, between words where it can. What does not fit is cut.
pub(crate) fn wrap(text: &str, width: usize, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        let used = line.chars().count();
        if used > 0 && used + 1 + word.len() > width {
            wrapped.push(std::mem::take(&mut line));
        }
        while word.len() > width {
            let rest = word.split_off(width);
            wrapped.push(word.into_iter().collect());
            word = rest;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word);
    }
    if !line.is_empty() {
        wrapped.push(line);
    }
    if wrapped.len() > lines {
        wrapped.truncate(lines);
        if let Some(last) = wrapped.last_mut() {
            *last = last.chars().take(width.saturating_sub(1)).chain(['…']).collect();
        }
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn text_is_wrapped_between_words_and_cut_with_an_ellipsis() {
        assert_eq!(wrap("one two three", 7, 3), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3, 4), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("one two three", 3, 2), ["one", "tw…"]);
        assert_eq!(wrap("   ", 3, 2), [""; 0]);
    }
}
