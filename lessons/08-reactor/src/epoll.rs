//! What the kernel itself says, by epoll, without anything of ours in between.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use rustix::event::epoll::{self, EventData, EventFlags};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use shared::narrate::{fact, say, scene, table};

// ANCHOR: watch
/// An epoll instance: the kernel's list of what it is to watch for us.
struct Watch(OwnedFd);

impl Watch {
    fn new(source: &impl AsFd, interest: EventFlags) -> io::Result<Self> {
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        epoll::add(&epoll, source, EventData::new_u64(0), interest)?;
        Ok(Self(epoll))
    }

    /// Asks for `interest` from now on.
    fn ask(&self, source: &impl AsFd, interest: EventFlags) -> io::Result<()> {
        Ok(epoll::modify(&self.0, source, EventData::new_u64(0), interest)?)
    }

    /// What it says within `limit`. Nothing is ready if the set is empty.
    fn wait(&self, limit: Duration) -> io::Result<EventFlags> {
        let limit = Timespec::try_from(limit).expect("it is a short time");
        let mut events = Vec::with_capacity(1);
        epoll::wait(&self.0, rustix::buffer::spare_capacity(&mut events), Some(&limit))?;
        Ok(events.first().map_or(EventFlags::empty(), |event| event.flags))
    }
}
// ANCHOR_END: watch

impl Watch {
    fn now(&self) -> io::Result<EventFlags> {
        self.wait(Duration::ZERO)
    }

    /// What it says as soon as that has all of `wanted` in it. A signal that interrupts the wait is
    /// not an answer.
    fn until(&self, wanted: EventFlags) -> io::Result<EventFlags> {
        loop {
            match self.wait(Duration::from_secs(10)) {
                Ok(flags) if flags.contains(wanted) => return Ok(flags),
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
        }
    }
}

// ANCHOR: three-ways
pub fn three_ways_to_be_told() -> io::Result<()> {
    scene("Three ways to be told");
    say("Three epolls watch one pipe. Each is asked what is ready, after each step.");
    let (mut reader, mut writer) = io::pipe()?;
    let level = Watch::new(&reader, EventFlags::IN)?;
    let edge = Watch::new(&reader, EventFlags::IN | EventFlags::ET)?;
    let one_shot = Watch::new(&reader, EventFlags::IN | EventFlags::ONESHOT)?;
    let row = |step: &str| {
        let said = |watch: &Watch| watch.now().map(|flags| in_words(flags, "-"));
        io::Result::Ok(vec![step.to_owned(), said(&level)?, said(&edge)?, said(&one_shot)?])
    };

    let mut rows = vec![row("the pipe is empty")?];
    writer.write_all(b"ab")?;
    rows.push(row("two bytes are written")?);
    rows.push(row("nobody reads them")?);
    writer.write_all(b"c")?;
    rows.push(row("one more is written")?);
    one_shot.ask(&reader, EventFlags::IN | EventFlags::ONESHOT)?;
    rows.push(row("the one shot is asked again")?);
    reader.read_exact(&mut [0; 3])?;
    rows.push(row("all three are read")?);
    table(&["", "level", "edge", "one shot"], &rows);
    Ok(())
}
// ANCHOR_END: three-ways

// ANCHOR: sockets
pub fn what_a_socket_can_say() -> io::Result<()> {
    scene("What a socket can say");
    let everything = EventFlags::IN | EventFlags::OUT | EventFlags::RDHUP;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let watch = Watch::new(&listener, everything)?;
    say_flags("a listener", watch.now()?);
    let mut peer = TcpStream::connect(listener.local_addr()?)?;
    say_flags("somebody has connected", watch.until(EventFlags::IN)?);

    let (stream, _) = listener.accept()?;
    let watch = Watch::new(&stream, everything)?;
    say_flags("the connection", watch.now()?);
    peer.write_all(b"hello")?;
    say_flags("the peer has sent", watch.until(EventFlags::IN)?);
    peer.shutdown(std::net::Shutdown::Write)?;
    say_flags("the peer will send no more", watch.until(EventFlags::RDHUP)?);
    stream.shutdown(std::net::Shutdown::Write)?;
    say_flags("neither will we", watch.until(EventFlags::HUP)?);

    let peer = TcpStream::connect(listener.local_addr()?)?;
    let (stream, _) = listener.accept()?;
    let watch = Watch::new(&stream, everything)?;
    rustix::net::sockopt::set_socket_linger(&peer, Some(Duration::ZERO))?;
    drop(peer);
    say_flags("a connection that was reset", watch.until(EventFlags::ERR)?);
    Ok(())
}
// ANCHOR_END: sockets

// ANCHOR: files
pub fn a_file_is_always_ready() -> io::Result<()> {
    scene("A file is always ready");
    let file = File::open(std::env::current_exe()?)?;
    let mut question = [PollFd::new(&file, PollFlags::IN | PollFlags::OUT)];
    poll(&mut question, Some(&Timespec::default()))?;
    let ready = question[0].revents() == PollFlags::IN | PollFlags::OUT;
    fact("poll says: read and write", ready);
    let refused = Watch::new(&file, EventFlags::IN).err();
    fact("epoll says", refused.map_or("nothing".into(), |error| error.to_string()));
    Ok(())
}
// ANCHOR_END: files

fn say_flags(when: &str, flags: EventFlags) {
    fact(when, in_words(flags, "nothing"));
}

/// `IN OUT`, or what stands for nothing.
fn in_words(flags: EventFlags, nothing: &str) -> String {
    let names: Vec<_> = flags.iter_names().map(|(name, _)| name).collect();
    if names.is_empty() { nothing.to_owned() } else { names.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn a_signal_is_no_answer() -> io::Result<()> {
        extern "C" fn ignore(_signal: libc::c_int) {}
        let handler = ignore as *const () as libc::sighandler_t;
        // SAFETY: a handler that does nothing may interrupt anything.
        unsafe { libc::signal(libc::SIGUSR1, handler) };
        // SAFETY: it only asks for this thread's handle.
        let this_thread = unsafe { libc::pthread_self() };
        let (reader, mut writer) = io::pipe()?;
        let said = thread::scope(|scope| {
            scope.spawn(move || {
                for _ in 0..10 {
                    thread::sleep(Duration::from_millis(10));
                    // SAFETY: that thread lives, because its scope waits for this one.
                    unsafe { libc::pthread_kill(this_thread, libc::SIGUSR1) };
                }
                // The answer comes after the signals.
                writer.write_all(b"x")
            });
            Watch::new(&reader, EventFlags::IN)?.until(EventFlags::IN)
        });
        assert!(said?.contains(EventFlags::IN));
        Ok(())
    }
}
