//! What the course's manifests and folder names say.
//!
//! The tables are read by hand: a derive would put a procedural macro, and what it pulls in,
//! between a newcomer and the first lesson.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use toml::{Table, Value};

/// `03-wakers` is number 3, name `wakers`.
pub fn numbered(path: &Path) -> Option<(u32, String)> {
    let (number, name) = path.file_name()?.to_str()?.split_once('-')?;
    Some((number.parse().ok()?, name.to_owned()))
}

/// The folders in `folder` that are numbered and named, such as `1-oneshot`.
///
/// # Errors
///
/// If `folder` cannot be read.
pub fn numbered_folders(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if numbered(&path).is_some() && path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

/// Reads a manifest.
///
/// # Errors
///
/// If the file cannot be read or is not TOML.
pub fn read(path: &Path) -> Result<Table> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let table = text.parse::<Table>();
    table.map_err(|error| {
        anyhow!("`{}` is not a manifest: {}", path.display(), error.to_string().trim_end())
    })
}

/// A table that must be there.
///
/// # Errors
///
/// If it is not.
pub fn table<'a>(table: &'a Table, key: &str) -> Result<&'a Table> {
    table
        .get(key)
        .and_then(Value::as_table)
        .with_context(|| format!("its Cargo.toml has no [{key}]"))
}

/// A text that must be there.
///
/// # Errors
///
/// If it is not.
pub fn text(table: &Table, key: &str) -> Result<String> {
    let value = table.get(key).and_then(Value::as_str);
    value.map(str::to_owned).with_context(|| format!("its Cargo.toml has no `{key}`"))
}

/// The texts of a list; none where there is no such list.
pub fn texts(table: &Table, key: &str) -> Vec<String> {
    let values = table.get(key).and_then(Value::as_array).into_iter().flatten();
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A number that is not negative.
pub fn whole(table: &Table, key: &str) -> Option<u64> {
    table.get(key).and_then(Value::as_integer).and_then(|value| u64::try_from(value).ok())
}

/// `[package.metadata.course]`; empty where there is none.
pub fn course_metadata(manifest: &Table) -> Table {
    let metadata = manifest.get("package").and_then(|package| package.get("metadata"));
    metadata
        .and_then(|metadata| metadata.get("course"))
        .and_then(Value::as_table)
        .cloned()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_numbered_and_named() {
        assert_eq!(numbered(Path::new("lessons/03-wakers")), Some((3, "wakers".to_owned())));
        assert_eq!(
            numbered(Path::new("02-futures-by-hand")),
            Some((2, "futures-by-hand".to_owned()))
        );
        assert_eq!(numbered(Path::new("notes")), None);
        assert_eq!(numbered(Path::new("x-notes")), None);
    }
}
