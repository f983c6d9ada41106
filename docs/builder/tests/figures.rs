//! Charts are what their figures give, and each number in prose that names a figure is that figure.

mod fixture;

use book::Kind;
use fixture::Fixture;
use shared::figures::{Axis, Figures, Machine, Spread, Unit};

const CHAPTER: &str = "docs/src/pause.md";
const DATA: &str = "docs/src/figures/pause-cost.json";
const CHART: &str = "docs/src/figures/pause-cost.svg";
const TABLE: &str = "docs/src/figures/pause-cost.md";

/// What a chapter can show and say of figures.
const SHOWN: &str = r#"<figure class="chart">
{{#include figures/pause-cost.svg}}
<figcaption>A pause costs 34 ns<!-- figure: pause-cost awaited@1 -->.</figcaption>
</figure>

{{#include figures/pause-cost.md:table}}

{{#include figures/pause-cost.md:measured}}

At depth 10 it takes **1.28
µs**<!-- figure: pause-cost spawned@10 -->, at worst 1,500 ns<!-- figure: pause-cost max spawned@10 -->. That is
3.8 times<!-- figure: pause-cost spawned@10 / awaited@10 --> as long, or 276 %<!-- figure: pause-cost spawned@10 over
awaited@10 --> more; no less than 900 ns<!-- figure: pause-cost spawned@10 - awaited@10; at least -->. A task has
128 bytes<!-- figure: pause-cost task -->. Both take about 1,600 ns<!-- figure: pause-cost spawned@10 + awaited@10; to 100 -->.

```text
3 ns<!-- figure: nothing is asked of a block -->
```
"#;

fn figures() -> Figures {
    let machine = Machine {
        processor: "Example 3000".to_owned(),
        cores: 2,
        system: "Linux x86_64".to_owned(),
        rustc: "1.95.0".to_owned(),
        profile: "release".to_owned(),
    };
    let mut figures = Figures::lines("pause-cost", "What a pause costs")
        .describe("The time per pause against its depth.")
        .x(Axis::new("depth", Unit::count("calls")))
        .y(Axis::new("time", Unit::Time))
        .measured_on("just pause-cost", machine);
    for (series, depth, nanos) in [
        ("awaited", 1_u32, 34.2),
        ("awaited", 10, 341.0),
        ("spawned", 1, 131.4),
        ("spawned", 10, 1_283.0),
    ] {
        figures.add(series, depth, Spread::new(nanos, nanos * 0.9, (nanos * 1.17).round(), 7));
    }
    figures.fact("task", Unit::Bytes, Spread::exactly(128.0));
    figures
}

/// The true book, with figures in its chapter.
fn book() -> Fixture {
    let book = Fixture::with(CHAPTER, "By hand:\n", &format!("{SHOWN}\nBy hand:\n"));
    figures().write(&book.root().join("docs/src/figures")).expect("they are written");
    book
}

fn with(from: &str, to: &str) -> Fixture {
    let book = book();
    book.edit(CHAPTER, from, to);
    book
}

/// Asserts what a book with a changed chapter says of figures, without the other rules, which take
/// longer.
#[track_caller]
fn must_say(from: &str, to: &str, place: &str, words: &str) {
    let book = with(from, to);
    let findings = book::figures(&book.course());
    let [finding] = findings.as_slice() else {
        panic!("one finding is expected for `{to}`, and there are: {findings:#?}");
    };
    let text = std::fs::read_to_string(book.root().join(&finding.file)).expect("it is there");
    let line = text.lines().nth(finding.line - 1).unwrap_or_default();
    assert!(line.contains(place), "line `{line}` does not hold `{place}`: {finding}");
    assert!(finding.to_string().contains(words), "no `{words}` in: {finding}");
}

/// The book's own charts. `SNAPSHOTS=overwrite` draws them again.
#[test]
fn charts_and_tables_are_what_the_figures_give() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let course = book::Course::around(folder).expect("the course is above");
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        for file in book::draw(&course).expect("they can be drawn") {
            println!("drawn again: {}", file.display());
        }
    }
    let findings = book::figures(&course);
    let words: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(words.is_empty(), "\n{}", words.join("\n"));
}

#[test]
fn figures_in_their_form_pass() {
    assert_eq!(book().findings(), []);
}

#[test]
fn a_changed_figure_names_each_number_to_mend() {
    let book = book();
    let mut figures = figures();
    figures.add("awaited", 4_u32, Spread::exactly(90.0));
    figures.write(&book.root().join("docs/src/figures")).expect("they are written");
    assert_eq!(book.findings(), [], "a further figure changes nothing that is said");
    book.edit(DATA, "\"median\":34.2,", "\"median\":36.2,");
    book::draw(&book.course()).expect("they can be drawn");
    book.must_find(Kind::Figure, CHAPTER, "costs 34 ns", "awaited@1 is 36.2 ns: write `36 ns`");
}

#[test]
fn a_chart_that_is_not_what_the_figures_give_is_noticed() {
    let book = book();
    book.edit(CHART, "<title>spawned, 1 call: 131 ns", "<title>spawned, 1 call: 121 ns");
    book.must_find(
        Kind::Figure,
        CHART,
        "<svg",
        "SNAPSHOTS=overwrite cargo test -p book --test figures",
    );
    assert_eq!(book::draw(&book.course()).expect("it is drawn"), [book.root().join(CHART)]);
    assert_eq!(book.findings(), []);
    let book = self::book();
    book.edit(TABLE, "| 131\u{a0}ns", "| 121\u{a0}ns");
    book.must_find(Kind::Figure, TABLE, "ANCHOR", "is not what pause-cost.json gives");
}

#[test]
fn a_chart_that_is_not_there_is_noticed() {
    let book = book();
    book.edit(CHAPTER, "{{#include figures/pause-cost.md:measured}}", "");
    book.edit(CHAPTER, "{{#include figures/pause-cost.md:table}}", "");
    std::fs::remove_file(book.root().join(TABLE)).expect("it was there");
    book.must_find(Kind::Figure, DATA, "title", "has no pause-cost.md beside it");
}

#[test]
fn a_chart_without_figures_is_noticed() {
    let book = book();
    book.write("docs/src/figures/other.svg", "<svg/>\n");
    book.must_find(Kind::Figure, "docs/src/figures/other.svg", "<svg/>", "there is no other.json");
}

#[test]
fn what_is_no_figures_is_noticed() {
    let book = book();
    book.write("docs/src/figures/other.json", "{}\n");
    book.must_find(Kind::Figure, "docs/src/figures/other.json", "{}", "has no text `title`");
    book.write("docs/src/figures/other.json", "{\n");
    book.must_find(Kind::Figure, "docs/src/figures/other.json", "{", "is not JSON");
}

#[test]
fn figures_that_no_chapter_quotes_are_noticed() {
    let book = Fixture::new();
    figures().write(&book.root().join("docs/src/figures")).expect("they are written");
    book.must_find(Kind::Figure, DATA, "title", "no chapter shows or quotes it");
    book.edit(CHAPTER, "By hand:", "34 ns<!-- figure: pause-cost awaited@1 --> by hand:");
    assert_eq!(book.findings(), [], "a number alone quotes it");
}

#[test]
fn figures_of_a_debug_build_are_noticed() {
    let book = book();
    book.edit(DATA, "\"profile\":\"release\"", "\"profile\":\"debug\"");
    book.must_find(Kind::Figure, DATA, "title", "measure it again with --release");
}

#[test]
fn a_chart_that_is_shown_twice_is_noticed() {
    let figure =
        "<figure class=\"chart\">\n{{#include figures/pause-cost.svg}}\n</figure>\n\nBy hand:";
    with("By hand:", figure).must_find(Kind::Figure, DATA, "title", "shown more than once");
}

#[test]
fn a_chart_outside_of_its_figure_is_noticed() {
    with("<figure class=\"chart\">", "<figure>").must_find(
        Kind::Figure,
        CHART,
        "<svg",
        "directly after a line <figure class=\"chart\">",
    );
}

#[test]
fn a_figure_without_its_chart_is_noticed() {
    let book = with("\n{{#include figures/pause-cost.svg}}", "");
    book.must_find(Kind::Figure, CHAPTER, "<figure", "has to include figures/NAME.svg");
}

#[test]
fn an_empty_line_in_a_figure_is_noticed() {
    let book = with("<figcaption>", "\n<figcaption>");
    book.must_find(Kind::Figure, CHAPTER, "", "an empty line ends the figure");
}

#[test]
fn a_figure_without_an_end_is_noticed() {
    let book = with("</figure>\n", "");
    book.must_find(Kind::Figure, CHAPTER, "<figure", "no line `</figure>`");
}

#[test]
fn a_number_that_is_not_the_figure_is_noticed() {
    for (from, to, place, words) in [
        ("costs 34 ns", "costs 35 ns", "costs 35", "write `34 ns`"),
        ("costs 34 ns", "costs 34.1 ns", "costs 34.1", "write `34.2 ns`"),
        ("costs 34 ns", "costs 34 µs", "costs 34", "write `0.0342 µs`"),
        ("**1.28", "**1.29", "spawned@10", "write `1.28 µs`"),
        ("1,500 ns", "1,600 ns", "1,600 ns", "write `1,500 ns`"),
        ("3.8 times", "3.9 times", "3.9 times", "write `3.8 times`"),
        ("276 %", "277 %", "277 %", "write `276 %`"),
        ("900 ns", "950 ns", "950 ns", "it is less"),
        ("128 bytes", "112 bytes", "112 bytes", "write `128 bytes`"),
        ("1,600 ns", "1,620 ns", "1,620 ns", "write `1,600 ns`"),
        ("costs 34 ns", "costs much", "costs much", "no number directly before"),
        ("costs 34 ns", "costs 34 bytes", "costs 34", "`bytes` before the comment is not one of"),
    ] {
        must_say(from, to, place, words);
    }
}

#[test]
fn a_comment_that_names_no_figure_is_noticed() {
    for (from, to, place, words) in [
        (
            "pause-cost awaited@1 -->.",
            "pouse-cost awaited@1 -->.",
            "pouse",
            "there are no figures `pouse-cost`",
        ),
        (
            "pause-cost awaited@1 -->.",
            "pause-cost awaited@2 -->.",
            "@2",
            "it has: awaited@1, awaited@10",
        ),
        ("pause-cost task", "pause-cost tusk", "tusk", "has no `tusk`"),
        ("figure: pause-cost task", "figures: pause-cost task", "figures:", "is not understood"),
        ("figure: pause-cost task", "figure pause-cost", "figure pause", "is not understood"),
        ("; to 100", "; about", "about", "`; about` is not understood"),
        ("max spawned@10", "spawned@10 - task", "task", "the units are ns and bytes"),
        ("128 bytes<!--", "128 bytes\n<!--", "<!-- figure", "at the start of a line"),
    ] {
        must_say(from, to, place, words);
    }
}

#[test]
fn a_number_in_the_readme_is_compared_too() {
    let book = book();
    book.write("README.md", "# Pause\n\nIt takes 34 ns<!-- figure: pause-cost awaited@1 -->.\n");
    assert_eq!(book.findings(), []);
    book.edit("README.md", "34 ns", "43 ns");
    book.must_find(Kind::Figure, "README.md", "43 ns", "write `34 ns`");
}
