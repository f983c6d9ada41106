//! The trace keeps the rules of Google's "Trace Event Format", and those that Perfetto's importer
//! adds.

#[path = "timelines/scenarios.rs"]
#[allow(dead_code, reason = "not every test needs every scenario")]
mod scenarios;

use std::collections::HashMap;

use serde_json::Value;
use shared::record::{Kind, Outcome, Recorder, Timeline};

/// What a trace consists of, if it keeps the rules.
#[derive(Debug, Default)]
struct Trace {
    slices: usize,
    deepest: usize,
    instants: usize,
    /// Of each flow: the slice in which it starts, and the one in which it ends.
    flows: Vec<(String, String)>,
    threads: Vec<String>,
}

/// A flow that has started: its time, and the slice that it starts in.
type Started = HashMap<(String, String, u64), (f64, String)>;

fn validate(json: &str) -> Result<Trace, String> {
    let value: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let unit = value["displayTimeUnit"].as_str();
    if !matches!(unit, Some("ms" | "ns")) {
        return Err(format!("displayTimeUnit is {unit:?}"));
    }
    let events = value["traceEvents"].as_array().ok_or("traceEvents is not an array")?;
    let mut trace = Trace::default();
    let mut open: HashMap<u64, Vec<String>> = HashMap::new();
    let mut last: HashMap<u64, f64> = HashMap::new();
    let mut started = Started::new();
    for event in events {
        let fault = |words: &str| format!("{words}: {event}");
        let text = |key: &str| event[key].as_str().ok_or_else(|| fault(key));
        let number = |key: &str| event[key].as_u64().ok_or_else(|| fault(key));
        let (phase, pid, tid) = (text("ph")?, number("pid")?, number("tid")?);
        let time = event["ts"].as_f64().ok_or_else(|| fault("ts"))?;
        if pid != 1 {
            return Err(fault("a second process"));
        }
        if phase != "M" && last.insert(tid, time).is_some_and(|last| last > time) {
            return Err(fault("time runs backwards on its thread"));
        }
        if event.get("args").is_some_and(|args| !args.is_object()) {
            return Err(fault("args is not an object"));
        }
        let open = open.entry(tid).or_default();
        match phase {
            "B" => {
                text("cat")?;
                open.push(text("name")?.to_owned());
                trace.slices += 1;
                trace.deepest = trace.deepest.max(open.len());
            }
            "E" => {
                let slice = open.pop().ok_or_else(|| fault("an end without a beginning"))?;
                if text("name")? != slice {
                    return Err(fault("an end with another name than its beginning"));
                }
            }
            "i" => {
                text("name")?;
                if !matches!(text("s")?, "g" | "p" | "t") {
                    return Err(fault("an instant's scope"));
                }
                trace.instants += 1;
            }
            "s" | "f" => {
                let flow = (text("cat")?.to_owned(), text("name")?.to_owned(), number("id")?);
                let slice = open.last().ok_or_else(|| fault("a flow outside any slice"))?.clone();
                if phase == "s" {
                    if started.insert(flow, (time, slice)).is_some() {
                        return Err(fault("a flow starts twice"));
                    }
                } else {
                    if text("bp")? != "e" {
                        return Err(fault("a flow that ends in the next slice, not in this"));
                    }
                    let (at, from) =
                        started.remove(&flow).ok_or_else(|| fault("a flow ends unstarted"))?;
                    if at > time {
                        return Err(fault("a flow ends before it starts"));
                    }
                    trace.flows.push((from, slice));
                }
            }
            "M" => {
                if text("name")? == "thread_name" {
                    let name = event["args"]["name"].as_str().ok_or_else(|| fault("no name"))?;
                    trace.threads.push(name.to_owned());
                }
            }
            _ => return Err(fault("a phase that we do not write")),
        }
    }
    match (open.into_iter().find(|(_, open)| !open.is_empty()), started.into_iter().next()) {
        (Some((thread, open)), _) => Err(format!("never ended on {thread}: {open:?}")),
        (_, Some(flow)) => Err(format!("never finished: {flow:?}")),
        (None, None) => Ok(trace),
    }
}

fn trace(timeline: &Timeline) -> Trace {
    let json = timeline.to_chrome("a \"title\"\n");
    validate(&json).unwrap_or_else(|fault| panic!("{fault}\nin\n{json}"))
}

fn record(scenario: fn(&Recorder)) -> Timeline {
    let recorder = Recorder::new();
    scenario(&recorder);
    recorder.timeline()
}

#[test]
fn every_scenario_keeps_the_rules() {
    for run in &scenarios::ALL {
        for real_time in [false, true] {
            let recorder = Recorder::new();
            let recorder = if real_time { recorder.with_real_time() } else { recorder };
            (run.record)(&recorder);
            trace(&recorder.timeline());
        }
    }
}

#[test]
fn a_wake_flows_from_the_waker_to_the_poll_that_follows() {
    let found = trace(&record(scenarios::across_threads));
    assert_eq!(found.flows, [("wake consumer".to_owned(), "consumer".to_owned())]);
    assert_eq!(found.threads, ["main", "producer"]);
    // Four polls, nested in twos, a time of sleep, and the wake itself.
    assert_eq!((found.slices, found.deepest), (6, 2));
}

#[test]
fn a_wake_that_no_poll_follows_starts_no_flow() {
    let timeline = record(scenarios::across_threads);
    let wake = timeline.events.iter().position(|event| event.kind == Kind::Wake).unwrap();
    let cut = Timeline { events: timeline.events[..=wake].to_vec(), ..timeline };
    assert!(trace(&cut).flows.is_empty());
}

#[test]
fn wherever_a_recording_is_cut_the_slices_nest() {
    for run in &scenarios::ALL {
        let recorder = Recorder::new();
        (run.record)(&recorder);
        let timeline = recorder.timeline();
        for from in 0..timeline.events.len() {
            for to in from..=timeline.events.len() {
                trace(&Timeline { events: timeline.events[from..to].to_vec(), ..timeline.clone() });
            }
        }
    }
}

#[test]
fn a_long_run_keeps_the_rules() {
    let recorder = Recorder::new();
    let mut track = recorder.track("busy");
    (0..50_000).for_each(|_| track.step(|| (), |()| Outcome::Pending));
    assert_eq!(trace(&recorder.timeline()).slices, 50_000);
}

#[test]
fn the_validator_finds_what_is_wrong() {
    let event = |rest: &str| format!("{{\"pid\":1,\"tid\":1,\"ts\":1,{rest}}}");
    let begin = event("\"ph\":\"B\",\"name\":\"a\",\"cat\":\"poll\"");
    let end = event("\"ph\":\"E\",\"name\":\"a\"");
    let flow = |phase: &str| {
        event(&format!("\"ph\":\"{phase}\",\"name\":\"w\",\"cat\":\"w\",\"id\":1,\"bp\":\"e\""))
    };
    let judge = |events: &[&String]| {
        let events: Vec<_> = events.iter().map(|event| event.as_str()).collect();
        let events = events.join(",");
        validate(&format!("{{\"displayTimeUnit\":\"ns\",\"traceEvents\":[{events}]}}"))
    };
    assert!(judge(&[&begin, &flow("s"), &flow("f"), &end]).is_ok());
    for wrong in [
        &[&begin][..],
        &[&end],
        &[&flow("s")],
        &[&begin, &flow("s"), &end],
        &[&begin, &flow("f"), &end],
        &[&begin, &event("\"ph\":\"?\""), &end],
        &[&begin, &end.replace("\"ts\":1", "\"ts\":0.5")],
        &[&begin.replace("\"name\":\"a\",", ""), &end],
        &[&begin, &end.replace("\"a\"", "\"b\"")],
    ] {
        assert!(judge(wrong).is_err(), "{wrong:?}");
    }
}
