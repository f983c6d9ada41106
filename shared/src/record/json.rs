//! The recording as data, for the book's stepper and for whoever wants to ask it something.

use std::fmt::Write;

use super::{Event, TaskId, Timeline, Vocabulary};
use crate::base::Json;

impl Timeline {
    /// Writes the recording as one JSON object, an event per line.
    ///
    /// ```json
    /// {"words":"futures",
    ///  "tasks":[{"name":"consumer","parent":null},{"name":"receive","parent":0}],
    ///  "threads":["main"],
    ///  "events":[{"tick":0,"thread":0,"task":0,"within":null,"kind":"poll","text":"main polls consumer",
    ///             "file":"src/main.rs","line":7}],
    ///  "cut":0}
    /// ```
    ///
    /// `words` is `futures` or `coroutines`: in which [words](super::Vocabulary) it is told.
    /// `parent`, `task` and `within` are places in `tasks`, `thread` is one in `threads`; all count
    /// from 0, and where there is none it is `null`. `kind` is a [word](super::Kind::word), `text`
    /// the [sentence](Timeline::sentence). `file` and `line` are `null` for an event without a
    /// position. `cut` is how many events came after the last and were not kept. Where the real
    /// time was asked for, an event also has `nanoseconds`.
    pub fn to_json(&self) -> String {
        let words = match self.vocabulary {
            Vocabulary::Futures => "futures",
            Vocabulary::Coroutines => "coroutines",
        };
        let mut json = format!("{{\"words\":\"{words}\",\n\"tasks\":[");
        for (place, task) in self.tasks.iter().enumerate() {
            let (name, parent) = (Json(&task.name), number(task.parent));
            put(&mut json, place, format_args!("{{\"name\":{name},\"parent\":{parent}}}"));
        }
        json.push_str("],\n\"threads\":[");
        for (place, thread) in self.threads.iter().enumerate() {
            put(&mut json, place, format_args!("{}", Json(thread)));
        }
        json.push_str("],\n\"events\":[");
        for (place, event) in self.events.iter().enumerate() {
            json.push_str(if place > 0 { ",\n" } else { "\n" });
            self.write_event(&mut json, event);
        }
        writeln!(json, "],\n\"cut\":{}}}", self.cut).expect("a String takes everything");
        json
    }

    fn write_event(&self, json: &mut String, event: &Event) {
        let Event { tick, thread, task, within, kind, position, time, .. } = event;
        let (file, line) = match position {
            Some(position) => (Json(&position.file()).to_string(), position.line().to_string()),
            None => ("null".into(), "null".into()),
        };
        write!(
            json,
            "{{\"tick\":{tick},\"thread\":{},\"task\":{},\"within\":{},\"kind\":\"{}\",\"text\":{},\"file\":{file},\
             \"line\":{line}",
            thread.0,
            number(*task),
            number(*within),
            kind.word(),
            Json(&self.sentence(event)),
        )
        .expect("a String takes everything");
        if let Some(time) = time {
            write!(json, ",\"nanoseconds\":{}", time.as_nanos())
                .expect("a String takes everything");
        }
        json.push('}');
    }
}

fn put(json: &mut String, place: usize, item: std::fmt::Arguments<'_>) {
    let comma = if place > 0 { "," } else { "" };
    write!(json, "{comma}{item}").expect("a String takes everything");
}

fn number(task: Option<TaskId>) -> String {
    task.map_or_else(|| "null".into(), |task| task.0.to_string())
}
