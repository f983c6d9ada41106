//! What the truth test reports: a place, a kind, and words.

use std::fmt;
use std::path::PathBuf;

/// What sort of untruth was found. Its [`name`](Kind::name) is part of the message, so that a
/// finding can be looked up in `docs/builder/README.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An include names a file that is not there, or is written in a way that mdBook does not read.
    BrokenInclude,
    /// An include names an anchor that its file does not have exactly once.
    MissingAnchor,
    /// There is nothing between an anchor's two ends.
    EmptyAnchor,
    /// An anchor cuts an item or a statement in two.
    CutAnchor,
    /// An include counts lines, which drift as soon as the file is edited.
    LineRange,
    /// `{{#` reaches the reader.
    Leftover,
    /// A chapter that SUMMARY.md does not name.
    NotInSummary,
    /// An entry of SUMMARY.md without a file.
    MissingChapter,
    /// A lesson whose chapter is missing, or does not show what it has to.
    LessonNotShown,
    /// A chapter's minutes are missing, or are not those of its lesson and exercises.
    Minutes,
    /// A link or an image that leads nowhere.
    DeadLink,
    /// A link to a heading that its page does not have.
    DeadHeading,
    /// A block that says it is a part of a transcript, and is not.
    NotInTranscript,
    /// A block that says a command or a program prints this, and it does not.
    WrongOutput,
    /// A Rust block that does not compile, does not run, or opts out of being tried.
    BrokenRust,
    /// A block that must not compile, and does, or fails for another reason than stated.
    NotACompileError,
    /// A quoted compiler message that the compiler does not print.
    WrongCompilerMessage,
    /// A comment before a block that looks like one of the truth test's, and is not.
    UnknownComment,
    /// A command that a reader is asked to type names a lesson or an exercise that does not exist.
    UnknownLesson,
    /// A recorded timeline that no chapter shows, or not in the form that its stepper reads.
    Timeline,
    /// Measured figures that no chapter shows, a chart that is not what they give, or a number in
    /// prose that is none of them.
    Figure,
    /// A block without a language, an empty block, an image without alt text, a heading level that
    /// is skipped, a note to oneself.
    Form,
    /// The book could not be built at all.
    BuildFailed,
}

impl Kind {
    /// The kind's name as it stands in messages.
    pub fn name(self) -> &'static str {
        match self {
            Kind::BrokenInclude => "broken-include",
            Kind::MissingAnchor => "missing-anchor",
            Kind::EmptyAnchor => "empty-anchor",
            Kind::CutAnchor => "cut-anchor",
            Kind::LineRange => "line-range",
            Kind::Leftover => "leftover",
            Kind::NotInSummary => "not-in-summary",
            Kind::MissingChapter => "missing-chapter",
            Kind::LessonNotShown => "lesson-not-shown",
            Kind::Minutes => "minutes",
            Kind::DeadLink => "dead-link",
            Kind::DeadHeading => "dead-heading",
            Kind::NotInTranscript => "not-in-transcript",
            Kind::WrongOutput => "wrong-output",
            Kind::BrokenRust => "broken-rust",
            Kind::NotACompileError => "not-a-compile-error",
            Kind::WrongCompilerMessage => "wrong-compiler-message",
            Kind::UnknownComment => "unknown-comment",
            Kind::UnknownLesson => "unknown-lesson",
            Kind::Timeline => "timeline",
            Kind::Figure => "figure",
            Kind::Form => "form",
            Kind::BuildFailed => "build-failed",
        }
    }
}

/// One untruth, where it stands, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the course's root.
    pub file: PathBuf,
    /// The line in that file, counted from 1.
    pub line: usize,
    /// What sort of finding it is.
    pub kind: Kind,
    /// What is wrong, and what to do. May have several lines.
    pub words: String,
}

impl Finding {
    /// A finding at `file:line`.
    pub fn new(
        kind: Kind,
        file: impl Into<PathBuf>,
        line: usize,
        words: impl Into<String>,
    ) -> Self {
        Finding { file: file.into(), line, kind, words: words.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        write!(f, "{file}:{}: [{}] ", self.line, self.kind.name())?;
        let mut lines = self.words.lines();
        write!(f, "{}", lines.next().unwrap_or_default())?;
        lines.try_for_each(|line| write!(f, "\n    {line}"))
    }
}
