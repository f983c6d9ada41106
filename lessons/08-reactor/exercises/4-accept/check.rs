//! Many clients are served at once, no more than there are places for, and none has to pay for
//! another.

#[allow(
    clippy::ptr_arg,
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

#[path = "check/setup.rs"]
mod setup;

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::io::{self, ErrorKind, Read, Write};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use answer::serve;
use executor::{Executor, JoinHandle, Park, yield_now};
use shared::figures::alloc::CountingAllocator;
use shared::probe::{Clients, Peer, Pollers, Socket, watchdog};

/// Where the answer gets its clients from.
use shared::probe::Listener;

/// For the answer.
pub use setup::echo;
use setup::*;

#[test]
fn a_client_is_answered() {
    check(10, async |server| {
        let client = server.client("tea");
        server.goes_on("a client came, and sent \"tea\"").await;
        assert!(
            got(&client) == "tea",
            "a client came, sent \"tea\", and got \"{}\" back",
            got(&client)
        );
        client.send(b" and cake");
        server.goes_on("the client sent more").await;
        assert!(
            got(&client) == "tea and cake",
            "the client sent \" and cake\" as well, and has got \"{}\" so far: a conversation goes on until the client has said all",
            got(&client)
        );
        client.end();
        server.goes_on("the client has said all").await;
        assert!(client.is_closed(), "the client has said all, and its connection is open still");
    });
}

#[test]
fn a_silent_client_holds_up_nobody() {
    check(10, async |server| {
        let silent = server.clients.connect();
        let second = server.client("tea");
        server.goes_on("two clients came").await;
        let third = server.client("cake");
        server.goes_on("a third client came").await;
        let answers = [got(&second), got(&third)];
        assert!(
            answers == ["tea", "cake"],
            "one client came and is silent. A second one sent \"tea\" and got \"{}\", a third one sent \"cake\" and got \"{}\". Nobody \
             has to wait for what another one says",
            answers[0],
            answers[1]
        );
        silent.send(b"at last");
        server.goes_on("the silent client spoke").await;
        assert!(
            got(&silent) == "at last",
            "the first client sent \"at last\" after two others had been served, and got \"{}\"",
            got(&silent)
        );
    });
}

#[test]
fn a_hundred_talk_in_turns() {
    check(100, async |server| {
        let clients: Vec<_> = (0..100).map(|_| server.clients.connect()).collect();
        for round in 0..3 {
            for (nth, client) in clients.iter().enumerate().rev() {
                client.send(format!("{nth}.{round} ").as_bytes());
            }
            server.goes_on("a hundred clients talk in turns").await;
        }
        for (nth, client) in clients.iter().enumerate() {
            let expected = format!("{nth}.0 {nth}.1 {nth}.2 ");
            assert!(
                got(client) == expected,
                "a hundred clients are there, with as many places. Client {nth} sent \"{expected}\", and got \"{}\"",
                got(client)
            );
        }
    });
}

#[test]
fn while_nobody_comes_it_waits() {
    check(10, async |server| {
        server.goes_on("nobody has come yet").await;
        assert!(
            server.clients.is_waited_for(),
            "nobody has come yet, `serve` is pending, and does not wait in `readable()`: nobody can wake it when a client comes"
        );
        server.clients.hint();
        server.goes_on("`serve` was woken for nothing").await;
        let client = server.client("tea");
        server.goes_on("the first client came").await;
        assert!(
            got(&client) == "tea",
            "the first client came after a while, sent \"tea\", and got \"{}\"",
            got(&client)
        );
    });
}

#[test]
fn one_that_fails_ends_nobody_else() {
    for (happened, end) in ENDS {
        check(10, async move |server| {
            let stays = server.client("tea");
            let goes = server.clients.connect();
            server.goes_on("two clients came").await;
            end(&goes);
            server.goes_on(&format!("one client {happened}")).await;
            stays.send(b" and cake");
            let new = server.client("jam");
            server.goes_on(&format!("one client {happened}, and another one came")).await;
            let answers = [got(&stays), got(&new)];
            assert!(
                answers == ["tea and cake", "jam"],
                "one client {happened}. Another one, who was there already, sent \"tea and cake\" and got \"{}\". A new one sent \"jam\" and \
                 got \"{}\"",
                answers[0],
                answers[1]
            );
        });
    }
}

#[test]
fn no_more_are_accepted_than_there_are_places() {
    check(3, async |server| {
        let clients: Vec<_> = (0..5).map(|_| server.client("tea")).collect();
        server.goes_on("five clients came").await;
        let answered = clients.iter().filter(|client| got(client) == "tea").count();
        let waiting = server.clients.waiting();
        assert!(
            answered == 3 && waiting == 2,
            "five clients came to a server of three places. Answered: {answered}; in the listener's queue: {waiting}. Whoever is \
             accepted costs a descriptor, and believes that the server listens"
        );
    });
}

#[test]
fn whoever_is_through_makes_room() {
    for (happened, end) in ENDS {
        for nth in 0..3 {
            check(3, async move |server| {
                let mut served: Vec<_> = (0..3).map(|_| server.clients.connect()).collect();
                server.goes_on("three clients came").await;
                // More often than there are places: none may get lost.
                for round in 1..=5 {
                    let next = server.client("tea");
                    server.goes_on("one more client came").await;
                    end(&served[nth]);
                    server.goes_on(&format!("one of three clients {happened}")).await;
                    assert!(
                        served[nth].is_closed() && got(&next) == "tea",
                        "all three places were taken, and one client waited. Then number {} of those who were served {happened}, and the \
                         one who waited got \"{}\" in place of \"tea\" (round {round}). A place is free as soon as anybody is \
                         through, and however that was",
                        nth + 1,
                        got(&next)
                    );
                    served[nth] = next;
                }
            });
        }
    }
}

#[test]
fn a_limit_may_be_more_than_a_byte_can_count() {
    for (limit, came) in [(300, 310), (400, 310)] {
        check(limit, async move |server| {
            let _clients: Vec<_> = (0..came).map(|_| server.client("tea")).collect();
            server.goes_on(&format!("{came} clients came")).await;
            let served = came - server.clients.waiting();
            let places = came.min(limit);
            assert!(
                served == places,
                "{came} clients came, and there are {limit} places. Accepted: {served}, in place of {places}"
            );
        });
    }
}

#[test]
fn it_is_woken_in_the_task_that_polled_last() {
    let one = |clients: &Clients| Some(clients.connect());
    let says_all = |_: &Clients, served: Option<Peer>| served.iter().for_each(Peer::end);
    let next = |clients: &Clients| drop(clients.connect());
    is_woken(one, next, says_all, "the client in the only place said all, and the next one waits");
    let comes = |clients: &Clients, _: Option<Peer>| drop(clients.connect());
    is_woken(|_| None, |_| (), comes, "the first client came");
    is_last_woken_at_the_end();
}

#[test]
fn whoever_is_through_leaves_nothing_behind() {
    for (happened, end) in ENDS {
        for stays in [false, true] {
            let kept = check(2, async move |server| {
                let _stayer = stays.then(|| server.client("tea"));
                for _ in 0..2_000 {
                    let client = server.client("tea");
                    server.goes_on("a client came").await;
                    end(&client);
                    server.goes_on(&format!("the client {happened}")).await;
                }
            });
            assert!(
                kept < 1 << 15,
                "2,000 clients came, one after another, and each {happened}{}. {kept} bytes are still set aside: what is kept of those \
                 who are through grows for as long as the server runs",
                if stays { ". Meanwhile one client stayed" } else { "" }
            );
        }
    }
}

#[test]
fn one_who_gave_up_too_early_ends_nothing() {
    for kind in [ErrorKind::ConnectionAborted, ErrorKind::Interrupted] {
        check(10, async move |server| {
            (0..3).for_each(|_| server.clients.accept_fails(kind));
            let client = server.client("tea");
            server.goes_on(&format!("`accept` failed three times in a row with `{kind:?}`")).await;
            assert!(
                got(&client) == "tea",
                "`accept` failed three times in a row with `{kind:?}`, and the next client sent \"tea\" and got \"{}\"",
                got(&client)
            );
        });
    }
}

#[test]
fn when_accept_fails_nobody_is_accepted_any_more() {
    for (failed, fail) in FAILURES {
        check(10, async move |server| {
            server.gets_quiet().await;
            fail(&server.clients);
            server.gets_quiet().await;
            let late = server.client("tea");
            server.gets_quiet().await;
            assert!(
                server.clients.waiting() == 1 && got(&late).is_empty(),
                "{failed} with `InvalidInput`, which is not one of the two that are tried again, and `serve` has accepted one more client"
            );
            assert!(
                server.ended == Some(ErrorKind::InvalidInput),
                "{failed} with `InvalidInput`, nobody is being served, and `serve` {}",
                match server.ended {
                    None => "has not returned".to_owned(),
                    Some(kind) => format!("returned the error `{kind:?}`"),
                }
            );
        });
    }
}

#[test]
fn any_other_error_of_accept_is_returned() {
    for kind in [
        ErrorKind::ConnectionReset,
        ErrorKind::BrokenPipe,
        ErrorKind::NotConnected,
        ErrorKind::TimedOut,
        ErrorKind::UnexpectedEof,
        ErrorKind::WriteZero,
        ErrorKind::PermissionDenied,
        ErrorKind::OutOfMemory,
    ] {
        check(10, async move |server| {
            server.clients.accept_fails(kind);
            server.gets_quiet().await;
            assert!(
                server.ended == Some(kind),
                "`accept` failed with `{kind:?}`, which is not one of the two that are tried again, and `serve` {}",
                match server.ended {
                    None => "has not returned".to_owned(),
                    Some(kind) => format!("returned the error `{kind:?}`"),
                }
            );
        });
    }
}

#[test]
fn whoever_is_being_served_is_served_to_the_end() {
    let cases = FAILURES.into_iter().flat_map(|failure| {
        ENDS.into_iter().flat_map(move |end| [[0, 1], [1, 0]].map(|order| (failure, end, order)))
    });
    for ((failed, fail), (happened, end), order) in cases {
        check(10, async move |server| {
            let clients = [server.client("tea"), server.client("tea")];
            server.goes_on("two clients came").await;
            fail(&server.clients);
            for (left, client) in [(2, &clients[order[0]]), (1, &clients[order[1]])] {
                let story =
                    format!("{failed}, while {left} of two clients were still being served");
                server.gets_quiet().await;
                assert!(
                    server.ended.is_none(),
                    "{story}, and `serve` has returned: the program would end now, and cut them off"
                );
                client.send(b" and cake");
                server.gets_quiet().await;
                assert!(
                    got(client) == "tea and cake" && !client.is_closed(),
                    "{story}. One of them sent \"tea and cake\" and got \"{}\" (its connection is {})",
                    got(client),
                    if client.is_closed() { "closed" } else { "open" }
                );
                end(client);
            }
            server.gets_quiet().await;
            assert!(
                server.ended == Some(ErrorKind::InvalidInput),
                "{failed} with `InvalidInput`, and the last client {happened}: nobody is being served any more. `serve` has \
                 {}",
                match server.ended {
                    None => "not returned".to_owned(),
                    Some(kind) => format!("returned the error `{kind:?}`"),
                }
            );
        });
    }
}

#[test]
fn whoever_was_through_before_the_failure_is_not_waited_for() {
    for ((failed, fail), through) in FAILURES.into_iter().flat_map(|f| (1..=3).map(move |n| (f, n)))
    {
        check(10, async move |server| {
            let clients: Vec<_> = (0..3).map(|_| server.client("tea")).collect();
            server.goes_on("three clients came").await;
            let (gone, left) = clients.split_at(through);
            gone.iter().for_each(Peer::end);
            server.goes_on(&format!("{through} of three clients said all")).await;
            fail(&server.clients);
            server.gets_quiet().await;
            for client in left {
                assert!(
                    server.ended.is_none(),
                    "three clients came, and {through} said all. Then {failed}, while others were still being served, and `serve` \
                     has returned: the program would end now, and cut them off"
                );
                client.end();
                server.gets_quiet().await;
            }
            assert!(
                server.ended == Some(ErrorKind::InvalidInput),
                "three clients came, and {through} said all. Then {failed}, and the others said all as well. Nobody is being served, \
                 and `serve` has not returned: it waits for a wake that nobody will send"
            );
        });
    }
}
