//! The header of a wrong answer that is a whole file: what the mistake is, which test must catch
//! it, why it is a mistake, and what that test says.
//!
//! ```text
//! //! Wrong: registers after checking.
//! //! Caught by: `a_value_sent_in_between_is_seen`
//! //! Because: a value that arrives between the look and the registration wakes nobody.
//! //! Says: nobody can ever wake this task
//! ```
//!
//! A long line goes on in lines that begin with two more spaces.

use super::page::backquoted;
use super::{Form, Mistake};

/// The fields, in the order in which they must come.
const FIELDS: [&str; 4] = ["Wrong", "Caught by", "Because", "Says"];

/// Reads the header of a wrong answer.
///
/// # Errors
///
/// What is not as it should be, in words.
pub fn read(source: &str) -> Result<Mistake, String> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in source.lines().map_while(|line| line.strip_prefix("//!")) {
        if let (Some(more), Some((_, value))) = (line.strip_prefix("   "), fields.last_mut()) {
            *value = format!("{value} {}", more.trim());
            continue;
        }
        let field = line.strip_prefix(' ').and_then(|line| line.split_once(':'));
        let expected = FIELDS.get(fields.len()).copied();
        match (field, expected) {
            (Some((name, value)), Some(expected)) if name == expected => {
                fields.push((expected, value.trim().to_owned()));
            }
            (_, Some(expected)) => {
                return Err(format!(
                    "its header has `//!{line}` where `//! {expected}: …` belongs"
                ));
            }
            (_, None) => return Err(format!("its header goes on after `Says`, with `//!{line}`")),
        }
    }
    complete(&fields, source)
}

fn complete(fields: &[(&str, String)], source: &str) -> Result<Mistake, String> {
    if let Some(missing) = FIELDS.get(fields.len()) {
        return Err(format!("its header has no `//! {missing}: …`"));
    }
    if let Some((name, _)) = fields.iter().find(|(_, value)| value.is_empty()) {
        return Err(format!("its header says nothing after `{name}:`"));
    }
    let value = |at: usize| fields[at].1.clone();
    Ok(Mistake {
        title: heading(&value(0)),
        caught_by: backquoted("Caught by", &value(1))?,
        because: value(2),
        says: value(3),
        form: Form::Whole(source.to_owned()),
    })
}

/// A sentence as a page's heading would have it: `Adds one`.
fn heading(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
//! Wrong: adds one.
//! Caught by: `one_and_one`
//! Because: one and one
//!   is two.
//! Says: one and one is
//!   not two
pub fn add() {}
";

    #[test]
    fn a_header_is_read_across_lines() {
        let header = read(GOOD).expect("it is well-formed");
        assert_eq!(header.title, "Adds one");
        assert_eq!(header.caught_by, "one_and_one");
        assert_eq!(header.says, "one and one is not two");
    }

    #[test]
    fn what_is_missing_or_out_of_place_is_named() {
        let without = |line: &str| read(&GOOD.replace(line, "")).expect_err("it is broken");
        assert!(without("//! Says: one and one is\n//!   not two\n").contains("no `//! Says:"));
        assert!(without("//! Caught by: `one_and_one`\n").contains("`//! Caught by: …` belongs"));
        assert!(without("adds one.").contains("nothing after `Wrong:`"));
        assert!(without("`").contains("backquotes"));
        assert!(read("pub fn add() {}").expect_err("no header").contains("no `//! Wrong:"));
        assert!(
            read(&GOOD.replace("pub", "//! Note: x\npub"))
                .expect_err("too long")
                .contains("goes on")
        );
    }
}
