use std::cell::RefCell;
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::Path;
use std::sync::Once;

/// A panic that [`caught`] has caught: what was said, and where.
///
/// `Display` says both: "panicked at src/answer.rs:7:20 (called `Option::unwrap()` on a `None`
/// value)".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caught {
    /// What the panic said.
    pub message: String,
    /// The file, line and column of the panic, `src/answer.rs:7:20`; empty where it is not known,
    /// as after [`resume_unwind`](panic::resume_unwind), or lies in the standard library.
    pub location: String,
}

/// Runs `work`, and returns its panic, if it panics. Nothing is printed then.
///
/// An `unwrap` in an answer says where it is, and nothing of what went before. A check that runs
/// the answer within `caught` can say both in one message.
///
/// # Errors
///
/// With the panic of `work`. A panic on a thread that `work` starts is not caught.
///
/// ```
/// use shared::probe::caught;
///
/// assert_eq!(caught(|| 1 + 1), Ok(2));
/// let none: Option<u32> = None;
/// let panic = caught(|| none.unwrap()).unwrap_err();
/// assert_eq!(panic.message, "called `Option::unwrap()` on a `None` value");
/// assert!(panic.to_string().starts_with("panicked"));
/// ```
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Caught> {
    static HOOK: Once = Once::new();
    HOOK.call_once(install);
    OPEN.with_borrow_mut(|open| open.push(None));
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    let seen = OPEN.with_borrow_mut(Vec::pop).flatten();
    outcome.map_err(|payload| {
        seen.unwrap_or_else(|| Caught { message: said(&*payload), location: String::new() })
    })
}

thread_local! {
    /// One place for each call of `caught` that this thread is in, the innermost last.
    static OPEN: RefCell<Vec<Option<Caught>>> = const { RefCell::new(Vec::new()) };
}

/// Lets the hook write panics within `caught` down, and leaves all others to the hook before it.
fn install() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !write_down(info) {
            before(info);
        }
    }));
}

fn write_down(info: &PanicHookInfo<'_>) -> bool {
    let written = OPEN.try_with(|open| {
        let mut open = open.borrow_mut();
        let Some(place) = open.last_mut() else { return false };
        // Where it is absolute, it is in a library: nothing that the reader of a message could
        // change.
        let ours = info.location().filter(|location| Path::new(location.file()).is_relative());
        let location = ours.map(ToString::to_string).unwrap_or_default();
        *place = Some(Caught { message: said(info.payload()), location });
        true
    });
    // A thread that is ending may have no place any more.
    written.unwrap_or(false)
}

fn said(payload: &dyn std::any::Any) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it said nothing".to_owned())
}

impl fmt::Display for Caught {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.location.as_str() {
            "" => write!(f, "panicked ({})", self.message),
            location => write!(f, "panicked at {location} ({})", self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn a_panic_is_told_with_its_place() {
        let panic = caught(|| -> u32 { panic!("no {}", 7) }).unwrap_err();
        assert_eq!(panic.message, "no 7");
        assert!(panic.location.contains("caught.rs:"), "{panic}");
        assert!(panic.to_string().ends_with(" (no 7)"), "{panic}");
    }

    #[test]
    fn a_panic_without_a_place_is_told_all_the_same() {
        let panic = caught(|| panic::resume_unwind(Box::new("left"))).unwrap_err();
        assert_eq!(panic.to_string(), "panicked (left)");
        let panic = caught(|| panic::resume_unwind(Box::new(7))).unwrap_err();
        assert_eq!(panic.message, "it said nothing");
    }

    #[test]
    fn a_place_in_the_standard_library_is_not_told() {
        let panic = caught(|| [None::<u32>].map(Option::unwrap)).unwrap_err();
        let words = "panicked (called `Option::unwrap()` on a `None` value)";
        assert_eq!(panic.to_string(), words);
    }

    #[test]
    fn one_within_another_catches_its_own() {
        let outer = caught(|| {
            let inner = caught(|| -> u32 { panic!("inner") }).unwrap_err();
            assert_eq!(inner.message, "inner");
            panic!("outer")
        });
        assert_eq!(outer.map(|(): ()| ()).unwrap_err().message, "outer");
    }

    #[test]
    fn a_panic_that_work_itself_catches_is_no_outcome() {
        let value = caught(|| panic::catch_unwind(|| panic!("within")).is_err());
        assert_eq!(value, Ok(true));
    }

    #[test]
    fn another_threads_panic_is_left_to_the_hook_before() {
        let joined = caught(|| thread::spawn(|| panic!("elsewhere, on purpose")).join().is_err());
        assert_eq!(joined, Ok(true));
    }
}
