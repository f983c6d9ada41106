//! The lessons' own predictions: each has one right order, which its program records in every run,
//! and the order in which its events are listed gives nothing away.

mod common;

use common::finish;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// What fits on a screen beside the question.
const MOST_LINES: usize = 30;
/// Enough for chance to show itself, if there is any.
const RECORDINGS: usize = 20;

struct Prediction {
    /// `wakers/two-wakes`.
    id: String,
    /// The example's name.
    name: String,
    package: String,
    source: PathBuf,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in the workspace")
}

/// All predictions, as the lessons' manifests declare them.
fn predictions() -> Vec<Prediction> {
    let entries = fs::read_dir(root().join("lessons")).expect("there are lessons");
    let mut folders: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    folders.retain(|folder| folder.join("Cargo.toml").is_file());
    folders.sort();
    folders.iter().flat_map(|folder| of_lesson(folder)).collect()
}

fn of_lesson(folder: &Path) -> Vec<Prediction> {
    let text = fs::read_to_string(folder.join("Cargo.toml")).expect("it can be read");
    let manifest: toml::Table = text.parse().expect("it is a manifest");
    let string = |value: &toml::Value| value.as_str().expect("it is a string").to_owned();
    let folder_name = folder.file_name().expect("it has one").display().to_string();
    let lesson = folder_name.split_once('-').expect("it is numbered").1;
    let examples = manifest.get("example").and_then(toml::Value::as_array).into_iter().flatten();
    examples
        .map(|example| Prediction {
            id: format!("{lesson}/{}", string(&example["name"])),
            name: string(&example["name"]),
            package: string(&manifest["package"]["name"]),
            source: folder.join(string(&example["path"])),
        })
        .collect()
}

/// The program. All of them are built by one call of cargo, once for all tests.
fn built(prediction: &Prediction) -> &'static Path {
    static PROGRAMS: LazyLock<BTreeMap<String, PathBuf>> = LazyLock::new(build_all);
    PROGRAMS.get(&prediction.name).expect("an example is a program")
}

fn build_all() -> BTreeMap<String, PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--quiet", "--message-format=json"]).current_dir(root());
    for prediction in predictions() {
        command.args(["--package", &prediction.package, "--example", &prediction.name]);
    }
    let output = command.output().expect("cargo runs");
    let messages = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}\n{errors}");
    let messages = messages.lines().filter_map(|line| serde_json::from_str(line).ok());
    let programs = messages.filter_map(|message: serde_json::Value| {
        let name = message["target"]["name"].as_str()?.to_owned();
        Some((name, PathBuf::from(message["executable"].as_str()?)))
    });
    programs.collect()
}

/// What a program writes to standard output when it is run with these arguments.
fn output(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().expect("it was just built");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}, {}:\n{errors}", program.display(), output.status);
    String::from_utf8(output.stdout).expect("it writes UTF-8")
}

fn recording(prediction: &Prediction) -> String {
    output(built(prediction), &["--timeline", "json"])
}

/// The marks of the labelled notes, in the order in which they were recorded.
fn recorded(json: &str) -> Vec<char> {
    let recording: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
    let events = recording["events"].as_array().expect("it has events");
    let notes = events.iter().filter(|event| event["kind"] == "note");
    // `tea: 1: tea is polled again`
    let mark = |text: &str| text.split(": ").nth(1)?.parse().ok();
    notes.filter_map(|note| note["text"].as_str().and_then(mark)).collect()
}

/// The marks of the labels in the source, from top to bottom: `"2: the waker has been called"`.
fn in_source(source: &str) -> Vec<char> {
    let starts = source.match_indices('"').filter_map(|(at, _)| {
        let (mark, rest) = source[at + 1..].split_at_checked(1)?;
        rest.starts_with(": ").then(|| mark.parse().ok())?
    });
    starts.collect()
}

fn words(order: &[char]) -> String {
    order.iter().map(char::to_string).collect::<Vec<_>>().join(" ")
}

fn predict(id: &str, order: &[char]) -> common::Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
    command.args(["predict", id]).current_dir(root());
    command.env_remove("CLICOLOR_FORCE").env_remove("CARGO_MANIFEST_DIR");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("course starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    writeln!(stdin, "{}", words(order)).expect("it reads");
    drop(stdin);
    finish(child)
}

#[test]
fn each_lesson_has_predictions_and_their_names_are_their_own() {
    let predictions = predictions();
    let folders = std::fs::read_dir(root().join("lessons")).expect("there are lessons");
    let folders: Vec<_> = folders.map(|entry| entry.expect("it can be read").file_name()).collect();
    assert!(!folders.is_empty(), "there are no lessons");
    for folder in folders.iter().filter_map(|name| name.to_str()) {
        let Some((_, lesson)) = folder.split_once('-') else { continue };
        let has_one = predictions.iter().any(|one| one.id.split('/').next() == Some(lesson));
        assert!(has_one, "nothing is to be predicted in {lesson}");
    }
    // Cargo puts the programs of all packages into one folder.
    let names: BTreeSet<_> = predictions.iter().map(|one| &one.name).collect();
    assert_eq!(names.len(), predictions.len(), "two have the same name");
}

#[test]
fn each_program_records_every_event_once_and_the_same_in_every_run() {
    for prediction in predictions() {
        let program = built(&prediction);
        let json = output(program, &["--timeline", "json"]);
        for _ in 1..RECORDINGS {
            let again = output(program, &["--timeline", "json"]);
            assert_eq!(again, json, "{} is not the same in every run", prediction.id);
        }
        let (mut order, mut listed) = (recorded(&json), in_source(&read(&prediction)));
        order.sort_unstable();
        listed.sort_unstable();
        assert_eq!(order, listed, "{}: what happens is not what is listed", prediction.id);
        assert!(order.len() >= 3, "{}: two events can be guessed", prediction.id);
    }
}

#[test]
fn neither_the_order_of_the_marks_nor_that_of_the_source_is_right() {
    for prediction in predictions() {
        let right = recorded(&recording(&prediction));
        let source = in_source(&read(&prediction));
        let mut sorted = source.clone();
        sorted.sort_unstable();
        assert_ne!(right, sorted, "{}: the example of an order is the answer", prediction.id);
        assert_ne!(right, source, "{}: it happens as it is written", prediction.id);
    }
}

#[test]
fn the_right_order_is_right_and_each_other_one_parts_from_it_where_it_does() {
    for prediction in predictions() {
        let right = recorded(&recording(&prediction));
        predict(&prediction.id, &right)
            .code(0)
            .says(&format!("right: {}. This is the recording:", words(&right)))
            .says("main (thread)");
        for at in 0..right.len() - 1 {
            let mut wrong = right.clone();
            wrong.swap(at, at + 1);
            let (said, came) = (wrong[at], right[at]);
            let difference = match at {
                0 => format!("you say {said} first, but {came} comes first."),
                _ => format!(
                    "{} is right, then you say {said}, but {came} comes next.",
                    words(&right[..at])
                ),
            };
            let ran = predict(&prediction.id, &wrong).code(1).says(&difference);
            let (_, reason) = ran.stdout.split_once("What was recorded, from ").expect("a reason");
            assert!(reason.contains(&format!(": {came}: ")), "{}: {reason}", prediction.id);
        }
    }
}

#[test]
fn what_is_shown_fits_on_a_screen_and_stands_without_an_answer() {
    for prediction in predictions() {
        let source = read(&prediction);
        let after = source.split_once("// ANCHOR: shown\n").expect("a part of it is marked").1;
        let shown = after.split_once("// ANCHOR_END: shown").expect("the mark ends").0;
        let lines = shown.lines().count();
        assert!(lines <= MOST_LINES, "{}: {lines} lines are shown", prediction.id);
        assert!(source.starts_with("//! "), "{} asks no question", prediction.id);
        let said = output(built(&prediction), &[]);
        let command = format!("cargo course predict {}", prediction.id);
        assert!(said.contains(&command), "{}: {said}", prediction.id);
    }
}

fn read(prediction: &Prediction) -> String {
    fs::read_to_string(&prediction.source).expect("it can be read")
}
