//! The waker that records what is done with it, and passes it on to the waker that the runtime
//! gave.
//!
//! `std::task::Wake` would do but for one thing: it does not see clones. So there is a table of
//! functions by hand. The data is an `Arc<TaskWaker>`; every clone owns one reference, and the
//! waker of a poll is lent by one that does. Clones share the task waker and so have the same data
//! and the same table, which is what `Waker::will_wake` compares.

use std::mem::ManuallyDrop;
use std::sync::{Arc, Weak};
use std::task::{RawWaker, RawWakerVTable, Waker};

use super::recorder::{Entry, Inner};
use super::{Kind, TaskId};

pub(super) struct TaskWaker {
    /// The runtime's waker. There is none in a task waker that nobody has.
    inner: Option<Waker>,
    recorder: Arc<Inner>,
    task: TaskId,
}

/// Hands out the same waker in every poll for as long as somebody keeps a clone of it.
///
/// A task waker of which there are clones is not kept alive from here: the runtime's waker lives
/// exactly as long as those who may call it, as it would without us.
#[derive(Default)]
pub(super) enum Wakers {
    #[default]
    None,
    /// Nobody has a clone. Kept empty, to be used again: most polls of most futures clone nothing.
    Spare(Arc<TaskWaker>),
    /// Somebody had a clone after the last poll.
    Given(Weak<TaskWaker>),
}

/// A waker for the time of a poll.
pub(super) struct Lent<'a> {
    wakers: &'a mut Wakers,
    task_waker: Option<Arc<TaskWaker>>,
    waker: ManuallyDrop<Waker>,
}

impl Wakers {
    /// The waker to poll `task` with; `None` if that is `inner` itself, because it already reports
    /// to this recorder.
    ///
    /// That is so for a future that is polled within a task: it gets the task's waker, and there is
    /// only one.
    pub(super) fn lend(
        &mut self,
        inner: &Waker,
        recorder: &Arc<Inner>,
        task: TaskId,
    ) -> Option<Lent<'_>> {
        if reports_to(inner, recorder) {
            return None;
        }
        let task_waker = self.known(inner).unwrap_or_else(|| {
            Arc::new(TaskWaker { inner: Some(inner.clone()), recorder: Arc::clone(recorder), task })
        });
        let data = Arc::as_ptr(&task_waker).cast();
        // SAFETY: `TABLE` takes `data` for a reference to a `TaskWaker` that the waker owns:
        // `clone` adds a reference, `wake` and `drop` give one back, `wake_by_ref` does neither.
        // This waker owns none, so it must not be dropped or woken by value: it is in a
        // `ManuallyDrop`, and `Lent` only lends it, with its `task_waker` alive. `TaskWaker` is
        // Send + Sync.
        let waker = unsafe { Waker::from_raw(RawWaker::new(data, &TABLE)) };
        Some(Lent { wakers: self, task_waker: Some(task_waker), waker: ManuallyDrop::new(waker) })
    }

    /// The task waker of the polls before, if it can serve for this waker as well.
    fn known(&mut self, inner: &Waker) -> Option<Arc<TaskWaker>> {
        match std::mem::take(self) {
            Wakers::None => None,
            Wakers::Spare(mut task_waker) => {
                Arc::get_mut(&mut task_waker)?.inner = Some(inner.clone());
                Some(task_waker)
            }
            Wakers::Given(task_waker) => {
                task_waker.upgrade().filter(|task_waker| task_waker.is_for(inner))
            }
        }
    }
}

impl Lent<'_> {
    pub(super) fn waker(&self) -> &Waker {
        &self.waker
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let Some(mut task_waker) = self.task_waker.take() else { return };
        *self.wakers = match Arc::get_mut(&mut task_waker) {
            Some(unshared) => {
                unshared.inner = None;
                Wakers::Spare(task_waker)
            }
            None => Wakers::Given(Arc::downgrade(&task_waker)),
        };
    }
}

fn reports_to(waker: &Waker, recorder: &Arc<Inner>) -> bool {
    if !std::ptr::eq(waker.vtable(), &TABLE) {
        return false;
    }
    // SAFETY: only `Wakers::lend` and `clone` make wakers with this table, both over a `TaskWaker`
    // that is alive as long as they are.
    let task_waker = unsafe { &*waker.data().cast::<TaskWaker>() };
    Arc::ptr_eq(&task_waker.recorder, recorder)
}

impl TaskWaker {
    fn is_for(&self, waker: &Waker) -> bool {
        self.inner.as_ref().is_some_and(|inner| inner.will_wake(waker))
    }

    fn record(&self, kind: Kind) {
        let entry = Entry { task: Some(self.task), kind, text: None, position: None };
        self.recorder.record(entry);
    }
}

// A constant could be given more than one address; `reports_to` relies on one.
static TABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the caller's waker owns a reference or is lent with one, so the task waker is alive
    // for this call.
    unsafe { &*data.cast::<TaskWaker>() }.record(Kind::WakerCloned);
    // SAFETY: `data` came from `Arc::as_ptr`, which gives the pointer that `into_raw` would; the
    // caller's reference, or the one that its waker is lent with, keeps the task waker alive; the
    // new reference goes to the new waker.
    unsafe { Arc::increment_strong_count(data.cast::<TaskWaker>()) };
    RawWaker::new(data, &TABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: the waker is used up by this call and hands over the reference that it owns.
    let task_waker = unsafe { Arc::from_raw(data.cast::<TaskWaker>()) };
    // Recorded first: what the wake causes has a later tick.
    task_waker.record(Kind::Wake);
    match Arc::try_unwrap(task_waker) {
        Ok(TaskWaker { inner, .. }) => inner.into_iter().for_each(Waker::wake),
        Err(task_waker) => task_waker.inner.iter().for_each(Waker::wake_by_ref),
    }
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the caller's waker owns a reference or is lent with one, so the task waker is alive
    // for this call.
    let task_waker = unsafe { &*data.cast::<TaskWaker>() };
    task_waker.record(Kind::Wake);
    task_waker.inner.iter().for_each(Waker::wake_by_ref);
}

unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker is dropped by this call and hands over the reference that it owns.
    drop(unsafe { Arc::from_raw(data.cast::<TaskWaker>()) });
}

const _: () = {
    const fn shared_between_threads<T: Send + Sync>() {}
    shared_between_threads::<TaskWaker>();
};
