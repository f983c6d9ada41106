//! The timelines in the book are what the lessons' programs record: `SNAPSHOTS=overwrite cargo test
//! --test timelines` accepts what they record now.
//!
//! A lesson names its runs in `[package.metadata.course] timelines = ["block-on"]`. Each becomes a
//! picture, `docs/src/timelines/wakers-block-on.svg`, and beside it a script with the recording and
//! the lines of source that it mentions, for the book's stepper. The runs by which the recorder
//! itself is tested become those of the browser test's own book.

use snapbox::assert::{Action, Assert};
use snapbox::{Data, IntoData};
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A picture stands in a page, and a page is to load quickly.
const LARGEST_PICTURE: usize = 60_000;
/// How many lines of source are kept above and below each that is mentioned: as many as the stepper
/// shows.
const MARGIN: usize = 4;

/// A program that can be asked for timelines.
struct Program {
    /// What the names of its timelines begin with.
    prefix: String,
    /// How cargo runs it.
    cargo: Vec<String>,
    runs: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in the workspace")
}

/// The lessons that have timelines.
fn lessons() -> Result<Vec<Program>, String> {
    let entries = fs::read_dir(root().join("lessons")).map_err(|error| error.to_string())?;
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.join("Cargo.toml").is_file());
    folders.sort();
    folders.iter().map(|folder| lesson(folder)).collect()
}

fn lesson(folder: &Path) -> Result<Program, String> {
    let name = folder.file_name().expect("it has a name").display().to_string();
    let text = fs::read_to_string(folder.join("Cargo.toml")).map_err(|error| error.to_string())?;
    let manifest: toml::Table = text.parse().map_err(|error| format!("{name}: {error}"))?;
    let package = &manifest["package"];
    let declared = package.get("metadata").and_then(|all| all.get("course"));
    let runs: Vec<String> = match declared.and_then(|course| course.get("timelines")) {
        None => Vec::new(),
        Some(runs) => {
            runs.clone().try_into().map_err(|error| format!("{name}: timelines: {error}"))?
        }
    };
    let package = package["name"].as_str().unwrap_or_default();
    let prefix = name.split_once('-').map_or(name.as_str(), |(_, name)| name).to_owned();
    Ok(Program { prefix, cargo: vec!["--package".into(), package.into()], runs })
}

/// What the program writes when it is asked for this timeline; an error if it is not the same
/// twice.
fn recorded(program: &Program, run: &str, format: &str) -> Result<String, String> {
    let once = || {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["run", "--quiet"]).args(&program.cargo).arg("--");
        command.args(["--timeline", format, "--run", run]).current_dir(root());
        let output = command.output().map_err(|error| error.to_string())?;
        match output.status.success() {
            true => String::from_utf8(output.stdout).map_err(|error| error.to_string()),
            false => Err(format!("{}\n{}", output.status, String::from_utf8_lossy(&output.stderr))),
        }
    };
    let first = once()?;
    let assert = Assert::new().normalize_paths(false);
    assert
        .try_eq(Some(&"the second recording"), once()?.into_data(), first.clone().into_data().raw())
        .map_err(|error| format!("two recordings differ: {error}"))?;
    Ok(first)
}

/// The picture as it stands in a page: with ids of its own among the timelines of all lessons,
/// which `print.html` has together.
fn picture(svg: &str, name: &str, run: &str) -> Result<String, String> {
    if svg.len() > LARGEST_PICTURE {
        let size = svg.len();
        return Err(format!("the picture has {size} bytes, more than {LARGEST_PICTURE}"));
    }
    if svg.lines().any(|line| line.trim().is_empty()) {
        return Err("the picture has an empty line, at which Markdown would end it".to_owned());
    }
    Ok(svg.replace(&format!("timeline-{run}-"), &format!("timeline-{name}-")))
}

/// The recording, and the source that it mentions, for the stepper.
fn script(recording: &str, name: &str, root: &Path) -> Result<String, String> {
    let mut sources = Vec::new();
    for (file, mentioned) in mentioned(recording)? {
        let text = fs::read_to_string(root.join(&file))
            .map_err(|error| format!("the recording mentions {file}: {error}"))?;
        let lines: Vec<&str> = text.lines().collect();
        let pieces: Vec<String> = pieces(&mentioned, lines.len())
            .into_iter()
            .map(|(first, last)| {
                let lines = lines[first - 1..last].iter().map(|line| without_anchor(line));
                let lines: Vec<String> = lines.map(|line| json(&line)).collect();
                format!("{{\"first\":{first},\"lines\":[\n{}]}}", lines.join(",\n"))
            })
            .collect();
        sources.push(format!("{}:[{}]", json(&file), pieces.join(",\n")));
    }
    let (name, recording) = (json(&name), recording.trim_end());
    Ok(format!(
        "(window.recordings ??= {{}})[{name}] = {{\"recording\":{recording},\n\"sources\":{{{}}}}};\n",
        sources.join(",\n")
    ))
}

/// A line as its reader knows it from the chapter, where the book's anchors are taken out. It stays
/// a line: the others keep their numbers.
fn without_anchor(line: &str) -> &str {
    let comment = line.trim_start().strip_prefix("// ");
    let is_anchor = comment.is_some_and(|comment| {
        comment.starts_with("ANCHOR: ") || comment.starts_with("ANCHOR_END: ")
    });
    if is_anchor { "" } else { line }
}

fn json(text: &impl AsRef<str>) -> String {
    serde_json::Value::from(text.as_ref()).to_string()
}

/// The lines that the events mention, by file.
fn mentioned(recording: &str) -> Result<BTreeMap<String, BTreeSet<usize>>, String> {
    let recording: serde_json::Value =
        serde_json::from_str(recording).map_err(|error| format!("the recording: {error}"))?;
    let events = recording["events"].as_array().ok_or("the recording has no events")?;
    let mut files: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for event in events {
        if let (Some(file), Some(line)) = (event["file"].as_str(), event["line"].as_u64()) {
            files.entry(file.to_owned()).or_default().insert(line as usize);
        }
    }
    Ok(files)
}

/// The parts of a file of `count` lines that show each mentioned line with its neighbours: first
/// and last line of each.
fn pieces(mentioned: &BTreeSet<usize>, count: usize) -> Vec<(usize, usize)> {
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    for &line in mentioned {
        let (first, last) = (line.saturating_sub(MARGIN).max(1), (line + MARGIN).min(count));
        match pieces.last_mut() {
            Some(before) if first <= before.1 + 1 => before.1 = last,
            _ => pieces.push((first, last)),
        }
    }
    pieces
}

fn compare(path: &Path, text: &str) -> Result<(), String> {
    let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    if !path.exists() {
        if assert.selected_action() != Action::Overwrite {
            return Err(format!("there is no {}", path.display()));
        }
        let folder = path.parent().unwrap_or(path);
        return fs::create_dir_all(folder)
            .and_then(|()| fs::write(path, text))
            .map_err(|error| error.to_string());
    }
    let expected = Data::read_from(path, None).raw();
    assert.try_eq(Some(&"timeline"), text.into_data(), expected).map_err(|error| error.to_string())
}

/// Records what the programs offer, compares it with the files in `folder`, and says what differs.
fn differences(programs: &[Program], folder: &Path) -> Vec<String> {
    let mut differences = Vec::new();
    let mut known = BTreeSet::new();
    for program in programs {
        for run in &program.runs {
            let name = format!("{}-{run}", program.prefix);
            let compared = recorded(program, run, "svg")
                .and_then(|svg| picture(&svg, &name, run))
                .and_then(|svg| compare(&folder.join(format!("{name}.svg")), &svg))
                .and_then(|()| recorded(program, run, "json"))
                .and_then(|recording| script(&recording, &name, root()))
                .and_then(|script| compare(&folder.join(format!("{name}.js")), &script));
            differences.extend(compared.err().map(|error| format!("{name}: {error}")));
            known.extend([format!("{name}.svg"), format!("{name}.js")]);
        }
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let there = entries.map(|entry| entry.file_name().display().to_string());
    let strangers = there.filter(|file| !known.contains(file));
    differences.extend(strangers.map(|file| format!("{file}: no lesson declares it: remove it")));
    differences
}

#[test]
fn the_books_timelines_are_what_the_lessons_record() {
    let programs = lessons().expect("the manifests can be read");
    let folder = root().join("docs/src/timelines");
    let differences = differences(&programs, &folder);
    assert!(differences.is_empty(), "\n{}", differences.join("\n\n"));
}

#[test]
fn the_browser_tests_timelines_are_what_the_recorder_records() {
    let cargo = ["--package", "shared", "--example", "timelines"].map(str::to_owned).into();
    let runs = ["coroutines", "everything", "ping", "threads"].map(str::to_owned).into();
    let program = Program { prefix: "recorder".to_owned(), cargo, runs };
    let differences = differences(&[program], &root().join("docs/browser/fixture/timelines"));
    assert!(differences.is_empty(), "\n{}", differences.join("\n\n"));
}

#[test]
fn each_mentioned_line_comes_with_its_neighbours_and_each_line_once() {
    let mentioned = |lines: &[usize]| pieces(&lines.iter().copied().collect(), 40);
    assert_eq!(mentioned(&[20]), [(16, 24)]);
    assert_eq!(mentioned(&[2, 39]), [(1, 6), (35, 40)]);
    assert_eq!(mentioned(&[10, 12, 19, 29]), [(6, 23), (25, 33)]);
    assert_eq!(mentioned(&[10, 18]), [(6, 22)], "those that touch are one");
}

#[test]
fn a_script_holds_the_recording_and_its_source() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("timelines-script");
    fs::create_dir_all(&folder).expect("the folder is made");
    fs::write(folder.join("a.rs"), "one\n\"two\"\n  // ANCHOR_END: a\n").expect("it is written");
    let recording = "{\"events\":[{\"file\":\"a.rs\",\"line\":2},{\"file\":null,\"line\":null}]}\n";
    let expected = "(window.recordings ??= {})[\"n\"] = {\"recording\":{\"events\":[{\"file\":\"a.rs\",\"line\":2},\
                    {\"file\":null,\"line\":null}]},\n\"sources\":{\"a.rs\":[{\"first\":1,\"lines\":[\n\"one\",\n\"\\\"two\\\"\",\n\"\"]}]}};\n";
    assert_eq!(script(recording, "n", &folder).as_deref(), Ok(expected));
    let lost = script(&recording.replace("a.rs", "b.rs"), "n", &folder).unwrap_err();
    assert!(lost.starts_with("the recording mentions b.rs: "), "{lost}");
    fs::remove_dir_all(&folder).expect("it is removed");
}

#[test]
fn a_picture_that_a_page_cannot_hold_is_refused() {
    let ids = "<svg aria-labelledby=\"timeline-a-title timeline-a-desc\"/>\n";
    let own = "<svg aria-labelledby=\"timeline-wakers-a-title timeline-wakers-a-desc\"/>\n";
    assert_eq!(picture(ids, "wakers-a", "a").as_deref(), Ok(own));
    assert!(picture("<svg>\n\n</svg>\n", "wakers-a", "a").unwrap_err().contains("empty line"));
    assert!(picture(&"x".repeat(60_001), "wakers-a", "a").unwrap_err().contains("60001 bytes"));
}

#[test]
fn a_timeline_that_differs_is_noticed() {
    if env::var_os("SNAPSHOTS").is_some() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("timelines-differ");
    fs::create_dir_all(&folder).expect("the folder is made");
    let path = folder.join("a.svg");
    fs::write(&path, "<svg>[..]</svg>\n").expect("it is written");
    assert_eq!(compare(&path, "<svg>[..]</svg>\n"), Ok(()));
    assert!(compare(&path, "<svg>other</svg>\n").is_err());
    assert!(compare(&folder.join("b.svg"), "").unwrap_err().starts_with("there is no "));
    let found = differences(&[], &folder);
    assert_eq!(found, ["a.svg: no lesson declares it: remove it"]);
    fs::remove_dir_all(&folder).expect("it is removed");
}
