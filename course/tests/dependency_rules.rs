//! Who may depend on whom. The rules are a function over a small model, so that what they must
//! reject can be shown to be rejected; one test applies them to the real workspace.

#[path = "common/metadata.rs"]
mod metadata;

use metadata::{list, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Up to this lesson nothing asynchronous comes from elsewhere: the course builds it first.
const BY_HAND: u32 = 7;

/// Crates with futures, executors or I/O of their own. Their families count by their first word.
const ASYNC: [&str; 10] = [
    "async", "futures", "tokio", "smol", "mio", "hyper", "blocking", "glommio", "monoio", "embassy",
];

/// A member of the workspace.
#[derive(Clone, Debug, Default)]
struct Member {
    /// The last folder of its path: `03-wakers`, `exercises`, `shared`.
    folder: String,
    /// The name under which code imports it.
    library: Option<String>,
    /// The members that it declares, for building, for tests or for itself.
    members: BTreeSet<String>,
    /// Every package that building it takes, without what only its tests need.
    takes: BTreeSet<String>,
}

type Workspace = BTreeMap<String, Member>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Lesson(u32),
    Exercises(u32),
    Other,
}

fn role(name: &str) -> Role {
    let Some((number, rest)) = name.strip_prefix("lesson-").and_then(|rest| rest.split_once('-'))
    else {
        return Role::Other;
    };
    match (number.parse(), rest) {
        (Ok(number), "exercises") => Role::Exercises(number),
        (Ok(number), _) => Role::Lesson(number),
        (Err(_), _) => Role::Other,
    }
}

/// What breaks the rules, in words.
fn broken(workspace: &Workspace) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, member) in workspace {
        for other in &member.members {
            broken.extend(
                forbidden(name, other).map(|why| format!("{name} depends on {other}: {why}")),
            );
        }
        broken.extend(too_early(name, member));
        broken.extend(misnamed(name, member));
    }
    broken
}

fn forbidden(name: &str, other: &str) -> Option<&'static str> {
    match (name, role(name), role(other)) {
        (_, _, Role::Exercises(_)) => {
            Some("nothing depends on exercises, so that a mistake there breaks nothing else")
        }
        ("whole-files" | "course-manifest", ..) => {
            Some("the command line rests on it: it stands alone")
        }
        ("course" | "shared" | "starters", ..) if other == "whole-files" => None,
        ("course" | "book", ..) if other == "course-manifest" => None,
        (_, Role::Exercises(_), Role::Other) if other == "starters" => None,
        ("shared", _, Role::Lesson(_)) => Some("shared contains nothing that a lesson teaches"),
        ("course", ..) => Some("the command line works while any other crate does not compile"),
        (_, Role::Lesson(number), Role::Lesson(other)) if other >= number => {
            Some("a lesson builds on those before it")
        }
        (_, Role::Exercises(number), Role::Lesson(other)) if other > number => {
            Some("exercises need no lesson that comes later")
        }
        (_, Role::Lesson(_) | Role::Exercises(_), Role::Other) if other != "shared" => {
            Some("lessons and exercises share `shared`, and nothing else")
        }
        ("shared", _, Role::Other) => Some("shared stands alone"),
        _ => None,
    }
}

fn too_early(name: &str, member: &Member) -> Vec<String> {
    match role(name) {
        Role::Lesson(number) | Role::Exercises(number) if number <= BY_HAND => member
            .takes
            .iter()
            .filter(|package| package.split(['-', '_']).next().is_some_and(|word| ASYNC.contains(&word)))
            .map(|package| format!("{name} takes {package}: what is asynchronous in lessons 1 to {BY_HAND} is built by hand"))
            .collect(),
        _ => Vec::new(),
    }
}

/// Numbers live in folder and package names only, and both agree.
fn misnamed(name: &str, member: &Member) -> Option<String> {
    let Role::Lesson(_) = role(name) else { return None };
    let slug = name.splitn(3, '-').nth(2).unwrap_or_default();
    if format!("lesson-{}", member.folder) != name {
        return Some(format!("{name} is in the folder {}", member.folder));
    }
    let library = member.library.as_ref()?;
    (*library != slug.replace('-', "_"))
        .then(|| format!("{name} is imported as {library}, not by its own name"))
}

/// The model of the real workspace.
fn read(metadata: &Value) -> Workspace {
    let members: BTreeSet<_> =
        list(&metadata["workspace_members"]).filter_map(Value::as_str).collect();
    let names: BTreeMap<_, _> =
        list(&metadata["packages"]).map(|one| (text(one, "id"), text(one, "name"))).collect();
    let nodes: BTreeMap<_, _> =
        list(&metadata["resolve"]["nodes"]).map(|node| (text(node, "id"), node)).collect();
    let packages =
        list(&metadata["packages"]).filter(|package| members.contains(text(package, "id")));
    packages
        .map(|package| {
            let id = text(package, "id");
            let direct = list(&nodes[id]["deps"]).map(|dependency| text(dependency, "pkg"));
            let direct = direct.filter(|other| members.contains(other) && *other != id);
            let mut taken = BTreeSet::new();
            reach(id, &nodes, &mut taken);
            let folder =
                Path::new(text(package, "manifest_path")).parent().and_then(Path::file_name);
            let is_library = |target: &&Value| list(&target["kind"]).any(|kind| kind == "lib");
            let library = list(&package["targets"])
                .find(is_library)
                .map(|target| text(target, "name").to_owned());
            let member = Member {
                folder: folder.unwrap_or_default().display().to_string(),
                library,
                members: direct.map(|id| names[id].to_owned()).collect(),
                takes: taken.iter().map(|id| names[id].to_owned()).collect(),
            };
            (text(package, "name").to_owned(), member)
        })
        .collect()
}

fn reach<'a>(id: &'a str, nodes: &BTreeMap<&'a str, &'a Value>, taken: &mut BTreeSet<&'a str>) {
    for dependency in list(&nodes[id]["deps"]) {
        let builds = list(&dependency["dep_kinds"]).any(|kind| kind["kind"] != "dev");
        let other = text(dependency, "pkg");
        if builds && taken.insert(other) {
            reach(other, nodes, taken);
        }
    }
}

#[test]
fn the_workspace_keeps_the_rules() {
    let Some(metadata) = metadata::metadata() else { return };
    let workspace = read(&metadata);
    assert!(
        workspace.contains_key("course") && workspace.contains_key("shared"),
        "the model is empty"
    );
    assert!(workspace.keys().any(|name| role(name) == Role::Lesson(1)), "the model has no lessons");
    assert!(workspace["course"].takes.contains("clap"), "the model knows no packages");
    assert_eq!(broken(&workspace), Vec::<String>::new());
}

/// A small workspace in good order.
fn good() -> Workspace {
    let member = |folder: &str, library: Option<&str>, members: &[&str]| Member {
        folder: folder.to_owned(),
        library: library.map(str::to_owned),
        members: members.iter().map(|name| (*name).to_owned()).collect(),
        takes: BTreeSet::new(),
    };
    [
        ("course", member("course", None, &["whole-files"])),
        ("shared", member("shared", Some("shared"), &["whole-files"])),
        ("starters", member("starters", Some("starters"), &["whole-files"])),
        ("whole-files", member("files", Some("whole_files"), &[])),
        ("lesson-01-generators", member("01-generators", Some("generators"), &["shared"])),
        (
            "lesson-02-by-hand",
            member("02-by-hand", Some("by_hand"), &["shared", "lesson-01-generators"]),
        ),
        (
            "lesson-02-exercises",
            member("exercises", None, &["shared", "starters", "lesson-02-by-hand"]),
        ),
    ]
    .map(|(name, member)| (name.to_owned(), member))
    .into()
}

#[track_caller]
fn breaks(name: &str, other: &str, why: &str) {
    let mut workspace = good();
    workspace.get_mut(name).expect("it is a member").members.insert(other.to_owned());
    let broken = broken(&workspace);
    assert!(
        matches!(&broken[..], [one] if one.starts_with(&format!("{name} depends on {other}")) && one.contains(why)),
        "{broken:?}"
    );
}

#[test]
fn a_workspace_in_good_order_breaks_nothing() {
    assert_eq!(broken(&good()), Vec::<String>::new());
}

#[test]
fn a_lesson_may_not_depend_on_a_later_one() {
    breaks("lesson-01-generators", "lesson-02-by-hand", "those before it");
}

#[test]
fn shared_may_not_depend_on_a_lesson() {
    breaks("shared", "lesson-01-generators", "nothing that a lesson teaches");
}

#[test]
fn course_may_depend_on_no_member() {
    breaks("course", "lesson-01-generators", "does not compile");
    breaks("course", "shared", "does not compile");
    breaks("course", "starters", "does not compile");
}

#[test]
fn what_writes_files_stands_alone() {
    breaks("whole-files", "shared", "stands alone");
    breaks("whole-files", "lesson-01-generators", "stands alone");
}

#[test]
fn nothing_may_depend_on_exercises() {
    breaks("lesson-02-by-hand", "lesson-02-exercises", "nothing depends on exercises");
    breaks("course", "lesson-02-exercises", "nothing depends on exercises");
}

#[test]
fn exercises_may_not_depend_on_a_later_lesson() {
    let mut workspace = good();
    let exercises = workspace.remove("lesson-02-exercises").expect("it is a member");
    workspace.insert("lesson-01-exercises".to_owned(), exercises);
    assert_eq!(
        broken(&workspace),
        [
            "lesson-01-exercises depends on lesson-02-by-hand: exercises need no lesson that comes later"
        ]
    );
}

#[test]
fn early_lessons_take_no_async_crate() {
    for package in ["tokio", "tokio-util", "futures-core", "async-task", "smol"] {
        let mut workspace = good();
        workspace
            .get_mut("lesson-02-by-hand")
            .expect("it is a member")
            .takes
            .insert(package.to_owned());
        let broken = broken(&workspace);
        assert!(
            matches!(&broken[..], [one] if one.contains(&format!("takes {package}"))),
            "{broken:?}"
        );
    }
    let mut workspace = good();
    let later = workspace.remove("lesson-02-by-hand").expect("it is a member");
    let later =
        Member { folder: "13-tokio".to_owned(), library: Some("tokio".to_owned()), ..later };
    workspace.get_mut("lesson-02-exercises").expect("it is a member").members.clear();
    workspace.insert(
        "lesson-13-tokio".to_owned(),
        Member { takes: ["tokio".to_owned()].into(), ..later },
    );
    assert_eq!(broken(&workspace), Vec::<String>::new());
}

#[test]
fn folder_package_and_library_have_one_name() {
    let mut workspace = good();
    workspace.get_mut("lesson-01-generators").expect("it is a member").folder =
        "02-generators".to_owned();
    assert_eq!(broken(&workspace), ["lesson-01-generators is in the folder 02-generators"]);
    let mut workspace = good();
    workspace.get_mut("lesson-02-by-hand").expect("it is a member").library =
        Some("lesson_02".to_owned());
    assert_eq!(
        broken(&workspace),
        ["lesson-02-by-hand is imported as lesson_02, not by its own name"]
    );
}
