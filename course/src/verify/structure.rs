//! What an exercise's folder must hold, before anything is built.

use super::Findings;
use crate::catalog::{Catalog, Exercise};
use crate::mistake::{self, Entry};
use crate::transcript;
use anyhow::Result;
use std::fs;
use std::path::Path;

/// The sections of a `task.md`, in the order in which they must come.
const SECTIONS: [&str; 5] = ["Situation", "Failure", "Cause", "What to change", "Habit"];
const HINTS: usize = 3;

/// The hints of a `hints.md`, in order, without their headings.
pub fn hints(text: &str) -> Vec<String> {
    let sections = sections(text);
    let hints = sections.into_iter().filter(|(title, _)| title.starts_with("Hint"));
    hints.map(|(_, body)| body.trim().to_owned()).collect()
}

/// The second-level sections of a Markdown text: their titles and what is below them.
fn sections(text: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    let mut code = false;
    for line in text.lines() {
        code ^= line.starts_with("```");
        match (line.strip_prefix("## ").filter(|_| !code), sections.last_mut()) {
            (Some(title), _) => sections.push((title.trim().to_owned(), String::new())),
            (None, Some((_, body))) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, None) => {}
        }
    }
    sections
}

/// Looks at one exercise's files.
pub fn look(exercise: &Exercise, findings: &mut Findings) {
    let mut read = |name: &str| match fs::read_to_string(exercise.folder.join(name)) {
        Ok(text) => Some(text),
        Err(error) => {
            findings.of(exercise, name, format!("cannot be read: {error}"));
            None
        }
    };
    let mistakes = mistake::all(exercise);
    let (task, hints) = (read("task.md"), read("hints.md"));
    let (starter, solution, check) = (read("starter.rs"), read("solution.rs"), read("check.rs"));
    let mut short = |file: &str, reason: Option<String>| {
        reason.into_iter().for_each(|reason| findings.of(exercise, file, reason));
    };
    short("task.md", task.and_then(|text| task_reason(&text)));
    short("hints.md", hints.and_then(|text| hints_reason(&text)));
    short(
        "starter.rs",
        starter.filter(|text| !text.contains("todo!(")).map(|_| "has no `todo!(`".to_owned()),
    );
    short(
        "solution.rs",
        solution.filter(|text| text.contains("todo!(")).map(|_| "has a `todo!(`".to_owned()),
    );
    if let Some(text) = check {
        let tests = transcript::declared(&text);
        short("check.rs", check_reason(&text, &tests));
        short("Cargo.toml", starter_fails_reason(exercise, &tests));
        for entry in &mistakes {
            short(&entry.file, wrong_reason(exercise, entry, &tests));
        }
    }
    for (file, source) in right_answers(exercise) {
        short(&file, right_reason(&source));
    }
    if mistakes.is_empty() {
        findings.of(
            exercise,
            "wrong/",
            "has no wrong answer: nothing proves that the check rejects any",
        );
    }
    let folder = exercise.folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if folder != format!("{}-{}", exercise.number, exercise.name) {
        findings.of(
            exercise,
            "Cargo.toml",
            format!("its test `{}` is in folder `{folder}`", exercise.name),
        );
    }
}

/// The unusual right answers: `right/<slug>.rs` and what is in it, in order.
pub fn right_answers(exercise: &Exercise) -> Vec<(String, String)> {
    let entries = fs::read_dir(exercise.folder.join("right")).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?.to_owned();
            Some((format!("right/{name}"), fs::read_to_string(&path).ok()?))
        })
        .collect();
    files.sort();
    files
}

fn task_reason(text: &str) -> Option<String> {
    if !text.starts_with("# ") {
        return Some("does not begin with its title, `# …`".to_owned());
    }
    let sections = sections(text);
    let empty = sections.iter().find(|(_, body)| body.trim().is_empty());
    if let Some((title, _)) = empty {
        return Some(format!("has nothing below `## {title}`"));
    }
    let mut titles = sections.iter().map(|(title, _)| title.as_str());
    let missing = SECTIONS.into_iter().find(|section| !titles.any(|title| title == *section));
    missing.map(|section| {
        format!("has no `## {section}` in its place: the sections are {}", SECTIONS.join(", "))
    })
}

fn hints_reason(text: &str) -> Option<String> {
    let titles: Vec<_> = sections(text).into_iter().map(|(title, _)| title).collect();
    let wanted: Vec<_> = (1..=HINTS).map(|number| format!("Hint {number}")).collect();
    if titles != wanted {
        return Some(format!(
            "has the sections [{}], not `## {}`",
            titles.join(", "),
            wanted.join("`, `## ")
        ));
    }
    let empty = hints(text).iter().position(String::is_empty)?;
    Some(format!("has nothing below `## Hint {}`", empty + 1))
}

fn check_reason(text: &str, tests: &[String]) -> Option<String> {
    if !text.starts_with("//! ") {
        return Some("does not begin with what it specifies, `//! …`".to_owned());
    }
    tests.is_empty().then(|| "has no `#[test]`".to_owned())
}

fn starter_fails_reason(exercise: &Exercise, tests: &[String]) -> Option<String> {
    if exercise.starter_fails.is_empty() {
        return Some(format!("declares no `starter-fails` for `{}`", exercise.name));
    }
    let gone = exercise.starter_fails.iter().find(|test| !tests.contains(test))?;
    Some(format!("declares in `starter-fails` the test `{gone}`, which check.rs does not have"))
}

fn wrong_reason(exercise: &Exercise, entry: &Entry, tests: &[String]) -> Option<String> {
    match &entry.mistake {
        Err(reason) => Some(reason.clone()),
        Ok(mistake) if !tests.contains(&mistake.caught_by) => Some(format!(
            "is to be caught by `{}`, which check.rs does not have",
            mistake.caught_by
        )),
        Ok(mistake) => mistake.answer(exercise).err(),
    }
}

fn right_reason(source: &str) -> Option<String> {
    let said = source.lines().next().and_then(|line| line.strip_prefix("//! Right: "));
    let says_something = said.is_some_and(|words| !words.trim().is_empty());
    (!says_something)
        .then(|| "does not begin with what is unusual about it, `//! Right: …`".to_owned())
}

/// Folders that look like exercises, and that no `[[test]]` names.
///
/// # Errors
///
/// If a folder cannot be read.
pub fn strays(catalog: &Catalog, findings: &mut Findings) -> Result<()> {
    for lesson in &catalog.lessons {
        let folder = lesson.exercises_folder();
        if !folder.is_dir() {
            continue;
        }
        for path in course_manifest::numbered_folders(&folder)? {
            if !lesson.exercises.iter().any(|exercise| exercise.folder == path) {
                let name = path.file_name().unwrap_or_default().display().to_string();
                let about = format!("{} {}", lesson.number, lesson.name);
                findings.add(
                    &about,
                    "exercises/Cargo.toml",
                    format!("has no [[test]] for the folder `{name}`"),
                );
            }
        }
    }
    Ok(())
}

/// The slug of an answer's path.
pub fn slug(path: &Path) -> String {
    path.file_stem().unwrap_or_default().display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TASK: &str = "# T\n\n## Situation\n\na\n\n## Failure\n\nb\n\n## Cause\n\nc\n\n## What to change\n\nd\n\n## Habit\n\ne\n";

    #[test]
    fn a_task_has_its_sections_in_order() {
        assert_eq!(task_reason(TASK), None);
        assert!(
            task_reason(&TASK.replace("## Cause", "## Reason"))
                .expect("short")
                .contains("no `## Cause`")
        );
        assert!(
            task_reason(&TASK.replace("\nc\n", "\n"))
                .expect("short")
                .contains("nothing below `## Cause`")
        );
        assert!(task_reason(&TASK[3..]).expect("short").contains("its title"));
    }

    #[test]
    fn there_are_three_hints_and_none_is_empty() {
        let text =
            "## Hint 1\n\none\n\n## Hint 2\n\n```text\n## Hint 9\n```\n\n## Hint 3\n\nthree\n";
        assert_eq!(hints_reason(text), None);
        assert_eq!(hints(text), ["one", "```text\n## Hint 9\n```", "three"]);
        assert!(hints_reason("## Hint 1\n\none\n").is_some());
        assert!(hints_reason(&text.replace("three", "")).expect("short").contains("`## Hint 3`"));
    }
}
