//! Ten thousand connections, held by one thread here and by one thread of a server in another
//! process: `just ten-thousand`
//!
//! `cargo run --release --example ten_thousand -- 500` holds 500.

use std::io;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use reactor::Runtime;
use shared::figures::measure::thread_cpu_time;
use shared::narrate::{fact, title};

use slow_server::SlowServer;

#[path = "../src/limits.rs"]
mod limits;
#[path = "../src/many.rs"]
mod many;
#[path = "../src/slow_server.rs"]
mod slow_server;

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).and_then(|word| word.parse().ok());
    let Err(error) = hold(wanted.unwrap_or(10_000)) else { return ExitCode::SUCCESS };
    // In words: it may say what to do.
    eprintln!("{error}");
    ExitCode::FAILURE
}

fn hold(connections: usize) -> io::Result<()> {
    // The server is started with this limit, too.
    limits::allow_open_files(connections as u64 + 50)?;
    slow_server::serve_if_asked();
    title("Ten thousand", "One thread holds them, and another one, in another process, answers.");
    let before = limits::open_files();
    let server = SlowServer::start(Duration::from_millis(100))?;
    let runtime = Runtime::new()?;
    let start = Instant::now();
    let clients = runtime.block_on(many::Clients::open(&runtime, server.address(), connections))?;
    fact("connections that are open", runtime.reactor().len());
    fact("opened within", format_args!("{:.0?}", start.elapsed()));

    let idle = (runtime.reactor().counts(), thread_cpu_time());
    runtime.block_on(runtime.timer().sleep(Duration::from_secs(2)));
    let counts = runtime.reactor().counts();
    fact(
        "waits in the kernel in 2 s, idle",
        counts.sleeps + counts.looks - idle.0.sleeps - idle.0.looks,
    );
    if let (Some(after), Some(before)) = (thread_cpu_time(), idle.1) {
        fact("processor time meanwhile", format_args!("{:.2?}", after - before));
    }

    let start = Instant::now();
    let right = runtime.block_on(clients.ask_all(&runtime))?;
    fact("asked at once, right answers", right);
    fact("answered within", format_args!("{:.0?}", start.elapsed()));
    fact("of that, the server waits", "100ms");
    drop((runtime, server));
    let open = limits::open_files().zip(before);
    fact(
        "descriptors that are left open",
        open.map_or("not counted".into(), |(after, before)| (after - before).to_string()),
    );
    assert_eq!(right, connections, "somebody was not answered, or wrongly");
    Ok(())
}
