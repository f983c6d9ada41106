//! What a program recorded: its timeline as bytes, or read from JSON.
//!
//! The program answers `--timeline FORMAT` by itself, with `shared::record::timeline_if_asked`.
//! This end only knows the JSON, so that the command line depends on nothing that it runs.

use crate::exit::Problem;
use crate::group::Subject;
use crate::run::{self, End, Output, Sink};
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The longest timeline that is taken. A recorder keeps a million events, which are less.
const MOST_BYTES: usize = 512 * 1024 * 1024;

/// Runs a program that writes a timeline to its standard output, and takes it. What it says on
/// standard error is shown.
///
/// # Errors
///
/// If it cannot be run.
pub fn take(command: Command, limit: Duration) -> io::Result<(End, Vec<u8>)> {
    let taken = Arc::new(Mutex::new(Vec::new()));
    let into = Arc::clone(&taken);
    let out: Sink = Box::new(move |bytes| {
        let mut into = into.lock().unwrap_or_else(PoisonError::into_inner);
        into.extend_from_slice(bytes);
        if into.len() > MOST_BYTES { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let err: Sink = Box::new(|bytes| {
        // Nobody is left to be told that this fails.
        let _ = io::stderr().write_all(bytes);
        ControlFlow::Continue(())
    });
    let end = run::supervise(Subject::Program, command, limit, Output::Taken(out, err))?;
    let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
    Ok((end, std::mem::take(&mut taken)))
}

/// A recording, as its JSON tells it.
#[derive(Debug)]
pub struct Recording {
    pub events: Vec<Event>,
}

/// One thing that happened.
#[derive(Debug)]
pub struct Event {
    pub sentence: String,
    /// The line in the program's own source.
    pub line: Option<u64>,
    /// What it is called where it is one of those to be put into order.
    pub label: Option<Label>,
    /// The task in whose poll it happened.
    pub within: Option<u64>,
    /// The task whose poll begins with it.
    pub begins: Option<u64>,
}

/// What an event is called: a note `2: b is done` is the event `2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub mark: char,
    pub words: String,
}

impl Recording {
    /// Reads a recording. Of the files that it mentions, `is_source` knows the program's own.
    ///
    /// # Errors
    ///
    /// If it is none.
    pub fn read(json: &[u8], is_source: impl Fn(&str) -> bool) -> Result<Self> {
        let json: Value = serde_json::from_slice(json).context("this is not a recording")?;
        let events = json["events"].as_array().context("the recording has no events")?;
        let events = events.iter().map(|event| read_event(&json, event, &is_source));
        Ok(Self { events: events.collect() })
    }

    /// The labelled events, in the order in which they came.
    pub fn labelled(&self) -> impl Iterator<Item = (usize, &Label)> {
        let events = self.events.iter().enumerate();
        events.filter_map(|(place, event)| Some((place, event.label.as_ref()?)))
    }

    /// The begin of the poll in which the event `mark` comes, if that was after the event at
    /// `place`.
    pub fn missing_poll(&self, mark: char, place: usize) -> Option<&Event> {
        let (at, _) = self.labelled().find(|(_, label)| label.mark == mark)?;
        let task = self.events[at].within?;
        let begin = self.events[..at].iter().rposition(|event| event.begins == Some(task))?;
        (begin > place).then(|| &self.events[begin])
    }

    /// The marks in the order in which the events came.
    ///
    /// # Errors
    ///
    /// If they are not at least two, each once.
    pub fn order(&self) -> Result<Vec<char>, Problem> {
        let order: Vec<char> = self.labelled().map(|(_, label)| label.mark).collect();
        let twice = order.iter().enumerate().find(|(place, mark)| order[..*place].contains(mark));
        match twice {
            Some((_, mark)) => {
                Err(Problem::failed(format!("there is nothing to predict: `{mark}` happens twice")))
            }
            None if order.len() < 2 => {
                let words = "there is nothing to predict: the program records fewer than two notes such as \
                             `1: it begins`";
                Err(Problem::failed(words))
            }
            None => Ok(order),
        }
    }
}

fn read_event(json: &Value, event: &Value, is_source: &impl Fn(&str) -> bool) -> Event {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let sentence = text(&event["text"]);
    let within = event["within"].as_u64();
    let is_here = event["file"].as_str().is_some_and(is_source);
    let label = (event["kind"] == "note").then(|| {
        let said = said(&sentence, &speaker(json, event))?;
        label(said)
    });
    let begins = (event["kind"] == "poll").then(|| event["task"].as_u64());
    Event {
        line: event["line"].as_u64().filter(|_| is_here),
        label: label.flatten(),
        within,
        begins: begins.flatten(),
        sentence,
    }
}

/// Whose name a note's sentence begins with: the task in whose poll it was made, or the thread.
fn speaker(json: &Value, event: &Value) -> String {
    let named = |name: &Value| name.as_str().unwrap_or_default().to_owned();
    let place = |value: &Value| value.as_u64().and_then(|place| usize::try_from(place).ok());
    match place(&event["within"]) {
        Some(task) => named(&json["tasks"][task]["name"]),
        None => named(&json["threads"][place(&event["thread"]).unwrap_or_default()]),
    }
}

/// A note without its speaker.
fn said<'a>(sentence: &'a str, speaker: &str) -> Option<&'a str> {
    let sentence = sentence.strip_prefix("thread ").unwrap_or(sentence);
    let speaker = speaker.strip_prefix("thread ").unwrap_or(speaker);
    sentence.strip_prefix(speaker)?.strip_prefix(": ")
}

/// `2: b is done` is the label `2`. A mark is a letter, small or capital, or a digit.
fn label(said: &str) -> Option<Label> {
    let (mark, words) = said.split_once(": ")?;
    let mut characters = mark.chars();
    let mark = characters.next().filter(char::is_ascii_alphanumeric)?;
    let is_alone = characters.next().is_none();
    is_alone.then(|| Label { mark: mark.to_ascii_lowercase(), words: words.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{"tasks":[{"name":"a: b","parent":null}],"threads":["main","thread 1"],"events":[
{"tick":0,"thread":0,"task":0,"within":null,"kind":"poll","text":"main polls a: b","file":"x.rs","line":3},
{"tick":1,"thread":0,"task":0,"within":0,"kind":"note","text":"a: b: B: it runs: fast","file":"x.rs","line":4},
{"tick":2,"thread":1,"task":null,"within":null,"kind":"note","text":"thread 1: 2: helps","file":null,"line":null},
{"tick":3,"thread":0,"task":null,"within":null,"kind":"note","text":"thread main: 7: ends","file":"y.rs","line":5},
{"tick":4,"thread":0,"task":null,"within":null,"kind":"note","text":"main: the end: of it","file":"x.rs","line":6}],
"cut":0}"#;

    fn read(json: &str) -> Result<Recording> {
        Recording::read(json.as_bytes(), |file| file == "x.rs")
    }

    #[test]
    fn the_poll_that_is_missing_is_one_that_begins_later() {
        let event = |within: &str, kind: &str, text: &str| {
            format!(r#"{{"thread":0,"task":0,"within":{within},"kind":"{kind}","text":"{text}"}}"#)
        };
        let events = [
            event("null", "note", "main: 1: one"),
            event("null", "poll", "main polls a"),
            event("0", "note", "a: 2: two"),
            event("null", "note", "main: 3: three"),
        ];
        let events = events.join(",");
        let json =
            format!(r#"{{"tasks":[{{"name":"a"}}],"threads":["main"],"events":[{events}]}}"#);
        let recording = read(&json).expect("it is one");
        let missing =
            |mark, place| recording.missing_poll(mark, place).map(|event| event.sentence.as_str());
        assert_eq!(missing('2', 0), Some("main polls a"));
        assert_eq!(missing('2', 2), None, "it had begun");
        assert_eq!(missing('3', 0), None, "it comes in no poll");
    }

    #[test]
    fn labels_are_read_from_notes_whoever_makes_them() {
        let recording = read(JSON).expect("it is one");
        let labels: Vec<_> =
            recording.labelled().map(|(_, label)| (label.mark, label.words.as_str())).collect();
        assert_eq!(labels, [('b', "it runs: fast"), ('2', "helps"), ('7', "ends")]);
        assert_eq!(recording.order().expect("each is there once"), ['b', '2', '7']);
        assert_eq!((recording.events[0].begins, recording.events[1].within), (Some(0), Some(0)));
        let lines: Vec<_> = recording.events.iter().map(|event| event.line).collect();
        assert_eq!(lines, [Some(3), Some(4), None, None, Some(6)], "y.rs is another file");
    }

    #[test]
    fn a_mark_is_one_letter_or_digit() {
        assert_eq!(label("1: one"), Some(Label { mark: '1', words: "one".into() }));
        for said in ["12: two", ": none", "é: other", "1:none", "one"] {
            assert_eq!(label(said), None, "{said}");
        }
    }

    #[test]
    fn events_that_come_twice_or_never_cannot_be_predicted() {
        let twice = JSON.replace("7: ends", "2: ends");
        let order = read(&twice).expect("it is one").order();
        assert!(order.expect_err("2 comes twice").to_string().contains("`2` happens twice"));
        let none = read(r#"{"events":[]}"#).expect("it is one").order();
        assert!(none.expect_err("there is none").to_string().contains("fewer than two notes"));
        assert!(read("this is sums\n").is_err());
        assert!(read("{}").is_err());
    }
}
