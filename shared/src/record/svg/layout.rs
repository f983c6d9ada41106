//! Where everything stands, in units of the picture.

use super::super::lanes::{Lanes, Owner, noun};
use super::super::{Event, Kind, Outcome, Timeline, Vocabulary};
use crate::base::canvas::{width_of, wrap};

pub(super) const PAD: i32 = 16;
/// The height of a further line of a sentence, of the heading, of a lane's label.
pub(super) const LINE: i32 = 18;
pub(super) const TITLE: i32 = 22;
const LABEL: i32 = 22;
/// The height of an event's row, if its sentence takes one line.
const ROW: i32 = 28;
/// Sentences are wrapped at so many characters, and cut at so many lines.
const WRAP: usize = 34;
const LINES: usize = 4;
const LANES: usize = 16;
const WIDEST: i32 = 900;

/// An event and its place.
pub(super) struct Row<'a> {
    pub(super) event: &'a Event,
    pub(super) top: i32,
    pub(super) height: i32,
    /// The middle of its first line: here its marks stand.
    pub(super) y: i32,
    pub(super) words: Vec<String>,
}

pub(super) struct Layout<'a> {
    pub(super) lanes: Lanes,
    /// For each lane, its name and what it is.
    pub(super) labels: Vec<(String, String)>,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) title: Vec<String>,
    pub(super) remarks: Vec<String>,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) ticks_right: i32,
    pub(super) words_left: i32,
    pub(super) remarks_top: i32,
    pub(super) key_top: i32,
    gap: i32,
    labels_top: i32,
}

impl<'a> Layout<'a> {
    pub(super) fn new(
        timeline: &Timeline,
        events: &'a [Event],
        title: &str,
        left_out: u64,
    ) -> Self {
        let mut lanes = Lanes::of(timeline, events);
        let lanes_left_out = lanes.keep(LANES);
        let digits = events.last().map_or(1, |event| event.tick.to_string().len());
        let ticks_right = PAD + width_of(digits);
        let gap = match lanes.all.len() {
            0..=6 => 36,
            7..=10 => 30,
            _ => 26,
        };
        let mut layout = Self {
            labels: labels(timeline, &lanes),
            words_left: ticks_right + 22 + gap * lanes.all.len() as i32 - gap / 3,
            lanes,
            rows: Vec::new(),
            title: Vec::new(),
            remarks: super::remarks(left_out, lanes_left_out),
            width: 0,
            height: 0,
            ticks_right,
            remarks_top: 0,
            key_top: 0,
            gap,
            labels_top: 0,
        };
        if events.is_empty() && left_out == 0 {
            layout.remarks.push("Nothing was recorded.".into());
        }
        layout.place(timeline, events, title);
        layout
    }

    fn place(&mut self, timeline: &Timeline, events: &'a [Event], title: &str) {
        let words: Vec<_> =
            events.iter().map(|event| wrap(&timeline.sentence(event), WRAP, LINES)).collect();
        let widest = words.iter().flatten().map(|line| line.chars().count()).max().unwrap_or(0);
        let label = |(place, (name, kind)): (usize, &(String, String))| {
            self.lane_x(place) + 14 + width_of(name.chars().count() + kind.chars().count() + 2)
        };
        let labels = self.labels.iter().enumerate().map(label).max().unwrap_or(0);
        let remarks = self.remarks.iter().map(|line| PAD + width_of(line.chars().count())).max();
        let right = (self.words_left + width_of(widest)).max(labels).max(remarks.unwrap_or(0));
        self.width = (right + PAD).clamp(360, WIDEST);

        // The heading's letters are larger and bold.
        let title_wrap = (self.width - 2 * PAD) * 10 / 100;
        self.title = wrap(title, usize::try_from(title_wrap).unwrap_or(30), 3);
        self.labels_top = PAD + TITLE * self.title.len() as i32 + 10;
        let mut y = self.labels_top + LABEL * self.lanes.all.len() as i32 + 6;
        for (event, words) in events.iter().zip(words) {
            let height = ROW + LINE * (words.len() as i32 - 1).max(0);
            self.rows.push(Row { event, top: y, height, y: y + ROW / 2, words });
            y += height;
        }
        self.remarks_top = y + LINE + 2;
        y += LINE * self.remarks.len() as i32 + if self.remarks.is_empty() { 0 } else { 8 };
        self.key_top = y + 36;
        let entries = key(timeline, events);
        let last = key_places(&entries, self).last().map(|(_, y)| *y);
        self.height = last.map_or(y + PAD, |last| last + PAD + 8);
    }

    pub(super) fn lane_x(&self, place: usize) -> i32 {
        self.ticks_right + 26 + self.gap * place as i32
    }

    pub(super) fn label_y(&self, place: usize) -> i32 {
        self.labels_top + LABEL * place as i32 + 8
    }

    /// Where the lanes end.
    pub(super) fn bottom(&self) -> i32 {
        self.rows.last().map_or(self.labels_top, |row| row.top + row.height)
    }
}

fn labels(timeline: &Timeline, lanes: &Lanes) -> Vec<(String, String)> {
    let label = |lane: &super::super::lanes::Lane| match (lane.owner, lane.parent) {
        (Owner::Thread(thread), _) => (timeline.thread_name(thread), "thread".to_owned()),
        (Owner::Task(task), Some(parent)) => {
            (timeline.task_name(task), format!("in {}", timeline.task_name(parent)))
        }
        (Owner::Task(task), None) => (timeline.task_name(task), noun(timeline, lane).to_owned()),
    };
    let cut = |text: &str| wrap(text, WRAP, 1).into_iter().next().unwrap_or_default();
    lanes.all.iter().map(label).map(|(name, kind)| (cut(name), cut(&kind))).collect()
}

/// A mark, and what it means.
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// Whether it stands for what follows the event, rather than for the event.
    pub(super) is_state: bool,
    pub(super) words: &'static str,
}

/// The marks that occur among these events.
pub(super) fn key(timeline: &Timeline, events: &[Event]) -> Vec<Entry> {
    use std::time::Duration;
    let [polls, pending, waits, ready] = match timeline.vocabulary {
        Vocabulary::Futures => ["polls", "Pending", "waits", "Ready"],
        Vocabulary::Coroutines => ["resumes", "yields", "stands still", "complete"],
    };
    let mark = |kind, words| Entry { kind, is_state: false, words };
    let state = |kind, words| Entry { kind, is_state: true, words };
    let (pends, panics) = (Kind::PollEnd(Outcome::Pending), Kind::PollEnd(Outcome::Panicked));
    let woken = |kind| events.iter().any(|event| event.kind == kind);
    let runnable = if woken(Kind::Wake) { Kind::Wake } else { Kind::Spawn };
    let all = [
        mark(Kind::Spawn, "spawns"),
        mark(Kind::PollBegin, polls),
        state(Kind::PollBegin, "has control"),
        mark(pends, pending),
        state(pends, waits),
        mark(Kind::PollEnd(Outcome::Ready), ready),
        mark(panics, "panics"),
        mark(Kind::WakerCloned, "keeps a waker"),
        mark(Kind::Wake, "wakes"),
        state(runnable, "to be polled"),
        state(Kind::Park, "asleep"),
        mark(Kind::TimerSet(Duration::ZERO), "sets a timer"),
        mark(Kind::TimerFired(Duration::ZERO), "timer fires"),
        mark(Kind::Interest, "interest"),
        mark(Kind::Readiness, "readiness"),
        mark(Kind::Drop, "dropped"),
        mark(Kind::Note, "says"),
    ];
    let occurs = |entry: &Entry| events.iter().any(|event| event.kind.word() == entry.kind.word());
    all.into_iter().filter(occurs).collect()
}

/// Where the entries of the key stand: as many beside each other as the width allows, in columns.
pub(super) fn key_places(entries: &[Entry], layout: &Layout<'_>) -> Vec<(i32, i32)> {
    let longest = entries.iter().map(|entry| entry.words.len()).max().unwrap_or(0);
    let column = 46 + width_of(longest) + 6;
    let columns = ((layout.width - 2 * PAD) / column).max(1);
    let place = |place: usize| {
        let place = place as i32;
        (PAD + place % columns * column, layout.key_top + place / columns * 26)
    };
    (0..entries.len()).map(place).collect()
}
