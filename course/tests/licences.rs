//! Every dependency's licence is one that the course may be built with. The reading of licence
//! expressions is tested on what it must reject; one test applies it to the real workspace.

#[path = "common/metadata.rs"]
mod metadata;

use metadata::{list, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Licences that ask for no more than to be named.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Allowed only for what the book's builder takes and nothing else does: a tool that no lesson
/// links.
const FOR_THE_BOOK: [&str; 2] = ["CC-BY-4.0", "MPL-2.0"];
const BOOK: &str = "book";

/// Whether a licence expression can be satisfied with licences that `allowed` accepts.
///
/// # Errors
///
/// What in the expression cannot be read.
fn permits(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    // Before SPDX expressions, a slash meant `OR`.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    let permitted = any(&mut rest, allowed)?;
    if rest.is_empty() {
        Ok(permitted)
    } else {
        Err(format!("`{}` is left over in `{expression}`", rest.join(" ")))
    }
}

fn any(words: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut permitted = all(words, allowed)?;
    while take(words, "OR") {
        permitted |= all(words, allowed)?;
    }
    Ok(permitted)
}

fn all(words: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut permitted = one(words, allowed)?;
    while take(words, "AND") {
        permitted &= one(words, allowed)?;
    }
    Ok(permitted)
}

fn one(words: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    if take(words, "(") {
        let permitted = any(words, allowed)?;
        return if take(words, ")") {
            Ok(permitted)
        } else {
            Err("a bracket is not closed".to_owned())
        };
    }
    let name = next(words)?;
    if take(words, "WITH") {
        let exception = next(words)?;
        return Ok(allowed(&format!("{name} WITH {exception}")));
    }
    Ok(allowed(name))
}

fn next<'a>(words: &mut &[&'a str]) -> Result<&'a str, String> {
    let (first, rest) = words.split_first().ok_or("it ends where a licence belongs")?;
    if ["AND", "OR", "WITH", ")"].contains(first) {
        return Err(format!("`{first}` stands where a licence belongs"));
    }
    *words = rest;
    Ok(first)
}

fn take(words: &mut &[&str], word: &str) -> bool {
    let found = words.first() == Some(&word);
    if found {
        *words = &words[1..];
    }
    found
}

/// A package, and whether only the book's builder takes it.
struct Package<'a> {
    name: &'a str,
    licence: &'a str,
    only_for_the_book: bool,
}

/// What may not be used, in words.
fn objection(package: &Package<'_>) -> Option<String> {
    let allowed = |licence: &str| {
        ALLOWED.contains(&licence) || (package.only_for_the_book && FOR_THE_BOOK.contains(&licence))
    };
    let (name, licence) = (package.name, package.licence);
    match permits(licence, &allowed) {
        Ok(true) => None,
        Ok(false) => Some(format!("{name}: `{licence}` is not allowed")),
        Err(error) => Some(format!("{name}: `{licence}` cannot be read: {error}")),
    }
}

fn packages(metadata: &Value) -> Vec<Package<'_>> {
    let names: BTreeMap<_, _> =
        list(&metadata["packages"]).map(|one| (text(one, "id"), text(one, "name"))).collect();
    let nodes: BTreeMap<_, _> =
        list(&metadata["resolve"]["nodes"]).map(|node| (text(node, "id"), node)).collect();
    let mut others = BTreeSet::new();
    let members = list(&metadata["workspace_members"]).filter_map(Value::as_str);
    members.filter(|id| names[id] != BOOK).for_each(|id| reach(id, &nodes, &mut others));
    list(&metadata["packages"])
        .map(|package| Package {
            name: text(package, "name"),
            licence: text(package, "license"),
            only_for_the_book: !others.contains(text(package, "id")),
        })
        .collect()
}

fn reach<'a>(id: &'a str, nodes: &BTreeMap<&'a str, &'a Value>, reached: &mut BTreeSet<&'a str>) {
    if reached.insert(id) {
        list(&nodes[id]["deps"])
            .for_each(|dependency| reach(text(dependency, "pkg"), nodes, reached));
    }
}

#[test]
fn every_dependency_may_be_used() {
    let Some(metadata) = metadata::metadata() else { return };
    let packages = packages(&metadata);
    assert!(packages.iter().any(|package| package.name == "clap" && !package.only_for_the_book));
    let objections: Vec<_> = packages.iter().filter_map(objection).collect();
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

fn accepts(expression: &str) -> bool {
    let package = Package { name: "it", licence: expression, only_for_the_book: false };
    objection(&package).is_none()
}

#[test]
fn a_choice_needs_one_that_is_allowed() {
    assert!(accepts("MIT"));
    assert!(accepts("MIT OR GPL-3.0"));
    assert!(accepts("MIT/Apache-2.0"));
    assert!(accepts("GPL-2.0 / MIT"));
    assert!(!accepts("GPL-3.0"));
    assert!(!accepts("GPL-3.0 OR AGPL-3.0"));
}

#[test]
fn a_sum_needs_all_of_them_allowed() {
    assert!(accepts("(MIT OR GPL-3.0) AND Unicode-3.0"));
    assert!(!accepts("MIT AND GPL-3.0"));
    assert!(accepts("GPL-3.0 AND MIT OR ISC"), "AND binds closer than OR");
    assert!(!accepts("GPL-3.0 AND (MIT OR ISC)"));
}

#[test]
fn an_exception_is_part_of_its_licence() {
    assert!(accepts("Apache-2.0 WITH LLVM-exception"));
    assert!(!accepts("MIT WITH Some-exception"));
    assert!(!accepts("GPL-2.0 WITH Classpath-exception-2.0"));
}

#[test]
fn what_cannot_be_read_is_not_allowed() {
    for expression in ["", "MIT OR", "OR MIT", "(MIT", "MIT MIT", "MIT)", "MIT WITH"] {
        assert!(!accepts(expression), "{expression}");
    }
}

#[test]
fn the_books_licences_stay_with_the_book() {
    let package =
        |only_for_the_book| Package { name: "mdbook-core", licence: "MPL-2.0", only_for_the_book };
    assert_eq!(objection(&package(true)), None);
    assert_eq!(
        objection(&package(false)).as_deref(),
        Some("mdbook-core: `MPL-2.0` is not allowed")
    );
}

#[test]
fn what_the_book_shares_with_others_is_not_only_the_books() {
    let metadata = serde_json::json!({
        "workspace_members": ["book", "course"],
        "packages": [
            { "id": "book", "name": "book", "license": "MIT" },
            { "id": "course", "name": "course", "license": "MIT" },
            { "id": "a", "name": "a", "license": "MPL-2.0" },
            { "id": "b", "name": "b", "license": "MPL-2.0" },
        ],
        "resolve": { "nodes": [
            { "id": "book", "deps": [{ "pkg": "a" }, { "pkg": "b" }] },
            { "id": "course", "deps": [{ "pkg": "b" }] },
            { "id": "a", "deps": [] },
            { "id": "b", "deps": [] },
        ] },
    });
    let objections: Vec<_> = packages(&metadata).iter().filter_map(objection).collect();
    assert_eq!(objections, ["b: `MPL-2.0` is not allowed"]);
}
