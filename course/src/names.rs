//! What the user may call a lesson or an exercise, and what to say when it is none.

use crate::catalog::{Catalog, Exercise, Lesson};
use crate::exit::Problem;
use crate::prediction::Prediction;

type Found<T> = Result<T, Problem>;

/// The lesson that the user means: `3`, `03`, `wakers` or `03-wakers`.
///
/// # Errors
///
/// If there is none: with the valid range, and a near miss where there is one.
pub fn lesson<'a>(catalog: &'a Catalog, words: &str) -> Found<&'a Lesson> {
    let found = match words.parse::<u32>() {
        Ok(number) => catalog.lessons.iter().find(|lesson| lesson.number == number),
        Err(_) => {
            catalog.lessons.iter().find(|lesson| lesson.name == words || is_folder(lesson, words))
        }
    };
    found.ok_or_else(|| nothing_named(catalog, "lesson", words, exercise_names(catalog)))
}

/// What to say where a lesson was expected and none was named.
pub fn lesson_wanted(catalog: &Catalog) -> Problem {
    Problem::words(format!("which lesson? {}", range(catalog)))
}

/// What the user means by words that may name an exercise or a whole lesson.
pub enum Scope<'a> {
    Lesson(&'a Lesson),
    Exercise(&'a Exercise),
}

/// The lesson or the exercise that the user means: a lesson as for [`lesson`], an exercise as `3.1`,
/// `wakers.1`, `wakers/oneshot`, or its name alone if only one has it.
///
/// # Errors
///
/// If there is none, or several: with what would have been right.
pub fn scope<'a>(catalog: &'a Catalog, words: &str) -> Found<Scope<'a>> {
    if let Some((first, second)) = words.split_once(['.', '/']) {
        let lesson = lesson(catalog, first)?;
        return exercise_of(lesson, second).map(Scope::Exercise);
    }
    if let Ok(lesson) = lesson(catalog, words) {
        return Ok(Scope::Lesson(lesson));
    }
    let named: Vec<_> = catalog.exercises().filter(|exercise| exercise.name == words).collect();
    match named[..] {
        [exercise] => Ok(Scope::Exercise(exercise)),
        [] => Err(nothing_named(catalog, "lesson or exercise", words, exercise_names(catalog))),
        _ => Err(several("exercises", words, named.iter().map(|exercise| exercise.id()))),
    }
}

/// The one exercise that the user means.
///
/// # Errors
///
/// As for [`scope`], and if the words name a whole lesson.
pub fn exercise<'a>(catalog: &'a Catalog, words: &str) -> Found<&'a Exercise> {
    match scope(catalog, words)? {
        Scope::Exercise(exercise) => Ok(exercise),
        Scope::Lesson(lesson) => Err(Problem::words(format!(
            "`{words}` is a lesson; which of its exercises? {}",
            exercises_range(lesson)
        ))),
    }
}

fn exercise_of<'a>(lesson: &'a Lesson, words: &str) -> Found<&'a Exercise> {
    let exercises = &lesson.exercises;
    let found = match words.parse::<u32>() {
        Ok(number) => exercises.iter().find(|exercise| exercise.number == number),
        Err(_) => exercises.iter().find(|exercise| {
            exercise.name == words || exercise.folder.file_name().is_some_and(|name| name == words)
        }),
    };
    found.ok_or_else(|| {
        let near = nearest(words, exercises.iter().map(|exercise| exercise.name.as_str()));
        let near = near.map(|name| format!(": did you mean `{}/{name}`?", lesson.name));
        Problem::words(format!(
            "lesson {} has no exercise `{words}`{}\n{}",
            lesson.number,
            near.unwrap_or_default(),
            exercises_range(lesson)
        ))
    })
}

/// The prediction that the user means: `3.2`, `wakers.2`, `wakers/two-wakes`, its name alone if only one has
/// it, or a lesson, which means its first.
///
/// # Errors
///
/// If there is none, or several: with what would have been right.
pub fn prediction<'a>(catalog: &'a Catalog, words: &str) -> Found<&'a Prediction> {
    if let Some((first, second)) = words.split_once(['.', '/']) {
        return prediction_of(lesson(catalog, first)?, second);
    }
    if let Ok(lesson) = lesson(catalog, words) {
        let first = lesson.predictions.first();
        return first.ok_or_else(|| Problem::words(predictions_range(lesson)));
    }
    let named: Vec<_> = catalog.predictions().filter(|one| one.name == words).collect();
    match named[..] {
        [prediction] => Ok(prediction),
        [] => {
            let names = catalog.predictions().map(|one| one.name.as_str());
            Err(nothing_named(catalog, "lesson or prediction", words, names))
        }
        _ => Err(several("predictions", words, named.iter().map(|one| one.id()))),
    }
}

fn prediction_of<'a>(lesson: &'a Lesson, words: &str) -> Found<&'a Prediction> {
    let predictions = &lesson.predictions;
    let found = match words.parse::<u32>() {
        Ok(number) => predictions.iter().find(|one| one.number == number),
        Err(_) => predictions.iter().find(|one| {
            one.name == words || one.source.file_stem().is_some_and(|stem| stem == words)
        }),
    };
    found.ok_or_else(|| {
        let near = nearest(words, predictions.iter().map(|one| one.name.as_str()));
        let near = near.map(|name| format!(": did you mean `{}/{name}`?", lesson.name));
        Problem::words(format!(
            "lesson {} has no prediction `{words}`{}\n{}",
            lesson.number,
            near.unwrap_or_default(),
            predictions_range(lesson)
        ))
    })
}

fn several(what: &str, words: &str, ids: impl Iterator<Item = String>) -> Problem {
    let all: Vec<_> = ids.map(|id| format!("`{id}`")).collect();
    Problem::words(format!("several {what} are named `{words}`: {}", all.join(", ")))
}

fn exercise_names(catalog: &Catalog) -> impl Iterator<Item = &str> {
    catalog.exercises().map(|exercise| exercise.name.as_str())
}

fn is_folder(lesson: &Lesson, words: &str) -> bool {
    lesson.folder.file_name().is_some_and(|name| name == words)
}

/// `what` was looked for; `others` are names that the words may have been meant for, beside the lessons'.
fn nothing_named<'a>(
    catalog: &'a Catalog,
    what: &str,
    words: &str,
    others: impl Iterator<Item = &'a str>,
) -> Problem {
    if words.parse::<u64>().is_ok() {
        return Problem::words(format!("there is no lesson {words}: {}", range(catalog)));
    }
    // The name itself is no near miss: it is the name of something else than what was looked for.
    let named: Vec<_> = catalog
        .exercises()
        .filter(|one| one.name == words)
        .map(|one| format!("exercise {} ({})", one.short(), one.id()))
        .chain(
            catalog
                .predictions()
                .filter(|one| one.name == words)
                .map(|one| format!("prediction {} ({})", one.short(), one.id())),
        )
        .collect();
    if !named.is_empty() {
        let all = named.join(", ");
        return Problem::words(format!(
            "there is no {what} `{words}`: that is {all}\n{}",
            range(catalog)
        ));
    }
    let lessons = catalog.lessons.iter().map(|lesson| lesson.name.as_str());
    let near = nearest(words, lessons.chain(others)).filter(|name| *name != words);
    let near = near.map(|name| format!(": did you mean `{name}`?")).unwrap_or_default();
    Problem::words(format!("there is no {what} `{words}`{near}\n{}", range(catalog)))
}

/// `lessons go from 1 to 3: 1 generators, 2 futures-by-hand, 3 wakers`.
fn range(catalog: &Catalog) -> String {
    let all: Vec<_> =
        catalog.lessons.iter().map(|lesson| format!("{} {}", lesson.number, lesson.name)).collect();
    match (catalog.lessons.first(), catalog.lessons.last()) {
        (Some(first), Some(last)) => {
            format!("lessons go from {} to {}: {}", first.number, last.number, all.join(", "))
        }
        _ => "there are no lessons in this folder".to_owned(),
    }
}

fn exercises_range(lesson: &Lesson) -> String {
    let all = lesson.exercises.iter().map(|one| format!("{} {}", one.short(), one.name));
    all_of(lesson, "exercises", all.collect())
}

fn predictions_range(lesson: &Lesson) -> String {
    let all = lesson.predictions.iter().map(|one| format!("{} {}", one.short(), one.name));
    all_of(lesson, "predictions", all.collect())
}

fn all_of(lesson: &Lesson, what: &str, all: Vec<String>) -> String {
    match all[..] {
        [] => format!("lesson {} has no {what}", lesson.number),
        _ => format!("{what} of lesson {}: {}", lesson.number, all.join(", ")),
    }
}

/// The nearest of `names`, if it is near enough to be what was meant.
pub fn nearest<'a>(words: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let words = words.to_lowercase();
    let near = names.map(|name| (strsim::jaro_winkler(&words, name), name));
    let best = near.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 > 0.8).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_found_and_a_far_one_is_not() {
        let names = ["generators", "futures-by-hand", "wakers"];
        assert_eq!(nearest("wakr", names.into_iter()), Some("wakers"));
        assert_eq!(nearest("Waker", names.into_iter()), Some("wakers"));
        assert_eq!(nearest("futures", names.into_iter()), Some("futures-by-hand"));
        assert_eq!(nearest("zebra", names.into_iter()), None);
        assert_eq!(nearest("wakers", [].into_iter()), None);
    }
}
