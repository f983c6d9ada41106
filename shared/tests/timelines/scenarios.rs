//! Runs to be recorded: small, real, and the same every time.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use shared::record::{Kind, Outcome, Recorder, Run, Traced, Vocabulary};

/// All of them.
pub static ALL: [Run<'static>; 4] = [
    Run { name: "threads", title: "A value arrives from another thread", record: &across_threads },
    Run { name: "ping", title: "Two tasks take turns", record: &ping_pong },
    Run { name: "everything", title: "Everything that can happen", record: &everything },
    Run { name: "coroutines", title: "One coroutine within another", record: &coroutines },
];

/// Unparks the thread that runs `block_on`.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Polls until the future is ready, and parks in between.
pub fn block_on<F: Future>(recorder: &Recorder, future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        recorder.park();
        thread::park();
        recorder.unpark();
    }
}

type Slot = Arc<Mutex<(Option<u32>, Option<Waker>)>>;

/// A value that another thread will send.
pub fn receive(slot: &Slot) -> impl Future<Output = u32> {
    let slot = Arc::clone(slot);
    poll_fn(move |cx| {
        let mut slot = slot.lock().unwrap();
        match slot.0.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.1 = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    })
}

pub fn send(slot: &Slot, value: u32) {
    let waker = {
        let mut slot = slot.lock().unwrap();
        slot.0 = Some(value);
        slot.1.take()
    };
    waker.into_iter().for_each(Waker::wake);
}

/// A thread blocks on `consumer`, which awaits `receive`; the thread `producer` sends the value.
pub fn across_threads(recorder: &Recorder) {
    let slot = Slot::default();
    in_a_thread("main", || {
        thread::scope(|scope| {
            let (theirs, helper) = (recorder.clone(), Arc::clone(&slot));
            let producer = thread::Builder::new().name("producer".into());
            let produce = move || {
                theirs.wait_for(|event| event.kind == Kind::Park);
                theirs.note(|| "sends 17".into());
                send(&helper, 17);
            };
            producer.spawn_scoped(scope, produce).unwrap();
            let consumer = recorder.future("consumer", async {
                let receive = recorder.future("receive", receive(&slot));
                receive.showing(u32::to_string).await + 1
            });
            assert_eq!(block_on(recorder, consumer.showing(u32::to_string)), 18);
        });
    });
}

/// Runs it on a thread of that name, so that the recording does not depend on who runs the
/// scenario.
fn in_a_thread<T: Send>(name: &str, work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name(name.into());
        thread.spawn_scoped(scope, work).unwrap().join().unwrap()
    })
}

/// Is pending once, and wakes its task at once.
pub fn yield_now() -> impl Future<Output = ()> {
    let mut yielded = false;
    poll_fn(move |cx| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
}

type Task = Pin<Box<Traced<Pin<Box<dyn Future<Output = ()>>>>>>;

/// Pushes its task's number on the queue.
struct Enqueue(mpsc::Sender<usize>, usize);

impl Wake for Enqueue {
    fn wake(self: Arc<Self>) {
        let _ = self.0.send(self.1);
    }
}

/// Polls woken tasks in the order of their wakes, until none is left that can be polled.
fn run_queue(tasks: Vec<Task>) {
    let (sender, queue) = mpsc::channel();
    let wakers: Vec<Waker> =
        (0..tasks.len()).map(|task| Arc::new(Enqueue(sender.clone(), task)).into()).collect();
    wakers.iter().for_each(Waker::wake_by_ref);
    let mut tasks: Vec<Option<Task>> = tasks.into_iter().map(Some).collect();
    while let Ok(turn) = queue.try_recv() {
        let Some(task) = &mut tasks[turn] else { continue };
        if task.as_mut().poll(&mut Context::from_waker(&wakers[turn])).is_ready() {
            tasks[turn] = None;
        }
    }
}

/// One value at a time, for tasks of one thread.
#[derive(Default)]
struct Mailbox {
    letters: VecDeque<u32>,
    reader: Option<Waker>,
}

fn take(mailbox: &Rc<RefCell<Mailbox>>) -> impl Future<Output = u32> {
    let mailbox = Rc::clone(mailbox);
    poll_fn(move |cx| {
        let mut mailbox = mailbox.borrow_mut();
        match mailbox.letters.pop_front() {
            Some(letter) => Poll::Ready(letter),
            None => {
                mailbox.reader = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    })
}

fn post(mailbox: &Rc<RefCell<Mailbox>>, letter: u32) {
    mailbox.borrow_mut().letters.push_back(letter);
    let reader = mailbox.borrow_mut().reader.take();
    reader.into_iter().for_each(Waker::wake);
}

/// Two tasks in a round-robin executor send a number to and fro.
pub fn ping_pong(recorder: &Recorder) {
    in_a_thread("executor", || {
        let (to_ping, to_pong) = (Rc::default(), Rc::default());
        let task =
            |name: &str, ours: &Rc<RefCell<Mailbox>>, theirs: &Rc<RefCell<Mailbox>>, begins| {
                let (ours, theirs, on) = (Rc::clone(ours), Rc::clone(theirs), recorder.clone());
                let body = async move {
                    if begins {
                        post(&theirs, 1);
                    }
                    let got = on.future("take", take(&ours)).showing(u32::to_string).await;
                    if !begins {
                        post(&theirs, got + 1);
                    }
                };
                Box::pin(recorder.task(name, Box::pin(body) as Pin<Box<dyn Future<Output = ()>>>))
            };
        let tasks =
            vec![task("pong", &to_pong, &to_ping, false), task("ping", &to_ping, &to_pong, true)];
        run_queue(tasks);
    });
}

/// Everything that can happen, once.
pub fn everything(recorder: &Recorder) {
    in_a_thread("main", || {
        let second = Duration::from_secs(1);
        let task = recorder.task("server", async {
            recorder.interest("socket 3");
            recorder.timer_set("patience", second);
            recorder.future("pause", yield_now()).await;
            recorder.note(|| "a remark with <marks> & \"quotes\"".into());
            // A panic that prints nothing.
            std::panic::resume_unwind(Box::new("expected by the scenario"));
        });
        let mut task = Box::pin(task);
        let mut cx = Context::from_waker(Waker::noop());
        assert!(task.as_mut().poll(&mut cx).is_pending());
        recorder.park();
        recorder.unpark();
        recorder.readiness("socket 3");
        recorder.timer_fired("patience", second);
        let quiet = std::panic::AssertUnwindSafe(|| task.as_mut().poll(&mut cx));
        assert!(std::panic::catch_unwind(quiet).is_err());
        drop(recorder.future("never polled", std::future::pending::<()>()));
    });
}

/// Two coroutines in a row, resumed with values.
pub fn coroutines(recorder: &Recorder) {
    in_a_thread("main", || {
        let recorder = recorder.clone().with_vocabulary(Vocabulary::Coroutines);
        let (mut outer, mut inner) = (recorder.track("outer"), recorder.track("inner"));
        for (sent, got) in [("", "7"), ("42", "23")] {
            outer.step_showing(
                || sent.into(),
                || inner.step_showing(|| sent.into(), || (), |()| (Outcome::Pending, got.into())),
                |()| (Outcome::Pending, got.into()),
            );
        }
    });
}
