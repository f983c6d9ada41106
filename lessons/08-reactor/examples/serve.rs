//! A small web server and an echo server, on one thread, for curl and a browser: `just serve`.
//!
//! It answers `GET /` with a greeting that says how often it has been asked. It prints the two
//! commands that ask it. Ctrl-C ends it.

use std::cell::Cell;
use std::future::pending;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use reactor::{Handle, Runtime, TcpListener, TcpStream};

/// Longer requests are refused.
const LONGEST_HEAD: usize = 8 * 1024;
/// Who has not sent a whole request by then is hung up on.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long nobody is accepted after an error, such as "too many open files".
const PAUSE: Duration = Duration::from_secs(1);

fn main() -> io::Result<()> {
    let runtime = Runtime::new()?;
    let web = runtime.bind("127.0.0.1:0")?;
    let echo = runtime.bind("127.0.0.1:0")?;
    println!("curl http://{}/", web.local_addr()?);
    // curl's telnet goes on until the server hangs up, which an echo server does not: so it is
    // given a second.
    println!("echo tea | curl -s --max-time 1 telnet://{}", echo.local_addr()?);
    let handle = runtime.handle();
    let asked = Rc::new(Cell::new(0));
    let patience = handle.timer().clone();
    let web = each(web, handle.clone(), move |stream| {
        let timer = patience.clone();
        let asked = Rc::clone(&asked);
        async move { timer.timeout(PATIENCE, answer(stream, &asked)).await? }
    });
    let echo = each(echo, handle.clone(), echoed);
    let servers = [runtime.spawn(web), runtime.spawn(echo)];
    runtime.block_on(pending::<()>());
    drop(servers);
    Ok(())
}

/// Gives each connection a task of its own.
async fn each<F>(mut listener: TcpListener, handle: Handle, mut serve: impl FnMut(TcpStream) -> F)
where
    F: Future<Output = io::Result<()>> + 'static,
{
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let serving = serve(stream);
                handle
                    .spawn(async move {
                        if let Err(error) = serving.await {
                            eprintln!("{peer}: {error}");
                        }
                    })
                    .detach();
            }
            // A client that has given up, or no descriptor left. Neither is a reason to close the
            // port, and to try again at once would spin.
            Err(error) => {
                eprintln!("nobody is accepted for a second: {error}");
                handle.timer().sleep(PAUSE).await;
            }
        }
    }
}

async fn echoed(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(()),
            length => stream.write_all(&buffer[..length]).await?,
        }
    }
}

/// One request, one answer, and the end of the connection.
async fn answer(mut stream: TcpStream, asked: &Cell<u32>) -> io::Result<()> {
    let Some(head) = request_head(&mut stream).await? else { return Ok(()) };
    let mut words = head.split(|&byte| byte == b' ' || byte == b'\r');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, body) = match (method, path(target)) {
        (b"GET" | b"HEAD", b"/") => {
            asked.set(asked.get() + 1);
            ("200 OK", format!("hello number {}, from one thread\n", asked.get()))
        }
        (b"GET" | b"HEAD", _) => ("404 Not Found", "there is only /\n".to_owned()),
        (b"", _) => ("400 Bad Request", "this is not HTTP, or too long\n".to_owned()),
        _ => ("405 Method Not Allowed", "only GET and HEAD\n".to_owned()),
    };
    let allow = if status.starts_with("405") { "Allow: GET, HEAD\r\n" } else { "" };
    let mut response = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
         {allow}Connection: close\r\n\r\n",
        body.len()
    );
    if method != b"HEAD" {
        response.push_str(&body);
    }
    stream.write_all(response.as_bytes()).await?;
    stream.shutdown()?;
    // What is still on its way is read: closing over it would reset the connection, and the answer
    // with it.
    while stream.read(&mut [0; 1024]).await? > 0 {}
    Ok(())
}

/// The path of a request's target, without what is asked of it: `/` of `/?a=1`, and of
/// `http://localhost:8000/`, as a proxy is asked.
fn path(target: &[u8]) -> &[u8] {
    let target = target.split(|&byte| byte == b'?').next().unwrap_or_default();
    let scheme = target.get(..7).filter(|start| start.eq_ignore_ascii_case(b"http://"));
    let Some(rest) = scheme.and_then(|scheme| target.get(scheme.len()..)) else { return target };
    match rest.iter().position(|&byte| byte == b'/') {
        Some(end_of_host) => &rest[end_of_host..],
        None => b"/",
    }
}

/// All up to the empty line that ends a request's head; empty if it ends before, or is too long.
/// None if nobody asks anything.
async fn request_head(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut head = vec![0; LONGEST_HEAD];
    let mut filled = 0;
    while filled < head.len() {
        let length = stream.read(&mut head[filled..]).await?;
        if length == 0 {
            return Ok((filled > 0).then(Vec::new));
        }
        filled += length;
        if head[..filled].windows(4).any(|window| window == b"\r\n\r\n") {
            head.truncate(filled);
            return Ok(Some(head));
        }
    }
    Ok(Some(Vec::new()))
}
