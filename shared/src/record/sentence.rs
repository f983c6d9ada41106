use super::{Event, Kind, Outcome, Timeline, Vocabulary};

impl Timeline {
    /// Says in words what an event is: `producer wakes consumer`.
    pub fn sentence(&self, event: &Event) -> String {
        let task = event.task.map_or("?", |task| self.task_name(task));
        let actor = self.actor(event);
        let text = event.text.as_deref();
        let it = if event.within.is_some() && event.within == event.task { "itself" } else { task };
        match event.kind {
            Kind::Spawn => format!("{actor} spawns {task}"),
            Kind::PollBegin => self.begin(&actor, task, text),
            Kind::PollEnd(outcome) => self.end(task, outcome, text),
            Kind::WakerCloned if it == "itself" => format!("{task} clones its waker"),
            Kind::WakerCloned => format!("{actor} clones {task}'s waker"),
            Kind::Wake => format!("{actor} wakes {it}"),
            Kind::Park => format!("{actor} parks"),
            Kind::Unpark => format!("{actor} is awake again"),
            Kind::TimerSet(deadline) => format!("{actor} sets {} to {deadline:?}", timer(text)),
            Kind::TimerFired(deadline) => format!("{} fires, due at {deadline:?}", timer(text)),
            Kind::Interest => format!("{actor} registers interest in {}", text.unwrap_or("?")),
            Kind::Readiness => format!("{} is ready", text.unwrap_or("?")),
            Kind::Drop => format!("{task} is dropped"),
            Kind::Note => format!("{actor}: {}", text.unwrap_or_default()),
        }
    }

    /// Who did it: the task in whose poll it happened, or else the thread.
    fn actor(&self, event: &Event) -> String {
        if let Some(actor) = event.actor() {
            return self.task_name(actor).to_owned();
        }
        let thread = self.thread_name(event.thread);
        // A thread is mostly told by its name alone. Not where the task that it does something to
        // has the same.
        let is_shared = event.task.is_some_and(|task| self.task_name(task) == thread);
        if is_shared { format!("thread {thread}") } else { thread.to_owned() }
    }

    fn begin(&self, actor: &str, task: &str, sent: Option<&str>) -> String {
        let verb = match self.vocabulary {
            Vocabulary::Futures => "polls",
            Vocabulary::Coroutines => "resumes",
        };
        let with = sent.map(|sent| format!(" with {sent}")).unwrap_or_default();
        format!("{actor} {verb} {task}{with}")
    }

    fn end(&self, task: &str, outcome: Outcome, value: Option<&str>) -> String {
        let in_brackets = value.map(|value| format!("({value})")).unwrap_or_default();
        let value = value.unwrap_or_default();
        match (self.vocabulary, outcome) {
            (_, Outcome::Panicked) => format!("{task} panics"),
            (Vocabulary::Futures, Outcome::Ready) => format!("{task} returns Ready{in_brackets}"),
            (Vocabulary::Futures, Outcome::Pending) => format!("{task} returns Pending"),
            (Vocabulary::Coroutines, Outcome::Ready) if value.is_empty() => {
                format!("{task} is complete")
            }
            (Vocabulary::Coroutines, Outcome::Ready) => format!("{task} is complete: {value}"),
            (Vocabulary::Coroutines, Outcome::Pending) if value.is_empty() => {
                format!("{task} yields")
            }
            (Vocabulary::Coroutines, Outcome::Pending) => format!("{task} yields {value}"),
        }
    }
}

/// A timer by its name: `timer a`, and for one without a name `a timer`.
fn timer(name: Option<&str>) -> String {
    match name {
        None | Some("") => "a timer".into(),
        Some(name) => format!("timer {name}"),
    }
}

impl Kind {
    /// The kind as a word for programs, as it stands in the JSON and in the picture.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Spawn => "spawn",
            Kind::PollBegin => "poll",
            Kind::PollEnd(Outcome::Ready) => "ready",
            Kind::PollEnd(Outcome::Pending) => "pending",
            Kind::PollEnd(Outcome::Panicked) => "panicked",
            Kind::WakerCloned => "clone",
            Kind::Wake => "wake",
            Kind::Park => "park",
            Kind::Unpark => "unpark",
            Kind::TimerSet(_) => "timer-set",
            Kind::TimerFired(_) => "timer-fired",
            Kind::Interest => "interest",
            Kind::Readiness => "readiness",
            Kind::Drop => "drop",
            Kind::Note => "note",
        }
    }
}
