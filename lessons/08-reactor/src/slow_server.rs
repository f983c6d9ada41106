//! A server that takes its time, in a process of its own: the program starts itself, with other
//! words.

use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{self, Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::Duration;

use reactor::{Handle, JoinHandle, Runtime, TcpListener, TcpStream, Timer};

/// What makes this program a server.
const WORD: &str = "--slow-server";

// ANCHOR: server
/// What it says first, so that the client knows that it has been accepted.
pub const GREETING: [u8; 1] = *b"!";

/// Asked a number, it answers with the sum of all smaller ones, after `delay`.
pub async fn answer(mut stream: TcpStream, timer: Timer, delay: Duration) -> io::Result<()> {
    stream.write_all(&GREETING).await?;
    let mut number = [0; 8];
    while stream.read_exact(&mut number).await.is_ok() {
        timer.sleep(delay).await;
        let sum: u64 = (0..u64::from_be_bytes(number)).sum();
        stream.write_all(&sum.to_be_bytes()).await?;
    }
    Ok(())
}

/// Gives each connection a task of its own, until `connections` have come. Returns these tasks.
pub async fn accept(
    mut listener: TcpListener,
    handle: Handle,
    delay: Duration,
    connections: usize,
) -> io::Result<Vec<JoinHandle<io::Result<()>>>> {
    let mut tasks = Vec::new();
    while tasks.len() < connections {
        let (stream, _) = listener.accept().await?;
        tasks.push(handle.spawn(answer(stream, handle.timer().clone(), delay)));
    }
    Ok(tasks)
}
// ANCHOR_END: server

// ANCHOR: child
/// A child process that serves. It is ended, and its end waited for, when this is dropped.
pub struct SlowServer {
    child: Child,
    /// The child ends when this closes, which the system sees to in case this process is killed.
    stdin: Option<ChildStdin>,
    address: SocketAddr,
}

impl SlowServer {
    pub fn start(delay: Duration) -> io::Result<Self> {
        let mut command = Command::new(env::current_exe()?);
        command.arg(WORD).arg(delay.as_millis().to_string());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server = Self { child, stdin, address: nowhere };
        // From here on, a failure ends the child, too.
        let mut line = String::new();
        BufReader::new(stdout.expect("it is piped")).read_line(&mut line)?;
        server.address = line.trim().parse().map_err(io::Error::other)?;
        Ok(server)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for SlowServer {
    fn drop(&mut self) {
        drop(self.stdin.take());
        // A child that nobody waits for stays as a zombie.
        let _ = self.child.wait();
    }
}
// ANCHOR_END: child

/// Serves, and does not return, if this process was started by [`SlowServer::start`].
pub fn serve_if_asked() {
    let mut words = env::args().skip(1);
    if words.next().as_deref() != Some(WORD) {
        return;
    }
    let delay = words.next().and_then(|word| word.parse().ok()).map(Duration::from_millis);
    thread::spawn(|| {
        // Until the parent closes it, or is no more.
        let _ = io::stdin().read_to_end(&mut Vec::new());
        process::exit(0);
    });
    let served = serve(delay.unwrap_or_default());
    eprintln!("the slow server: {served:?}");
    process::exit(1);
}

fn serve(delay: Duration) -> io::Result<()> {
    let runtime = Runtime::new()?;
    let listener = runtime.bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    io::stdout().flush()?;
    let handle = runtime.handle().clone();
    runtime.block_on(accept(listener, handle, delay, usize::MAX)).map(drop)
}
