//! Tasks reach their runtime by its handle, and a runtime that is dropped leaves nothing behind.

use std::future::pending;
use std::io::{self, ErrorKind};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use reactor::{Runtime, TcpStream, yield_now};

#[test]
fn a_task_does_all_by_its_handle() -> io::Result<()> {
    let runtime = Runtime::new()?;
    let handle = runtime.handle().clone();
    let task = runtime.spawn_named("server", async move {
        let mut listener = handle.bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let inner = handle.clone();
        let client = handle.spawn(async move {
            let mut stream = inner.connect(address).await?;
            inner.timer().sleep(Duration::from_millis(1)).await;
            stream.write_all(&[42]).await
        });
        let (mut stream, _) = listener.accept().await?;
        let mut byte = [0];
        handle.timer().timeout(Duration::from_secs(30), stream.read_exact(&mut byte)).await??;
        client.await??;
        io::Result::Ok(byte[0])
    });
    assert_eq!(runtime.block_on(task)??, 42);
    Ok(())
}

#[test]
fn tasks_that_own_handles_are_gone_with_their_runtime() -> io::Result<()> {
    let runtime = Runtime::new()?;
    let alive = Rc::new(());
    let reactor = Arc::downgrade(runtime.reactor());
    let mut listener = runtime.bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    for waits_for in 0..5 {
        let (handle, alive) = (runtime.handle().clone(), Rc::clone(&alive));
        let task = async move {
            let _alive = alive;
            match waits_for {
                0 => handle.timer().sleep(Duration::from_secs(3600)).await,
                1 => handle
                    .clone()
                    .spawn(async move {
                        pending::<()>().await;
                        drop(handle)
                    })
                    .await
                    .unwrap(),
                2 => {
                    let mut stream = handle.connect(address).await.unwrap();
                    stream.read(&mut [0]).await.unwrap();
                }
                3 => drop(handle.bind("127.0.0.1:0").unwrap().accept().await),
                _ => pending().await,
            }
        };
        runtime.spawn(task).detach();
    }
    let accepted = runtime.block_on(listener.accept())?;
    runtime.block_on(yield_now());
    drop((listener, accepted));
    assert_eq!((Rc::strong_count(&alive), runtime.executor().len()), (6, 6));
    drop(runtime);
    assert_eq!((Rc::strong_count(&alive), reactor.strong_count()), (1, 0));
    Ok(())
}

#[test]
fn a_handle_that_outlives_its_runtime_spawns_nothing() -> io::Result<()> {
    let runtime = Runtime::new()?;
    let handle = runtime.handle().clone();
    drop(runtime);
    let alive = Rc::new(());
    let kept = Rc::clone(&alive);
    let task = handle.spawn_named("late", async move { drop(kept) });
    assert_eq!(Rc::strong_count(&alive), 1);
    let error = Runtime::new()?.block_on(task).unwrap_err();
    assert_eq!(error.to_string(), "task late was cancelled");
    Ok(())
}

#[test]
fn connect_takes_what_bind_takes() -> io::Result<()> {
    let runtime = Runtime::new()?;
    let mut listener = runtime.bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let closed = runtime.bind("127.0.0.1:0")?.local_addr()?;
    let port = address.port();
    runtime.block_on(async {
        // In words, as a pair, and as several, of which the first one answers.
        let mut streams = vec![
            runtime.connect(address.to_string()).await?,
            runtime.connect(("127.0.0.1", port)).await?,
            runtime.connect(&[closed, address][..]).await?,
            TcpStream::connect(runtime.reactor(), ("127.0.0.1", port)).await?,
        ];
        for stream in &streams {
            assert_eq!(stream.peer_addr()?, address);
        }
        let refused = runtime.connect(&[closed, closed][..]).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        let nowhere = runtime.connect(&[][..]).await.unwrap_err();
        assert_eq!(nowhere.kind(), ErrorKind::InvalidInput);
        let (read, write) = streams.remove(0).split();
        assert_eq!((read.peer_addr()?, write.peer_addr()?), (address, address));
        drop(listener.accept().await?);
        io::Result::Ok(())
    })
}
