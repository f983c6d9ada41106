//! The charts as they are drawn, to be looked at: `SNAPSHOTS=overwrite cargo test -p shared --test
//! charts` draws them again.

#[path = "charts/scenarios.rs"]
mod scenarios;

use shared::figures::{Axis, ChartError, Figures, Spread, Unit};
use snapbox::assert::Assert;
use snapbox::{Data, IntoData};
use std::path::{Path, PathBuf};

fn compare(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts").join(file);
    let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    assert.eq(text.into_data(), Data::read_from(&path, None).raw());
}

fn drawn(figures: &Figures) -> String {
    figures.to_svg().expect("it can be drawn")
}

fn scenario(name: &str) -> Figures {
    scenarios::all().into_iter().find(|figures| figures.name() == name).expect("it is there")
}

#[test]
fn charts_are_drawn_as_they_were() {
    for figures in scenarios::all() {
        compare(&format!("{}.svg", figures.name()), &drawn(&figures));
    }
}

#[test]
fn tables_and_data_are_written_as_they_were() {
    for name in ["cost-grid", "totals"] {
        let figures = scenario(name);
        compare(&format!("{name}.json"), &figures.to_json().expect("it is measured"));
        compare(&format!("{name}.md"), &figures.to_markdown().expect("it is measured"));
        compare(&format!("{name}.txt"), &figures.to_string());
    }
}

#[test]
fn data_is_json() {
    let json = scenario("cost-grid").to_json().expect("it is measured");
    let read: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(read["series"][4]["points"][0]["x"], 1);
    assert_eq!(read["machine"]["processor"], "Example 3000 <fast> & cool");
}

/// The tags of a picture, to see that each that is opened is closed.
fn well_formed(svg: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').map(|end| start + end).expect("a tag ends");
        let tag = &rest[start + 1..end];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) if open.pop() != Some(name) => return false,
            (false, false) => open.push(name),
            _ => {}
        }
        rest = &rest[end + 1..];
    }
    open.is_empty()
}

#[test]
fn each_picture_is_whole_and_narrow_and_has_words_for_those_who_do_not_see_it() {
    for figures in scenarios::all() {
        let (svg, name) = (drawn(&figures), figures.name());
        assert!(well_formed(&svg), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert!(
            !svg.lines().any(|line| line.trim().is_empty()),
            "an empty line ends HTML in Markdown"
        );
        assert!(svg.contains(&format!("<title id=\"chart-{name}-title\">")), "{svg}");
        assert!(svg.contains(&format!("aria-labelledby=\"chart-{name}-title chart-{name}-desc\"")));
        assert!(svg.len() < 60_000, "{name}: {} bytes", svg.len());
    }
    let svg = drawn(&scenario("cost-grid"));
    assert!(svg.contains("spawned in a row, 1 call: 92 ns (85.6 to 111 ns)"), "{svg}");
}

#[test]
fn what_is_written_cannot_break_out_of_the_picture() {
    let mut figures = chart();
    figures.add("a", 1_u32, Spread::exactly(1.0));
    let figures = figures.describe("</desc><script>&").x(Axis::new("<x> \"|\"", Unit::count("")));
    let svg = drawn(&figures);
    assert!(well_formed(&svg) && !svg.contains("<script") && !svg.contains("<x>"), "{svg}");
}

#[test]
fn a_zero_on_a_logarithmic_axis_is_told() {
    let svg = drawn(&scenario("zeros"));
    assert!(svg.contains("Not drawn: cancel at 100, 0 ns."), "{svg}");
    assert!(svg.contains("Not drawn: cancel at 0, 3 ns."), "{svg}");
    // The line is broken there: two pieces, of which one is a point alone.
    assert_eq!(svg.matches("class=\"point\"").count(), 3);
}

#[test]
fn a_line_over_nothing_but_zeros_is_an_empty_chart_with_words() {
    let mut figures = chart().y(Axis::new("time", Unit::Time).logarithmic());
    figures.add("a", 1_u32, Spread::exactly(0.0));
    let svg = drawn(&figures);
    assert!(svg.contains("Not drawn: a at 1, 0 ns."), "{svg}");
}

#[test]
fn points_are_drawn_in_the_order_of_their_numbers() {
    let (mut one, mut other) = (chart(), chart());
    for at in [3_u32, 1, 2] {
        one.add("a", at, Spread::exactly(f64::from(at)));
    }
    for at in [1_u32, 2, 3] {
        other.add("a", at, Spread::exactly(f64::from(at)));
    }
    let line = |svg: &str| {
        let line =
            svg.lines().find(|line| line.contains("stroke-dasharray=\"\"")).map(str::to_owned);
        line.expect("the line is there")
    };
    assert_eq!(line(&drawn(&one)), line(&drawn(&other)));
}

fn chart() -> Figures {
    Figures::lines("chart", "Title")
        .describe("Description.")
        .x(Axis::new("x", Unit::count("")))
        .y(Axis::new("y", Unit::Time))
}

fn bars() -> Figures {
    Figures::bars("chart", "Title")
        .describe("Description.")
        .x(Axis::new("x", Unit::count("")))
        .y(Axis::new("y", Unit::Time))
}

#[track_caller]
fn refused(figures: &Figures, words: &str) {
    let error = figures.to_svg().expect_err("it cannot be drawn");
    assert_eq!(figures.to_json().expect_err("it is not written"), error);
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn what_is_no_figure_is_refused() {
    refused(&chart(), "there is no figure");
    let ends = [
        Spread::exactly(f64::NAN),
        Spread::exactly(f64::INFINITY),
        Spread::exactly(-1.0),
        Spread::exactly(1e16),
        Spread::exactly(1e-9),
        Spread::new(5.0, 6.0, 7.0, 3),
        Spread::new(5.0, 1.0, 4.0, 3),
        Spread::new(5.0, f64::NAN, 6.0, 3),
    ];
    for spread in ends {
        let mut figures = chart();
        figures.add("a", 1_u32, spread);
        refused(&figures, "`a@1` is not between");
        let mut figures = chart();
        figures.fact("b", Unit::Time, spread);
        assert!(matches!(figures.check(), Err(ChartError::OutOfRange(name)) if name == "b"));
    }
    for at in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
        let mut figures = chart();
        figures.add("a", at, Spread::exactly(1.0));
        refused(&figures, "is not between");
    }
}

#[test]
fn the_largest_and_the_smallest_are_drawn() {
    for value in [0.0, 1e-6, 1e15] {
        for mut figures in [chart(), bars(), chart().y(Axis::new("y", Unit::Bytes).logarithmic())] {
            figures.add("a", 0_u32, Spread::exactly(value));
            figures.add("a", 1_u32, Spread::new(value, 0.0, 1e15, 3));
            let svg = drawn(&figures);
            assert!(well_formed(&svg) && !svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }
}

#[test]
fn names_that_references_could_not_tell_apart_are_refused() {
    for name in [
        "",
        " a",
        "a@b",
        "a / b",
        "a - b",
        "a + b",
        "a --> b",
        "a over b",
        "a;b",
        "a|b",
        &"a".repeat(29),
    ] {
        let mut figures = chart();
        figures.add(name, 1_u32, Spread::exactly(1.0));
        refused(&figures, "is not a name for figures");
    }
    let mut figures = chart();
    figures.add("a", 1_u32, Spread::exactly(1.0));
    figures.add("a", 1.0, Spread::exactly(2.0));
    refused(&figures, "two figures `a@1`");
}

#[test]
fn what_a_chart_cannot_show_is_refused() {
    let mut figures = bars().y(Axis::new("y", Unit::Time).logarithmic());
    figures.add("a", "b", Spread::exactly(1.0));
    refused(&figures, "their length means nothing");
    let mut figures = chart();
    figures.add("a", "b", Spread::exactly(1.0));
    refused(&figures, "draw names as bars");
    let mut figures = chart();
    (0..9).for_each(|place| figures.add(&format!("a{place}"), 1_u32, Spread::exactly(1.0)));
    refused(&figures, "room for 8 lines");
    let mut figures = chart();
    (0..101).for_each(|place| figures.add("a", place, Spread::exactly(1.0)));
    refused(&figures, "room for 100 points");
    let mut figures = bars();
    (0..61).for_each(|place| figures.add("a", place, Spread::exactly(1.0)));
    refused(&figures, "room for 60 bars");
    let mut figures = chart().y(Axis::new("", Unit::Time));
    figures.add("a", 1_u32, Spread::exactly(1.0));
    refused(&figures, "the y axis' label is missing");
}

#[test]
fn facts_alone_have_a_table_and_no_chart() {
    let mut figures =
        Figures::lines("facts", "Facts").measured_on("just facts", scenarios::machine());
    figures.fact("task", Unit::Bytes, Spread::exactly(128.0));
    assert_eq!(figures.to_svg(), Err(ChartError::Empty));
    let text = figures.to_markdown().expect("it is measured");
    assert!(
        text.contains("| task | 128\u{a0}bytes |") && !text.contains("ANCHOR: table"),
        "{text}"
    );
    assert_eq!(figures.references(), ["task"]);
}

#[test]
fn files_are_written_beside_each_other() {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts-written");
    let _ = std::fs::remove_dir_all(&folder);
    let figures = scenario("totals");
    figures.write(&folder).expect("it is written");
    for (extension, text) in
        [("json", figures.to_json()), ("svg", figures.to_svg()), ("md", figures.to_markdown())]
    {
        let written = std::fs::read_to_string(folder.join(format!("totals.{extension}")));
        assert_eq!(written.ok(), text.ok());
    }
    let error = scenario("one").write(&folder).expect_err("it was not measured");
    assert!(error.to_string().contains("one: the command is missing"), "{error}");
    assert!(!folder.join("one.json").exists());
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn this_machine_is_known() {
    let machine = shared::figures::Machine::here();
    assert!(machine.cores > 0 && !machine.processor.is_empty());
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    assert_eq!(machine.profile, profile);
}
