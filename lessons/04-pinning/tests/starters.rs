//! The exercises' starters work with the way that the chapter shows.

use std::fs;
use std::path::Path;

/// `pin_project!` of pin-project-lite takes no doc comment on a field, and answers with "no rules
/// expected `=`".
#[test]
fn a_starters_struct_fits_into_pin_project() {
    let exercises = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises");
    let folders = fs::read_dir(exercises).expect("the exercises are there");
    let starters = folders
        .filter_map(|folder| fs::read_to_string(folder.ok()?.path().join("starter.rs")).ok())
        .collect::<Vec<_>>();
    assert_eq!(starters.len(), 3, "each exercise has a starter");
    for starter in starters {
        for fields in starter.split("pub struct ").skip(1) {
            let fields = fields.split("\n}").next().unwrap_or_default();
            assert!(!fields.contains("///"), "a field has a doc comment: {fields}");
        }
    }
}

/// A reader must not have to open `check.rs`, which says the reasons as well.
#[test]
fn the_task_lists_every_value_that_its_starter_names() {
    let exercise = Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises/3-who-may-move");
    let read = |name: &str| fs::read_to_string(exercise.join(name)).expect("it is there");
    let (starter, task) = (read("starter.rs"), read("task.md"));
    let values = starter.split("Value::").skip(1).filter_map(|rest| rest.split(' ').next());
    let missing: Vec<_> =
        values.clone().filter(|value| !task.contains(&format!("| `{value}` |"))).collect();
    assert_eq!(values.count(), 10);
    assert_eq!(missing, [""; 0], "the task does not say what these are");
}
