//! Child processes that cannot get away: each runs as a [`Group`] of its own, under limits, and all
//! that it started is ended with it.
//!
//! Invariants. A group is in the registry from before anyone could interrupt us until its group has
//! been ended, because it is started and registered under one lock, which [`leave`] takes for good.
//! We never wait without a limit: not for a process, and not for a pipe, which a grandchild may
//! hold open.

use crate::group::{self, Ended, Group, Subject};
use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What runs, by a key of ours.
static RUNNING: Mutex<Option<HashMap<u64, Entry>>> = Mutex::new(None);
static NEXT: AtomicU64 = AtomicU64::new(0);
static CTRL_C_IS_SUCCESS: AtomicBool = AtomicBool::new(false);

struct Entry {
    group: Arc<Mutex<Group>>,
    id: u32,
}

/// How long to wait for a pipe that stays open after its group has been ended. Only a process that
/// could not be ended can hold it open, which is rare; a reader that waits for its turn on a busy
/// machine is not.
const GRACE: Duration = Duration::from_secs(5);
/// How often to look at a process whose pipes say nothing about its end.
const LOOK: Duration = Duration::from_millis(10);

/// Makes Ctrl-C, and being asked to terminate, end everything that runs here.
///
/// # Errors
///
/// If the system does not let us listen.
pub fn end_all_on_interrupt() -> io::Result<()> {
    group::adopt_orphans();
    group::on_interrupt(|signal| {
        let well = signal == group::CTRL_C && CTRL_C_IS_SUCCESS.load(Ordering::Relaxed);
        leave(if well { 0 } else { 128 + signal })
    })
}

/// Says that Ctrl-C is how this command ends well: `watch`.
pub fn ctrl_c_is_success() {
    CTRL_C_IS_SUCCESS.store(true, Ordering::Relaxed);
}

/// Ends every running group, then this process.
pub fn leave(code: i32) -> ! {
    let mut running = locked(&RUNNING);
    let mut strays = false;
    for entry in running.take().into_iter().flat_map(HashMap::into_values) {
        let mut group = locked(&entry.group);
        // That it cannot be ended because it has gone is what we want.
        let _ = group.end();
        strays |= group.has_strays();
    }
    if strays {
        group::end_strays(&[]);
    }
    // The lock stays held: nothing can be started between here and the end.
    std::process::exit(code)
}

/// How a process ended.
#[derive(Clone, Copy, Debug)]
pub enum End {
    Exited(ExitStatus),
    /// It ran past this limit and was ended.
    OverTime(Duration),
    /// It printed more than it may and was ended.
    OverBytes,
    /// It held more memory than it may and was ended.
    OverMemory,
}

/// Takes a stream's bytes as they come; `Break` ends the process for printing too much.
pub type Sink = Box<dyn FnMut(&[u8]) -> ControlFlow<()> + Send>;

/// Where a process's output goes.
pub enum Output {
    /// To where ours goes.
    Inherited,
    /// To these two: standard output and standard error.
    Taken(Sink, Sink),
}

/// Runs a command to its end or to its limit, and leaves nothing of its group behind; of a program
/// nothing at all.
///
/// # Errors
///
/// If the process cannot be started or waited for.
pub fn supervise(
    subject: Subject,
    command: Command,
    limit: Duration,
    output: Output,
) -> io::Result<End> {
    let running = Running::start(subject, command, matches!(output, Output::Taken(..)))?;
    let (events, mut open) = match output {
        Output::Inherited => (mpsc::channel().1, 0),
        Output::Taken(out, err) => (running.read(out, err), 2),
    };
    let end = running.wait(limit, &events, &mut open);
    let ended = running.end();
    // It may have ended before we had seen how much it printed.
    let too_much = settle(&events, open);
    Ok(match end? {
        Wait::Ended if too_much => End::OverBytes,
        Wait::Ended => match ended? {
            Ended::Exited(status) => End::Exited(status),
            Ended::OverMemory => End::OverMemory,
        },
        Wait::OverTime => End::OverTime(limit),
        Wait::OverBytes => End::OverBytes,
    })
}

/// What a stream's reader has to say.
enum Event {
    Closed,
    TooMuch,
}

/// Why waiting for a process has an end.
enum Wait {
    Ended,
    OverTime,
    OverBytes,
}

struct Running {
    key: u64,
    group: Arc<Mutex<Group>>,
}

impl Running {
    fn start(subject: Subject, command: Command, piped: bool) -> io::Result<Self> {
        let mut running = locked(&RUNNING);
        let group = Group::start(subject, command, piped)?;
        let (id, group) = (group.id(), Arc::new(Mutex::new(group)));
        let key = NEXT.fetch_add(1, Ordering::Relaxed);
        let entry = Entry { group: Arc::clone(&group), id };
        running.get_or_insert_default().insert(key, entry);
        drop(running);
        let started = Self { key, group };
        locked(&started.group).started()?;
        Ok(started)
    }

    fn read(&self, out: Sink, err: Sink) -> Receiver<Event> {
        let (sender, events) = mpsc::channel();
        let (stdout, stderr) = locked(&self.group).streams();
        if let Some(stream) = stdout {
            spawn_reader(stream, out, sender.clone());
        }
        if let Some(stream) = stderr {
            spawn_reader(stream, err, sender);
        }
        events
    }

    fn wait(
        &self,
        limit: Duration,
        events: &Receiver<Event>,
        open: &mut usize,
    ) -> io::Result<Wait> {
        let deadline = Instant::now() + limit;
        let mut pause = Duration::from_micros(200);
        loop {
            if locked(&self.group).has_ended()? {
                return Ok(Wait::Ended);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(Wait::OverTime);
            }
            // Pipes that close announce the end, so looking is only the fallback while one is open.
            let step = if *open > 0 { LOOK } else { pause };
            match events.recv_timeout(step.min(left)) {
                Ok(Event::Closed) => *open -= 1,
                Ok(Event::TooMuch) => return Ok(Wait::OverBytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    thread::sleep(step.min(left));
                    pause = (2 * pause).min(LOOK);
                }
            }
        }
    }

    /// Ends the group, also when its first process has ended: its children may not have.
    fn end(&self) -> io::Result<Ended> {
        let (ended, strays) = {
            let mut group = locked(&self.group);
            (group.end(), group.has_strays())
        };
        if strays {
            // Under the lock: what is being started must not be taken for a stray.
            let running = locked(&RUNNING);
            let entries = running.iter().flatten().filter(|(key, _)| **key != self.key);
            group::end_strays(&entries.map(|(_, entry)| entry.id).collect::<Vec<_>>());
        }
        ended
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Again, for when a panic comes in between; what has ended stays ended.
        let _ = self.end();
        if let Some(running) = locked(&RUNNING).as_mut() {
            running.remove(&self.key);
        }
    }
}

fn spawn_reader(mut stream: impl Read + Send + 'static, mut sink: Sink, events: Sender<Event>) {
    thread::spawn(move || {
        let mut buffer = vec![0; 32 * 1024];
        let event = loop {
            match stream.read(&mut buffer) {
                Ok(0) => break Event::Closed,
                Ok(count) if sink(&buffer[..count]).is_break() => break Event::TooMuch,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break Event::Closed,
            }
        };
        // Nobody listens any more where the process has been given up.
        let _ = events.send(event);
    });
}

/// Waits, but not for long, until the readers have seen the last of what was printed. Returns
/// whether it was too much.
fn settle(events: &Receiver<Event>, mut open: usize) -> bool {
    let deadline = Instant::now() + GRACE;
    let mut too_much = false;
    while open > 0 {
        let left = deadline.saturating_duration_since(Instant::now());
        match events.recv_timeout(left) {
            Ok(event) => too_much |= matches!(event, Event::TooMuch),
            Err(_) => break,
        }
        open -= 1;
    }
    too_much
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
