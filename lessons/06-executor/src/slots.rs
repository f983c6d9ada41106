//! A list whose items keep their place: the place of one that is taken out is given to the next.

// ANCHOR: slots
#[derive(Debug)]
pub(crate) struct Slots<T> {
    items: Vec<Option<T>>,
    free: Vec<usize>,
}

impl<T> Slots<T> {
    pub(crate) const fn new() -> Self {
        Self { items: Vec::new(), free: Vec::new() }
    }

    /// Puts in what `make` returns, which is told its place, and returns a clone of it.
    pub(crate) fn insert_with(&mut self, make: impl FnOnce(usize) -> T) -> T
    where
        T: Clone,
    {
        let place = self.free.pop().unwrap_or_else(|| {
            self.items.push(None);
            self.items.len() - 1
        });
        let item = make(place);
        self.items[place] = Some(item.clone());
        item
    }

    /// Takes out the item at `place`.
    ///
    /// # Panics
    ///
    /// If there never was one at this place.
    pub(crate) fn remove(&mut self, place: usize) -> Option<T> {
        let item = self.items[place].take();
        if item.is_some() {
            self.free.push(place);
        }
        item
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len() - self.free.len()
    }

    /// Takes everything out, in the order of the places.
    pub(crate) fn take_all(&mut self) -> impl Iterator<Item = T> + use<T> {
        self.free.clear();
        std::mem::take(&mut self.items).into_iter().flatten()
    }
}
// ANCHOR_END: slots

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_used_again() {
        let mut slots = Slots::new();
        let mut places = Vec::new();
        for item in ["a", "b"] {
            slots.insert_with(|place| {
                places.push(place);
                item
            });
        }
        assert_eq!((places, slots.len()), (vec![0, 1], 2));
        assert_eq!((slots.remove(0), slots.remove(0), slots.len()), (Some("a"), None, 1));
        slots.insert_with(|place| {
            assert_eq!(place, 0);
            "c"
        });
        assert_eq!(slots.take_all().collect::<Vec<_>>(), ["c", "b"]);
        assert_eq!(slots.len(), 0);
    }
}
