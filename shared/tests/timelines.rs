//! What the writers make of a recording: the same bytes in every run, and something sensible for
//! every recording.
//!
//! `SNAPSHOTS=overwrite cargo test -p shared --test timelines` accepts what they write now.

#[path = "timelines/scenarios.rs"]
#[allow(dead_code, reason = "not every test needs every scenario")]
mod scenarios;

use std::path::Path;

use shared::record::{
    Charset, Event, Figure, Kind, Outcome, Recorder, Run, Task, TaskId, TextStyle, ThreadIndex,
    Timeline,
};
use snapbox::assert::Assert;
use snapbox::{Data, IntoData};

fn record(run: &Run<'_>) -> Timeline {
    let recorder = Recorder::new();
    (run.record)(&recorder);
    recorder.timeline()
}

/// A recording in all forms, each with the ending of its file.
fn written(timeline: &Timeline, name: &str, title: &str) -> Vec<(&'static str, String)> {
    let narrow = TextStyle { width: 46, charset: Charset::Ascii, ..TextStyle::default() };
    vec![
        ("txt", timeline.to_text(&TextStyle::default())),
        ("narrow.txt", timeline.to_text(&narrow)),
        ("svg", timeline.to_svg(&Figure::new(name, title))),
        ("chrome.json", timeline.to_chrome(title)),
        ("json", timeline.to_json()),
    ]
}

#[test]
fn every_scenario_is_written_as_its_files_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/timelines");
    let assert = Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    for run in &scenarios::ALL {
        for (ending, written) in written(&record(run), run.name, run.title) {
            let file = folder.join(format!("{}.{ending}", run.name));
            assert.eq(written.into_data(), Data::read_from(&file, None).raw());
        }
    }
}

#[test]
fn the_same_run_is_written_in_the_same_bytes_fifty_times() {
    for run in &scenarios::ALL {
        let first = written(&record(run), run.name, run.title);
        for _ in 0..49 {
            assert!(written(&record(run), run.name, run.title) == first, "{} differs", run.name);
        }
    }
}

#[test]
fn two_busy_threads_change_nothing() {
    let stop = std::sync::atomic::AtomicBool::new(false);
    let first = record(&scenarios::ALL[0]);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let same = (0..20).all(|_| record(&scenarios::ALL[0]) == first);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(same);
    });
}

#[test]
fn nothing_recorded_is_said_in_every_form() {
    let empty = Timeline::default();
    assert_eq!(empty.to_text(&TextStyle::default()), "nothing was recorded\n");
    assert!(empty.to_svg(&Figure::new("none", "Nothing")).contains("Nothing was recorded."));
    let json =
        "{\"words\":\"futures\",\n\"tasks\":[],\n\"threads\":[],\n\"events\":[],\n\"cut\":0}\n";
    assert_eq!(empty.to_json(), json);
    let trace: serde_json::Value = serde_json::from_str(&empty.to_chrome("none")).unwrap();
    assert_eq!(trace["traceEvents"].as_array().unwrap().len(), 1);
}

#[test]
fn one_event_of_any_kind_is_written_in_every_form() {
    let second = std::time::Duration::from_secs(1);
    let kinds = [
        Kind::Spawn,
        Kind::PollBegin,
        Kind::PollEnd(Outcome::Ready),
        Kind::PollEnd(Outcome::Pending),
        Kind::PollEnd(Outcome::Panicked),
        Kind::WakerCloned,
        Kind::Wake,
        Kind::Park,
        Kind::Unpark,
        Kind::TimerSet(second),
        Kind::TimerFired(second),
        Kind::Interest,
        Kind::Readiness,
        Kind::Drop,
        Kind::Note,
    ];
    for kind in kinds {
        for task in [None, Some(TaskId(0)), Some(TaskId(7))] {
            let (tick, thread, within) = (0, ThreadIndex(0), None);
            let event =
                Event { tick, thread, task, within, kind, text: None, position: None, time: None };
            let task = Task { name: "a".into(), parent: None };
            let timeline = Timeline {
                tasks: vec![task],
                threads: vec!["main".into()],
                events: vec![event],
                ..Timeline::default()
            };
            for (ending, written) in written(&timeline, "one", "One event") {
                assert!(!written.contains("None"), "{ending}: {written}");
            }
        }
    }
}

#[test]
fn parents_in_a_circle_end_no_writer() {
    let name = |name: &str, parent| Task { name: name.into(), parent: Some(TaskId(parent)) };
    let mut timeline = record(&scenarios::ALL[0]);
    timeline.tasks = vec![name("a", 1), name("b", 0)];
    for (ending, written) in written(&timeline, "circle", "A circle") {
        assert!(!written.is_empty(), "{ending}");
    }
}

#[test]
fn a_poll_that_never_ends_is_written_in_every_form() {
    let mut timeline = record(&scenarios::ALL[0]);
    for length in 0..timeline.events.len() {
        let cut = Timeline { events: timeline.events[..length].to_vec(), ..timeline.clone() };
        written(&cut, "cut", "Cut short");
    }
    // And one of which the beginning is missing.
    timeline.events.drain(..2);
    written(&timeline, "late", "Begun late");
}

#[test]
fn a_million_events_are_written_and_what_is_left_out_is_said() {
    let recorder = Recorder::new();
    let mut track = recorder.track("busy");
    for _ in 0..500_500 {
        track.step(|| (), |()| Outcome::Pending);
    }
    let timeline = recorder.timeline();
    assert_eq!((timeline.events.len(), timeline.cut), (1_000_000, 1_000));

    let text = timeline.to_text(&TextStyle::default());
    assert!(text.contains("\n… 1,000,000 more events, left out here\n"), "{}", text.len());
    assert!(text.lines().count() < 1_100);
    let svg = timeline.to_svg(&Figure::new("long", "A long run"));
    assert!(svg.contains("… 1,000,800 more events, not drawn here."));
    assert!(svg.len() < 200_000);
    assert!(timeline.to_chrome("long").contains("\"events left out\":\"1000\""));
    assert!(timeline.to_json().ends_with("\"cut\":1000}\n"));
}

#[test]
fn more_lanes_than_fit_are_left_out_and_that_is_said() {
    let recorder = Recorder::new();
    let mut tracks: Vec<_> = (0..300).map(|n| recorder.track(&format!("coroutine {n}"))).collect();
    for track in &mut tracks {
        track.step(|| (), |()| Outcome::Pending);
    }
    let timeline = recorder.timeline();
    let text = timeline.to_text(&TextStyle { events: 5_000, ..TextStyle::default() });
    assert!(text.contains("… 285 more lanes, too many for the width"), "{text}");
    assert!(text.contains("coroutine 299 returns Pending"));
    assert!(
        timeline.to_svg(&Figure::new("wide", "Wide")).contains("more lanes, too many to draw.")
    );
}

#[test]
fn no_line_of_text_is_longer_than_the_width() {
    for run in &scenarios::ALL {
        for width in [40, 60, 80, 200] {
            for charset in [Charset::Unicode, Charset::Ascii] {
                let text =
                    record(run).to_text(&TextStyle { width, charset, ..TextStyle::default() });
                let longest = text.lines().map(|line| line.chars().count()).max().unwrap();
                assert!(longest <= width, "{longest} > {width}:\n{text}");
                let drawn_in_ascii = text.is_ascii();
                assert_eq!(drawn_in_ascii, charset == Charset::Ascii);
            }
        }
    }
}

#[test]
fn the_steppers_data_is_as_documented() {
    let timeline = record(&scenarios::ALL[0]);
    let data: serde_json::Value = serde_json::from_str(&timeline.to_json()).unwrap();
    assert_eq!(data["tasks"][1]["name"], "receive");
    assert_eq!((&data["tasks"][0]["parent"], &data["tasks"][1]["parent"]), (&().into(), &0.into()));
    assert_eq!(data["threads"], serde_json::json!(["main", "producer"]));
    let events = data["events"].as_array().unwrap();
    assert_eq!(events.len(), timeline.events.len());
    for (event, recorded) in events.iter().zip(&timeline.events) {
        assert_eq!(event["tick"], recorded.tick);
        assert_eq!(event["thread"], recorded.thread.0);
        assert_eq!(event["kind"], recorded.kind.word());
        assert_eq!(event["text"], timeline.sentence(recorded));
        let position = recorded.position;
        assert_eq!(event["line"].as_u64(), position.map(|position| position.line().into()));
        assert_eq!(
            event["file"].as_str().map(str::to_owned),
            position.map(|position| position.file())
        );
        assert_eq!(event.as_object().unwrap().len(), 8);
    }
}

#[test]
fn real_times_are_written_where_there_are_some() {
    let recorder = Recorder::new().with_real_time();
    scenarios::ping_pong(&recorder);
    let timeline = recorder.timeline();
    assert!(timeline.to_text(&TextStyle::default()).contains(" µs"));
    let data: serde_json::Value = serde_json::from_str(&timeline.to_json()).unwrap();
    assert!(data["events"][3]["nanoseconds"].is_u64());
}
