//! What cargo reports while it builds: one JSON message a line.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// Something that cargo built.
#[derive(Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The target's kind: `bin`, `test`, `lib`, `custom-build`.
    pub kind: String,
    pub name: String,
    pub executable: Option<PathBuf>,
    /// What names its package to cargo.
    pub package: String,
    /// Whether its package is here, and was not downloaded.
    pub in_workspace: bool,
    pub file: Option<PathBuf>,
    /// Whether cargo saw nothing to do.
    pub fresh: bool,
}

/// Something that the compiler said.
#[derive(Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The target's source file, which tells whose fault it is.
    pub target: PathBuf,
    pub target_name: String,
    pub is_error: bool,
    /// As the compiler prints it, coloured.
    pub rendered: String,
    /// `error[E0308]: mismatched types`, plain.
    pub headline: String,
    /// The lint that it is about, if it is about one: `unused_must_use`.
    pub lint: String,
    /// The file, as the compiler names it, and the line that it points at; for what is in a macro,
    /// where that is called.
    pub place: Option<(String, u64)>,
}

/// What came of a build.
#[derive(Debug, Default)]
pub struct Build {
    pub worked: bool,
    pub artifacts: Vec<Artifact>,
    pub diagnostics: Vec<Diagnostic>,
    /// What cargo itself said, without its progress.
    pub notes: Vec<String>,
}

impl Build {
    /// The program of the target `name` of this kind.
    pub fn executable(&self, kind: &str, name: &str) -> Option<&Path> {
        let mut artifacts = self.artifacts.iter().filter(|artifact| artifact.kind == kind);
        artifacts
            .find(|artifact| artifact.name == name)
            .and_then(|artifact| artifact.executable.as_deref())
    }

    /// The warnings about the target `name`, those about forgotten results first, and the file in
    /// which each is.
    pub fn warnings(&self, name: &str) -> Vec<(&Diagnostic, &str)> {
        let mut warnings: Vec<_> = self
            .diagnostics
            .iter()
            .filter(|said| said.target_name == name && !said.is_error && !said.is_summary())
            .filter_map(|said| Some((said, said.place.as_ref()?.0.as_str())))
            .collect();
        warnings.sort_by_key(|(said, _)| said.lint != "unused_must_use");
        warnings
    }

    /// The errors, and nothing that would drown them.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error)
    }
}

impl Diagnostic {
    /// Whether it only counts others: `aborting due to 2 previous errors`, `1 warning emitted`.
    pub fn is_summary(&self) -> bool {
        self.headline.contains("aborting due to") || self.headline.ends_with(" emitted")
    }
}

/// Reads one line of `--message-format=json`. Lines that are no message are what a build script or
/// another tool printed; they are none of our business.
pub fn read_message(line: &[u8], build: &mut Build) {
    if !line.starts_with(b"{") {
        return;
    }
    let Ok(message) = serde_json::from_slice::<Value>(line) else { return };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let target = &message["target"];
    match message["reason"].as_str() {
        Some("compiler-artifact") => build.artifacts.push(Artifact {
            // A program's own tests are of its kind, too, and must not be taken for the program.
            kind: if message["profile"]["test"] == true {
                "test".to_owned()
            } else {
                text(&target["kind"][0])
            },
            name: text(&target["name"]),
            executable: message["executable"].as_str().map(PathBuf::from),
            package: text(&message["package_id"]),
            in_workspace: text(&message["package_id"]).starts_with("path+"),
            file: message["filenames"][0].as_str().map(PathBuf::from),
            fresh: message["fresh"] == true,
        }),
        Some("compiler-message") => {
            let said = &message["message"];
            let level = text(&said["level"]);
            let lint = text(&said["code"]["code"]);
            let code = said["code"]["code"].as_str().filter(|code| code.starts_with('E'));
            let code = code.map(|code| format!("[{code}]")).unwrap_or_default();
            build.diagnostics.push(Diagnostic {
                target: PathBuf::from(text(&target["src_path"])),
                target_name: text(&target["name"]),
                is_error: level.starts_with("error"),
                rendered: text(&said["rendered"]),
                headline: format!("{level}{code}: {}", text(&said["message"])),
                lint,
                place: place(said),
            });
        }
        _ => {}
    }
}

fn place(said: &Value) -> Option<(String, u64)> {
    let mut span = said["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    while span["expansion"]["span"].is_object() {
        span = &span["expansion"]["span"];
    }
    Some((span["file_name"].as_str()?.to_owned(), span["line_start"].as_u64()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn artifacts_and_errors_are_read_from_messages() {
        let mut build = Build::default();
        let artifact = br#"{"reason":"compiler-artifact","target":{"kind":["test"],"name":"oneshot","src_path":"/c.rs"},"executable":"/t/oneshot-1"}"#;
        let error = br#"{"reason":"compiler-message","target":{"kind":["test"],"name":"oneshot","src_path":"/c.rs"},"message":{"level":"error","code":{"code":"E0308"},"message":"mismatched types","rendered":"error...","spans":[{"file_name":"a.rs","line_start":7,"is_primary":true}]}}"#;
        for line in [&artifact[..], error, b"a build script's words", b"{broken", b""] {
            read_message(line, &mut build);
        }
        assert_eq!(build.executable("test", "oneshot"), Some(Path::new("/t/oneshot-1")));
        assert_eq!(build.executable("bin", "oneshot"), None);
        let tests = br#"{"reason":"compiler-artifact","target":{"kind":["bin"],"name":"tiny"},"profile":{"test":true},"executable":"/t/tiny-1"}"#;
        let program = br#"{"reason":"compiler-artifact","target":{"kind":["bin"],"name":"tiny"},"profile":{"test":false},"executable":"/t/tiny"}"#;
        read_message(tests, &mut build);
        read_message(program, &mut build);
        assert_eq!(build.executable("bin", "tiny"), Some(Path::new("/t/tiny")));
        let headlines: Vec<_> = build.errors().map(|error| error.headline.as_str()).collect();
        assert_eq!(headlines, ["error[E0308]: mismatched types"]);
        assert_eq!(build.diagnostics[0].place, Some(("a.rs".to_owned(), 7)));
    }
}
