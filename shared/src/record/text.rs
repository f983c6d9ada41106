use std::fmt::Write;

use super::{Event, Kind, Outcome, Timeline};

impl Timeline {
    /// Writes the recording as lines of text: tick, thread, task, and what happened.
    ///
    /// Columns are as wide as their widest entry. An empty recording gives one line that says so.
    pub fn to_text(&self) -> String {
        if self.events.is_empty() {
            return "nothing was recorded\n".to_owned();
        }
        let widest =
            |names: &[String]| names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
        let (threads, tasks) = (widest(&self.threads), widest(&self.tasks));
        let ticks = self.events.last().map_or(0, |event| event.tick.to_string().len());
        let mut text = String::new();
        for event in &self.events {
            let thread = self.thread_name(event.thread);
            let task = event.task.map_or("", |task| self.task_name(task));
            let what = self.describe(event);
            writeln!(text, "{:>ticks$}  {thread:threads$}  {task:tasks$}  {what}", event.tick)
                .expect("a String takes everything");
        }
        text
    }

    /// Says in words what an event is.
    pub(super) fn describe(&self, event: &Event) -> String {
        match &event.kind {
            Kind::Spawn => "spawned".into(),
            Kind::PollBegin => "poll begins".into(),
            Kind::PollEnd(Outcome::Ready) => "poll ends: Ready".into(),
            Kind::PollEnd(Outcome::Pending) => "poll ends: Pending".into(),
            Kind::PollEnd(Outcome::Panicked) => "poll ends: panicked".into(),
            Kind::WakerCloned => "waker cloned".into(),
            Kind::Wake { by: Some(task) } => format!("woken by {}", self.task_name(*task)),
            Kind::Wake { by: None } => {
                format!("woken from thread {}", self.thread_name(event.thread))
            }
            Kind::Park => "thread parks".into(),
            Kind::Unpark => "thread unparks".into(),
            Kind::TimerSet(deadline) => format!("timer set to {deadline:?}"),
            Kind::TimerFired(deadline) => format!("timer of {deadline:?} fires"),
            Kind::Interest(source) => format!("wants to hear of {source}"),
            Kind::Readiness(source) => format!("{source} is ready"),
            Kind::Drop => "dropped".into(),
            Kind::Note(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Recorder;
    use super::*;

    #[test]
    fn an_empty_recording_says_so() {
        assert_eq!(Recorder::new().timeline().to_text(), "nothing was recorded\n");
        assert_eq!(Recorder::off().timeline().to_text(), "nothing was recorded\n");
    }

    #[test]
    fn columns_are_aligned_and_wakes_name_their_source() {
        let recorder = Recorder::new();
        let (a, consumer) = (recorder.task("a"), recorder.task("consumer"));
        recorder.record(Some(consumer), Kind::PollEnd(Outcome::Pending));
        recorder.record(Some(consumer), Kind::Wake { by: Some(a) });
        recorder.record(None, Kind::Park);
        let timeline = recorder.timeline();
        let thread = &timeline.threads[0];
        let expected = [
            format!("0  {thread}  consumer  poll ends: Pending"),
            format!("1  {thread}  consumer  woken by a"),
            format!("2  {thread}            thread parks"),
        ];
        assert_eq!(timeline.to_text().lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn threads_are_told_apart() {
        let recorder = Recorder::new();
        recorder.record(None, Kind::Park);
        let helper = std::thread::Builder::new().name("helper".into());
        let clone = recorder.clone();
        helper.spawn(move || clone.record(None, Kind::Unpark)).unwrap().join().unwrap();
        let timeline = recorder.timeline();
        assert_eq!(timeline.threads.len(), 2);
        assert_eq!(timeline.threads[1], "helper");
        assert_eq!(timeline.events[1].thread.0, 1);
    }

    #[test]
    fn a_note_costs_nothing_when_off() {
        Recorder::off().note(None, || panic!("built although the recorder is off"));
    }
}
