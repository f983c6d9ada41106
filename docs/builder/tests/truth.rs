//! The truth test finds what is not true: a small true book is falsified in one place, and that
//! place is named.

mod fixture;

use book::Kind;
use fixture::Fixture;

const CHAPTER: &str = "docs/src/pause.md";
const SUMMARY: &str = "docs/src/SUMMARY.md";
const CODE: &str = "lessons/01-pause/src/lib.rs";
const TRANSCRIPT: &str = "lessons/01-pause/transcript.txt";
const TASK: &str = "lessons/01-pause/exercises/1-fuse/task.md";

#[test]
fn a_true_book_passes() {
    let findings = Fixture::new().findings();
    assert!(findings.is_empty(), "{findings:#?}");
}

mod includes {
    use super::*;

    #[test]
    fn a_changed_anchor_name_is_noticed() {
        Fixture::with(CHAPTER, "lib.rs:pause}}", "lib.rs:pouse}}").must_find(
            Kind::MissingAnchor,
            CHAPTER,
            "lib.rs:pouse",
            "that file has: pause, resume",
        );
    }

    #[test]
    fn a_changed_anchor_in_the_code_is_noticed() {
        Fixture::with(CODE, "// ANCHOR: pause", "// ANCHOR: pouse").must_find(
            Kind::MissingAnchor,
            CHAPTER,
            "lib.rs:pause",
            "exactly one ANCHOR and one ANCHOR_END",
        );
    }

    #[test]
    fn an_empty_anchor_is_noticed() {
        let code = "// ANCHOR: pause\n\n// ANCHOR_END: pause\n// ANCHOR: resume\nfn a() {}\n// ANCHOR_END: resume\n";
        let book = Fixture::new();
        book.write(CODE, code);
        book.must_find(Kind::EmptyAnchor, CHAPTER, "lib.rs:pause", "`pause` is empty");
    }

    #[test]
    fn an_anchor_that_cuts_an_item_is_noticed() {
        Fixture::with(
            CODE,
            "    answer\n}\n// ANCHOR_END: resume",
            "// ANCHOR_END: resume\n    answer\n}",
        )
        .must_find(Kind::CutAnchor, CHAPTER, "lib.rs:resume", "closed outside of it");
    }

    #[test]
    fn a_file_that_does_not_exist_is_noticed() {
        Fixture::with(CHAPTER, "src/lib.rs:resume", "src/lob.rs:resume").must_find(
            Kind::BrokenInclude,
            CHAPTER,
            "lob.rs",
            "lessons/01-pause/src/lob.rs",
        );
    }

    #[test]
    fn line_numbers_are_refused() {
        Fixture::with(CHAPTER, "lib.rs:pause}}", "lib.rs:3:7}}").must_find(
            Kind::LineRange,
            CHAPTER,
            "lib.rs:3:7",
            "use an anchor",
        );
    }

    #[test]
    fn a_leftover_directive_is_noticed() {
        Fixture::with(CHAPTER, "By hand:", "By {{#hand}}:").must_find(
            Kind::Leftover,
            CHAPTER,
            "{{#hand}}",
            "left over",
        );
    }

    #[test]
    fn a_leftover_directive_in_an_included_file_is_noticed_there() {
        Fixture::with(TASK, "Make it end once.", "Make it {{#end once.").must_find(
            Kind::Leftover,
            TASK,
            "{{#end",
            "left over",
        );
    }

    #[test]
    fn a_leftover_that_only_the_built_page_shows_is_noticed() {
        Fixture::with(CHAPTER, "By hand:", "By &#123;{#hand}}:").must_find(
            Kind::Leftover,
            CHAPTER,
            "# Pause",
            "left over in the built page",
        );
    }
}

mod summary {
    use super::*;

    #[test]
    fn a_chapter_that_is_not_in_the_summary_is_noticed() {
        let book = Fixture::new();
        book.write("docs/src/lost.md", "# Lost\n");
        book.must_find(
            Kind::NotInSummary,
            "docs/src/lost.md",
            "# Lost",
            "SUMMARY.md does not name",
        );
    }

    #[test]
    fn an_entry_without_a_file_is_noticed() {
        let entry = "- [Glossary](glossary.md)\n- [Later](later.md)";
        Fixture::with(SUMMARY, "- [Glossary](glossary.md)", entry).must_find(
            Kind::MissingChapter,
            SUMMARY,
            "later.md",
            "does not exist",
        );
    }

    #[test]
    fn an_entry_without_a_link_is_noticed() {
        let entry = "- [Glossary](glossary.md)\n- [Later]()";
        Fixture::with(SUMMARY, "- [Glossary](glossary.md)", entry).must_find(
            Kind::MissingChapter,
            SUMMARY,
            "Later",
            "has no file",
        );
    }
}

mod links {
    use super::*;

    #[test]
    fn a_changed_link_is_noticed() {
        Fixture::with(CHAPTER, "glossary.md#waker", "glossery.md#waker").must_find(
            Kind::DeadLink,
            CHAPTER,
            "glossery.md",
            "is not a chapter of the book",
        );
    }

    #[test]
    fn a_link_to_a_heading_that_is_not_there_is_noticed() {
        Fixture::with(CHAPTER, "glossary.md#waker", "glossary.md#wakers").must_find(
            Kind::DeadHeading,
            CHAPTER,
            "#wakers",
            "it has waker",
        );
    }

    #[test]
    fn a_changed_heading_is_noticed() {
        Fixture::with("docs/src/glossary.md", "## Waker", "## Woker").must_find(
            Kind::DeadHeading,
            CHAPTER,
            "#waker",
            "glossary.md has no heading `#waker`",
        );
    }

    #[test]
    fn the_second_heading_of_a_name_has_its_own_id() {
        Fixture::with("docs/src/glossary.md", "## Poll\n\nTo ask again", "## Pull\n\nTo ask again")
            .must_find(Kind::DeadHeading, CHAPTER, "#poll-1", "`#poll-1`");
    }

    #[test]
    fn a_heading_of_the_same_page_is_looked_up() {
        Fixture::with(CHAPTER, "(#exercises)", "(#exercizes)").must_find(
            Kind::DeadHeading,
            CHAPTER,
            "#exercizes",
            "pause.md has no heading",
        );
    }

    #[test]
    fn a_missing_image_is_noticed() {
        Fixture::with(CHAPTER, "img/pause.svg", "img/pouse.svg").must_find(
            Kind::DeadLink,
            CHAPTER,
            "img/pouse.svg",
            "does not exist",
        );
    }

    #[test]
    fn a_link_in_an_included_text_is_followed_from_the_chapter() {
        Fixture::with(TASK, "pause.md#exercises", "pause.md#exercise").must_find(
            Kind::DeadHeading,
            TASK,
            "pause.md#exercise",
            "included by docs/src/pause.md",
        );
    }

    #[test]
    fn an_undefined_reference_is_noticed() {
        Fixture::with(CHAPTER, "[reference][book]", "[reference][back]").must_find(
            Kind::DeadLink,
            CHAPTER,
            "[reference][back]",
            "`[back]`",
        );
    }

    #[test]
    fn an_address_in_the_web_has_the_form_of_one() {
        Fixture::with(CHAPTER, "[the book](https://", "[the book](https:/").must_find(
            Kind::DeadLink,
            CHAPTER,
            "[the book]",
            "is no https address",
        );
    }

    #[test]
    fn a_link_in_raw_html_is_followed() {
        Fixture::with(CHAPTER, "By hand:", "<p>By <a href=\"hand.md\">hand</a></p>").must_find(
            Kind::DeadLink,
            CHAPTER,
            "hand.md",
            "is not a chapter",
        );
    }

    #[test]
    fn a_link_out_of_the_book_is_noticed() {
        Fixture::with(CHAPTER, "(#exercises)", "(../book.toml)").must_find(
            Kind::DeadLink,
            CHAPTER,
            "../book.toml",
            "leads out of docs/src",
        );
    }
}

mod lessons {
    use super::*;

    #[test]
    fn a_lesson_without_a_chapter_is_noticed() {
        let book = Fixture::new();
        book.write("lessons/02-wake/transcript.txt", "wake\n");
        book.must_find(Kind::LessonNotShown, "lessons/02-wake", "", "docs/src/wake.md");
    }

    #[test]
    fn an_exercise_that_its_chapter_leaves_out_is_noticed() {
        let book = Fixture::new();
        book.write("lessons/01-pause/exercises/2-lazy/task.md", "# Lazy\n");
        book.must_find(Kind::LessonNotShown, CHAPTER, "# Pause", "2-lazy/task.md");
    }

    #[test]
    fn a_transcript_that_its_chapter_leaves_out_is_noticed() {
        Fixture::with(CHAPTER, "<!-- transcript: pause -->", "As follows:\n").must_find(
            Kind::LessonNotShown,
            CHAPTER,
            "# Pause",
            "shows nothing of lessons/01-pause/transcript.txt",
        );
    }

    #[test]
    fn minutes_that_are_not_those_of_the_exercises_are_noticed() {
        Fixture::with(CHAPTER, "15 minutes to do", "25 minutes to do").must_find(
            Kind::Minutes,
            CHAPTER,
            "25 minutes to do",
            "the exercises take 15 minutes together",
        );
        let book = Fixture::new();
        let more = "[package.metadata.course.fuse]\nminutes = 15\n[package.metadata.course.lazy]\nminutes = 5\n";
        book.write("lessons/01-pause/exercises/Cargo.toml", more);
        book.must_find(Kind::Minutes, CHAPTER, "15 minutes to do", "20 minutes together");
    }

    #[test]
    fn minutes_that_are_not_those_of_the_lesson_are_noticed() {
        Fixture::with(CHAPTER, "20 minutes to read", "25 minutes to read").must_find(
            Kind::Minutes,
            CHAPTER,
            "25 minutes to read",
            "25 and 15 are not the 35 minutes of lessons/01-pause/Cargo.toml",
        );
    }

    #[test]
    fn minutes_that_are_said_nowhere_or_twice_are_noticed() {
        const TIME: &str = "**Time:** 20 minutes to read, 15 minutes to do.";
        const WORDS: &str = "has to say once";
        Fixture::with(CHAPTER, TIME, "Not long.").must_find(Kind::Minutes, CHAPTER, "", WORDS);
        let twice = format!("{TIME}\n{TIME}");
        Fixture::with(CHAPTER, TIME, &twice).must_find(Kind::Minutes, CHAPTER, "", WORDS);
        Fixture::with("lessons/01-pause/Cargo.toml", "minutes = 35", "").must_find(
            Kind::Minutes,
            "lessons/01-pause/Cargo.toml",
            "",
            "how long does the lesson take?",
        );
    }

    #[test]
    fn a_command_with_a_number_that_nothing_has_is_noticed() {
        Fixture::with(CHAPTER, "check 1.1", "check 1.2").must_find(
            Kind::UnknownLesson,
            CHAPTER,
            "check 1.2",
            "no lesson or exercise `1.2`",
        );
    }
}

mod quotations {
    use super::*;

    #[test]
    fn a_changed_transcript_is_noticed() {
        Fixture::with(TRANSCRIPT, "sent 42", "sent 43").must_find(
            Kind::NotInTranscript,
            CHAPTER,
            "```text",
            "`sent 43`",
        );
    }

    #[test]
    fn a_changed_quotation_in_the_readme_is_noticed() {
        let readme = "# Pause\n\n<!-- transcript: pause -->\n```text\nsent 42\n```\n";
        let book = Fixture::new();
        book.write("README.md", &readme.replace("42", "41"));
        book.must_find(Kind::NotInTranscript, "README.md", "```text", "`sent 41`");
        book.write("README.md", readme);
        assert_eq!(book.findings(), []);
    }

    #[test]
    fn a_changed_quotation_is_noticed() {
        Fixture::with(CHAPTER, "sent 42", "sent 41").must_find(
            Kind::NotInTranscript,
            CHAPTER,
            "```text",
            "the book says   `sent 41`",
        );
    }

    #[test]
    fn a_quotation_of_no_lesson_is_noticed() {
        let book = Fixture::with(CHAPTER, "transcript: pause", "transcript: pouse");
        let findings = book.findings();
        assert!(
            findings.iter().any(|found| found.kind == Kind::NotInTranscript
                && found.words.contains("there is no lesson `pouse`")),
            "{findings:#?}"
        );
    }

    #[test]
    fn a_misspelt_comment_is_noticed() {
        Fixture::with(CHAPTER, "<!-- output -->", "<!-- ouput -->").must_find(
            Kind::UnknownComment,
            CHAPTER,
            "ouput",
            "is not understood",
        );
    }

    #[test]
    fn a_changed_output_is_noticed() {
        Fixture::with(CHAPTER, "\nReady(7)\n", "\nReady(8)\n").must_find(
            Kind::WrongOutput,
            CHAPTER,
            "```text",
            "where it really is `Ready(7)`",
        );
    }

    #[test]
    fn a_changed_compiler_error_is_noticed() {
        Fixture::with(CHAPTER, "expected `u8`, found `&str`", "expected `u8`, found `str`")
            .must_find(Kind::WrongCompilerMessage, CHAPTER, "```text", "found `&str`");
    }

    #[test]
    fn a_changed_line_number_in_a_compiler_error_is_noticed() {
        Fixture::with(CHAPTER, "src/main.rs:2:18", "src/main.rs:3:18").must_find(
            Kind::WrongCompilerMessage,
            CHAPTER,
            "```text",
            "src/main.rs:2:18",
        );
    }

    #[test]
    fn a_changed_compiler_warning_is_noticed() {
        Fixture::with(CHAPTER, "unused implementer of", "unused implementor of").must_find(
            Kind::WrongCompilerMessage,
            CHAPTER,
            "```text",
            "unused implementer of",
        );
    }
}

mod rust {
    use super::*;

    #[test]
    fn a_block_that_does_not_compile_is_noticed() {
        Fixture::with(CHAPTER, "Poll::Ready(7);", "Poll::Reddy(7);").must_find(
            Kind::BrokenRust,
            CHAPTER,
            "```rust",
            "error[E0599]",
        );
    }

    #[test]
    fn a_block_that_panics_is_noticed() {
        Fixture::with(CHAPTER, "println!(\"{poll:?}\");", "assert!(poll.is_pending());").must_find(
            Kind::BrokenRust,
            CHAPTER,
            "```rust",
            "assertion failed: poll.is_pending()",
        );
    }

    #[test]
    fn a_block_that_does_not_panic_as_promised_is_noticed() {
        Fixture::with(CHAPTER, "```rust\n# use", "```rust,should_panic\n# use").must_find(
            Kind::BrokenRust,
            CHAPTER,
            "should_panic",
            "does not panic",
        );
    }

    #[test]
    fn a_compile_fail_block_that_compiles_is_noticed() {
        Fixture::with(CHAPTER, "let answer: u8 = \"42\";\n```", "let answer: u8 = 42;\n```")
            .must_find(Kind::NotACompileError, CHAPTER, "compile_fail", "and compiles");
    }

    #[test]
    fn a_compile_fail_block_that_fails_otherwise_is_noticed() {
        Fixture::with(CHAPTER, "compile_fail,E0308", "compile_fail,E0277").must_find(
            Kind::NotACompileError,
            CHAPTER,
            "compile_fail",
            "does not fail with E0277",
        );
    }

    #[test]
    fn a_block_that_opts_out_is_noticed() {
        Fixture::with(CHAPTER, "```rust\n# use", "```rust,ignore\n# use").must_find(
            Kind::BrokenRust,
            CHAPTER,
            "ignore",
            "`ignore` is refused",
        );
    }

    #[test]
    fn a_line_added_to_an_include_makes_the_block_hand_written() {
        let added = "lib.rs:pause}}\nlet x: u8 = \"\";";
        Fixture::with(CHAPTER, "lib.rs:pause}}", added).must_find(
            Kind::BrokenRust,
            CHAPTER,
            "```rust",
            "error[E0308]",
        );
    }
}

mod libraries {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// The true book with a workspace, and a block that uses the lesson's library.
    fn with_workspace() -> Fixture {
        let block = "```rust\nuse pause::pause;\nprintln!(\"{}\", pause());\n```\n\n<!-- output -->\n```text\n7\n```";
        let book = Fixture::with(CHAPTER, "By hand:", block);
        book.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"lessons/*\"]\n");
        // A version of its own for each: where CARGO_TARGET_DIR is set, all of them are built in
        // one folder.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let version = NEXT.fetch_add(1, Ordering::Relaxed);
        let package = format!(
            "[package]\nname = \"lesson-01-pause\"\nversion = \"0.1.{version}\"\nedition = \"2024\"\n\n\
             [lib]\nname = \"pause\"\n\n[package.metadata.course]\nminutes = 35\n"
        );
        book.write("lessons/01-pause/Cargo.toml", &package);
        book
    }

    #[test]
    fn a_block_can_use_a_lessons_library() {
        let findings = with_workspace().findings();
        assert!(findings.is_empty(), "{findings:#?}");
    }

    #[test]
    fn a_library_that_says_something_else_is_noticed() {
        let book = with_workspace();
        book.edit(CODE, "    7\n", "    8\n");
        book.must_find(Kind::WrongOutput, CHAPTER, "```text", "where it really is `8`");
    }

    #[test]
    fn a_library_that_does_not_compile_is_noticed() {
        let book = with_workspace();
        book.edit(CODE, "    7\n", "    \"\"\n");
        book.must_find(Kind::BrokenRust, CHAPTER, "```rust", "expected `u8`, found `&str`");
    }
}

mod form {
    use super::*;

    #[test]
    fn a_block_without_a_language_is_noticed() {
        Fixture::with(CHAPTER, "```console", "```").must_find(
            Kind::Form,
            CHAPTER,
            "```",
            "without a language",
        );
    }

    #[test]
    fn an_empty_block_is_noticed() {
        Fixture::with(CHAPTER, "By hand:", "```text\n\n```").must_find(
            Kind::Form,
            CHAPTER,
            "```text",
            "an empty block",
        );
    }

    #[test]
    fn an_image_without_alt_text_is_noticed() {
        Fixture::with(CHAPTER, "![A line that stops half-way.]", "![]").must_find(
            Kind::Form,
            CHAPTER,
            "![]",
            "without alt text",
        );
    }

    #[test]
    fn a_skipped_heading_level_is_noticed() {
        Fixture::with(CHAPTER, "## The run", "#### The run").must_find(
            Kind::Form,
            CHAPTER,
            "#### The run",
            "level 4 follows one of level 2",
        );
    }

    #[test]
    fn a_note_to_oneself_is_noticed() {
        let note = concat!("TO", "DO: by hand");
        Fixture::with(CHAPTER, "By hand:", note).must_find(Kind::Form, CHAPTER, note, "left over");
    }
}
