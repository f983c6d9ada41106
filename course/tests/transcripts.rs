//! Every lesson prints what its `transcript.txt` says, which is what the book shows.
//! `SNAPSHOTS=overwrite cargo test --test transcripts` accepts what they print now.

use snapbox::assert::{Action, Assert};
use snapbox::{Data, IntoData};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lessons' folders, in order.
fn lessons(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join("lessons")).expect("there are lessons");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut folders: Vec<_> = paths.filter(|path| path.join("Cargo.toml").exists()).collect();
    folders.sort();
    folders
}

/// What the lesson prints, as a reader sees it who puts it into a pipe.
fn printed(root: &Path, lesson: &str) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
    command.args(["lesson", lesson]).current_dir(root);
    command.env_remove("CLICOLOR_FORCE").env_remove("CARGO_MANIFEST_DIR");
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|error| error.to_string());
    }
    Err(format!("{}\n{}", output.status, String::from_utf8_lossy(&output.stderr)))
}

/// Stands in a transcript where a line goes on with a figure that is measured anew in each run.
const MEASURED: &str = "[measured]";

/// What was printed, with the figures that the transcript calls measured hidden in the same way.
/// Only a line that begins as the transcript's does, and goes on with something, is changed.
fn masked(printed: &str, transcript: &str) -> String {
    let labels: Vec<_> =
        transcript.lines().filter_map(|line| line.strip_suffix(MEASURED)).collect();
    let mask = |line: &str| {
        let end = line.trim_end_matches('\n');
        let measured = |label: &&&str| {
            end.strip_prefix(**label).is_some_and(|figure| !figure.trim().is_empty())
        };
        match labels.iter().find(measured) {
            Some(label) => format!("{label}{MEASURED}{}", &line[end.len()..]),
            None => line.to_owned(),
        }
    };
    printed.split_inclusive('\n').map(mask).collect()
}

/// Whether the lesson shows what only another system has: `transcript-system = "linux"` in its
/// manifest. It runs here all the same, and leaves those scenes out.
fn is_of_another_system(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a lesson has a manifest");
    let system = manifest.lines().find_map(|line| line.strip_prefix("transcript-system = "));
    system.is_some_and(|system| system.trim_matches('"') != env::consts::OS)
}

fn compare(folder: &Path, printed: &str) -> Result<(), String> {
    let transcript = folder.join("transcript.txt");
    // Neither wildcards nor other slashes: but for measured figures, a transcript is what was
    // printed, to the letter.
    let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    if !transcript.exists() {
        if assert.selected_action() == Action::Overwrite {
            return fs::write(&transcript, printed).map_err(|error| error.to_string());
        }
        return Err("it has no transcript.txt".to_owned());
    }
    let text = fs::read_to_string(&transcript).map_err(|error| error.to_string())?;
    let printed = masked(printed, &text);
    let expected = Data::read_from(&transcript, None).raw();
    assert
        .try_eq(Some(&"transcript"), printed.into_data(), expected)
        .map_err(|error| error.to_string())
}

#[test]
fn every_lesson_prints_its_transcript() {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in the workspace");
    let lessons = lessons(root);
    assert!(!lessons.is_empty(), "there are no lessons");
    let mut wrong = Vec::new();
    for folder in &lessons {
        let name = folder.file_name().expect("it has a name").display().to_string();
        let compared = printed(root, &name).and_then(|printed| {
            if is_of_another_system(folder) { Ok(()) } else { compare(folder, &printed) }
        });
        wrong.extend(compared.err().map(|error| format!("{name}: {error}")));
    }
    assert!(
        wrong.is_empty(),
        "\n{}\n\nSizes of futures are those of Rust 1.95 on 64 bits: where only they differ, it is the compiler.",
        wrong.join("\n\n")
    );
}

#[test]
fn a_measured_figure_is_hidden_and_nothing_else() {
    let transcript = "polls .... 2\ntime ..... [measured]\n";
    assert_eq!(masked("polls .... 2\ntime ..... 0.1 ms\n", transcript), transcript);
    for other in [
        "polls .... 3\ntime ..... 1 s\n",
        "polls .... 2\ntime ..... \n",
        "polls .... 2\ntide ..... 1\n",
    ] {
        assert_ne!(
            masked(other, transcript),
            transcript,
            "{other:?} is not what the transcript says"
        );
    }
}

#[test]
fn a_transcript_that_differs_in_a_character_is_noticed() {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("transcript-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the folder is made");
    fs::write(folder.join("transcript.txt"), "one\n...\n[..]\n").expect("it is written");
    if env::var_os("SNAPSHOTS").is_none() {
        assert_eq!(compare(&folder, "one\n...\n[..]\n"), Ok(()));
        for other in ["one\n...\n[..]", "one\n[..]\n", "one\ntwo\nthree\n", "one\n...\n[..]\n\n"] {
            assert!(compare(&folder, other).is_err(), "{other:?} is not what the transcript says");
        }
        fs::remove_file(folder.join("transcript.txt")).expect("it is there");
        assert_eq!(compare(&folder, ""), Err("it has no transcript.txt".to_owned()));
    }
    fs::remove_dir_all(&folder).expect("it is removed");
}
