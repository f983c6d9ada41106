//! Where things are: the course's root, its book, and its lessons.

use std::fs;
use std::path::{Path, PathBuf};

/// The course that a book belongs to.
#[derive(Clone, Debug)]
pub struct Course {
    root: PathBuf,
}

/// A lesson, as its folder tells it.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The number in the folder's name.
    pub number: u32,
    /// The name in the folder's name, such as `futures-by-hand`.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
    /// The folders of its exercises, in order.
    pub exercises: Vec<PathBuf>,
}

impl Course {
    /// The course whose root is `root`.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Course { root: root.into() }
    }

    /// The course that `folder` lies in: the nearest folder upwards that has a `docs/book.toml`.
    pub fn around(folder: &Path) -> Option<Self> {
        folder.ancestors().find(|above| above.join("docs/book.toml").is_file()).map(Course::at)
    }

    /// The root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder with `book.toml`.
    pub fn docs(&self) -> PathBuf {
        self.root.join("docs")
    }

    /// The folder with the chapters.
    pub fn chapters(&self) -> PathBuf {
        self.root.join("docs/src")
    }

    /// `path` without the root in front, with its `..` folded: how findings name a file.
    pub fn relative(&self, path: &Path) -> PathBuf {
        let folded = fold(path);
        match folded.strip_prefix(&self.root) {
            Ok(relative) => relative.to_owned(),
            Err(_) => folded,
        }
    }

    /// The lessons, by number. A folder that is not called `NN-name` is none.
    pub fn lessons(&self) -> Vec<Lesson> {
        let mut lessons: Vec<Lesson> = folders(&self.root.join("lessons"))
            .into_iter()
            .filter_map(|folder| {
                let (number, name) = course_manifest::numbered(&folder)?;
                let exercises = folders(&folder.join("exercises"));
                Some(Lesson {
                    number,
                    name,
                    exercises: exercises
                        .into_iter()
                        .filter(|exercise| course_manifest::numbered(exercise).is_some())
                        .collect(),
                    folder,
                })
            })
            .collect();
        lessons.sort_by_key(|lesson| lesson.number);
        lessons
    }
}

impl Lesson {
    /// The lesson's chapter, relative to the folder of chapters.
    pub fn chapter(&self) -> PathBuf {
        PathBuf::from(format!("{}.md", self.name))
    }

    /// What the lesson's program prints.
    pub fn transcript(&self) -> PathBuf {
        self.folder.join("transcript.txt")
    }
}

/// Folds the `..` in a path without asking the file system, which would follow links.
pub fn fold(path: &Path) -> PathBuf {
    let mut folded = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir if folded.file_name().is_some() => {
                folded.pop();
            }
            std::path::Component::CurDir => {}
            other => folded.push(other),
        }
    }
    folded
}

/// The folders directly inside `folder`, sorted; none where it cannot be read.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_folded() {
        assert_eq!(fold(Path::new("/a/docs/src/../../lessons/./01")), Path::new("/a/lessons/01"));
        assert_eq!(fold(Path::new("../b")), Path::new("../b"));
    }
}
