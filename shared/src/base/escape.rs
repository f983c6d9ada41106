//! What must not stand as it is in JSON or in XML.

use std::fmt::{self, Display, Write};

/// A string as JSON, with its quotation marks.
pub(crate) struct Json<'a>(pub(crate) &'a str);

impl Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        // The rest of the control characters must be escaped. `<` and the two line separators may
        // be, and then the JSON can also stand in a `<script>`.
        let is_special =
            |c: char| matches!(c, '"' | '\\' | '<' | '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}');
        write_with(f, self.0, is_special, |f, c| match c {
            '"' => f.write_str("\\\""),
            '\\' => f.write_str("\\\\"),
            '\n' => f.write_str("\\n"),
            _ => write!(f, "\\u{:04x}", u32::from(c)),
        })?;
        f.write_char('"')
    }
}

/// A string as text in XML, or as the value of an attribute.
pub(crate) struct Xml<'a>(pub(crate) &'a str);

impl Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_special = |c: char| {
            matches!(c, '<' | '>' | '&' | '"' | '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
        };
        write_with(f, self.0, is_special, |f, c| match c {
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '&' => f.write_str("&amp;"),
            '"' => f.write_str("&quot;"),
            '\n' => f.write_char(' '),
            // XML 1.0 has no way to write these at all.
            _ => f.write_char('\u{fffd}'),
        })
    }
}

/// Writes the text, its special characters by `escape`, and what lies between them in one piece.
fn write_with(
    f: &mut fmt::Formatter<'_>,
    text: &str,
    is_special: impl Fn(char) -> bool,
    escape: impl Fn(&mut fmt::Formatter<'_>, char) -> fmt::Result,
) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(&is_special) {
        f.write_str(&rest[..at])?;
        let mut from_here = rest[at..].chars();
        from_here.next().map_or(Ok(()), |c| escape(f, c))?;
        rest = from_here.as_str();
    }
    f.write_str(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_escapes_what_json_forbids() {
        assert_eq!(Json("a\"b\\c\n\u{1}é</x>").to_string(), r#""a\"b\\c\n\u0001é\u003c/x>""#);
    }

    #[test]
    fn xml_escapes_marks_and_replaces_what_it_cannot_say() {
        assert_eq!(Xml("<a & \"b\">\n\u{8}").to_string(), "&lt;a &amp; &quot;b&quot;&gt; \u{fffd}");
    }
}
