//! What the tests stand on: read `../check.rs` first.

use super::*;

#[global_allocator]
pub static ALLOCATOR: CountingAllocator = CountingAllocator;

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A `u64`.
    Number,
    /// `async { pause().await }`: the value itself, which is a future.
    AsyncBlock,
    /// `async { 7 }`: it never waits.
    AsyncBlockWithoutAwait,
    /// `&mut future`, of an async block.
    ReferenceToAsyncBlock,
    /// `Box::new(future)`, of an async block.
    BoxOfAsyncBlock,
    /// `Box::pin(future)`, of an async block.
    PinnedBoxOfAsyncBlock,
    /// `Some(future)`, of an async block.
    OptionOfAsyncBlock,
    /// `Scripted`, a future that somebody wrote as a struct: numbers, a log behind an `Arc`, and a
    /// value.
    FutureByHand,
    /// `Job { name, future }` with an async block in it.
    JobWithAsyncBlock,
    /// `Job { name, future }` with a `Box::pin(future)` in it.
    JobWithPinnedBox,
}

/// Whether a value may be moved once it is pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may: its type is `Unpin`.
    MayMove(Why),
    /// It may not.
    Stays(Why),
}

/// Why it may, or may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Each of its parts may be moved, and it was not written by the compiler from an async body.
    AllItsPartsMay,
    /// It is a pointer: moving it does not move what it points to.
    ItOnlyPoints,
    /// The compiler made it from an async body, and does not look whether it points into itself.
    ItIsAsync,
    /// A part that lies in it has to stay.
    ItHasAPartThatStays,
}

/// An ordinary struct.
#[allow(dead_code, reason = "its type is looked at, and not its fields")]
pub struct Job<F> {
    pub(super) name: String,
    pub(super) future: F,
}

pub async fn pause() {
    let mut is_first = true;
    let wait = |_: &mut Context<'_>| match std::mem::take(&mut is_first) {
        true => Poll::Pending,
        false => Poll::Ready(()),
    };
    poll_fn(wait).await;
}

/// Every value, and what the compiler says about it.
pub fn values() -> [(Value, bool); 10] {
    let block = || async { pause().await };
    let name = String::new;
    [
        (Value::Number, is_unpin!(7_u64)),
        (Value::AsyncBlock, is_unpin!(block())),
        (Value::AsyncBlockWithoutAwait, is_unpin!(async { 7 })),
        (Value::ReferenceToAsyncBlock, is_unpin!(&mut block())),
        (Value::BoxOfAsyncBlock, is_unpin!(Box::new(block()))),
        (Value::PinnedBoxOfAsyncBlock, is_unpin!(Box::pin(block()))),
        (Value::OptionOfAsyncBlock, is_unpin!(Some(block()))),
        (Value::FutureByHand, is_unpin!(Scripted::new("by hand", 0, 7).0)),
        (Value::JobWithAsyncBlock, is_unpin!(Job { name: name(), future: block() })),
        (Value::JobWithPinnedBox, is_unpin!(Job { name: name(), future: Box::pin(block()) })),
    ]
}

/// The reason, and what is said to somebody who has another.
pub fn why(value: Value) -> (Why, &'static str) {
    match value {
        Value::Number => (Why::AllItsPartsMay, "there is nothing in it that could point anywhere"),
        Value::AsyncBlock => (
            Why::ItIsAsync,
            "its locals live in it from one poll to the next, and one may be a reference to another: moved, that one points to the old place",
        ),
        Value::AsyncBlockWithoutAwait => (
            Why::ItIsAsync,
            "it would do no harm to move this one, but the compiler does not look into the body: every async block stays, so that adding an \
             await does not change its type",
        ),
        Value::ReferenceToAsyncBlock => (
            Why::ItOnlyPoints,
            "a reference is eight bytes with an address in them. They can be copied anywhere, and the future stays where it is",
        ),
        Value::BoxOfAsyncBlock => (
            Why::ItOnlyPoints,
            "a box is the address of a place on the heap. Moving the box moves the address. (It is not pinned, so the future cannot be polled in it \
             yet: that is another question)",
        ),
        Value::PinnedBoxOfAsyncBlock => (
            Why::ItOnlyPoints,
            "what is pinned is the future on the heap, and not the box. This is what one hands about when a future must stay",
        ),
        Value::OptionOfAsyncBlock => (
            Why::ItHasAPartThatStays,
            "the future lies within the option, so it moves along with it. `take` moves it out",
        ),
        Value::FutureByHand => (
            Why::AllItsPartsMay,
            "it was written by hand, of parts that may all be moved, and it points nowhere into itself. `Unpin` is derived from the fields, and \
             a future is no exception",
        ),
        Value::JobWithAsyncBlock => (
            Why::ItHasAPartThatStays,
            "the future lies within the struct, so it moves along with it. `Unpin` is derived from the fields",
        ),
        Value::JobWithPinnedBox => (
            Why::AllItsPartsMay,
            "its parts are a string and a box, and both may be moved. `Unpin` is derived from the fields: it is the box that is a pointer, not the job",
        ),
    }
}

/// Runs a test, and ends it in words if it does not end by itself.
#[track_caller]
pub fn limited(what: &str, test: fn()) {
    watchdog(Duration::from_secs(5), what, test);
}

pub const RUN: &str = "`run`, which is to poll again also when nobody wakes its task,";

/// Says so if the future, which wakes its task at each `Pending`, has woken somebody else.
#[track_caller]
pub fn expect_wakes(task: &WakerProbe, who: &str, pending: u64) {
    assert!(
        task.wakes() == pending,
        "the future called the waker that it was given {}, and the task that called {who} was woken {}. Hand the future the `cx` that you are \
         given: it is the only way back to that task",
        times(pending),
        times(task.wakes())
    );
}

pub fn noop() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

/// Something that may be a future that can be polled, moved, and polled again. As in `is_unpin!`,
/// the type's own method is there only if it is one.
pub struct Perhaps<T>(pub T);

#[allow(dead_code, reason = "which of the two is used depends on the answer")]
impl<T: Future<Output = u32> + Unpin> Perhaps<T> {
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Option<Poll<u32>> {
        Some(Pin::new(&mut self.0).poll(cx))
    }
}

#[allow(dead_code, reason = "which of the two is used depends on the answer")]
pub trait Otherwise {
    fn poll(&mut self, _: &mut Context<'_>) -> Option<Poll<u32>> {
        None
    }
}

impl<T> Otherwise for Perhaps<T> {}
