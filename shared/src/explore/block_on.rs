/// Runs a future on a thread of the explorer: polls it, and sleeps until it is woken.
///
/// For scenarios of [`every_order`](super::every_order). A wake that is lost in some order leaves this thread asleep, and the
/// exploration ends with the words for that.
///
/// # Panics
///
/// If the future does, or outside an exploration.
///
/// ```
/// use std::task::Poll;
/// use shared::explore::{block_on, every_order, thread};
///
/// every_order(|| {
///     let mut polls = 0;
///     let woken_once = std::future::poll_fn(|cx| {
///         polls += 1;
///         let waker = cx.waker().clone();
///         if polls == 2 { Poll::Ready(polls) } else { thread::spawn(|| waker.wake()); Poll::Pending }
///     });
///     assert_eq!(block_on(woken_once), 2);
/// });
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    shuttle::future::block_on(future)
}
