//! A timeline is shown whole, once, with the recording that its stepper needs.

mod fixture;

use book::Kind;
use fixture::Fixture;

const CHAPTER: &str = "docs/src/pause.md";
const PICTURE: &str = "docs/src/timelines/pause-run.svg";
const FIGURE: &str = r#"<figure class="timeline" id="timeline-pause-run">
{{#include timelines/pause-run.svg}}
<figcaption>It stops half-way.</figcaption>
</figure>
<script src="timelines/pause-run.js"></script>
"#;

/// The true book, with a timeline in its chapter.
fn book() -> Fixture {
    let book = Fixture::with(CHAPTER, "By hand:\n", &format!("{FIGURE}\nBy hand:\n"));
    book.write(PICTURE, "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<g/>\n</svg>\n");
    book.write(
        "docs/src/timelines/pause-run.js",
        "(window.recordings ??= {})[\"pause-run\"] = {};\n",
    );
    book
}

fn with(from: &str, to: &str) -> Fixture {
    let book = book();
    book.edit(CHAPTER, from, to);
    book
}

#[test]
fn a_timeline_in_its_form_passes() {
    assert_eq!(book().findings(), []);
}

#[test]
fn a_timeline_that_no_chapter_shows_is_noticed() {
    let book = Fixture::new();
    book.write(PICTURE, "<svg/>\n");
    book.must_find(Kind::Timeline, PICTURE, "<svg/>", "is in no chapter");
}

#[test]
fn a_timeline_that_is_shown_twice_is_noticed() {
    let book = with("By hand:\n", &format!("{FIGURE}\nBy hand:\n"));
    book.must_find(Kind::Timeline, PICTURE, "<svg", "is shown 2 times");
}

#[test]
fn a_name_that_is_not_the_pictures_is_noticed() {
    let book = with("id=\"timeline-pause-run\"", "id=\"timeline-pause-walk\"");
    let found = book.findings();
    let words: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 2, "{words:?}");
    assert!(words[0].contains("has to include timelines/pause-walk.svg"), "{words:?}");
    assert!(words[1].contains("is in no chapter"), "{words:?}");
}

#[test]
fn a_picture_that_is_not_there_is_noticed() {
    let book = book();
    std::fs::remove_file(book.root().join(PICTURE)).expect("it was there");
    book.must_find(Kind::BrokenInclude, CHAPTER, "pause-run.svg", "cannot be read");
}

#[test]
fn another_timelines_recording_is_noticed() {
    let book = with("pause-run.js", "pause-walk.js");
    book.write("docs/src/timelines/pause-walk.js", "");
    book.must_find(Kind::Timeline, CHAPTER, "</figure>", "timelines/pause-run.js");
}

#[test]
fn a_recording_that_is_not_there_is_noticed() {
    let book = book();
    std::fs::remove_file(book.root().join("docs/src/timelines/pause-run.js"))
        .expect("it was there");
    book.must_find(Kind::DeadLink, CHAPTER, "pause-run.js", "does not exist");
}

#[test]
fn an_empty_line_in_a_figure_is_noticed() {
    let book = with("<figcaption>", "\n<figcaption>");
    book.must_find(Kind::Timeline, CHAPTER, "", "an empty line ends the figure");
    let book = self::book();
    book.edit(PICTURE, "<g/>", "");
    book.must_find(Kind::Timeline, PICTURE, "", "an empty line ends the figure");
}

#[test]
fn a_figure_without_an_end_is_noticed() {
    with("</figure>\n", "").must_find(Kind::Timeline, CHAPTER, "<figure", "no line `</figure>`");
}
