//! Writing down who polls whom.

use std::cell::{Cell, RefCell};
use std::fmt::{Debug, Display};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// Writes down the polls of the futures that it watches, each indented by its depth in the tree.
/// Clones share one record.
///
/// ```
/// use futures_by_hand::{CallTree, countdown, poll_once};
///
/// let tree = CallTree::new();
/// let leaf = tree.watch("leaf", countdown(1));
/// let mut root = tree.watch("root", async move { leaf.await * 2 });
///
/// assert!(poll_once(&mut root).is_pending());
/// assert_eq!(tree.take(), ["root polled", "  leaf polled", "  leaf: Pending", "root: Pending"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct CallTree {
    inner: Rc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    depth: Cell<usize>,
    lines: RefCell<Vec<String>>,
}

impl CallTree {
    /// Creates an empty record.
    pub fn new() -> Self {
        Self::default()
    }

    /// Wraps a future, so that each of its polls is written down. The future goes into a box of its
    /// own.
    pub fn watch<F: Future>(&self, name: &str, future: F) -> Watched<F> {
        Watched { name: name.to_owned(), future: Box::pin(future), tree: self.clone() }
    }

    /// Writes a remark at the current depth.
    pub fn note(&self, remark: impl Display) {
        let indent = "  ".repeat(self.inner.depth.get());
        // Made before the lines are borrowed: a remark may itself write into the tree.
        let line = format!("{indent}{remark}");
        self.inner.lines.borrow_mut().push(line);
    }

    /// Takes out what was written since the last call of this function, one line for each entry.
    pub fn take(&self) -> Vec<String> {
        self.inner.lines.take()
    }

    /// One level deeper, until the returned guard is dropped: in a panic, too.
    fn descend(&self) -> impl Drop + '_ {
        struct Ascend<'a>(&'a Cell<usize>);
        impl Drop for Ascend<'_> {
            fn drop(&mut self) {
                self.0.set(self.0.get() - 1);
            }
        }
        let depth = &self.inner.depth;
        depth.set(depth.get() + 1);
        Ascend(depth)
    }
}

/// The future of [`CallTree::watch`]. It does what the wrapped future does.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Watched<F> {
    name: String,
    future: Pin<Box<F>>,
    tree: CallTree,
}

// ANCHOR: watched
impl<F> Future for Watched<F>
where
    F: Future,
    F::Output: Debug,
{
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        this.tree.note(format_args!("{} polled", this.name));
        let deeper = this.tree.descend();
        let polled = this.future.as_mut().poll(cx);
        drop(deeper);
        this.tree.note(format_args!("{}: {polled:?}", this.name));
        polled
    }
}
// ANCHOR_END: watched
