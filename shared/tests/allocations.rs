//! The counting allocator counts what a piece of code allocates, and nothing that other threads do.

use std::sync::atomic::{AtomicBool, Ordering};

use shared::figures::alloc::{Count, CountingAllocator, count};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

#[test]
fn a_box_is_one_allocation_of_its_size() {
    let (_, counted) = count(|| drop(Box::new([0u8; 100])));
    assert_eq!(counted, Count { allocations: 1, bytes: 100, frees: 1, freed: 100 });
}

#[test]
fn growing_a_vector_is_seen() {
    let (items, counted) = count(|| {
        let mut items = Vec::with_capacity(1);
        items.extend_from_slice(&[1u8, 2, 3, 4, 5, 6, 7, 8, 9]);
        items
    });
    assert_eq!(items.len(), 9);
    assert_eq!(counted.allocations, 2);
    assert_eq!(counted.kept(), items.capacity() as i64, "the old block was freed");
    let (_, counted) = count(|| drop(items));
    assert!(counted.kept() < 0, "what was there before is freed");
}

#[test]
fn other_threads_do_not_count() {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                drop(std::hint::black_box(vec![0u8; 64]));
            }
        });
        let (_, counted) = count(|| std::hint::black_box((0..100_000u64).sum::<u64>()));
        stop.store(true, Ordering::Relaxed);
        assert_eq!(counted, Count::default());
    });
}
