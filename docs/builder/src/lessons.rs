//! Lessons: whether each has its chapter, and the chapter shows what the lesson is.

use crate::course::{Course, Lesson};
use crate::finding::{Finding, Kind};
use crate::minutes;
use crate::outline::Outline;
use crate::page::Page;
use crate::pattern::{Pattern, pattern};
use crate::quote::Quote;
use std::path::Path;

/// Checks that every lesson has its chapter, with the lesson's tasks and its transcript.
pub fn check(course: &Course, pages: &[(Page, Outline)], findings: &mut Vec<Finding>) {
    for lesson in course.lessons() {
        let page = pages.iter().find(|(page, _)| page.name == lesson.chapter());
        let Some((page, outline)) = page else {
            let words = format!(
                "this lesson has no chapter: write docs/src/{} and name it in SUMMARY.md",
                lesson.chapter().display()
            );
            let folder = course.relative(&lesson.folder);
            findings.push(Finding::new(Kind::LessonNotShown, folder, 1, words));
            continue;
        };
        shown(course, &lesson, page, outline, findings);
        minutes::check(course, &lesson, page, findings);
    }
}

fn shown(
    course: &Course,
    lesson: &Lesson,
    page: &Page,
    outline: &Outline,
    findings: &mut Vec<Finding>,
) {
    let includes = |file: &Path| page.includes.contains(&course.relative(file));
    let mut report = |words: String| {
        findings.push(Finding::new(Kind::LessonNotShown, &*page.file, 1, words));
    };
    for exercise in &lesson.exercises {
        let task = exercise.join("task.md");
        if !includes(&task) {
            let task = course.relative(&task);
            report(format!("does not include {}: the exercise is not in the book", task.display()));
        }
    }
    let transcript = lesson.transcript();
    if transcript.is_file() && !includes(&transcript) && !quotes_transcript(lesson, outline) {
        report(format!(
            "shows nothing of {}: include it, or quote a part below `<!-- transcript: {} -->`",
            course.relative(&transcript).display(),
            lesson.name
        ));
    }
}

fn quotes_transcript(lesson: &Lesson, outline: &Outline) -> bool {
    let mut comments = outline.blocks.iter().filter_map(|block| block.comment.as_ref());
    comments.any(|(_, comment)| Quote::parse(comment) == Ok(Quote::Transcript(lesson.name.clone())))
}

static COMMAND: Pattern = pattern(
    r"^\$ (?:cargo (?:course )?|just )(lesson|exercise|check|hint|solution|reset|verify) ([\w.-]+)",
);

/// Checks that the lessons and exercises in the commands that a reader is asked to type exist.
pub fn commands(course: &Course, page: &Page, outline: &Outline, findings: &mut Vec<Finding>) {
    let lessons = course.lessons();
    for block in &outline.blocks {
        if !matches!(block.language(), "console" | "sh" | "shell" | "bash") {
            continue;
        }
        for (offset, line) in (1..).zip(&block.body) {
            let Some(command) = COMMAND.captures(line.trim()) else {
                continue;
            };
            if !exists(&lessons, &command[2]) {
                let words = format!("there is no lesson or exercise `{}`", &command[2]);
                findings.push(page.finding(Kind::UnknownLesson, block.line + offset, words));
            }
        }
    }
}

/// Whether `3`, `03`, `wakers`, `3.1`, `wakers.1` or `all` names something.
fn exists(lessons: &[Lesson], name: &str) -> bool {
    if name == "all" || name.starts_with('-') {
        return true;
    }
    let (lesson, exercise) = match name.split_once('.') {
        Some((lesson, exercise)) => (lesson, Some(exercise)),
        None => (name, None),
    };
    let named = |one: &&Lesson| one.name == lesson || lesson.parse() == Ok(one.number);
    lessons.iter().find(named).is_some_and(|lesson| match exercise {
        Some(number) => lesson.exercises.iter().any(|folder| {
            course_manifest::numbered(folder).is_some_and(|(n, _)| number.parse() == Ok(n))
        }),
        None => true,
    })
}
