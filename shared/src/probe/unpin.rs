//! Whether a value's type is `Unpin`, asked without failing to compile where it is not.

use std::marker::PhantomData;

/// Says whether the type of a value is `Unpin`. The value is neither moved nor evaluated twice.
///
/// A bound would say so by an error of the compiler. This gives `true` or `false`, so that a check
/// can say in words what is wrong, and a program can print a table. It works for types without a
/// name, such as the future of an `async fn`, but not for a type parameter of the function in which
/// it stands: there it sees only the bounds.
///
/// ```
/// use shared::probe::is_unpin;
///
/// let future = async {};
/// assert!(!is_unpin!(future));
/// assert!(is_unpin!(Box::pin(future)));
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __is_unpin {
    ($value:expr) => {{
        #[allow(unused_imports, reason = "unused where the type is `Unpin`")]
        use $crate::probe::__IsNotUnpin as _;
        $crate::probe::__Type::of(&$value).is_unpin()
    }};
}

#[doc(inline)]
pub use crate::__is_unpin as is_unpin;

/// A type, asked about. Not for use outside `is_unpin!`.
#[doc(hidden)]
pub struct __Type<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> __Type<T> {
    /// The type of a value.
    pub fn of(_: &T) -> Self {
        Self(PhantomData)
    }
}

// A method of the type itself comes before a trait's. This one exists only for types that are
// `Unpin`.
impl<T: ?Sized + Unpin> __Type<T> {
    #[doc(hidden)]
    pub fn is_unpin(&self) -> bool {
        true
    }
}

/// What is left for all other types. Not for use outside `is_unpin!`.
#[doc(hidden)]
pub trait __IsNotUnpin {
    /// False.
    fn is_unpin(&self) -> bool {
        false
    }
}

impl<T: ?Sized> __IsNotUnpin for __Type<T> {}

#[cfg(test)]
mod tests {
    use std::future::{pending, poll_fn, ready};
    use std::marker::PhantomPinned;
    use std::pin::pin;
    use std::task::Poll;

    use super::is_unpin;

    #[test]
    fn it_tells_the_two_apart() {
        assert!(is_unpin!(7) && is_unpin!("text") && is_unpin!(ready(7)));
        assert!(is_unpin!(poll_fn(|_| Poll::Ready(7))));
        assert!(!is_unpin!(PhantomPinned) && !is_unpin!(Some(PhantomPinned)));
        assert!(!is_unpin!(async {}));
    }

    #[test]
    fn a_pointer_to_a_value_that_must_stay_may_move() {
        let mut future = async { pending::<()>().await };
        assert!(is_unpin!(&future));
        assert!(is_unpin!(&mut future));
        assert!(is_unpin!(pin!(async {})));
        assert!(is_unpin!(Box::new(future)));
    }
}
