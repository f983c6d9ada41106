//! The exercises' starters work with the way that the chapter shows.

use std::fs;
use std::path::Path;

/// `pin_project!` of pin-project-lite takes no doc comment on a field, and answers with "no rules expected `=`".
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
