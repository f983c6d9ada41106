//! `predict` shows a program, takes an order from whoever types or pipes it, and points at the
//! first difference to what the program records.

mod common;

use common::{Course, Lifeline, Ran, SUMS, finish};
use snapbox::{assert_data_eq, str};
use std::io::Write;
use std::process::Stdio;

/// A course whose first lesson has two predictions. Neither needs a crate: they print what a
/// recorder would.
fn course() -> Course {
    let course = Course::new();
    course.change(
        &format!("{SUMS}/Cargo.toml"),
        "[package.metadata.course]",
        "[[example]]\nname = \"three\"\npath = \"predictions/1-three.rs\"\n\n\
         [[example]]\nname = \"letters\"\npath = \"predictions/2-letters.rs\"\n\n\
         [[example]]\nname = \"no-prediction\"\npath = \"demos/other.rs\"\n\n[package.metadata.course]",
    );
    course.write(&format!("{SUMS}/demos/other.rs"), "fn main() {}\n");
    course.write(THREE, &(THREE_SHOWN.to_owned() + &program(&EVENTS)));
    let events = ["1|null|note|main: b: last in the alphabet|1", "2|null|note|main: A: first|1"];
    course.write(&format!("{SUMS}/predictions/2-letters.rs"), &program(&events));
    course
}

#[test]
fn the_program_that_is_there_is_predicted_whatever_its_time() {
    let course = course();
    course.run(&["predict", "1.1", "--answer", "3 1 2"]).code(0);
    // Another order, in a file that is older than what has been built.
    let mut events = EVENTS;
    events[1] = "1|0|note|a: 1: one is done|7";
    events[4] = "4|null|note|main: 3: nobody is polled|3";
    let path = course.path(THREE);
    course.write(THREE, &(THREE_SHOWN.to_owned() + &program(&events)));
    let file = std::fs::File::options().append(true).open(&path).expect("it is there");
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    file.set_modified(old).expect("its time can be set");
    course.run(&["predict", "1.1", "--answer", "1 3 2"]).code(0).says("right");
}

const THREE: &str = "lessons/01-sums/predictions/1-three.rs";

const THREE_SHOWN: &str = "\
//! Three things happen.
//!
//! Which is first?

// ANCHOR: shown
fn three() {
    one();

    two();
}
// ANCHOR_END: shown

fn one() {}
fn two() {}

";

/// `tick|within|kind|text|line`; the tasks are `a` and `b`.
const EVENTS: [&str; 7] = [
    "0|null|poll|main polls a|7",
    "1|0|note|a: 3: one is done|7",
    "2|0|note|a: a remark that is not an event|8",
    "3|null|pending|a returns Pending|7",
    "4|null|note|main: 1: nobody is polled|3",
    "5|null|poll|main polls b|9",
    "6|1|note|b: 2: two is done|9",
];

/// A program that prints these events as a recorder would, or a line for the timeline as text.
fn program(events: &[&str]) -> String {
    let event = |event: &&str| {
        let fields: Vec<_> = event.split('|').collect();
        let [tick, within, kind, text, line] = fields[..] else { panic!("{event}") };
        let task = if text.ends_with('b') { "1" } else { "0" };
        format!(
            "{{\"tick\":{tick},\"thread\":0,\"task\":{task},\"within\":{within},\"kind\":\"{kind}\",\
             \"text\":\"{text}\",\"file\":\"{THREE}\",\"line\":{line}}}"
        )
    };
    let events: Vec<_> = events.iter().map(event).collect();
    format!(
        "const JSON: &str = r#\"{{\"tasks\":[{{\"name\":\"a\",\"parent\":null}},{{\"name\":\"b\",\"parent\":null}}],\
         \"threads\":[\"main\"],\"events\":[{}],\"cut\":0}}\"#;\n\n\
         fn main() {{\n    let asked: Vec<_> = std::env::args().skip(1).collect();\n    \
         let asked: Vec<_> = asked.iter().map(String::as_str).collect();\n    match asked[..] {{\n        \
         [\"--timeline\", \"json\"] => println!(\"{{JSON}}\"),\n        \
         [\"--timeline\", \"text\", ..] => println!(\"THE TIMELINE {{:?}}\", &asked[2..]),\n        \
         _ => std::process::exit(2),\n    }}\n    three();\n}}\n{}",
        events.join(","),
        if events.len() == EVENTS.len() { "" } else { "\nfn three() {}\n" }
    )
}

/// `course predict <arguments>`, with `typed` on standard input.
fn typed(course: &Course, arguments: &[&str], typed: &[u8]) -> Ran {
    let arguments = [&["predict"], arguments].concat();
    let mut command = course.command(&arguments);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("course starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    // It may have ended without reading.
    let _ = stdin.write_all(typed);
    drop(stdin);
    finish(child)
}

#[test]
fn the_first_difference_is_pointed_at_with_what_happened_there() {
    let course = course();
    let ran = typed(&course, &["1"], b"3 2 1\n").code(1);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
1.1 sums/three
Three things happen.

Which is first?

lessons/01-sums/predictions/1-three.rs
   6  fn three() {
   7      one();
   8
   9      two();
  10  }

The events:
  1  nobody is polled
  2  two is done
  3  one is done

Your order, such as 1 2 3: 3 2 1

not so: 3 is right, then you say 2, but 1 comes next.
What was recorded, from 3 to 1:

   8  a: a remark that is not an event
   7  a returns Pending
      main: 1: nobody is polled

2 comes in a poll that had not begun by then:

   9  main polls b

again      cargo course predict 1.1

"#]]
    );
}

#[test]
fn where_the_poll_had_begun_nothing_is_said_of_it() {
    let course = course();
    typed(&course, &["1"], b"1 2 3\n")
        .code(1)
        .says("you say 1 first, but 3 comes first.")
        .says("from the beginning to 3:\n\n   7  main polls a\n   7  a: 3: one is done\n\nagain")
        .never_says("had not begun");
}

#[test]
fn of_a_long_stretch_the_end_is_told() {
    let course = course();
    let mut events: Vec<String> =
        (0..40).map(|tick| format!("{tick}|0|note|a: remark {tick}|7")).collect();
    events.extend(["40|0|note|a: 2: ends|8".to_owned(), "41|0|note|a: 1: is late|8".to_owned()]);
    let events: Vec<_> = events.iter().map(String::as_str).collect();
    course.write(&format!("{SUMS}/predictions/2-letters.rs"), &program(&events));
    course
        .run(&["predict", "1.2", "--answer", "12"])
        .code(1)
        .says("\n      [… 11 earlier events left out …]\n      a: remark 11\n")
        .says("a: remark 39\n      a: 2: ends\n")
        .never_says("      a: remark 10\n");
}

#[test]
fn the_right_order_is_confirmed_with_the_recording() {
    let course = course();
    typed(&course, &["1"], b"3 1 2\n")
        .code(0)
        .says("right: 3 1 2. This is the recording:\n\nTHE TIMELINE []\n")
        .says("next       cargo course predict 1.2   (letters)");
    typed(&course, &["1.2"], b"B a\n").code(0).says("next       cargo lesson 1   (sums)");
}

#[test]
fn an_order_may_be_typed_in_many_ways() {
    let course = course();
    for order in ["3 1 2\n", "3,1,2", "312\r\n", "  3 -> 1 -> 2  \nand what follows"] {
        typed(&course, &["1.1"], order.as_bytes()).code(0);
    }
    for arguments in [&["1", "--answer", "3 1 2"][..], &["1", "--answer", "3", "1", "2"]] {
        typed(&course, arguments, b"").code(0).says("Your order: 3 1 2");
    }
    for order in ["b a", "B,A", "bA"] {
        course.run(&["predict", "1.2", "--answer", order]).code(0);
        typed(&course, &["letters"], order.as_bytes()).code(0);
    }
    course.run(&["predict", "1.2", "--answer", "A b"]).code(1);
}

#[test]
fn what_is_no_order_is_answered_with_what_would_be_one() {
    let course = course();
    let right = "name each of 1, 2 and 3 once, such as `1 2 3`";
    for (order, wrong) in [
        (&b""[..], "no order was given"),
        (b"\n", "no order was given"),
        (b"3 1 4\n", "`4` is none of the events"),
        (b"first\n", "`f` is none of the events"),
        (b"3 1 1\n", "`1` is named twice"),
        (b"3 1\n", "`2` is missing"),
        (b"\xff\xfe\n", "no order was given"),
    ] {
        typed(&course, &["1"], order).code(2).tells(&format!("{wrong}: {right}"));
    }
    typed(&course, &["1"], &[b'1'; 100_000]).code(2).tells("`1` is named twice");
    course.run(&["predict", "1"]).code(2).tells("no order was given");
    course.run(&["predict", "1.2", "--answer", "1 2"]).code(2).tells("name each of a and b once");
}

#[cfg(unix)]
#[test]
fn who_slips_at_a_terminal_is_asked_again() {
    let course = course();
    let slips =
        |ran: Ran| ran.says("`4` is none of the events: name each of").says("`1` is missing");
    slips(at_a_terminal(&course, "4\n3 2\n3 1 2\n")).code(0).says("right: 3 1 2");
    // An empty line is a slip, too. Ctrl-D is not: it ends the question.
    let ran = slips(at_a_terminal(&course, "4\n3 2\n\n\u{4}"));
    ran.code(2).says("no order was given: name each").tells("no order was given");
}

/// `course predict 1`, with `typed` on a terminal.
#[cfg(unix)]
fn at_a_terminal(course: &Course, typed: &str) -> Ran {
    let (keyboard, screen) = common::terminal(80);
    rustix::io::write(&keyboard, typed.as_bytes()).expect("it takes a few lines");
    let mut command = course.command(&["predict", "1"]);
    finish(command.stdin(screen).spawn().expect("course starts"))
}

#[test]
fn every_way_to_name_a_prediction_is_understood() {
    let course = course();
    for words in ["1", "01", "sums", "1.1", "sums.1", "sums/three", "three", "01-sums/1-three"] {
        course.run(&["predict", words, "--answer", "312"]).code(0).says("1.1 sums/three\n");
    }
    course.run(&["predict", "2"]).code(2).tells("lesson 2 has no predictions");
    course
        .run(&["predict", "1.3"])
        .code(2)
        .tells("predictions of lesson 1: 1.1 three, 1.2 letters");
    course.run(&["predict", "1/leters"]).code(2).tells("did you mean `sums/letters`?");
    course.run(&["predict", "leters"]).code(2).tells("did you mean `letters`?");
    course.run(&["predict", "9"]).code(2).tells("lessons go from 1 to 2");
    course.run(&["predict", "--answer", "312"]).code(2).tells("which prediction?");
}

#[test]
fn without_a_name_all_are_listed() {
    let course = course();
    let ran = course.run(&["predict"]).code(0);
    assert_data_eq!(
        ran.stdout,
        str![[r#"
 1.1  sums/three    cargo course predict 1.1
 1.2  sums/letters  cargo course predict 1.2

"#]]
    );
    Course::new().run(&["predict"]).code(2).tells("no lesson has predictions");
}

#[test]
fn it_works_from_any_folder_and_beside_what_is_broken() {
    let course = course();
    course.write("lessons/02-words/src/main.rs", "fn main() { nonsense() }\n");
    course.write(&format!("{SUMS}/src/main.rs"), "fn main() { nonsense() }\n");
    let mut command = course.command(&["predict", "1", "--answer", "321"]);
    command.current_dir(course.path(SUMS));
    finish(command.spawn().expect("course starts"))
        .code(1)
        .says("\npredictions/1-three.rs\n")
        .says("   9  main polls b");
}

#[test]
fn a_prediction_that_cannot_be_used_is_a_failure_in_words() {
    let course = course();
    course.change(THREE, "fn one() {}", "fn one() { nonsense() }");
    typed(&course, &["1"], b"3 1 2").code(1).tells("cannot find function `nonsense`");
    course.change(THREE, "{ nonsense() }", "{}");

    course.change(THREE, "2: two is done", "1: two is done");
    typed(&course, &["1"], b"3 1 2").code(1).tells("is broken").tells("`1` happens twice");
    course.change(THREE, "println!(\"{JSON}\")", "println!(\"no JSON\")");
    typed(&course, &["1"], b"3 1 2").code(1).tells("is broken: this is not a recording");
    course.change(THREE, "println!(\"no JSON\")", "panic!(\"burst\")");
    typed(&course, &["1"], b"3 1 2")
        .code(1)
        .tells("burst")
        .tells("the program of sums/three failed");

    course.write("lessons/02-words/predictions/x.rs", "fn main() {}\n");
    course.change(
        "lessons/02-words/Cargo.toml",
        "[package.metadata.course]",
        "[[example]]\nname = \"x\"\npath = \"predictions/x.rs\"\n\n[package.metadata.course]",
    );
    course.run(&["list"]).code(0).says("words").tells("should be like `predictions/1-x.rs`");
}

#[test]
fn a_program_that_hangs_is_ended_and_nobody_is_asked() {
    let course = course();
    let lifeline = Lifeline::new();
    course.change(&format!("{SUMS}/Cargo.toml"), "minutes = 5", "minutes = 5\nlimit-seconds = 1");
    let hangs = "{ let _held = hold(); loop { std::thread::park(); } }\n".to_owned();
    course.change(THREE, "println!(\"{JSON}\")", &hangs);
    course.write(THREE, &(course.read(THREE) + &lifeline.code()));
    typed(&course, &["1"], b"3 1 2")
        .code(124)
        .tells("did not finish within 1 s and was ended")
        .never_says("Your order");
    lifeline.held().must_end();
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_question() {
    use std::io::{BufReader, Read};
    let course = course();
    let mut child =
        course.command(&["predict", "1"]).stdin(Stdio::piped()).spawn().expect("course starts");
    let _stdin = child.stdin.take();
    let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut said = Vec::new();
    while !said.ends_with(b"such as 1 2 3: ") {
        let mut byte = [0];
        stdout.read_exact(&mut byte).expect("it asks");
        said.extend(byte);
    }
    let sent = std::process::Command::new("kill").arg("-INT").arg(child.id().to_string()).status();
    assert!(sent.expect("`kill` is there").success());
    assert_eq!(common::wait(&mut child), Some(130));
}

#[test]
fn colour_is_only_for_those_who_ask() {
    let course = course();
    let plain = course.run(&["predict", "1", "--answer", "321"]).code(1).stdout;
    let mut command = course.command(&["predict", "1", "--answer", "321"]);
    command.env("CLICOLOR_FORCE", "1");
    let coloured = finish(command.spawn().expect("course starts")).code(1).stdout;
    assert!(!plain.contains('\u{1b}') && coloured.contains('\u{1b}'));
    let mut command = course.command(&["predict", "1", "--answer", "312"]);
    command.env("LANG", "C");
    finish(command.spawn().expect("course starts")).code(0).says("THE TIMELINE [\"--ascii\"]");
}
