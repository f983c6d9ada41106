use std::fmt;
use std::task::{Context, Poll};

use super::WakerProbe;
use crate::base::times;

/// Two tasks, and an order in which they poll one future before the event comes that it waits for.
///
/// The task that polled last is the one that waits, and has to be woken. An answer that gets this
/// right for "A, then B" may still get it wrong when one task polls twice, or when a task comes
/// back, so a check runs its scenario with each of [`Pollers::orders`].
///
/// ```
/// use std::task::{Poll, Waker};
/// use shared::probe::Pollers;
///
/// for pollers in Pollers::orders() {
///     let mut waiting: Option<Waker> = None;
///     pollers.poll(|cx| {
///         waiting = Some(cx.waker().clone());
///         Poll::<()>::Pending
///     });
///     waiting.take().expect("it was polled").wake();
///     pollers.expect_last_woken("the value was sent");
/// }
/// ```
#[derive(Debug)]
pub struct Pollers {
    order: &'static [Task],
    tasks: [WakerProbe; 2],
}

/// One of the two tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    A,
    B,
}

use Task::{A, B};

/// Each task alone, the same task again, a move, a move that is polled again, and a way back.
const ORDERS: [&[Task]; 8] =
    [&[A], &[A, A], &[A, A, A], &[A, B], &[A, A, B], &[A, B, B], &[A, B, A], &[A, B, A, B]];

impl Pollers {
    /// The orders that a check tries, the simplest first. Each has two tasks that nobody has used.
    pub fn orders() -> impl Iterator<Item = Self> {
        ORDERS.into_iter().map(|order| Self { order, tasks: Default::default() })
    }

    /// Calls `poll` once for each step of the order, with the waker of the task whose turn it is.
    ///
    /// What the tasks were woken for before this does not count any more.
    ///
    /// # Panics
    ///
    /// If a poll returns `Ready`: nothing has come yet that the future could have waited for.
    #[track_caller]
    pub fn poll<T>(&self, mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) {
        for (step, &task) in self.order.iter().enumerate() {
            let polled = poll(&mut Context::from_waker(&self.probe(task).waker()));
            assert!(
                polled.is_pending(),
                "{}: the last of these polls returned Ready, and nothing has come yet that it could \
                 have waited for",
                told(&self.order[..=step])
            );
        }
        for task in &self.tasks {
            task.take_woken();
        }
    }

    /// Says that `event` has come, and judges whether the task that polled last was woken for it.
    /// Whether the other task was woken as well does not matter.
    ///
    /// # Panics
    ///
    /// If it was not woken since [`poll`](Self::poll) returned.
    #[track_caller]
    pub fn expect_last_woken(&self, event: &str) {
        let (last, other) = (self.last(), self.last().other());
        let other_woken = self.probe(other).take_woken();
        assert!(
            self.probe(last).take_woken(),
            "{self}, and told Pending each time. Then {event}. {last:?} polled last and waits, and \
             its waker was not called{}: {last:?} is never polled again",
            if other_woken { format!(" ({other:?}'s was)") } else { String::new() }
        );
    }

    /// Returns the probe of the task that polls last.
    pub fn last_probe(&self) -> &WakerProbe {
        self.probe(self.last())
    }

    /// Returns how many clones of the two tasks' wakers are alive: 0 once nothing is kept.
    pub fn alive(&self) -> u64 {
        self.tasks.iter().map(WakerProbe::alive).sum()
    }

    fn last(&self) -> Task {
        *self.order.last().expect("no order is empty")
    }

    fn probe(&self, task: Task) -> &WakerProbe {
        &self.tasks[task as usize]
    }
}

/// Says who polled, in order: "polled by A twice, then by B".
impl fmt::Display for Pollers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&told(self.order))
    }
}

impl Task {
    fn other(self) -> Self {
        match self {
            A => B,
            B => A,
        }
    }
}

fn told(order: &[Task]) -> String {
    let mut seen = [false; 2];
    let turns: Vec<_> = order
        .chunk_by(PartialEq::eq)
        .map(|turn| {
            let task = turn[0];
            let again =
                if std::mem::replace(&mut seen[task as usize], true) { " again" } else { "" };
            match turn.len() {
                1 => format!("by task {task:?}{again}"),
                polls => format!("by task {task:?}{again} {}", times(polls as u64)),
            }
        })
        .collect();
    format!("polled {}", turns.join(", then "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::task::Waker;

    /// Runs every order against a keeper of wakers, and returns what was said of those that fail.
    fn failures(mut keep: impl FnMut(&mut Vec<Waker>, &Waker)) -> Vec<String> {
        let mut said = Vec::new();
        for pollers in Pollers::orders() {
            let mut kept = Vec::new();
            pollers.poll(|cx| {
                keep(&mut kept, cx.waker());
                Poll::<()>::Pending
            });
            kept.drain(..).for_each(Waker::wake);
            let judged =
                catch_unwind(AssertUnwindSafe(|| pollers.expect_last_woken("the value came")));
            said.extend(judged.err().map(|panic| {
                panic.downcast_ref::<String>().expect("it panics with words").clone()
            }));
        }
        said
    }

    #[test]
    fn the_newest_waker_satisfies_every_order() {
        let newest = failures(|kept, waker| *kept = vec![waker.clone()]);
        assert_eq!(newest, [""; 0]);
    }

    #[test]
    fn every_waker_satisfies_every_order() {
        assert_eq!(failures(|kept, waker| kept.push(waker.clone())), [""; 0]);
    }

    #[test]
    fn the_first_waker_is_the_wrong_one_after_a_move() {
        let said = failures(|kept, waker| {
            if kept.is_empty() {
                kept.push(waker.clone());
            }
        });
        assert_eq!(
            said[0],
            "polled by task A, then by task B, and told Pending each time. Then the value came. B \
             polled last and waits, and its waker was not called (A's was): B is never polled again"
        );
        assert_eq!(said.len(), 4, "{said:#?}");
    }

    #[test]
    fn a_waker_that_goes_when_its_task_polls_again_is_noticed() {
        let said = failures(|kept, waker| {
            if kept.last().is_some_and(|one| one.will_wake(waker)) {
                kept.clear();
            } else {
                *kept = vec![waker.clone()];
            }
        });
        assert!(said[0].starts_with("polled by task A twice, and told Pending"), "{said:#?}");
    }

    #[test]
    fn a_way_back_that_is_forgotten_is_noticed() {
        let mut order = Vec::new();
        let said = failures(|kept, waker| {
            // Wakes the task that came last for the first time, and forgets that the other came
            // back.
            if kept.is_empty() {
                order.clear();
            }
            if !order.iter().any(|one: &Waker| one.will_wake(waker)) {
                order.push(waker.clone());
                *kept = vec![waker.clone()];
            }
        });
        assert_eq!(said.len(), 1, "{said:#?}");
        assert!(
            said[0].starts_with("polled by task A, then by task B, then by task A again, and"),
            "{said:#?}"
        );
    }

    #[test]
    fn a_wake_from_before_the_event_does_not_count() {
        let pollers = Pollers::orders().next().expect("there are orders");
        pollers.poll(|cx| {
            cx.waker().wake_by_ref();
            Poll::<()>::Pending
        });
        let judged = catch_unwind(AssertUnwindSafe(|| pollers.expect_last_woken("it came")));
        assert!(judged.is_err());
        assert_eq!(pollers.alive(), 0);
    }
}
