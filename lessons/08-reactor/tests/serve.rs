//! The example server answers every form in which its one page can be asked for.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        // On Unix, `cargo run` becomes the program.
        let mut child = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--package", env!("CARGO_PKG_NAME"), "--example", "serve"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo runs");
        let mut line = String::new();
        let stdout = child.stdout.as_mut().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("it says where it is");
        let address = line.trim().strip_prefix("curl http://").expect("it is a command");
        let address = address.trim_end_matches('/').to_owned();
        Self { child, address }
    }

    /// The status, and all of the answer.
    fn ask(&self, line: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "{line}\r\nHost: here\r\n\r\n").expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let status = answer.split(' ').nth(1).unwrap_or_default().to_owned();
        (status, answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_form_of_the_one_page_is_answered_and_no_other() {
    let server = Server::start();
    let address = server.address.clone();
    let page = ["/".to_owned(), "/?a=1".to_owned(), "/?".to_owned()];
    let absolute = ["", "/", "/?a=1", "?a=/b"].map(|rest| format!("http://{address}{rest}"));
    for target in page.iter().chain(&absolute).chain(&[format!("HTTP://{address}/")]) {
        let (status, answer) = server.ask(&format!("GET {target} HTTP/1.1"));
        assert_eq!(status, "200", "{target}: {answer}");
        assert!(answer.contains("from one thread"), "{target}: {answer}");
        assert_eq!(server.ask(&format!("HEAD {target} HTTP/1.1")).0, "200", "{target}");
    }
    for target in ["/nothing", "/nothing?a=/", "//", "http", &format!("http://{address}/nothing")] {
        assert_eq!(server.ask(&format!("GET {target} HTTP/1.1")).0, "404", "{target}");
    }
    assert_eq!(server.ask("POST /?a=1 HTTP/1.1").0, "405");
    assert_eq!(server.ask("").0, "400");
}
