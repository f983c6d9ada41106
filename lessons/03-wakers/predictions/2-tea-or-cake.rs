//! A guest, one task, takes what comes first: tea or cake. On another thread, a baker waits until
//! the guest's thread sleeps, and sends the cake.
//!
//! In which order do the three notes come?

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::thread;

use shared::record::{Kind, Recorder, Run, timeline_if_asked};
use wakers::{block_on, oneshot};

fn main() {
    let title = "A wake is for the task, not for a future in it";
    timeline_if_asked(&[Run { name: "tea-or-cake", title, record: &tea_or_cake }]);
    println!("Predict it first: cargo course predict wakers/tea-or-cake");
}

// ANCHOR: shown
fn tea_or_cake(recorder: &Recorder) {
    let (_tea_sender, tea) = oneshot::channel::<&str>();
    let (cake_sender, cake) = oneshot::channel();
    let mut tea = recorder.future("tea", again(recorder, "1: tea is polled again", tea));
    let mut cake = recorder.future("cake", again(recorder, "2: cake is polled again", cake));
    let guest = poll_fn(|cx| match Pin::new(&mut tea).poll(cx) {
        Poll::Pending => Pin::new(&mut cake).poll(cx),
        ready => ready,
    });
    let guest = recorder.future("guest", guest);

    thread::scope(|scope| {
        scope.spawn(|| {
            recorder.wait_for(|event| event.kind == Kind::Park);
            recorder.name_thread("baker");
            recorder.note(|| "3: the baker is about to send the cake".into());
            cake_sender.send("cake")
        });
        let received = recorder.on_this_thread(|| block_on(guest));
        assert_eq!(received, Ok("cake"));
    });
}
// ANCHOR_END: shown

/// The same future. At its second poll it says what it was told to say.
fn again<F: Future + Unpin>(
    recorder: &Recorder,
    note: &'static str,
    mut future: F,
) -> impl Future<Output = F::Output> + Unpin {
    let mut polls = 0;
    poll_fn(move |cx| {
        polls += 1;
        if polls == 2 {
            recorder.note(|| note.into());
        }
        Pin::new(&mut future).poll(cx)
    })
}
