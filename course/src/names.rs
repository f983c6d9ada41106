//! What the user may call a lesson or an exercise, and what to say when it is none.

use crate::catalog::{Catalog, Exercise, Lesson};
use crate::exit::Problem;
use crate::prediction::Prediction;
use std::ffi::OsStr;

type Found<T> = Result<T, Problem>;

/// The lesson that the user means: `3`, `03`, `wakers` or `03-wakers`.
///
/// # Errors
///
/// If there is none: with the valid range, and a near miss where there is one.
pub fn lesson<'a>(catalog: &'a Catalog, name: &str) -> Found<&'a Lesson> {
    let found = match name.parse::<u32>() {
        Ok(number) => catalog.lessons.iter().find(|lesson| lesson.number == number),
        Err(_) => {
            catalog.lessons.iter().find(|lesson| lesson.name == name || is_folder(lesson, name))
        }
    };
    found.ok_or_else(|| {
        nothing_named(catalog, "lesson", name, all::<Exercise>(catalog).map(Item::name))
    })
}

/// What to say where a lesson was expected and none was named.
pub fn lesson_wanted(catalog: &Catalog) -> Problem {
    Problem::usage(format!("which lesson? {}", range(catalog)))
}

/// Something that belongs to a lesson, and has a number and a name there.
trait Item {
    /// What it is called, in the singular.
    const KIND: &'static str;
    fn of(lesson: &Lesson) -> &[Self]
    where
        Self: Sized;
    fn number(&self) -> u32;
    fn name(&self) -> &str;
    /// `3.1`.
    fn short(&self) -> String;
    /// `wakers/oneshot`.
    fn id(&self) -> String;
    /// `1-oneshot`: what it is called on the disk.
    fn file(&self) -> Option<&OsStr>;
}

impl Item for Exercise {
    const KIND: &'static str = "exercise";

    fn of(lesson: &Lesson) -> &[Self] {
        &lesson.exercises
    }

    fn number(&self) -> u32 {
        self.number
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn short(&self) -> String {
        self.short()
    }

    fn id(&self) -> String {
        self.id()
    }

    fn file(&self) -> Option<&OsStr> {
        self.folder.file_name()
    }
}

impl Item for Prediction {
    const KIND: &'static str = "prediction";

    fn of(lesson: &Lesson) -> &[Self] {
        &lesson.predictions
    }

    fn number(&self) -> u32 {
        self.number
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn short(&self) -> String {
        self.short()
    }

    fn id(&self) -> String {
        self.id()
    }

    fn file(&self) -> Option<&OsStr> {
        self.source.file_stem()
    }
}

/// What a name means that may be that of a lesson or of something in one.
enum Scoped<'a, T> {
    Lesson(&'a Lesson),
    Item(&'a T),
}

/// A lesson as for [`lesson`], or an item as `3.1`, `wakers.1`, `wakers/oneshot`, or its name alone
/// if only one has it.
fn scoped<'a, T: Item + 'static>(catalog: &'a Catalog, name: &str) -> Found<Scoped<'a, T>> {
    if let Some((first, second)) = name.split_once(['.', '/']) {
        return item_of(lesson(catalog, first)?, second).map(Scoped::Item);
    }
    if let Ok(lesson) = lesson(catalog, name) {
        return Ok(Scoped::Lesson(lesson));
    }
    let named: Vec<&T> = all(catalog).filter(|item: &&T| item.name() == name).collect();
    match named[..] {
        [item] => Ok(Scoped::Item(item)),
        [] => {
            let kinds = format!("lesson or {}", T::KIND);
            Err(nothing_named(catalog, &kinds, name, all::<T>(catalog).map(Item::name)))
        }
        _ => {
            let ids: Vec<_> = named.iter().map(|item| format!("`{}`", item.id())).collect();
            let (kind, ids) = (T::KIND, ids.join(", "));
            Err(Problem::usage(format!("several {kind}s are named `{name}`: {ids}")))
        }
    }
}

fn item_of<'a, T: Item>(lesson: &'a Lesson, name: &str) -> Found<&'a T> {
    let items = T::of(lesson);
    let found = match name.parse::<u32>() {
        Ok(number) => items.iter().find(|item| item.number() == number),
        Err(_) => items
            .iter()
            .find(|item| item.name() == name || item.file().is_some_and(|file| file == name)),
    };
    found.ok_or_else(|| {
        let near = nearest(name, items.iter().map(Item::name));
        let near = near.map(|near| format!(": did you mean `{}/{near}`?", lesson.name));
        Problem::usage(format!(
            "lesson {} has no {} `{name}`{}\n{}",
            lesson.number,
            T::KIND,
            near.unwrap_or_default(),
            items_of::<T>(lesson)
        ))
    })
}

fn all<T: Item + 'static>(catalog: &Catalog) -> impl Iterator<Item = &T> {
    catalog.lessons.iter().flat_map(T::of)
}

/// `exercises of lesson 3: 3.1 oneshot, 3.2 block-on`.
fn items_of<T: Item>(lesson: &Lesson) -> String {
    let all: Vec<_> =
        T::of(lesson).iter().map(|item| format!("{} {}", item.short(), item.name())).collect();
    match all[..] {
        [] => format!("lesson {} has no {}s", lesson.number, T::KIND),
        _ => format!("{}s of lesson {}: {}", T::KIND, lesson.number, all.join(", ")),
    }
}

/// What the user means by a name that may be an exercise's or a whole lesson's.
pub enum Scope<'a> {
    Lesson(&'a Lesson),
    Exercise(&'a Exercise),
}

/// The lesson or the exercise that the user means: a lesson as for [`lesson`], an exercise as
/// `3.1`, `wakers.1`, `wakers/oneshot`, or its name alone if only one has it.
///
/// # Errors
///
/// If there is none, or several: with what would have been right.
pub fn scope<'a>(catalog: &'a Catalog, name: &str) -> Found<Scope<'a>> {
    Ok(match scoped(catalog, name)? {
        Scoped::Lesson(lesson) => Scope::Lesson(lesson),
        Scoped::Item(exercise) => Scope::Exercise(exercise),
    })
}

/// The one exercise that the user means.
///
/// # Errors
///
/// As for [`scope`], and if the name is a whole lesson's.
pub fn exercise<'a>(catalog: &'a Catalog, name: &str) -> Found<&'a Exercise> {
    match scoped(catalog, name)? {
        Scoped::Item(exercise) => Ok(exercise),
        Scoped::Lesson(lesson) => Err(Problem::usage(format!(
            "`{name}` is a lesson; which of its exercises? {}",
            items_of::<Exercise>(lesson)
        ))),
    }
}

/// The prediction that the user means: as an exercise, or a lesson, which means its first.
///
/// # Errors
///
/// If there is none, or several: with what would have been right.
pub fn prediction<'a>(catalog: &'a Catalog, name: &str) -> Found<&'a Prediction> {
    match scoped(catalog, name)? {
        Scoped::Item(prediction) => Ok(prediction),
        Scoped::Lesson(lesson) => {
            let first = lesson.predictions.first();
            first.ok_or_else(|| Problem::usage(items_of::<Prediction>(lesson)))
        }
    }
}

fn is_folder(lesson: &Lesson, name: &str) -> bool {
    lesson.folder.file_name().is_some_and(|folder| folder == name)
}

/// `what` was looked for; `others` are names that the name may have been meant for, beside the
/// lessons'.
fn nothing_named<'a>(
    catalog: &'a Catalog,
    what: &str,
    name: &str,
    others: impl Iterator<Item = &'a str>,
) -> Problem {
    if name.parse::<u64>().is_ok() {
        return Problem::usage(format!("there is no lesson {name}: {}", range(catalog)));
    }
    // The name itself is no near miss: it is the name of something else than what was looked for.
    let mut named = are_named::<Exercise>(catalog, name);
    named.extend(are_named::<Prediction>(catalog, name));
    if !named.is_empty() {
        let all = named.join(", ");
        return Problem::usage(format!(
            "there is no {what} `{name}`: that is {all}\n{}",
            range(catalog)
        ));
    }
    let lessons = catalog.lessons.iter().map(|lesson| lesson.name.as_str());
    let near = nearest(name, lessons.chain(others)).filter(|near| *near != name);
    let near = near.map(|name| format!(": did you mean `{name}`?")).unwrap_or_default();
    Problem::usage(format!("there is no {what} `{name}`{near}\n{}", range(catalog)))
}

/// `exercise 3.1 (wakers/oneshot)`, for each that has this name.
fn are_named<T: Item + 'static>(catalog: &Catalog, name: &str) -> Vec<String> {
    let named = all::<T>(catalog).filter(|item| item.name() == name);
    named.map(|item| format!("{} {} ({})", T::KIND, item.short(), item.id())).collect()
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

/// The nearest of `names`, if it is near enough to be what was meant.
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let near = names.map(|other| (strsim::jaro_winkler(&name, other), other));
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
