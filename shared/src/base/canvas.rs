//! What every picture is drawn on: a card that is light in both themes, with a name and a
//! description for those who do not see it.

use std::fmt::{self, Arguments, Display, Write};

use super::Xml;

pub(crate) const CARD: &str = "#f7f7f4";
pub(crate) const TEXT: &str = "#1d1d1b";
pub(crate) const MUTED: &str = "#5c5c57";
const FONT: &str = "system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif";

/// Elements of SVG, in the order in which they are painted.
#[derive(Default)]
pub(crate) struct Canvas {
    elements: String,
}

/// What surrounds a drawing.
pub(crate) struct Frame<'a> {
    /// What kind of picture it is, for a style sheet.
    pub(crate) class: &'a str,
    /// What its ids begin with.
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    /// The picture in sentences.
    pub(crate) description: &'a str,
    pub(crate) width: Coordinate,
    pub(crate) height: Coordinate,
}

impl Canvas {
    /// Adds an element, or several, as they are.
    pub(crate) fn put(&mut self, element: Arguments<'_>) {
        writeln!(self.elements, "{element}").expect("a String takes everything");
    }

    /// A line of text that begins at (or, with other attributes, ends at or is centred on) a point
    /// of its base line.
    pub(crate) fn text(
        &mut self,
        x: impl Into<Coordinate>,
        y: impl Into<Coordinate>,
        attributes: &str,
        text: &str,
    ) {
        let (x, y, text) = (x.into(), y.into(), Xml(text));
        self.put(format_args!("<text x=\"{x}\" y=\"{y}\" {attributes}>{text}</text>"));
    }

    /// What `content` adds, as one group.
    pub(crate) fn group(&mut self, attributes: &str, content: impl FnOnce(&mut Self)) {
        self.put(format_args!("<g {attributes}>"));
        content(self);
        self.put(format_args!("</g>"));
    }

    /// The whole picture: the card behind what was drawn, and its words before that.
    pub(crate) fn framed(&self, frame: &Frame<'_>) -> String {
        let &Frame { class, width, height, .. } = frame;
        let [id, title, description] = [frame.id, frame.title, frame.description].map(Xml);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" style=\"max-width:100%;height:auto\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{FONT}\" font-size=\"15\" fill=\"{TEXT}\">\n\
             <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n\
             <rect class=\"card\" width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{CARD}\"/>\n{}</svg>\n",
            self.elements
        )
    }
}

/// A length, to a tenth of a unit: the same bytes on every system.
#[derive(Clone, Copy)]
pub(crate) struct Coordinate(pub(crate) f64);

impl From<f64> for Coordinate {
    fn from(length: f64) -> Self {
        Self(length)
    }
}

impl From<i32> for Coordinate {
    fn from(length: i32) -> Self {
        Self(length.into())
    }
}

impl Display for Coordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.1}", self.0 + 0.0);
        f.write_str(text.strip_suffix(".0").unwrap_or(&text))
    }
}

/// How wide so many characters are, by a generous guess: fonts differ.
pub(crate) fn width_of(characters: usize) -> i32 {
    i32::try_from(characters).unwrap_or(1_000) * 17 / 2
}

/// Breaks a text into at most `lines` lines of at most `width` characters, between words where it
/// can. What does not fit is cut.
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
