//! No room uses another: what two of them need stands in `base`.

use std::fs;
use std::path::{Path, PathBuf};

const ROOMS: [&str; 4] = ["narrate", "record", "probe", "figures"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The room, or `base`, that a path below `src` belongs to.
fn room(path: &Path) -> String {
    let first = path.components().next().expect("it is a path below `src`");
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// What a module names of the crate, its tests and its docs aside.
fn uses(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or(source);
    let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>())
        .map(|path| path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().into())
        .collect()
}

#[test]
fn no_room_uses_another() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    sources(&root, &mut all);
    let mut seen = 0;
    for path in all {
        let below = path.strip_prefix(&root).expect("it was found there");
        let here = room(below);
        if here == "lib" {
            continue;
        }
        assert!(here == "base" || ROOMS.contains(&here.as_str()), "`{here}` is no room");
        for used in uses(&fs::read_to_string(&path).expect("it can be read")) {
            seen += 1;
            let may = used == "base" || used == here || used.starts_with("__");
            assert!(may, "{} uses `{used}`", below.display());
        }
    }
    assert!(seen > 20, "{seen} uses were found: the test reads the sources wrongly");
}

#[test]
fn a_use_is_seen_and_docs_and_tests_are_not() {
    let source = "//! [`crate::probe`]\nuse crate::base::{a, b};\nfn f() { crate::record::g() }\n\
                  #[cfg(test)]\nmod tests { use crate::figures; }";
    assert_eq!(uses(source), ["base", "record"]);
}
