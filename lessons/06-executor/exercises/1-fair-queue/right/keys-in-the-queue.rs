//! Right: the executor keeps the futures, a waker holds only a key, and whether a key is queued is
//!   seen by looking for it.

use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use crate::sync::Mutex;

type BoxFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

#[derive(Clone)]
pub struct Executor {
    futures: Arc<Mutex<(u64, BTreeMap<u64, BoxFuture>)>>,
    queue: Arc<Mutex<VecDeque<u64>>>,
}

struct Key(u64, Arc<Mutex<VecDeque<u64>>>);

impl Executor {
    pub fn new() -> Self {
        Self { futures: Arc::default(), queue: Arc::default() }
    }

    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        let mut futures = self.futures.lock().unwrap();
        futures.0 += 1;
        let key = futures.0;
        futures.1.insert(key, Box::pin(future));
        drop(futures);
        self.queue.lock().unwrap().push_back(key);
    }

    pub fn run_until_idle(&self) {
        loop {
            let next = self.queue.lock().unwrap().pop_front();
            let Some(key) = next else { break };
            let found = self.futures.lock().unwrap().1.remove(&key);
            if let Some(mut future) = found {
                let waker = Waker::from(Arc::new(Key(key, Arc::clone(&self.queue))));
                let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
                if let Poll::Pending = polled {
                    self.futures.lock().unwrap().1.insert(key, future);
                }
            }
        }
    }
}

impl Wake for Key {
    fn wake(self: Arc<Self>) {
        let mut queue = self.1.lock().unwrap();
        if !queue.contains(&self.0) {
            queue.push_back(self.0);
        }
    }
}
