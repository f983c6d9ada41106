//! The lessons and exercises, found by reading the folders: there is no second list to keep in
//! step.

use crate::exit::Problem;
use crate::prediction::{self, Prediction};
use anyhow::{Context, Result};
use course_manifest::{
    self as manifest, course_metadata, numbered, numbered_folders, table, text, texts, whole,
};
use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::Value;

/// How long a lesson's program may run unless its manifest says otherwise.
const LESSON_LIMIT: u64 = 120;
/// How long one test of a check may run unless the exercise's manifest says otherwise.
const CHECK_LIMIT: u64 = 10;

/// All lessons, in order, and the folders that could not be read.
#[derive(Debug)]
pub struct Catalog {
    pub root: PathBuf,
    pub lessons: Vec<Lesson>,
    /// In words, one for each folder that could not be read.
    pub troubles: Vec<String>,
}

/// One lesson.
#[derive(Debug)]
pub struct Lesson {
    pub number: u32,
    pub name: String,
    pub folder: PathBuf,
    pub package: String,
    pub promise: String,
    pub minutes: Option<u64>,
    pub limit: Duration,
    /// The names of the runs that its program can record, the first first.
    pub timelines: Vec<String>,
    pub exercises: Vec<Exercise>,
    pub predictions: Vec<Prediction>,
}

/// One exercise.
#[derive(Clone, Debug)]
pub struct Exercise {
    pub lesson_number: u32,
    pub lesson: String,
    pub number: u32,
    pub name: String,
    pub folder: PathBuf,
    pub package: String,
    pub minutes: Option<u64>,
    pub limit: Duration,
    pub starter_fails: Vec<String>,
}

impl Lesson {
    /// The folder that holds the exercises' manifest.
    pub fn exercises_folder(&self) -> PathBuf {
        self.folder.join("exercises")
    }
}

impl Exercise {
    /// The name under which progress is kept: renumbering loses nothing.
    pub fn id(&self) -> String {
        format!("{}/{}", self.lesson, self.name)
    }

    /// The short form that a learner types: `3.1`.
    pub fn short(&self) -> String {
        format!("{}.{}", self.lesson_number, self.number)
    }

    pub fn answer(&self) -> PathBuf {
        self.folder.join("answer.rs")
    }

    pub fn starter(&self) -> PathBuf {
        self.folder.join("starter.rs")
    }

    pub fn solution(&self) -> PathBuf {
        self.folder.join("solution.rs")
    }

    pub fn check(&self) -> PathBuf {
        self.folder.join("check.rs")
    }

    /// Whether a file is the check, or what stands beside it for its tests to stand on.
    pub fn is_of_the_check(&self, path: &Path) -> bool {
        path == self.check() || path.starts_with(self.folder.join("check"))
    }

    /// The folder of the package, in which cargo runs its tests.
    pub fn package_folder(&self) -> &Path {
        self.folder.parent().unwrap_or(&self.folder)
    }
}

impl Catalog {
    /// Reads the lessons of the workspace that the current folder is in.
    ///
    /// # Errors
    ///
    /// If there is no such workspace, or its `lessons` folder cannot be read.
    pub fn read() -> Result<Self> {
        Self::at(find_root()?)
    }

    fn at(root: PathBuf) -> Result<Self> {
        let folder = root.join("lessons");
        let mut catalog = Self { root, lessons: Vec::new(), troubles: Vec::new() };
        for path in numbered_folders(&folder)? {
            let Some((number, name)) = numbered(&path) else { continue };
            match read_lesson(number, name, &path) {
                Ok((lesson, troubles)) => {
                    catalog.lessons.push(lesson);
                    catalog.troubles.extend(troubles);
                }
                Err(_) if !path.join("Cargo.toml").exists() => catalog.troubles.push(format!(
                    "`{}` has no Cargo.toml; it may be what another branch has left: move what you need out of it, and delete it",
                    catalog.below_root(&path)
                )),
                Err(error) => catalog.troubles.push(format!("lesson {number}: {error:#}")),
            }
        }
        catalog.lessons.sort_by_key(|lesson| lesson.number);
        catalog.leave_out_copies();
        catalog.leave_out_strangers();
        catalog.troubles.sort();
        Ok(catalog)
    }

    /// Leaves out a lesson that is the copy of another one: its package has the same name. The one
    /// whose folder has that name, too, is the original.
    fn leave_out_copies(&mut self) {
        let is_original = |lesson: &Lesson| {
            let folder = lesson.folder.file_name().unwrap_or_default().to_string_lossy();
            lesson.package.ends_with(&*folder)
        };
        self.lessons.sort_by_key(|lesson| !is_original(lesson));
        let mut kept: Vec<Lesson> = Vec::new();
        for lesson in std::mem::take(&mut self.lessons) {
            let shown = self.below_root(&lesson.folder);
            if let Some(other) = kept.iter().find(|other| other.package == lesson.package) {
                self.troubles.push(format!(
                    "`{shown}` is a copy of `{}`: both are the package `{}`; move the copy out of `lessons`, or give it a number, \
                     a name and a package name of its own",
                    self.below_root(&other.folder),
                    lesson.package
                ));
                continue;
            }
            if let Some(other) = kept.iter().find(|other| other.number == lesson.number) {
                self.troubles.push(format!(
                    "`{shown}` has the number of `{}`: rename it; or call it by its name, `{}`",
                    self.below_root(&other.folder),
                    lesson.name
                ));
            }
            kept.push(lesson);
        }
        kept.sort_by_key(|lesson| lesson.number);
        self.lessons = kept;
    }

    /// Leaves out a lesson that the workspace does not name: cargo would not build it.
    fn leave_out_strangers(&mut self) {
        // That the root's manifest cannot be read is cargo's to say.
        let Ok(manifest) = manifest::read(&self.root.join("Cargo.toml")) else { return };
        let Some(workspace) = manifest.get("workspace").and_then(Value::as_table) else { return };
        let members = texts(workspace, "members");
        if members.iter().any(|member| member.contains('*')) {
            return;
        }
        for lesson in std::mem::take(&mut self.lessons) {
            let shown = self.below_root(&lesson.folder);
            if members.contains(&shown) {
                self.lessons.push(lesson);
            } else {
                self.troubles.push(format!(
                    "`{shown}` is not named in the `members` of Cargo.toml: name it there, with its exercises, or move it out of \
                     `lessons`"
                ));
            }
        }
    }

    /// `lessons/03-wakers`, wherever one stands.
    fn below_root(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string().replace('\\', "/")
    }

    /// All exercises, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.lessons.iter().flat_map(|lesson| &lesson.exercises)
    }

    /// All predictions, in order.
    pub fn predictions(&self) -> impl Iterator<Item = &Prediction> {
        self.lessons.iter().flat_map(|lesson| &lesson.predictions)
    }

    /// `path` as the user can open it from the current folder.
    pub fn shown(&self, path: &Path) -> String {
        let here = env::current_dir().unwrap_or_else(|_| self.root.clone());
        relative(&here, path).display().to_string()
    }
}

/// The way from `here` to `path`, if `here` is below a folder that they share; else `path` itself.
fn relative(here: &Path, path: &Path) -> PathBuf {
    let shared = here.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = here.components().count() - shared;
    if shared < 2 {
        return path.to_owned();
    }
    let rest = path.components().skip(shared);
    std::iter::repeat_n(Path::new(".."), up)
        .chain(rest.map(|part| Path::new(part.as_os_str())))
        .collect()
}

/// The workspace's root: above the current folder, or where cargo says that this program was built.
fn find_root() -> Result<PathBuf> {
    let is_root =
        |folder: &&Path| folder.join("Cargo.toml").is_file() && folder.join("lessons").is_dir();
    let here = env::current_dir().context("cannot tell the current folder")?;
    if let Some(root) = here.ancestors().find(is_root) {
        return Ok(root.to_owned());
    }
    let built = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = built.as_deref().and_then(|built| built.ancestors().find(is_root));
    root.map(Path::to_owned).ok_or_else(|| {
        let message = format!(
            "no course here: neither `{}` nor a folder above it holds `Cargo.toml` and `lessons`; \
             change into the folder that you cloned",
            here.display()
        );
        Problem::machine(message).into()
    })
}

fn read_lesson(number: u32, name: String, folder: &Path) -> Result<(Lesson, Vec<String>)> {
    let manifest = manifest::read(&folder.join("Cargo.toml"))?;
    let package = table(&manifest, "package")?;
    let course = course_metadata(&manifest);
    let (exercises, mut troubles) = match read_exercises(number, &name, &folder.join("exercises")) {
        Ok(exercises) => (exercises, Vec::new()),
        Err(error) => (Vec::new(), vec![format!("lesson {number}, exercises: {error:#}")]),
    };
    let mut lesson = Lesson {
        number,
        package: text(package, "name")?,
        promise: text(package, "description").unwrap_or_default(),
        minutes: whole(&course, "minutes"),
        limit: Duration::from_secs(whole(&course, "limit-seconds").unwrap_or(LESSON_LIMIT)),
        timelines: texts(&course, "timelines"),
        folder: folder.to_owned(),
        name,
        exercises,
        predictions: Vec::new(),
    };
    let owner = prediction::Owner {
        number,
        name: &lesson.name,
        package: &lesson.package,
        folder,
        limit: lesson.limit,
    };
    match prediction::declared(&manifest, &owner) {
        Ok(predictions) => lesson.predictions = predictions,
        Err(error) => troubles.push(format!("lesson {number}, predictions: {error:#}")),
    }
    Ok((lesson, troubles))
}

/// A lesson may have no exercises.
fn read_exercises(lesson_number: u32, lesson: &str, folder: &Path) -> Result<Vec<Exercise>> {
    let path = folder.join("Cargo.toml");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let manifest = manifest::read(&path)?;
    let package = text(table(&manifest, "package")?, "name")?;
    let course = course_metadata(&manifest);
    let tests = manifest.get("test").and_then(Value::as_array);
    let mut exercises = Vec::new();
    for test in tests.into_iter().flatten().filter_map(Value::as_table) {
        let name = text(test, "name")?;
        let check = text(test, "path")?;
        let in_words =
            || format!("`{check}` is not an exercise: it should be like `1-{name}/check.rs`");
        let exercise =
            Path::new(&check).parent().map(|path| folder.join(path)).with_context(in_words)?;
        let (number, _) = numbered(&exercise).with_context(in_words)?;
        let about = course.get(&name).and_then(Value::as_table).cloned().unwrap_or_default();
        exercises.push(Exercise {
            lesson_number,
            lesson: lesson.to_owned(),
            number,
            folder: exercise,
            package: package.clone(),
            minutes: whole(&about, "minutes"),
            limit: Duration::from_secs(whole(&about, "limit-seconds").unwrap_or(CHECK_LIMIT)),
            starter_fails: texts(&about, "starter-fails"),
            name,
        });
    }
    exercises.sort_by_key(|exercise| exercise.number);
    Ok(exercises)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_from_where_one_stands() {
        let path = Path::new("/home/me/course/lessons/03-wakers/answer.rs");
        let shown = |here: &str| relative(Path::new(here), path);
        assert_eq!(shown("/home/me/course"), Path::new("lessons/03-wakers/answer.rs"));
        assert_eq!(shown("/home/me/course/lessons/03-wakers"), Path::new("answer.rs"));
        assert_eq!(shown("/home/me/course/docs"), Path::new("../lessons/03-wakers/answer.rs"));
        assert_eq!(shown("/tmp"), path);
    }
}
