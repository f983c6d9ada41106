//! The server that the program starts in another process, seen from outside: it serves, and it ends
//! with whoever started it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use shared::probe::watchdog;

/// The lesson's program as a server, and where it listens.
fn start() -> io::Result<(Child, SocketAddr)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lesson-08-reactor"));
    command.args(["--slow-server", "0"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line)?;
    Ok((child, line.trim().parse().map_err(io::Error::other)?))
}

fn asked(server: &mut TcpStream, number: u64) -> io::Result<u64> {
    server.write_all(&number.to_be_bytes())?;
    let mut answer = [0; 8];
    server.read_exact(&mut answer)?;
    Ok(u64::from_be_bytes(answer))
}

#[test]
fn it_answers_several_clients_and_ends_when_its_input_closes() {
    let test = || {
        let (mut child, address) = start()?;
        let mut clients = Vec::new();
        for _ in 0..3 {
            let mut client = TcpStream::connect(address)?;
            client.read_exact(&mut [0])?;
            clients.push(client);
        }
        // In the reverse order: none waits for another.
        for (number, client) in (1..).zip(clients.iter_mut().rev()) {
            assert_eq!(asked(client, number)?, number * (number - 1) / 2);
        }
        drop(child.stdin.take());
        assert!(child.wait()?.success());
        assert_eq!(clients[0].read(&mut [0])?, 0, "the connection outlives the server");
        io::Result::Ok(())
    };
    watchdog(Duration::from_secs(30), "the server", test).expect("the system plays along");
}

#[test]
fn a_client_that_goes_away_in_the_middle_does_no_harm() {
    let test = || {
        let (mut child, address) = start()?;
        let mut client = TcpStream::connect(address)?;
        client.write_all(&[0, 0, 0])?;
        drop(client);
        let mut client = TcpStream::connect(address)?;
        client.read_exact(&mut [0])?;
        assert_eq!(asked(&mut client, 100)?, 4_950);
        drop(child.stdin.take());
        child.wait().map(drop)
    };
    watchdog(Duration::from_secs(30), "the server", test).expect("the system plays along");
}
