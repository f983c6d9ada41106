//! A mistake as a page of Markdown.
//!
//! ````text
//! # Registers the waker after it has looked at the state
//!
//! - Base: `right/two-steps`
//! - Caught by: `in_no_order_is_the_wake_lost`
//! - Says: nobody is left to wake
//! - Because: a value that is sent between the two steps finds nobody to wake.
//!
//! ```diff
//!  kept
//! -removed
//! +added
//! ```
//! ````
//!
//! Without `Base`, the base is the solution. A field may go on in lines that begin with two spaces.

use super::edit::Edit;
use super::{Base, Form, Mistake};

/// The fields, in the order in which they come; the first may be left out.
const FIELDS: [&str; 4] = ["Base", "Caught by", "Says", "Because"];

/// Reads a page.
///
/// # Errors
///
/// What is not as it should be, in words.
pub fn read(text: &str) -> Result<Mistake, String> {
    let head = Head::read(text)?;
    let (_, diff) = text.split_once("```diff\n").ok_or("has no edit, ```diff … ```")?;
    let (diff, rest) =
        diff.split_once("```").ok_or("has an edit without an end: no ``` behind it")?;
    if !rest.trim().is_empty() {
        return Err("goes on behind its edit".to_owned());
    }
    let edit = Edit::read(diff.lines())?;
    Ok(Mistake {
        title: head.title.clone(),
        caught_by: head.caught_by()?,
        says: head.field("Says")?.to_owned(),
        because: head.field("Because")?.to_owned(),
        form: Form::Edit { base: head.base()?, edit },
    })
}

/// Writes a page anew with another edit; the rest of it stays.
pub fn with_edit(text: &str, edit: &Edit) -> String {
    let head = text.split_once("```diff\n").map_or(text, |(head, _)| head);
    format!("{}\n\n```diff\n{edit}```\n", head.trim_end())
}

/// Which base a page names, whether it has an edit or not.
///
/// # Errors
///
/// In words, if what stands before the edit is not as it should be.
pub fn base(text: &str) -> Result<Base, String> {
    Head::read(text)?.base()
}

/// What stands before the edit.
struct Head {
    title: String,
    fields: Vec<(String, String)>,
}

impl Head {
    fn read(text: &str) -> Result<Self, String> {
        let mut lines = text.lines().take_while(|line| !line.starts_with("```"));
        let title = lines.next().and_then(|line| line.strip_prefix("# ")).map(str::trim);
        let title = title.filter(|title| !title.is_empty());
        let title = title.ok_or("does not begin with what the mistake is, `# …`")?.to_owned();
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines.filter(|line| !line.trim().is_empty()) {
            match (line.strip_prefix("  "), fields.last_mut()) {
                (Some(more), Some((_, value))) => *value = format!("{value} {}", more.trim()),
                _ => fields.push(field(line)?),
            }
        }
        let place = |(name, _): &(String, String)| FIELDS.iter().position(|field| field == name);
        if !fields.is_sorted_by(|one, next| place(one) < place(next)) {
            return Err(format!("has its fields in another order than {}", FIELDS.join(", ")));
        }
        Ok(Self { title, fields })
    }

    fn field(&self, name: &str) -> Result<&str, String> {
        let field = self.fields.iter().find(|(field, _)| field == name);
        let value =
            field.map(|(_, value)| value.as_str()).ok_or(format!("has no `- {name}: …`"))?;
        if value.is_empty() {
            return Err(format!("says nothing behind `{name}:`"));
        }
        Ok(value)
    }

    fn caught_by(&self) -> Result<String, String> {
        backquoted("Caught by", self.field("Caught by")?)
    }

    fn base(&self) -> Result<Base, String> {
        if !self.fields.iter().any(|(name, _)| name == "Base") {
            return Ok(Base::Solution);
        }
        let named = backquoted("Base", self.field("Base")?)?;
        match named.strip_prefix("right/") {
            Some(slug) => Ok(Base::Right(slug.trim_end_matches(".rs").to_owned())),
            None => {
                Err(format!("has the base `{named}`: it is an answer in `right/`, or left out"))
            }
        }
    }
}

fn field(line: &str) -> Result<(String, String), String> {
    let field = line.strip_prefix("- ").and_then(|line| line.split_once(':'));
    match field {
        Some((name, value)) if FIELDS.contains(&name) => {
            Ok((name.to_owned(), value.trim().to_owned()))
        }
        _ => Err(format!("has `{line}` where one of its fields belongs: {}", FIELDS.join(", "))),
    }
}

/// The name between backquotes.
pub fn backquoted(field: &str, value: &str) -> Result<String, String> {
    let name = value.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
    name.map(str::to_owned)
        .ok_or_else(|| format!("what stands in `{field}: {value}` belongs in backquotes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
# Adds one

- Base: `right/backwards`
- Caught by: `one_and_one`
- Says: one and one is
  not two
- Because: one and one is two.

```diff
 fn add() {
-    a
+    a + 1
 }
```
";

    #[test]
    fn a_page_is_read_and_written_again() {
        let mistake = read(PAGE).expect("it is a page");
        assert_eq!(mistake.title, "Adds one");
        assert_eq!(mistake.caught_by, "one_and_one");
        assert_eq!(mistake.says, "one and one is not two");
        let Form::Edit { base, edit } = mistake.form else { panic!("it is an edit") };
        assert_eq!(base, Base::Right("backwards".to_owned()));
        assert_eq!(with_edit(PAGE, &edit), PAGE);
    }

    #[test]
    fn what_is_missing_or_out_of_place_is_named() {
        let without = |part: &str| read(&PAGE.replace(part, "")).expect_err("it is broken");
        let with = |from: &str, to: &str| read(&PAGE.replace(from, to)).expect_err("it is broken");
        assert!(without("# Adds one\n").contains("`# …`"));
        assert!(without("- Because: one and one is two.\n").contains("no `- Because: …`"));
        assert!(without("`one_and_one`").contains("nothing behind `Caught by:`"));
        assert!(without("`").contains("where one of its fields belongs"));
        assert!(without("right/").contains("the base `backwards`"));
        assert!(without("```diff").contains("where one of its fields belongs"));
        assert!(with("```diff", "```text").contains("no edit"));
        assert!(with("`one_and_one`", "one_and_one").contains("backquotes"));
        assert!(with("- Says", "- Sees").contains("where one of its fields belongs"));
        assert!(with("- Says: one", "- Because: one").contains("another order"));
        assert!(with(" }\n```\n", " }\n```\nmore\n").contains("goes on"));
    }
}
