//! Right: an `async fn` around `poll_fn`, with no type and no pin of its own: the children are
//!   boxed trait objects.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

pub async fn join_all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut outputs: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    let mut running: Vec<(usize, Pin<Box<dyn Future<Output = F::Output> + '_>>)> = Vec::new();
    for (place, future) in futures.into_iter().enumerate() {
        running.push((place, Box::pin(future)));
    }
    poll_fn(|cx| {
        running.retain_mut(|(place, child)| match child.as_mut().poll(cx) {
            Poll::Ready(output) => {
                outputs[*place] = Some(output);
                false
            }
            Poll::Pending => true,
        });
        if running.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    outputs.into_iter().map(|output| output.expect("all are done")).collect()
}
