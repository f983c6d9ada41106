//! What the tests stand on: read `../check.rs` first.

use super::*;

#[global_allocator]
pub static ALLOCATOR: CountingAllocator = CountingAllocator;

/// What the wakers of this exercise ring.
#[derive(Debug, Default)]
pub struct Bell {
    pub(super) rings: AtomicU32,
    pub(super) gone: AtomicBool,
    /// Goes with the bell: whoever holds another one can tell whether the bell's destructor has
    /// run.
    pub life: Arc<()>,
}

impl Bell {
    /// Rings once.
    #[track_caller]
    pub fn ring(&self) {
        assert!(
            !self.gone.load(SeqCst),
            "the bell is rung after its last reference was released. By then its memory may belong to somebody else: ring while \
             you hold the reference, and release it afterwards"
        );
        self.rings.fetch_add(1, SeqCst);
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.gone.store(true, SeqCst);
    }
}

/// References that belong to nobody. An answer that releases a reference twice takes one of these:
/// the count is wrong then, which is what this check looks at, and nothing is freed that somebody
/// still points to.
pub const SPARE: usize = 1_000;

pub fn bell() -> Arc<Bell> {
    let bell = Arc::new(Bell::default());
    (0..SPARE).for_each(|_| mem::forget(Arc::clone(&bell)));
    bell
}

/// How many references the wakers hold: all but the spare ones and the test's own. Below zero if
/// more came back than went out.
pub fn held(bell: &Arc<Bell>) -> i64 {
    Arc::strong_count(bell) as i64 - SPARE as i64 - 1
}

/// Insists that the wakers that are alive hold the bell.
#[track_caller]
pub fn must_be_held(bell: &Arc<Bell>, what: &str) {
    let held = held(bell);
    assert!(
        held >= 1,
        "{what}. A waker is alive, and the references left for it are {held}: one was released that was not its own. \
         But for this check's spare references, the bell would be freed now, and the waker would point to freed memory"
    );
}

/// Insists that nothing is held once all wakers are gone.
#[track_caller]
pub fn must_be_free(bell: &Arc<Bell>, what: &str) {
    let held = held(bell);
    assert!(
        held <= 0,
        "{what}. No waker is alive, and {held} of the references that they held did not come back: a leak, the bell is never freed"
    );
    assert!(
        held >= 0,
        "{what}. {} more came back than went out: a reference was released twice, and somebody else's bell is freed",
        -held
    );
}

#[track_caller]
pub fn must_have_rung(bell: &Bell, times: u32, what: &str) {
    let rings = bell.rings.load(SeqCst);
    assert!(
        rings == times,
        "{what}, and the bell should have rung {}. It has rung {}",
        spoken(times.into()),
        spoken(rings.into())
    );
}
