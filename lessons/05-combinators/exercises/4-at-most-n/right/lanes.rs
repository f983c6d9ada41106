//! Right: `n` lanes. Each lane is an async block that takes an input, awaits it, and takes the next
//!   one, and all lanes run together.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

pub async fn at_most<F, I>(n: usize, inputs: I) -> Vec<F::Output>
where
    F: Future,
    I: Iterator<Item = F>,
{
    let inputs = RefCell::new(inputs.enumerate().fuse());
    let outputs = RefCell::new(Vec::new());
    let lane = || async {
        loop {
            // The borrow ends here, before the await.
            let next = inputs.borrow_mut().next();
            let Some((nth, input)) = next else { break };
            let output = input.await;
            outputs.borrow_mut().push((nth, output));
        }
    };
    let mut lanes: Vec<Pin<Box<dyn Future<Output = ()> + '_>>> = Vec::new();
    for _ in 0..n {
        lanes.push(Box::pin(lane()));
    }
    poll_fn(|cx| {
        lanes.retain_mut(|lane| lane.as_mut().poll(cx).is_pending());
        if lanes.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    drop(lanes);
    let mut outputs = outputs.into_inner();
    outputs.sort_by_key(|(nth, _)| *nth);
    outputs.into_iter().map(|(_, output)| output).collect()
}
