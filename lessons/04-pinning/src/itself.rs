//! Values that point into themselves.

use std::marker::PhantomPinned;
use std::pin::Pin;
use std::ptr;

/// Eight letters, and a mark at one of them: a pointer into the value itself.
///
/// Nothing keeps anybody from moving it, and then the mark points to where the letter was. So
/// nobody may follow this pointer: it is only compared.
///
/// ```
/// use pinning::Marked;
///
/// let mut marked = Marked::new(*b"pinning!");
/// assert_eq!(marked.mark(), None);
/// marked.put_mark(3);
/// assert_eq!(marked.mark(), Some(3));
/// ```
// ANCHOR: marked
#[derive(Debug)]
pub struct Marked {
    letters: [u8; 8],
    /// Points at one of `letters`; null before it is put anywhere.
    mark: *const u8,
}

impl Marked {
    /// Makes a value without a mark.
    pub fn new(letters: [u8; 8]) -> Self {
        Self { letters, mark: ptr::null() }
    }

    /// Puts the mark at the letter with this index.
    ///
    /// # Panics
    ///
    /// If there is no such letter.
    pub fn put_mark(&mut self, index: usize) {
        self.mark = &raw const self.letters[index];
    }

    /// Where the mark points, in bytes from the first letter; `None` if it was not put yet.
    pub fn mark(&self) -> Option<isize> {
        let first = self.letters.as_ptr().addr();
        let bytes = self.mark.addr().wrapping_sub(first).cast_signed();
        (!self.mark.is_null()).then_some(bytes)
    }
}
// ANCHOR_END: marked

/// Reads its own eight letters one by one, through a pointer to the next of them.
///
/// It may be moved until it is pinned. All that needs the pointer asks for a pinned reader, so the
/// letters are where they were when the pointer was set.
///
/// ```
/// use pinning::Reader;
/// use std::pin::pin;
///
/// let mut reader = pin!(Reader::new(*b"pinning!"));
/// assert_eq!(reader.as_mut().read(), Some(b'p'));
/// assert_eq!(reader.as_mut().read(), Some(b'i'));
/// ```
// ANCHOR: reader
#[derive(Debug)]
pub struct Reader {
    letters: [u8; 8],
    /// Null, or set while the reader was pinned: to one of `letters`, or just behind the last.
    next: *const u8,
    /// Takes `Unpin` away: without it, safe code could take the reader out of its pin again.
    _stays: PhantomPinned,
}

impl Reader {
    /// Makes a reader that has read nothing.
    pub fn new(letters: [u8; 8]) -> Self {
        Self { letters, next: ptr::null(), _stays: PhantomPinned }
    }

    /// Reads the next letter; `None` after the last.
    pub fn read(self: Pin<&mut Self>) -> Option<u8> {
        // SAFETY: nothing is moved out of `this`.
        let this = unsafe { self.get_unchecked_mut() };
        let letters = this.letters.as_ptr_range();
        if this.next.is_null() {
            this.next = letters.start;
        }
        if this.next == letters.end {
            return None;
        }
        // SAFETY: `next` points at one of `letters`. It was set while this reader was pinned, so
        // they are still there: whoever pinned it has promised that it is not moved before it is
        // dropped.
        let letter = unsafe { *this.next };
        // SAFETY: it was not behind the last letter, so one further is at most just behind it.
        this.next = unsafe { this.next.add(1) };
        Some(letter)
    }
}
// ANCHOR_END: reader
