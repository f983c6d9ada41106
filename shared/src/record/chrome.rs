//! The recording in Google's Trace Event Format (JSON object form), which Perfetto and
//! chrome://tracing load.
//!
//! Each thread is a track. A poll is a slice on it (`B`, `E`), nested polls are nested slices; so
//! is the time in which a thread is parked. A wake is a short slice, because a flow (`s`, `f`) must
//! start and end in one; it ends at the next poll of the task that was woken. The rest are instants
//! (`i`).

use std::fmt::{Arguments, Write};

use super::{Event, Kind, Outcome, TaskId, ThreadIndex, Timeline};
use crate::base::Json;

/// How long a logical tick looks, in nanoseconds: ten microseconds, so that a viewer's scale has
/// room.
const TICK: u64 = 10_000;
/// How long a wake looks, at most: it must be over before the thread's next event.
const WAKE: u64 = TICK * 8 / 10;

impl Timeline {
    /// Writes the recording as a trace, to be opened at <https://ui.perfetto.dev> or in
    /// chrome://tracing.
    ///
    /// Times are the real ones where the recorder noted them; else a tick is ten microseconds.
    /// `title` names the process. What is still being polled when the recording ends, ends there.
    pub fn to_chrome(&self, title: &str) -> String {
        let mut trace = Trace::new(self);
        trace.name(title);
        for (place, event) in self.events.iter().enumerate() {
            trace.event(place, event);
        }
        trace.close_all();
        let (json, cut) = (trace.json, self.cut);
        format!(
            "{{\"displayTimeUnit\":\"ns\",\n\"otherData\":{{\"events left out\":\"{cut}\"}},\n\
             \"traceEvents\":[{json}\n]}}\n"
        )
    }
}

struct Trace<'a> {
    timeline: &'a Timeline,
    json: String,
    now: u64,
    /// The slices that are open on each thread.
    open: Vec<Vec<Slice>>,
    /// For each task, the wakes that no poll has followed yet, by their place among the events.
    wakes: Vec<Vec<usize>>,
    ahead: Ahead,
}

#[derive(Clone, Copy, PartialEq)]
enum Slice {
    Poll(TaskId),
    Parked,
}

/// What is yet to come, for each event.
struct Ahead {
    /// When the next event happens on its thread, in nanoseconds.
    next: Vec<u64>,
    /// For a wake, whether a poll follows.
    followed: Vec<bool>,
}

impl Ahead {
    fn new(events: &[Event], threads: usize, tasks: usize) -> Self {
        let mut ahead =
            Self { next: vec![u64::MAX; events.len()], followed: vec![false; events.len()] };
        let (mut next_on, mut is_polled) = (vec![u64::MAX; threads], vec![false; tasks]);
        for (place, event) in events.iter().enumerate().rev() {
            let next = &mut next_on[event.thread.0 as usize];
            ahead.next[place] = std::mem::replace(next, nanoseconds(event));
            let polled = event.task.and_then(|task| is_polled.get_mut(task.0 as usize));
            match (event.kind, polled) {
                (Kind::PollBegin, Some(polled)) => *polled = true,
                (Kind::Wake, Some(polled)) => ahead.followed[place] = *polled,
                _ => {}
            }
        }
        ahead
    }
}

impl<'a> Trace<'a> {
    fn new(timeline: &'a Timeline) -> Self {
        let (events, tasks) = (&timeline.events, timeline.tasks.len());
        let mentioned = events.iter().map(|event| event.thread.0 as usize + 1).max();
        let threads = mentioned.unwrap_or(0).max(timeline.threads.len());
        Self {
            timeline,
            json: String::new(),
            now: 0,
            open: vec![Vec::new(); threads],
            wakes: vec![Vec::new(); tasks],
            ahead: Ahead::new(events, threads, tasks),
        }
    }

    fn name(&mut self, title: &str) {
        let title = Json(if title.is_empty() { "recording" } else { title });
        self.put(
            'M',
            None,
            format_args!("\"name\":\"process_name\",\"args\":{{\"name\":{title}}}"),
        );
        for (place, name) in (0u32..).zip(&self.timeline.threads) {
            let (thread, name) = (Some(ThreadIndex(place)), Json(name));
            let args = format_args!("\"name\":\"thread_name\",\"args\":{{\"name\":{name}}}");
            self.put('M', thread, args);
            let args =
                format_args!("\"name\":\"thread_sort_index\",\"args\":{{\"sort_index\":{place}}}");
            self.put('M', thread, args);
        }
    }

    fn event(&mut self, place: usize, event: &Event) {
        self.now = nanoseconds(event);
        match (event.kind, event.task) {
            (Kind::PollBegin, Some(task)) => self.begin(event, task),
            (Kind::PollEnd(outcome), Some(task)) => self.end(event, task, outcome),
            (Kind::Wake, Some(task)) => self.wake(place, event, task),
            (Kind::Park, _) => {
                self.open[event.thread.0 as usize].push(Slice::Parked);
                self.slice('B', event, "parked", "park");
            }
            (Kind::Unpark, _) if self.is_open(event.thread, Slice::Parked) => {
                self.close(event.thread, Slice::Parked, "");
            }
            _ => self.instant(event),
        }
    }

    fn begin(&mut self, event: &Event, task: TaskId) {
        self.open[event.thread.0 as usize].push(Slice::Poll(task));
        self.slice('B', event, self.timeline.task_name(task), "poll");
        let wakes = self.wakes.get_mut(task.0 as usize).map(std::mem::take);
        for wake in wakes.unwrap_or_default() {
            self.flow('f', event.thread, wake, ",\"bp\":\"e\"");
        }
    }

    fn end(&mut self, event: &Event, task: TaskId, outcome: Outcome) {
        if !self.is_open(event.thread, Slice::Poll(task)) {
            return self.instant(event);
        }
        let value = event.text.as_deref().map(|text| format!(",\"value\":{}", Json(text)));
        let value = value.unwrap_or_default();
        let args = format!(",\"args\":{{\"outcome\":\"{outcome:?}\"{value}}}");
        self.close(event.thread, Slice::Poll(task), &args);
    }

    fn wake(&mut self, place: usize, event: &Event, task: TaskId) {
        let name = format!("wake {}", self.timeline.task_name(task));
        self.slice('B', event, &name, "wake");
        if self.ahead.followed[place] {
            self.wakes[task.0 as usize].push(place);
            self.flow('s', event.thread, place, "");
        }
        self.now = (self.now + WAKE).min(self.ahead.next[place]).max(self.now);
        self.put(
            'E',
            Some(event.thread),
            format_args!("\"name\":{},\"cat\":\"wake\"", Json(&name)),
        );
    }

    fn instant(&mut self, event: &Event) {
        let name = self.timeline.sentence(event);
        let (name, args) = (Json(&name), self.args(event));
        let kind = event.kind.word();
        let rest = format_args!("\"name\":{name},\"cat\":\"{kind}\",\"s\":\"t\",{args}");
        self.put('i', Some(event.thread), rest);
    }

    fn is_open(&self, thread: ThreadIndex, slice: Slice) -> bool {
        self.open[thread.0 as usize].contains(&slice)
    }

    /// Ends a slice that is open, and what is still open within it: slices nest.
    fn close(&mut self, thread: ThreadIndex, slice: Slice, args: &str) {
        while let Some(top) = self.open[thread.0 as usize].pop() {
            let args = if top == slice { args } else { "" };
            let (name, cat) = match top {
                Slice::Poll(task) => (self.timeline.task_name(task), "poll"),
                Slice::Parked => ("parked", "park"),
            };
            // The format lets an end do without its name. Some viewers (speedscope) pair by it all
            // the same.
            let name = Json(name);
            self.put('E', Some(thread), format_args!("\"name\":{name},\"cat\":\"{cat}\"{args}"));
            if top == slice {
                return;
            }
        }
    }

    fn close_all(&mut self) {
        for thread in (0u32..).map(ThreadIndex).take(self.open.len()) {
            while let Some(top) = self.open[thread.0 as usize].last().copied() {
                self.close(thread, top, ",\"args\":{\"outcome\":\"the recording ends here\"}");
            }
        }
    }

    fn slice(&mut self, phase: char, event: &Event, name: &str, category: &str) {
        let (name, args) = (Json(name), self.args(event));
        let rest = format_args!("\"name\":{name},\"cat\":\"{category}\",{args}");
        self.put(phase, Some(event.thread), rest);
    }

    fn flow(&mut self, phase: char, thread: ThreadIndex, id: usize, more: &str) {
        // A flow's start and finish belong together by category, name and id.
        let rest = format_args!("\"name\":\"wake\",\"cat\":\"wake\",\"id\":{id}{more}");
        self.put(phase, Some(thread), rest);
    }

    fn args(&self, event: &Event) -> String {
        let sentence = Json(&self.timeline.sentence(event)).to_string();
        let at = event.position.map(|at| format!("{}:{}", at.file(), at.line()));
        let at = at.map(|at| format!(",\"at\":{}", Json(&at))).unwrap_or_default();
        format!("\"args\":{{\"tick\":{},\"event\":{sentence}{at}}}", event.tick)
    }

    fn put(&mut self, phase: char, thread: Option<ThreadIndex>, rest: Arguments<'_>) {
        let comma = if self.json.is_empty() { "\n" } else { ",\n" };
        // 0 is taken for "no thread" by some viewers.
        let tid = thread.map_or(0, |thread| thread.0 + 1);
        let (micros, nanos) = (self.now / 1000, self.now % 1000);
        let fraction = if nanos == 0 { String::new() } else { format!(".{nanos:03}") };
        write!(
            self.json,
            "{comma}{{\"ph\":\"{phase}\",\"pid\":1,\"tid\":{tid},\"ts\":{micros}{fraction},{rest}}}"
        )
        .expect("a String takes everything");
    }
}

fn nanoseconds(event: &Event) -> u64 {
    match event.time {
        Some(time) => u64::try_from(time.as_nanos()).unwrap_or(u64::MAX - WAKE),
        None => event.tick.saturating_mul(TICK).min(u64::MAX - WAKE),
    }
}
