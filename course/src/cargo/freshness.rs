//! Whether what cargo calls fresh was built from the bytes that are there.
//!
//! Cargo compares times: a source that is older than the last build has not changed. A file that is
//! moved back, copied with its time, or unpacked from an archive is older, and is not what was
//! built. So we keep, beside each artifact, what its sources were when it was built, and compare
//! contents.
//!
//! Sources are those that the compiler read, as its dep-info names them: modules and included files
//! too.
//!
//! Invariants. A record is about one build: it names the artifact's time and size, so one that was
//! built past us, by `cargo test` or an editor, has none. Only sources that were in place before
//! the build began are recorded. Nothing of the learner's is touched: where an artifact is stale,
//! cargo cleans its package.

use super::messages::{Artifact, Build};
use crate::files;
use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The packages of the workspace of which something was built from other bytes than are there now.
/// What is up to date is recorded. `began` is when cargo was started.
pub fn stale_packages(root: &Path, build: &Build, began: SystemTime) -> BTreeSet<String> {
    let ours = build.artifacts.iter().filter(|artifact| artifact.in_workspace);
    let stale = ours.filter(|artifact| !is_up_to_date(root, artifact, began));
    stale.map(|artifact| artifact.package.clone()).collect()
}

/// The files that the compiler read to build `artifact`; `None` if it left no word of that.
pub fn sources(root: &Path, artifact: &Path) -> Option<Vec<PathBuf>> {
    let text = fs::read_to_string(dep_info(artifact)?).ok()?;
    let mut sources: Vec<_> = named(&text).into_iter().map(|file| root.join(file)).collect();
    sources.sort();
    sources.dedup();
    Some(sources)
}

fn is_up_to_date(root: &Path, artifact: &Artifact, began: SystemTime) -> bool {
    let known_by_cargo = || {
        let file = artifact.file.as_deref()?;
        Some((file, dep_info(file)?, sources(root, file)?, identity(file)?))
    };
    // Without dep-info we know no better than cargo: what a build script leaves has none.
    let Some((file, dep_info, sources, built)) = known_by_cargo() else { return true };
    let path = record_path(file);
    let now = record(&built, &sources);
    let in_place = |moment| sources.iter().all(|source| in_place_before(root, source, moment));
    let up_to_date = if artifact.fresh {
        match fs::read_to_string(&path) {
            Ok(known) if known.lines().next() == Some(&built) => return known == now,
            // Built past us.
            _ => modified(&dep_info).is_some_and(in_place),
        }
    } else {
        in_place(began)
    };
    if up_to_date {
        // Without a record the next build is judged by times, which is right in all but odd cases.
        let _ = files::write(&path, now.as_bytes());
    }
    // What was built just now is what was asked for. Written to meanwhile, it is only not recorded.
    up_to_date || !artifact.fresh
}

/// When and how large: what distinguishes one build of an artifact from the next.
fn identity(file: &Path) -> Option<String> {
    let about = fs::metadata(file).ok()?;
    let time = about.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(format!("built {} {}", time.as_nanos(), about.len()))
}

/// The first line is the build's identity; then come the sources.
fn record(built: &str, sources: &[PathBuf]) -> String {
    let line = |source: &PathBuf| {
        let sum = fs::read(source).map_or_else(|_| "gone".to_owned(), |bytes| sum(&bytes));
        format!("{sum} {}\n", source.display())
    };
    format!("{built}\n{}", sources.iter().map(line).collect::<String>())
}

fn record_path(artifact: &Path) -> PathBuf {
    let mut name = artifact.as_os_str().to_owned();
    name.push(".sources");
    name.into()
}

/// The compiler's dep-info is beside what it built, and does without the `lib`; cargo's keeps it.
fn dep_info(artifact: &Path) -> Option<PathBuf> {
    let beside = artifact.with_extension("d");
    let name = beside.file_name()?.to_str()?;
    let bare = name.strip_prefix("lib").map(|name| beside.with_file_name(name));
    [Some(beside.clone()), bare].into_iter().flatten().find(|path| path.is_file())
}

/// The files that dep-info names: after a target and a colon, a blank between each two.
fn named(dep_info: &str) -> Vec<String> {
    const BLANK: &str = "\u{0}";
    let lines = dep_info.lines().filter_map(|line| Some(line.split_once(": ")?.1));
    let lines = lines.map(|line| line.replace("\\ ", BLANK));
    let files = lines.flat_map(|line| {
        line.split_ascii_whitespace().map(|file| file.replace(BLANK, " ")).collect::<Vec<_>>()
    });
    files.collect()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|about| about.modified()).ok()
}

/// Whether a file had its content and its place before `moment`: neither it nor a folder above it
/// has been written, moved or renamed since.
fn in_place_before(root: &Path, file: &Path, moment: SystemTime) -> bool {
    let below_root = |path: &&Path| path.starts_with(root) && *path != root;
    let folders = file.ancestors().skip(1).take_while(below_root);
    let mut paths = std::iter::once(file).chain(folders);
    paths.all(|path| fs::metadata(path).is_ok_and(|about| changed(&about) < Some(moment)))
}

/// When it was last written, moved or renamed: a time that nobody can set.
#[cfg(unix)]
fn changed(about: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    let seconds = std::time::Duration::from_secs(about.ctime().try_into().ok()?);
    let rest = std::time::Duration::from_nanos(about.ctime_nsec().try_into().ok()?);
    SystemTime::UNIX_EPOCH.checked_add(seconds + rest)
}

/// The next best: Windows tells when a copy was made, and nothing of a move.
#[cfg(not(unix))]
fn changed(about: &Metadata) -> Option<SystemTime> {
    Some(about.modified().ok()?.max(about.created().ok()?))
}

/// Distinguishes contents. It need not stand up to somebody who forges them.
fn sum(bytes: &[u8]) -> String {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut add =
        |word: u64| sum = (sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        add(word.try_into().map(u64::from_le_bytes).unwrap_or_default());
    }
    words.remainder().iter().for_each(|byte| add(u64::from(*byte)));
    format!("{sum:016x}-{}", bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dep_info_names_files_with_blanks_in_their_names() {
        let text = "/t/a-1.d: src/a.rs /my\\ course/b.rs\n\n/t/a-1: src/a.rs\n\nsrc/a.rs:\n# env-dep:X=1\n";
        assert_eq!(named(text), ["src/a.rs", "/my course/b.rs", "src/a.rs"]);
    }

    #[test]
    fn contents_are_told_apart() {
        let texts: [&[u8]; 6] = [b"", b"\0", b"12345678", b"12345687", b"123456789", b"923456781"];
        let sums: BTreeSet<_> = texts.iter().map(|text| sum(text)).collect();
        assert_eq!(sums.len(), texts.len());
    }
}
