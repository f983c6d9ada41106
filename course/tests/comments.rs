//! Comments and docs are at most 100 columns wide, so that two files can be read side by side.

use std::fs;
use std::path::{Path, PathBuf};

const WIDEST: usize = 100;

/// The sources of the workspace: neither what is built, nor what belongs to a learner.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules"].contains(&name.as_str()) && !name.starts_with('.') {
                sources(&path, found);
            }
        } else if name.ends_with(".rs") && !name.starts_with("answer.") {
            found.push(path);
        }
    }
}

/// The numbers of the lines that are too wide. A table's row, a line of code in a doc, an address,
/// and the words that a check says cannot be broken.
fn too_wide(source: &str) -> Vec<usize> {
    let mut in_code = false;
    let mut wide = Vec::new();
    for (number, line) in (1..).zip(source.lines()) {
        let Some(text) = line.trim_start().strip_prefix("//") else {
            in_code = false;
            continue;
        };
        let text = text.trim_start_matches(['/', '!']).trim_start();
        if text.starts_with("```") {
            in_code = !in_code;
        }
        let cannot_be_broken =
            in_code || text.starts_with('|') || text.starts_with("Says: ") || text.contains("://");
        if line.chars().count() > WIDEST && !cannot_be_broken {
            wide.push(number);
        }
    }
    wide
}

#[test]
fn a_comment_is_no_wider_than_a_hundred_columns() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is a member");
    let mut all = Vec::new();
    sources(root, &mut all);
    assert!(all.len() > 300, "{} sources were found", all.len());
    let wide: Vec<_> = all
        .iter()
        .flat_map(|path| {
            let source = fs::read_to_string(path).expect("it can be read");
            let shown = path.strip_prefix(root).expect("it was found there").display().to_string();
            too_wide(&source).into_iter().map(move |line| format!("{shown}:{line}"))
        })
        .collect();
    assert!(wide.is_empty(), "wider than {WIDEST} columns:\n{}", wide.join("\n"));
}

#[test]
fn what_cannot_be_broken_may_be_wider() {
    let long = "x".repeat(120);
    assert_eq!(too_wide(&format!("// {long}")), [1]);
    assert_eq!(too_wide(&format!("fn f() {{}}\n    /// {long}\n//! {long}")), [2, 3]);
    assert!(too_wide(&format!("let x = \"{long}\";")).is_empty(), "that is rustfmt's affair");
    for fine in ["//! | a |", "//! Says: a", "// https://example.com/", "/// ```text\n///"] {
        assert!(too_wide(&format!("{fine} {long}")).is_empty(), "{fine}");
    }
    assert_eq!(too_wide(&format!("/// ```\n/// {long}\n/// ```\n/// {long}")), [4]);
}
