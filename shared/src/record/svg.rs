//! The recording as a picture: time runs downwards, an event per row, a lane per thread, task and
//! nested future.
//!
//! It stays narrow, so that it can be read on a telephone as well: sentences stand beside the
//! lanes, in letters of 15 units. Nothing rests on colour: what differs also differs in shape,
//! letter, fill or thickness. The card behind it is light in both themes.

mod draw;
mod layout;
mod paths;

use std::fmt::Write;

use super::lanes::Owner;
use super::{Event, Kind, Timeline};
use crate::base::canvas::{Canvas, Frame};
use crate::base::counted;
use draw::End;
use layout::{Layout, Row};
use paths::paths;

/// How a recording is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'a> {
    /// What the ids within the picture begin with: unique among the pictures of a page.
    pub id: &'a str,
    /// What one sees, in a few words: the picture's heading, and its name for a screen reader.
    pub title: &'a str,
    /// How many events are drawn at most; a line says how many are left out.
    pub events: usize,
}

impl<'a> Figure<'a> {
    /// A picture of up to 200 events.
    pub fn new(id: &'a str, title: &'a str) -> Self {
        Self { id, title, events: 200 }
    }
}

impl Timeline {
    /// Draws the recording as an SVG picture of at most 900 units in width.
    ///
    /// The same recording gives the same bytes. It can stand alone or within a page: nothing in it
    /// has a style sheet, and ids begin with the figure's. For a script that walks through it:
    ///
    /// - `rect.row[data-tick]` lies behind the lanes, one per event, and is not filled;
    /// - `g.event[data-tick][data-kind]` is what is drawn of an event, its sentence included;
    ///   `data-kind` is the kind's [word](Kind::word), and `data-thread`, `data-task` say whom it
    ///   is about;
    /// - `g.lane[data-thread]` and `g.lane[data-task]` are the lanes, their labels included.
    pub fn to_svg(&self, figure: &Figure<'_>) -> String {
        let (events, left_out) = self.first(figure.events);
        let layout = Layout::new(self, events, figure.title, left_out);
        let mut canvas = Canvas::default();
        for (place, line) in layout.title.iter().enumerate() {
            let y = layout::PAD + 8 + layout::TITLE * place as i32;
            canvas.text(layout::PAD, y, "font-size=\"17\" font-weight=\"bold\"", line);
        }
        canvas.group("class=\"rows\" fill=\"none\"", |canvas| {
            for row in &layout.rows {
                let (width, tick) = (layout.width, row.event.tick);
                canvas.put(format_args!(
                    "<rect class=\"row\" data-tick=\"{tick}\" y=\"{}\" width=\"{width}\" height=\"{}\"/>",
                    row.top, row.height
                ));
            }
        });
        canvas.group("class=\"lanes\"", |canvas| draw_lanes(canvas, &layout));
        canvas.group("class=\"events\"", |canvas| {
            layout.rows.iter().for_each(|row| draw_event(canvas, self, &layout, row));
        });
        for (place, line) in layout.remarks.iter().enumerate() {
            let y = layout.remarks_top + layout::LINE * place as i32;
            canvas.text(layout::PAD, y, "class=\"left-out\" font-style=\"italic\"", line);
        }
        draw_key(&mut canvas, self, events, &layout);
        canvas.framed(&Frame {
            class: "timeline",
            id: figure.id,
            title: figure.title,
            description: &describe(self, events, &layout),
            width: layout.width.into(),
            height: layout.height.into(),
        })
    }
}

/// The picture in sentences, for those who do not see it.
fn describe(timeline: &Timeline, events: &[Event], layout: &Layout<'_>) -> String {
    let mut text = String::from("A timeline, read from top to bottom.");
    for event in events {
        write!(text, " {}: {}.", event.tick, timeline.sentence(event))
            .expect("a String takes everything");
    }
    for remark in &layout.remarks {
        write!(text, " {remark}").expect("a String takes everything");
    }
    text
}

fn draw_lanes(canvas: &mut Canvas, layout: &Layout<'_>) {
    let all = paths(layout);
    for ((place, lane), path) in layout.lanes.all.iter().enumerate().zip(all) {
        let attributes = match lane.owner {
            Owner::Thread(thread) => format!("class=\"lane\" data-thread=\"{}\"", thread.0),
            Owner::Task(task) => format!("class=\"lane\" data-task=\"{}\"", task.0),
        };
        canvas.group(&attributes, |canvas| {
            let (x, y) = (layout.lane_x(place), layout.label_y(place));
            canvas.leader(x, y, path.begin);
            path.draw(canvas, x);
            canvas.head(lane.owner, x, y);
            let (name, kind) = &layout.labels[place];
            canvas.label(x + 14, y + 5, name, kind);
        });
    }
}

fn draw_event(canvas: &mut Canvas, timeline: &Timeline, layout: &Layout<'_>, row: &Row<'_>) {
    let event = row.event;
    let mut attributes = format!(
        "class=\"event\" data-tick=\"{}\" data-kind=\"{}\" data-thread=\"{}\"",
        event.tick,
        event.kind.word(),
        event.thread.0
    );
    if let Some(task) = event.task {
        write!(attributes, " data-task=\"{}\"", task.0).expect("a String takes everything");
    }
    canvas.group(&attributes, |canvas| {
        canvas.tick(layout.ticks_right, row.y + 5, event.tick);
        draw_mark(canvas, timeline, layout, row);
        canvas.words(layout.words_left, row.y + 5, &row.words);
    });
}

fn draw_mark(canvas: &mut Canvas, timeline: &Timeline, layout: &Layout<'_>, row: &Row<'_>) {
    let (event, y) = (row.event, row.y);
    let end = |owner| {
        let x = layout.lane_x(layout.lanes.place(owner)?);
        Some(if matches!(owner, Owner::Thread(_)) { End::thread(x) } else { End::task(x) })
    };
    let actor = end(Owner::actor(event));
    let task = event.task.and_then(|task| end(Owner::Task(task)));
    match (event.kind, actor, task) {
        (Kind::PollBegin, Some(from), Some(to)) if from != to => canvas.poll(from, to, y),
        (Kind::PollEnd(outcome), poller, Some(at)) => {
            if let Some(poller) = poller.filter(|poller| *poller != at) {
                canvas.back(at, poller, y);
            }
            canvas.outcome(at.x(), y, outcome, super::text::letter(outcome, timeline.vocabulary));
        }
        (Kind::Wake, Some(from), Some(to)) if from != to => canvas.wake(from, to, y),
        (Kind::Wake, _, Some(at)) => canvas.wake_itself(at.x(), y),
        (Kind::Spawn, from, Some(to)) => canvas.spawn(from.unwrap_or(to), to, y),
        (Kind::Drop, _, Some(at)) => canvas.cross(at.x(), y),
        (kind, Some(at), _) => draw_sign(canvas, kind, at.x(), y),
        // Its lane is one of those that were left out.
        _ => {}
    }
}

/// Draws what stands on the lane of the one who did it.
fn draw_sign(canvas: &mut Canvas, kind: Kind, x: i32, y: i32) {
    match kind {
        Kind::WakerCloned => canvas.clone_mark(x, y),
        Kind::Park | Kind::Unpark => canvas.bar(x, y),
        Kind::TimerSet(_) => canvas.clock(x, y, false),
        Kind::TimerFired(_) => canvas.clock(x, y, true),
        Kind::Interest => canvas.triangle(x, y, false),
        Kind::Readiness => canvas.triangle(x, y, true),
        Kind::Note => canvas.square(x, y),
        Kind::Drop => canvas.cross(x, y),
        // The rest are of a task, which this event is not said to be about.
        Kind::Spawn | Kind::PollBegin | Kind::PollEnd(_) | Kind::Wake => {}
    }
}

/// What the marks mean: those that occur.
fn draw_key(canvas: &mut Canvas, timeline: &Timeline, events: &[Event], layout: &Layout<'_>) {
    let entries = layout::key(timeline, events);
    canvas.group("class=\"key\"", |canvas| {
        if !entries.is_empty() {
            canvas.rule(layout.width, layout.key_top - 18);
        }
        for (entry, (x, y)) in entries.iter().zip(layout::key_places(&entries, layout)) {
            let (left, middle, right) = (End::thread(x + 3), x + 16, End::thread(x + 32));
            match entry.kind {
                kind if entry.is_state => canvas.state(middle, y, kind),
                Kind::PollBegin => canvas.poll(left, right, y),
                Kind::PollEnd(outcome) => {
                    let letter = super::text::letter(outcome, timeline.vocabulary);
                    canvas.outcome(middle, y, outcome, letter);
                }
                Kind::Wake => canvas.wake(left, right, y),
                Kind::Spawn => canvas.spawn(left, right, y),
                kind => draw_sign(canvas, kind, middle, y),
            }
            canvas.text(x + 46, y + 5, "font-size=\"14\"", entry.words);
        }
    });
}

/// What is left out of a picture, in words.
fn remarks(events: u64, lanes: usize) -> Vec<String> {
    let mut remarks = Vec::new();
    if events > 0 {
        remarks.push(format!("… {}, not drawn here.", counted(events, "more event")));
    }
    if lanes > 0 {
        remarks.push(format!("… {}, too many to draw.", counted(lanes as u64, "more lane")));
    }
    remarks
}
