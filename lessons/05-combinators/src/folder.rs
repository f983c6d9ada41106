//! An async function that calls itself.

use crate::join_all::join_all;

/// A folder, with folders in it.
///
/// *Depth:* each level is polled within the one above it, so how deep they may lie is a matter of
/// the stack. On a thread of 2 MiB, in a debug build on Linux (x86-64), [`size`](Folder::size) goes
/// 2,700 levels deep and [`size_one_by_one`](Folder::size_one_by_one) 5,600. Beyond that, the
/// process is ended: no panic, and nothing to catch.
///
/// ```
/// use combinators::Folder;
/// use wakers::block_on;
///
/// let leaf = || Folder { bytes: 10, folders: vec![] };
/// let root = Folder { bytes: 1, folders: vec![leaf(), leaf()] };
/// assert_eq!(block_on(root.size(&async |folder: &Folder| folder.bytes)), 21);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Bytes of what lies in it directly.
    pub bytes: u64,
    /// The folders in it.
    pub folders: Vec<Folder>,
}

impl Folder {
    /// The bytes of this folder and of all folders below it, as `read` tells them, one folder after
    /// the other.
    ///
    /// Each call of itself is one allocation.
    ///
    /// *Cancellation:* dropping the future drops the read that is under way; no further one begins.
    // ANCHOR: one-by-one
    pub async fn size_one_by_one(&self, read: &impl AsyncFn(&Folder) -> u64) -> u64 {
        let mut bytes = read(self).await;
        for folder in &self.folders {
            bytes += Box::pin(folder.size_one_by_one(read)).await;
        }
        bytes
    }
    // ANCHOR_END: one-by-one

    /// The bytes of this folder and of all folders below it, as `read` tells them. Once a folder
    /// has been read, those in it are read at the same time.
    ///
    /// The calls of itself are in the boxes of [`join_all`].
    ///
    /// *Cancellation:* dropping the future drops all reads that are under way; no further one
    /// begins.
    // ANCHOR: size
    pub async fn size(&self, read: &impl AsyncFn(&Folder) -> u64) -> u64 {
        let own = read(self).await;
        let below = join_all(self.folders.iter().map(|folder| folder.size(read))).await;
        own + below.iter().sum::<u64>()
    }
    // ANCHOR_END: size
}
