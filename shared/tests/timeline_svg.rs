//! The picture is well-formed, is told to those who do not see it, and can be walked through by a
//! script.

#[path = "timelines/scenarios.rs"]
#[allow(dead_code, reason = "not every test needs every scenario")]
mod scenarios;

use std::collections::HashMap;

use shared::record::{Figure, Outcome, Recorder, Timeline};

/// An element: its name, its attributes, and the text right behind its opening tag.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: HashMap<String, String>,
    text: String,
}

impl Element {
    fn number(&self, attribute: &str) -> Option<f64> {
        self.attributes.get(attribute).map(|value| value.parse().expect("a number"))
    }

    fn is(&self, class: &str) -> bool {
        self.attributes.get("class").is_some_and(|found| found == class)
    }
}

/// The elements of an XML document, as strictly as these pictures need it.
fn elements(xml: &str) -> Vec<Element> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or_else(|| panic!("unclosed: {piece}"));
        assert!(!text.contains('>'), "an unescaped mark in {text:?}");
        let entities = text.split('&').skip(1);
        for entity in entities {
            let known = ["lt;", "gt;", "amp;", "quot;"];
            assert!(known.iter().any(|known| entity.starts_with(known)), "&{entity}");
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "the wrong end");
            continue;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = HashMap::new();
        while let Some((key, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"').expect("a value ends");
            let double = attributes.insert(key.trim().to_owned(), value.to_owned());
            assert!(double.is_none(), "{key} twice in {tag}");
            rest = after;
        }
        assert_eq!(rest.trim(), "", "{tag}");
        if !is_empty {
            open.push(name.to_owned());
        }
        found.push(Element { name: name.to_owned(), attributes, text: text.to_owned() });
    }
    assert!(open.is_empty(), "never ended: {open:?}");
    found
}

fn record(scenario: &dyn Fn(&Recorder)) -> Timeline {
    let recorder = Recorder::new();
    scenario(&recorder);
    recorder.timeline()
}

#[test]
fn every_scenario_is_a_well_formed_picture_of_a_reasonable_size() {
    for run in &scenarios::ALL {
        let timeline = record(run.record);
        let svg = timeline.to_svg(&Figure::new("figure", run.title));
        assert!(svg.len() < 60_000, "{} bytes", svg.len());
        let all = elements(&svg);
        let view: Vec<f64> =
            all[0].attributes["viewBox"].split(' ').map(|part| part.parse().unwrap()).collect();
        assert!(view[2] <= 900.0);
        for element in &all {
            assert!(element.number("font-size").is_none_or(|size| size >= 14.0), "{element:?}");
            for (attribute, limit) in
                [("x", view[2]), ("cx", view[2]), ("y", view[3]), ("cy", view[3])]
            {
                let place = element.number(attribute).unwrap_or(0.0);
                assert!((0.0..=limit).contains(&place), "outside: {element:?}");
            }
        }
    }
}

#[test]
fn sixty_events_stay_under_sixty_kilobytes() {
    let timeline = record(&|recorder| {
        scenarios::ping_pong(recorder);
        scenarios::ping_pong(recorder);
    });
    let mut timeline = timeline;
    timeline.events.extend(timeline.events.clone());
    timeline.events.truncate(60);
    assert_eq!(timeline.events.len(), 60, "the scenario is too short for this");
    let svg = timeline.to_svg(&Figure::new("sixty", "Sixty events"));
    assert!(svg.len() < 60_000, "{} bytes", svg.len());
}

#[test]
fn a_screen_reader_is_told_what_there_is_to_see() {
    let timeline = record(&scenarios::across_threads);
    let all = elements(&timeline.to_svg(&Figure::new("fig-7", "Threads & <tasks>")));
    assert_eq!(all[0].attributes["role"], "img");
    assert_eq!(all[0].attributes["aria-labelledby"], "fig-7-title fig-7-desc");
    let by_id = |id: &str| {
        let has_id = |element: &&Element| element.attributes.get("id").is_some_and(|own| own == id);
        let mut found = all.iter().filter(has_id);
        let element = found.next().expect("it is there");
        assert!(found.next().is_none(), "{id} twice");
        element
    };
    assert_eq!(by_id("fig-7-title").text, "Threads &amp; &lt;tasks&gt;");
    assert!(by_id("fig-7-desc").text.contains(" 7: producer wakes consumer."));
    // Every id begins with the figure's, so that two pictures of a page do not disturb each other.
    let mut ids = all.iter().filter_map(|element| element.attributes.get("id"));
    assert!(ids.all(|id| id.starts_with("fig-7-")));
}

#[test]
fn every_event_and_every_lane_can_be_found_by_a_script() {
    for run in &scenarios::ALL {
        let timeline = record(run.record);
        let all = elements(&timeline.to_svg(&Figure::new("figure", run.title)));
        let ticks = |class: &str| -> Vec<u64> {
            let found = all.iter().filter(|element| element.is(class));
            found.map(|element| element.attributes["data-tick"].parse().unwrap()).collect()
        };
        let expected: Vec<u64> = timeline.events.iter().map(|event| event.tick).collect();
        assert_eq!(ticks("event"), expected);
        assert_eq!(ticks("row"), expected);
        let lanes: Vec<_> = all.iter().filter(|element| element.is("lane")).collect();
        assert_eq!(lanes.len(), timeline.threads.len() + timeline.tasks.len());
        let of = |key: &str| lanes.iter().filter(|lane| lane.attributes.contains_key(key)).count();
        assert_eq!(of("data-thread"), timeline.threads.len());
        assert_eq!(of("data-task"), timeline.tasks.len());
    }
}

#[test]
fn outcomes_are_told_apart_by_letter_and_shape() {
    let svg = record(&scenarios::everything).to_svg(&Figure::new("figure", "Everything"));
    let all = elements(&svg);
    for (kind, letter, shape) in
        [("pending", "P", "circle"), ("ready", "R", "circle"), ("panicked", "!", "path")]
    {
        let at = |element: &Element| {
            element.attributes.get("data-kind").is_some_and(|found| found == kind)
        };
        let begin = all.iter().position(at).expect("it occurs");
        let end =
            begin + 1 + all[begin + 1..].iter().position(|element| element.name == "g").unwrap();
        let drawn = &all[begin..end];
        let marked = drawn.iter().position(|element| element.text == letter).expect("its letter");
        assert_eq!(drawn[marked - 1].name, shape);
    }
    // The two circles differ in what they are filled with, and one has an outline.
    let circle = |kind: &str| {
        let at = svg.find(&format!("data-kind=\"{kind}\"")).unwrap();
        let from = at + svg[at..].find("<circle").unwrap();
        elements(&svg[from..=from + svg[from..].find('>').unwrap()]).remove(0)
    };
    assert_ne!(circle("pending").attributes["fill"], circle("ready").attributes["fill"]);
    assert!(circle("pending").attributes.contains_key("stroke"));
    assert!(!circle("ready").attributes.contains_key("stroke"));
}

#[test]
fn an_arrow_leads_from_the_waker_to_the_woken() {
    let svg = record(&scenarios::across_threads).to_svg(&Figure::new("figure", "A wake"));
    let all = elements(&svg);
    let lane = |key: &str, number: &str| {
        let at = all
            .iter()
            .position(|element| {
                element.is("lane") && element.attributes.get(key).is_some_and(|own| own == number)
            })
            .unwrap();
        let head =
            all[at..].iter().find(|element| ["circle", "rect"].contains(&element.name.as_str()));
        let head = head.unwrap();
        head.number("cx").unwrap_or_else(|| head.number("x").unwrap() + 5.0)
    };
    let (producer, consumer) = (lane("data-thread", "1"), lane("data-task", "0"));
    let wake = all
        .iter()
        .position(|element| element.attributes.get("data-kind").is_some_and(|kind| kind == "wake"));
    let drawn = &all[wake.unwrap()..];
    let dot = drawn.iter().find(|element| element.name == "circle").unwrap();
    assert_eq!(dot.number("cx"), Some(producer));
    let head =
        drawn.iter().find(|element| element.attributes.get("d").is_some_and(|d| d.contains('z')));
    let tip: f64 = head.unwrap().attributes["d"][1..].split(' ').next().unwrap().parse().unwrap();
    assert!((tip - consumer).abs() <= 8.0, "the arrow ends at {tip}, the lane is at {consumer}");
}

#[test]
fn hostile_names_and_texts_stay_text() {
    let recorder = Recorder::new();
    let hostile = "</text><script>alert(\"1\")</script>&\u{1}\u{2028}";
    let mut track = recorder.track(hostile);
    track.step(|| recorder.note(|| hostile.into()), |()| Outcome::Ready);
    let timeline = recorder.timeline();
    let svg = timeline.to_svg(&Figure::new("hostile", hostile));
    assert!(elements(&svg).iter().all(|element| element.name != "script"));
    for json in [timeline.to_json(), timeline.to_chrome(hostile)] {
        let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert!(parsed.to_string().contains("alert"));
        // So it may also stand in a page's script element.
        assert!(!json.contains("</"));
    }
}
