//! What the tests stand on: read `../check.rs` first.

use super::*;

/// A lock that an answer never releases, or a wait within a poll, ends here.
#[track_caller]
pub fn check(scenario: fn()) {
    watchdog(Duration::from_secs(5), "a poll or a drop of the task or of the handle", scenario);
}

/// The same, where the future uses its own handle: it may be in the way of itself.
#[track_caller]
pub fn check_within(when: &str, scenario: fn()) {
    let what = format!(
        "a future polls or drops its own handle while its task {when}, and one of these calls"
    );
    watchdog(Duration::from_secs(5), &what, scenario);
}

pub type Result<T> = std::result::Result<T, JoinError>;

/// A place where a handle can be left, whatever its type is.
pub type Slot = Rc<Cell<Option<Pin<Box<dyn Future<Output = Result<()>>>>>>>;

pub fn poll_with<F: Future + ?Sized>(future: &mut Pin<&mut F>, waker: &Waker) -> Poll<F::Output> {
    future.as_mut().poll(&mut Context::from_waker(waker))
}

/// Polls a task as its executor does, which must see no panic.
#[track_caller]
pub fn poll_task(task: &mut Pin<&mut impl Future<Output = ()>>) -> Poll<()> {
    poll_task_with(task, Waker::noop())
}

#[track_caller]
pub fn poll_task_with(task: &mut Pin<&mut impl Future<Output = ()>>, waker: &Waker) -> Poll<()> {
    match catch_unwind(AssertUnwindSafe(|| poll_with(task, waker))) {
        Ok(polled) => polled,
        Err(payload) if words(&*payload).starts_with("not yet implemented") => {
            resume_unwind(payload)
        }
        Err(payload) => panic!(
            "polling the task panicked: {}. The panic of one task goes up into the executor and ends all the others as well",
            words(&*payload)
        ),
    }
}

#[track_caller]
pub fn poll_handle<T>(
    handle: &mut Pin<&mut impl Future<Output = Result<T>>>,
    probe: &WakerProbe,
) -> Poll<Result<T>> {
    match catch_unwind(AssertUnwindSafe(|| poll_with(handle, &probe.waker()))) {
        Ok(polled) => polled,
        Err(payload) if words(&*payload).starts_with("not yet implemented") => {
            resume_unwind(payload)
        }
        Err(payload) => panic!(
            "polling the handle panicked: {}. How the task ended is for the awaiter to judge: it gets a value or an error",
            words(&*payload)
        ),
    }
}

/// The words of a panic, or what it was if it had none.
pub fn words(payload: &(dyn std::any::Any + Send)) -> &str {
    if payload.is::<Loss>() {
        return "the future's own panic";
    }
    if payload.is::<Box<dyn std::any::Any + Send>>() {
        return "a box in a box: the payload is one already, and was put into another";
    }
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a value that is not a text")
}

/// What a handle said, in words.
pub fn said<T: std::fmt::Debug>(polled: &Poll<Result<T>>) -> String {
    match polled {
        Poll::Ready(Err(JoinError::Panicked(payload))) => {
            format!("Ready(Err(Panicked)), with the payload {:?}", words(&**payload))
        }
        other => format!("{other:?}"),
    }
}

/// What is thrown by a future that panics: no text, so that nobody can make one like it.
#[derive(Debug, PartialEq)]
pub struct Loss(pub u32);

/// Panics without the usual message, because the panic belongs to the scenario.
pub fn throw<T>(payload: Loss) -> Poll<T> {
    resume_unwind(Box::new(payload))
}

/// A waker that notes its call in a journal.
pub struct NotesWake(pub Journal);

impl Wake for NotesWake {
    fn wake(self: Arc<Self>) {
        self.0.note("the awaiter is woken");
    }
}

/// Notes in a journal that it is dropped.
pub struct NotesDrop(pub Journal, pub &'static str);

impl Drop for NotesDrop {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}

/// How a task may end.
#[derive(Clone, Copy, Debug)]
pub enum End {
    Value,
    Panic,
    Drop,
}

pub const ENDS: [(End, &str); 3] = [
    (End::Value, "the future returned Ready"),
    (End::Panic, "the future panicked"),
    (End::Drop, "the task was dropped before its end"),
];

/// A future that owns something and ends as `end` says. Its value is the notice that it was
/// dropped.
pub fn owner(
    journal: &Journal,
    end: End,
    owned: &'static str,
) -> impl Future<Output = NotesDrop> + use<> {
    let owned = NotesDrop(journal.clone(), owned);
    let journal = journal.clone();
    poll_fn(move |_| {
        let _ = &owned;
        match end {
            End::Value => Poll::Ready(NotesDrop(journal.clone(), "the value is dropped")),
            End::Panic => throw(Loss(3)),
            End::Drop => Poll::Pending,
        }
    })
}

/// Polls a handle when it is dropped, notes whether it was ready, and puts it back.
pub struct Looks {
    pub(super) handle: Slot,
    pub(super) seen: Rc<Cell<Option<bool>>>,
    pub(super) waker: Waker,
}

impl Looks {
    pub(super) fn with(waker: Waker) -> Self {
        Self { handle: Rc::default(), seen: Rc::default(), waker }
    }
}

impl Drop for Looks {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // A second panic would end the process, and with it the words about the first.
            return;
        }
        if let Some(mut handle) = self.handle.take() {
            let polled = poll_with(&mut handle.as_mut(), &self.waker);
            self.seen.set(Some(polled.is_ready()));
            self.handle.set(Some(handle));
        }
    }
}

thread_local! {
    /// What a waker does when it is called or dropped, on the only thread of the scenario. (It may
    /// use a handle, and a handle may be bound to its thread.)
    pub static DEED: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

pub fn prepare(deed: impl FnOnce() + 'static) {
    DEED.set(Some(Box::new(deed)));
}

pub fn do_it() {
    if !std::thread::panicking() {
        DEED.take().into_iter().for_each(|deed| deed());
    }
}

pub struct ActsWhenCalled;

impl Wake for ActsWhenCalled {
    fn wake(self: Arc<Self>) {
        do_it();
    }
}

pub struct ActsWhenDropped;

impl Wake for ActsWhenDropped {
    fn wake(self: Arc<Self>) {}
}

impl Drop for ActsWhenDropped {
    fn drop(&mut self) {
        do_it();
    }
}
