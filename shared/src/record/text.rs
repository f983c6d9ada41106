//! The recording for a terminal: an event per line, a lane per thread, task and nested future.

mod marks;

use std::fmt::Write;

use super::lanes::{Lane, Lanes, Life, Owner, Play, noun};
use super::{Event, Timeline};
use crate::base::counted;
pub(super) use marks::letter;
use marks::{ASCII, Arrow, Mark, Marks, UNICODE};

/// How a recording is written as text.
#[derive(Clone, Debug)]
pub struct TextStyle {
    /// The longest line, in characters. Words are cut with `…` where they do not fit.
    pub width: usize,
    /// Which characters lanes are drawn with.
    pub charset: Charset,
    /// How many events are shown at most; a line says how many are left out.
    pub events: usize,
}

/// Which characters lanes are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// Lines and arrows of Unicode.
    Unicode,
    /// Nothing but ASCII, but for names and texts, which stay as they are.
    Ascii,
}

impl Default for TextStyle {
    /// 80 columns of Unicode, and up to 1,000 events.
    fn default() -> Self {
        Self { width: 80, charset: Charset::Unicode, events: 1_000 }
    }
}

impl TextStyle {
    /// The style for standard output: as wide as the variable `COLUMNS` says, else 80 columns on a
    /// terminal and 100 in a pipe; ASCII on a terminal whose locale is not UTF-8.
    pub fn for_stdout() -> Self {
        use std::io::IsTerminal;
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self::for_output(std::io::stdout().is_terminal(), variable)
    }

    fn for_output(terminal: bool, variable: impl Fn(&str) -> Option<String>) -> Self {
        let columns = variable("COLUMNS").and_then(|columns| columns.parse().ok());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
        let utf8 =
            locale.unwrap_or_default().to_ascii_lowercase().replace('-', "").contains("utf8");
        // Other systems' terminals have had Unicode for long, and no such variables.
        let ascii = terminal && cfg!(unix) && !utf8;
        Self {
            width: columns.unwrap_or(if terminal { 80 } else { 100 }),
            charset: if ascii { Charset::Ascii } else { Charset::Unicode },
            ..Self::default()
        }
    }
}

impl Timeline {
    /// Writes the recording as lines of text.
    ///
    /// Each line has a tick, the lanes, and a [sentence](Timeline::sentence) that is indented as
    /// deep as the polls in which the event happened. Lanes that do not fit into the width are left
    /// out, and a line says so. An empty recording gives one line that says so.
    pub fn to_text(&self, style: &TextStyle) -> String {
        if self.events.is_empty() && self.cut == 0 {
            return "nothing was recorded\n".to_owned();
        }
        let (events, left_out) = self.first(style.events);
        let mut page = Page::new(self, events, style);
        page.head();
        let mut play = Play::default();
        for event in events {
            let depth = play.depth(event);
            play.play(event);
            page.row(&play, event, depth);
        }
        page.foot(events, left_out);
        page.text
    }
}

struct Page<'a> {
    timeline: &'a Timeline,
    lanes: Lanes,
    marks: &'static Marks,
    text: String,
    width: usize,
    /// The width of the ticks' column and of the times' one, and the distance between two lanes.
    ticks: usize,
    times: usize,
    gap: usize,
    lanes_left_out: usize,
}

impl<'a> Page<'a> {
    fn new(timeline: &'a Timeline, events: &[Event], style: &TextStyle) -> Self {
        let width = style.width.max(40);
        let mut lanes = Lanes::of(timeline, events);
        // Lanes get two fifths at most: the words matter more.
        let room = width * 2 / 5;
        let gap = (room / lanes.all.len().max(1)).clamp(2, 4);
        let lanes_left_out = lanes.keep(room / gap);
        let ticks = events.last().map_or(1, |event| event.tick.to_string().len()).max(3);
        let times = events.iter().map(|event| time(event).chars().count()).max().unwrap_or(0);
        let marks = if style.charset == Charset::Ascii { &ASCII } else { &UNICODE };
        let text = String::new();
        Self { timeline, lanes, marks, text, width, ticks, times, gap, lanes_left_out }
    }

    /// A line per lane: its name, at the upper end of a line that leads down to the lane.
    fn head(&mut self) {
        for place in 0..self.lanes.all.len() {
            let before = format!("{:gap$}", self.marks.leader, gap = self.gap).repeat(place);
            let label = label(self.timeline, &self.lanes.all[place]);
            self.line(&format!("{}{before}{} {label}", self.margin(), self.marks.corner));
        }
    }

    fn margin(&self) -> String {
        let times = if self.times > 0 { self.times + 2 } else { 0 };
        " ".repeat(self.ticks + times + 2)
    }

    fn row(&mut self, play: &Play, event: &Event, depth: usize) {
        let lanes = self.lane_marks(play, event);
        // Nothing is ever drawn behind the last lane.
        let drawn = lanes.len().saturating_sub(self.gap - 1);
        let lanes: String = lanes[..drawn].iter().collect();
        let tick = event.tick;
        let mut line = format!("{tick:>ticks$}  ", ticks = self.ticks);
        if self.times > 0 {
            write!(line, "{:>times$}  ", time(event), times = self.times)
                .expect("a String takes everything");
        }
        let indent = "  ".repeat(depth.min(8));
        let sentence = self.timeline.sentence(event).replace(char::is_control, " ");
        self.line(&format!("{line}{lanes}  {indent}{sentence}"));
    }

    fn lane_marks(&self, play: &Play, event: &Event) -> Vec<char> {
        let mut line = vec![' '; self.lanes.all.len() * self.gap];
        for (place, lane) in self.lanes.all.iter().enumerate() {
            line[place * self.gap] = self.idle(play, lane);
        }
        let actor = self.lanes.place(Owner::actor(event));
        let task = event.task.and_then(|task| self.lanes.place(Owner::Task(task)));
        match (self.marks.of(event.kind, self.timeline.vocabulary), actor, task) {
            (Mark::Arrow(arrow), Some(from), Some(to)) if from != to => {
                self.arrow(&mut line, arrow, from, to);
            }
            (Mark::Arrow(arrow), _, Some(at)) => line[at * self.gap] = arrow.itself,
            (Mark::OnTask(mark), _, Some(at)) => line[at * self.gap] = mark,
            (Mark::OnActor(mark), Some(at), _) => line[at * self.gap] = mark,
            _ => {}
        }
        line
    }

    fn arrow(&self, line: &mut [char], arrow: &Arrow, from: usize, to: usize) {
        let (start, end) = (from * self.gap, to * self.gap);
        for (at, place) in line.iter_mut().enumerate() {
            if start.min(end) < at && at < start.max(end) {
                *place = if *place == ' ' { arrow.line } else { arrow.crossing };
            }
        }
        line[start] = if start < end { arrow.to_right } else { arrow.to_left };
        line[end] = if start < end { arrow.right } else { arrow.left };
    }

    fn idle(&self, play: &Play, lane: &Lane) -> char {
        match lane.owner {
            Owner::Thread(thread) if play.is_up(thread) => self.marks.leader,
            Owner::Thread(_) => ' ',
            Owner::Task(task) => match play.life(task) {
                Life::Absent | Life::Finished => ' ',
                Life::Runnable => self.marks.leader,
                Life::Polled => self.marks.polled,
                Life::Waiting => self.marks.waiting,
            },
        }
    }

    fn foot(&mut self, events: &[Event], left_out: u64) {
        let ellipsis = self.marks.ellipsis;
        if left_out > 0 {
            self.line(&format!("{ellipsis} {}, left out here", counted(left_out, "more event")));
        }
        if self.lanes_left_out > 0 {
            let left_out = counted(self.lanes_left_out as u64, "more lane");
            self.line(&format!("{ellipsis} {left_out}, too many for the width"));
        }
        self.line("");
        let mut line = String::new();
        for entry in self.marks.key(self.timeline.vocabulary, events) {
            if !line.is_empty() && line.chars().count() + 3 + entry.chars().count() > self.width {
                self.line(&std::mem::take(&mut line));
            }
            line.push_str(if line.is_empty() { "" } else { "   " });
            line.push_str(&entry);
        }
        self.line(&line);
    }

    /// Appends a line, cut to the width.
    fn line(&mut self, line: &str) {
        let line = line.trim_end();
        if line.chars().count() <= self.width {
            self.text.push_str(line);
        } else {
            let room = self.width - self.marks.ellipsis.chars().count();
            self.text.extend(line.chars().take(room));
            self.text.push_str(self.marks.ellipsis);
        }
        self.text.push('\n');
    }
}

/// What a lane is called at its head.
fn label(timeline: &Timeline, lane: &Lane) -> String {
    match (lane.owner, lane.parent) {
        (Owner::Thread(thread), _) => format!("{} (thread)", timeline.thread_name(thread)),
        (Owner::Task(task), Some(parent)) => {
            format!("{} (in {})", timeline.task_name(task), timeline.task_name(parent))
        }
        (Owner::Task(task), None) => {
            format!("{} ({})", timeline.task_name(task), noun(timeline, lane))
        }
    }
    .replace(char::is_control, " ")
}

fn time(event: &Event) -> String {
    event.time.map(|time| format!("{:.1} µs", time.as_secs_f64() * 1e6)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_comes_from_the_environment_or_is_a_usual_one() {
        let style = |terminal, set: &[(&str, &str)]| {
            let variable = |name: &str| {
                set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            };
            let style = TextStyle::for_output(terminal, variable);
            (style.width, style.charset)
        };
        assert_eq!(style(false, &[]), (100, Charset::Unicode));
        assert_eq!(style(true, &[("LANG", "en_GB.UTF-8")]), (80, Charset::Unicode));
        assert_eq!(style(true, &[("COLUMNS", "132"), ("LC_ALL", "C.utf8")]).0, 132);
        assert_eq!(style(true, &[("COLUMNS", "no number"), ("LC_ALL", "C.utf8")]).0, 80);
        #[cfg(unix)]
        assert_eq!(style(true, &[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]).1, Charset::Ascii);
    }
}
