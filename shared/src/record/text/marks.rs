//! The characters that lanes are drawn with, and what they mean.

use super::super::{Event, Kind, Outcome, Vocabulary};

/// A set of characters.
pub(super) struct Marks {
    pub(super) corner: char,
    pub(super) leader: char,
    pub(super) polled: char,
    pub(super) waiting: char,
    pub(super) poll: Arrow,
    pub(super) wake: Arrow,
    pub(super) spawn: Arrow,
    pub(super) park: char,
    pub(super) unpark: char,
    pub(super) ellipsis: &'static str,
}

pub(super) struct Arrow {
    pub(super) to_right: char,
    pub(super) to_left: char,
    pub(super) line: char,
    pub(super) crossing: char,
    pub(super) right: char,
    pub(super) left: char,
    pub(super) itself: char,
}

pub(super) enum Mark<'a> {
    Arrow(&'a Arrow),
    OnTask(char),
    OnActor(char),
}

pub(super) static UNICODE: Marks = Marks {
    corner: '┌',
    leader: '│',
    polled: '┃',
    waiting: '┊',
    poll: Arrow {
        to_right: '├',
        to_left: '┤',
        line: '─',
        crossing: '┼',
        right: '▶',
        left: '◀',
        itself: '▶',
    },
    wake: Arrow {
        to_right: '╞',
        to_left: '╡',
        line: '═',
        crossing: '╪',
        right: '▷',
        left: '◁',
        itself: '↻',
    },
    spawn: Arrow {
        to_right: '├',
        to_left: '┤',
        line: '╌',
        crossing: '┼',
        right: '○',
        left: '○',
        itself: '○',
    },
    park: '┴',
    unpark: '┬',
    ellipsis: "…",
};

pub(super) static ASCII: Marks = Marks {
    corner: '.',
    leader: '|',
    polled: '#',
    waiting: ':',
    poll: Arrow {
        to_right: '+',
        to_left: '+',
        line: '-',
        crossing: '-',
        right: '>',
        left: '<',
        itself: '>',
    },
    wake: Arrow {
        to_right: '*',
        to_left: '*',
        line: '=',
        crossing: '=',
        right: '>',
        left: '<',
        itself: '@',
    },
    spawn: Arrow {
        to_right: '+',
        to_left: '+',
        line: '.',
        crossing: '.',
        right: 'o',
        left: 'o',
        itself: 'o',
    },
    park: 'v',
    unpark: '^',
    ellipsis: "...",
};

impl Marks {
    pub(super) fn of(&self, kind: Kind, vocabulary: Vocabulary) -> Mark<'_> {
        match kind {
            Kind::Spawn => Mark::Arrow(&self.spawn),
            Kind::PollBegin => Mark::Arrow(&self.poll),
            Kind::Wake => Mark::Arrow(&self.wake),
            Kind::PollEnd(outcome) => Mark::OnTask(letter(outcome, vocabulary)),
            Kind::Drop => Mark::OnTask('x'),
            Kind::WakerCloned => Mark::OnActor('c'),
            Kind::Park => Mark::OnActor(self.park),
            Kind::Unpark => Mark::OnActor(self.unpark),
            Kind::TimerSet(_) => Mark::OnActor('t'),
            Kind::TimerFired(_) => Mark::OnActor('T'),
            Kind::Interest => Mark::OnActor('i'),
            Kind::Readiness => Mark::OnActor('I'),
            Kind::Note => Mark::OnActor('"'),
        }
    }

    /// What the marks mean: those that occur among the events.
    pub(super) fn key(&self, vocabulary: Vocabulary, events: &[Event]) -> Vec<String> {
        let drawn = |arrow: &Arrow| {
            let Arrow { to_right, line, right, .. } = arrow;
            format!("{to_right}{line}{line}{right}")
        };
        let mark = |mark: char| mark.to_string();
        let [polls, running, pending, waits, ready] = match vocabulary {
            Vocabulary::Futures => ["polls", "in its poll", "Pending", "waits", "Ready"],
            Vocabulary::Coroutines => ["resumes", "runs", "yields", "stands still", "complete"],
        };
        let key = [
            ("spawn", drawn(&self.spawn), "spawns"),
            ("poll", drawn(&self.poll), polls),
            ("poll", mark(self.polled), running),
            ("pending", mark(letter(Outcome::Pending, vocabulary)), pending),
            ("pending", mark(self.waiting), waits),
            ("ready", mark(letter(Outcome::Ready, vocabulary)), ready),
            ("panicked", mark(letter(Outcome::Panicked, vocabulary)), "panics"),
            ("clone", mark('c'), "keeps a waker"),
            ("wake", drawn(&self.wake), "wakes"),
            ("park", mark(self.park), "parks"),
            ("unpark", mark(self.unpark), "awake again"),
            ("timer-set", mark('t'), "sets a timer"),
            ("timer-fired", mark('T'), "timer fires"),
            ("interest", mark('i'), "interest"),
            ("readiness", mark('I'), "readiness"),
            ("drop", mark('x'), "dropped"),
            ("note", mark('"'), "says"),
        ];
        let occurs = |word: &str| events.iter().any(|event| event.kind.word() == word);
        key.into_iter()
            .filter(|(word, ..)| occurs(word))
            .map(|(_, mark, meaning)| format!("{mark} {meaning}"))
            .collect()
    }
}

/// The letter by which the end of a poll is known, in the text as in the picture.
pub(in super::super) fn letter(outcome: Outcome, vocabulary: Vocabulary) -> char {
    match (outcome, vocabulary) {
        (Outcome::Ready, Vocabulary::Futures) => 'R',
        (Outcome::Pending, Vocabulary::Futures) => 'P',
        (Outcome::Ready, Vocabulary::Coroutines) => 'C',
        (Outcome::Pending, Vocabulary::Coroutines) => 'Y',
        (Outcome::Panicked, _) => '!',
    }
}
