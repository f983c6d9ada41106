//! The scenes about futures that are in flight a few at a time.

use std::cell::Cell;
use std::future::Future;

use combinators::{Unordered, buffered, join};
use shared::narrate::VirtualClock;
use shared::narrate::{fact, say, scene, table};
use shared::probe::{Journal, Report};
use wakers::oneshot;

use crate::{run, wait};

// ANCHOR: few
pub fn a_few_at_a_time() {
    scene("A few at a time");
    say("Six waits, of 4, 1, 1, 2, 1 and 1 seconds, so many at a time:");
    table(&["limit", "at most in flight", "seconds", "order"], &[1, 2, 3, 6].map(few));

    let (clock, in_flight) = (VirtualClock::new(), Cell::new((0, 0)));
    let mut order = Vec::new();
    let mut set: Unordered<_> = numbered(&clock, &in_flight).collect();
    let all = async {
        while let Some(number) = set.next().await {
            order.push(number);
        }
    };
    run(&clock, all).expect_ready();
    fact("the order in which they finish", format_args!("{order:?}"));
}

fn few(limit: usize) -> Vec<String> {
    let (clock, in_flight) = (VirtualClock::new(), Cell::new((0, 0)));
    let mut order = Vec::new();
    let mut values = buffered(limit, numbered(&clock, &in_flight));
    let all = async {
        while let Some(number) = values.next().await {
            order.push(number);
        }
    };
    run(&clock, all).expect_ready();
    let (_, most) = in_flight.get();
    let seconds = clock.now().as_secs();
    vec![limit.to_string(), most.to_string(), seconds.to_string(), format!("{order:?}")]
}

/// Waits that give their number, and count how many of them are in flight: now, and at most.
fn numbered(
    clock: &VirtualClock,
    in_flight: &Cell<(u32, u32)>,
) -> impl Iterator<Item = impl Future<Output = usize>> {
    [4, 1, 1, 2, 1, 1].into_iter().enumerate().map(move |(number, seconds)| async move {
        let (now, most) = in_flight.get();
        in_flight.set((now + 1, most.max(now + 1)));
        wait(clock, seconds).await;
        let (now, most) = in_flight.get();
        in_flight.set((now - 1, most));
        number
    })
}
// ANCHOR_END: few

// ANCHOR: nobody-polls
pub fn while_nobody_polls() {
    scene("While nobody polls");
    say("Four pages, two at a time. Each is fetched in 2 seconds, and rendered in 10.");
    let world = World::default();
    run(&world.clock, world.the_body_awaits()).expect_ready();
    world.journal.entries().iter().for_each(|entry| say(format_args!("  {entry}")));

    let joined = World::default();
    run(&joined.clock, joined.the_next_is_joined()).expect_ready();
    let in_the_futures = World::default();
    run(&in_the_futures.clock, in_the_futures.the_work_is_in_the_futures()).expect_ready();
    let row =
        |what: &str, world: &World| vec![what.to_owned(), world.clock.now().as_secs().to_string()];
    let rows = [
        row("the body of the loop renders", &world),
        row("rendering is joined with the next fetch", &joined),
        row("the futures render, too", &in_the_futures),
    ];
    table(&["how", "seconds"], &rows);
}

/// A clock, and what happened when.
#[derive(Default)]
struct World {
    clock: VirtualClock,
    journal: Journal,
}

impl World {
    fn note(&self, what: &str, page: u32) {
        let second = self.clock.now().as_secs();
        self.journal.note(format_args!("{second:>2} s: page {page} {what}"));
    }

    async fn fetch(&self, page: u32) -> u32 {
        self.note("is asked for", page);
        wait(&self.clock, 2).await;
        self.note("is here", page);
        page
    }

    async fn render(&self, page: u32) {
        wait(&self.clock, 10).await;
        self.note("is rendered", page);
    }

    async fn the_body_awaits(&self) {
        let mut pages = buffered(2, (1..=4).map(|page| self.fetch(page)));
        while let Some(page) = pages.next().await {
            self.render(page).await;
        }
    }

    async fn the_next_is_joined(&self) {
        let mut pages = buffered(2, (1..=4).map(|page| self.fetch(page)));
        let mut next = pages.next().await;
        while let Some(page) = next {
            (next, _) = join(pages.next(), self.render(page)).await;
        }
    }

    async fn the_work_is_in_the_futures(&self) {
        let whole = async |page| self.render(self.fetch(page).await).await;
        let mut pages = buffered(2, (1..=4).map(whole));
        while pages.next().await.is_some() {}
    }
}
// ANCHOR_END: nobody-polls

// ANCHOR: large-inputs
pub fn only_large_inputs_hang() {
    scene("Only large inputs hang");
    say("Two pages at a time. To render one, its title and that of the page after it are needed.");
    for pages in 1..=2 {
        let clock = VirtualClock::new();
        let report: Report<()> = run(&clock, render_with_titles(&clock, pages));
        say(format_args!("  pages: {pages}\n    {report}"));
    }
}

async fn render_with_titles(clock: &VirtualClock, pages: u32) {
    let (senders, titles): (Vec<_>, Vec<_>) = (1..=pages).map(|_| oneshot::channel()).unzip();
    let fetch = async |(page, sender): (u32, oneshot::Sender<u32>)| {
        wait(clock, page).await;
        // Nobody needs the title of the first page.
        let _ = sender.send(page);
    };
    let mut fetched = buffered(2, (1..).zip(senders).map(fetch));
    let mut titles_after = titles.into_iter().skip(1);
    while fetched.next().await.is_some() {
        if let Some(title) = titles_after.next() {
            title.await.expect("the page after this one is being fetched");
        }
    }
}
// ANCHOR_END: large-inputs
