//! What a lane looks like on its way down.

use super::super::Event;
use super::super::lanes::{Life, Owner, Play};
use super::layout::Layout;
use crate::base::canvas::Canvas;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Nothing,
    /// A thread that is not asleep.
    Up,
    Parked,
    Runnable,
    Waiting,
    /// On a thread's stack of polls: the innermost of them has control.
    Polled {
        in_control: bool,
    },
}

pub(super) struct Path {
    /// Where it is first heard of; above, a thin line leads up to the label.
    pub(super) begin: i32,
    pieces: Vec<(Look, i32, i32)>,
}

/// The path of each lane.
pub(super) fn paths(layout: &Layout<'_>) -> Vec<Path> {
    let mut play = Play::default();
    let bottom = layout.bottom();
    let mut open: Vec<(Look, i32)> = vec![(Look::Nothing, 0); layout.lanes.all.len()];
    let mut paths: Vec<Path> =
        open.iter().map(|_| Path { begin: bottom, pieces: Vec::new() }).collect();
    for row in &layout.rows {
        play.play(row.event);
        let lanes = layout.lanes.all.iter().zip(&mut paths).zip(&mut open);
        for ((lane, path), (look, since)) in lanes {
            if lane.owner.is_of(row.event) {
                path.begin = path.begin.min(row.y);
            }
            let now = look_of(lane.owner, &play, row.event, *look);
            if now != *look {
                path.pieces.push((*look, *since, row.y));
                (*look, *since) = (now, row.y);
            }
        }
    }
    for (path, (look, since)) in paths.iter_mut().zip(open) {
        path.pieces.push((look, since, bottom));
    }
    paths
}

fn look_of(owner: Owner, play: &Play, event: &Event, before: Look) -> Look {
    let task = match owner {
        Owner::Thread(thread) if play.is_up(thread) => return Look::Up,
        Owner::Thread(thread) if play.is_known(thread) => return Look::Parked,
        Owner::Thread(_) => return Look::Nothing,
        Owner::Task(task) => task,
    };
    match play.life(task) {
        Life::Absent | Life::Finished => Look::Nothing,
        Life::Runnable => Look::Runnable,
        Life::Waiting => Look::Waiting,
        Life::Polled => {
            let polling = play.polling(event.thread);
            // What one thread does changes nothing about who has control on another.
            let in_control = match polling.contains(&task) {
                true => polling.last() == Some(&task),
                false => before == Look::Polled { in_control: true },
            };
            Look::Polled { in_control }
        }
    }
}

impl Path {
    pub(super) fn draw(&self, canvas: &mut Canvas, x: i32) {
        for &(look, from, to) in &self.pieces {
            match look {
                Look::Nothing => {}
                Look::Up => canvas.thread(x, from, to),
                Look::Parked => canvas.asleep(x, from, to),
                Look::Runnable => canvas.runnable(x, from, to),
                Look::Waiting => canvas.waits(x, from, to),
                Look::Polled { in_control } => canvas.polled(x, from, to, in_control),
            }
        }
    }
}
