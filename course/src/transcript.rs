//! Reads what a test process prints: libtest's lines on standard output, and the panic handler's on
//! standard error.

/// One panic, as the panic handler tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panic {
    pub thread: String,
    /// `lessons/…/check.rs:12:5`.
    pub location: String,
    pub message: String,
}

/// What libtest says about its one test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Libtest {
    pub passed: bool,
    pub failed: bool,
    /// libtest's own explanation, such as `test did not panic as expected`.
    pub reason: String,
}

/// The names in `--list --format terse`.
pub fn listed(stdout: &str) -> Vec<String> {
    stdout.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect()
}

/// Sorts `tests` as `source` declares them, and leaves out those of the answer.
pub fn in_source_order(tests: Vec<String>, source: &str) -> Vec<String> {
    let place = |test: &String| {
        let name = test.rsplit("::").next().unwrap_or(test);
        source.find(&format!("fn {name}(")).unwrap_or(usize::MAX)
    };
    let mut tests: Vec<_> =
        tests.into_iter().filter(|test| !test.starts_with("answer::")).collect();
    tests.sort_by_key(place);
    tests
}

/// The test functions that `source` declares.
pub fn declared(source: &str) -> Vec<String> {
    let mut tests = Vec::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if line == "#[test]" {
            is_test = true;
        } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| is_test) {
            let name = rest.split(['(', '<']).next().unwrap_or(rest);
            tests.push(name.to_owned());
            is_test = false;
        }
    }
    tests
}

/// A test's name as the sentence that it is.
pub fn sentence(test: &str) -> String {
    test.replace("::", ": ").replace('_', " ")
}

/// Splits standard error into what the program said and the panics. A message ends at the next
/// panic, at the handler's note, or with the stream; nothing else marks its end.
pub fn panics(stderr: &str) -> (String, Vec<Panic>) {
    let mut spoken = String::new();
    let mut panics: Vec<Panic> = Vec::new();
    let mut inside = false;
    for line in stderr.lines() {
        if let Some(panic) = header(line) {
            panics.push(panic);
            inside = true;
        } else if is_note(line) || is_runtime(line) || is_explorer(line) {
            inside = false;
        } else if let Some(panic) = panics.last_mut().filter(|_| inside) {
            panic.message += line;
            panic.message.push('\n');
        } else {
            spoken += line;
            spoken.push('\n');
        }
    }
    panics.retain(|panic| !is_explorers_own(&panic.message));
    for panic in &mut panics {
        panic.message.truncate(panic.message.trim_end().len());
        if let Some(lock) = taken_twice(&panic.message) {
            panic.message = format!(
                "a thread takes {lock} that it already holds, and would wait for itself for ever: release the lock first"
            );
        }
    }
    (spoken, panics)
}

/// `deadlock! task main-thread(0) tried to acquire a Mutex it already holds`, as the model checker
/// says it: `a Mutex`.
fn taken_twice(message: &str) -> Option<&str> {
    let (_, lock) = message.strip_prefix("deadlock! task ")?.split_once(" tried to acquire ")?;
    lock.strip_suffix(" it already holds")
}

/// `thread 'name' (123) panicked at file:line:column:`
fn header(line: &str) -> Option<Panic> {
    let (thread, location) = line.strip_prefix("thread '")?.split_once(" panicked at ")?;
    let (thread, _) = thread.rsplit_once('\'')?;
    let location = location.strip_suffix(':')?.to_owned();
    Some(Panic { thread: thread.to_owned(), location, message: String::new() })
}

fn is_note(line: &str) -> bool {
    line.starts_with("note: run with `RUST_BACKTRACE=")
}

/// What the runtime itself says when it gives up; the verdict says it better.
fn is_runtime(line: &str) -> bool {
    let overflow = line.starts_with("thread '") && line.ends_with("has overflowed its stack");
    overflow || line.starts_with("fatal runtime error: ")
}

/// What the model checker says beside a panic; `shared::probe::explore` says it better.
fn is_explorer(line: &str) -> bool {
    line == "Task failed, serializing schedule"
        || line.starts_with("test panicked in task '")
        || line.starts_with("Test deadlocked, and SHUTTLE_CAPTURE_BACKTRACE is not set.")
}

/// The model checker's own panics, which `shared::probe::explore` catches and puts into words.
fn is_explorers_own(message: &str) -> bool {
    message.starts_with("deadlock! blocked tasks: [")
        || message.starts_with("exceeded max_steps bound ")
}

/// Splits standard output into what the program printed and what libtest says about it.
pub fn printed(stdout: &str, test: &str) -> (String, Libtest) {
    let mut libtest = Libtest::default();
    let start = format!("test {test} ... ");
    let body = match stdout.split_once(&start) {
        Some((_, rest)) => rest,
        None => stdout.trim_start().strip_prefix("running 1 test\n").unwrap_or(stdout),
    };
    let Some((body, summary)) = body.rsplit_once("\ntest result: ") else {
        return (body.to_owned(), libtest);
    };
    libtest.passed = summary.starts_with("ok. 1 passed; 0 failed;");
    libtest.failed = summary.starts_with("FAILED.");
    if !libtest.failed {
        let body = body.trim_end();
        return (body.strip_suffix("ok").unwrap_or(body).to_owned(), libtest);
    }
    match body.rsplit_once("\n\nfailures:\n\n---- ") {
        Some((body, explained)) => {
            libtest.reason = reason(explained);
            (before_verdict(body), libtest)
        }
        None => (before_verdict(body.split("\n\nfailures:\n").next().unwrap_or(body)), libtest),
    }
}

/// Takes off libtest's `FAILED`, which follows what the program printed without a line of its own.
fn before_verdict(body: &str) -> String {
    body.strip_suffix("FAILED").unwrap_or(body).to_owned()
}

/// The lines between `---- name stdout ----` and the list of names.
fn reason(explained: &str) -> String {
    let lines = explained.lines().skip(1).take_while(|line| *line != "failures:");
    let text: Vec<_> = lines.map(|line| line.trim_start_matches("note: ")).collect();
    text.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STDERR: &str = "\
warming up

thread '<unnamed>' (12) panicked at src/answer.rs:2:64:
in a helper
second line
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
said in between

thread 'it_works' (11) panicked at lessons/check.rs:40:5:
assertion `left == right` failed: words
  left: 1
 right: 2
";

    #[test]
    fn panics_are_told_apart_from_what_was_said() {
        let (spoken, panics) = panics(STDERR);
        assert_eq!(spoken, "warming up\n\nsaid in between\n\n");
        assert_eq!(panics.len(), 2);
        assert_eq!(panics[0].thread, "<unnamed>");
        assert_eq!(panics[0].message, "in a helper\nsecond line");
        assert_eq!(panics[1].location, "lessons/check.rs:40:5");
        assert_eq!(
            panics[1].message,
            "assertion `left == right` failed: words\n  left: 1\n right: 2"
        );
    }

    #[test]
    fn the_runtimes_last_words_are_not_the_programs() {
        let stderr = "\nthread 'a' (12) has overflowed its stack\nfatal runtime error: stack overflow, aborting\n";
        assert_eq!(panics(stderr).0.trim(), "");
    }

    #[test]
    fn the_model_checkers_words_give_way_to_the_explorers() {
        let stderr = "\
Test deadlocked, and SHUTTLE_CAPTURE_BACKTRACE is not set. If either of those are set then …
Task failed, serializing schedule
test panicked in task '<unknown>'

thread 'a' (12) panicked at /registry/shuttle-engine/execution.rs:217:50:
deadlock! blocked tasks: [main-thread (task main-thread(0))]
Task failed, serializing schedule
test panicked in task 'NotSet'

thread 'a' (12) panicked at lessons/check.rs:40:5:
everybody sleeps
";
        let (spoken, panics) = panics(stderr);
        assert_eq!(spoken.trim(), "");
        assert_eq!(panics.len(), 1);
        assert_eq!(panics[0].message, "everybody sleeps");
    }

    #[test]
    fn a_lock_that_is_taken_twice_is_told_in_words() {
        let stderr = "\
thread 'a' (12) panicked at lessons/answer.rs:40:5:
deadlock! task main-thread(0) tried to acquire a Mutex it already holds
";
        assert_eq!(
            panics(stderr).1[0].message,
            "a thread takes a Mutex that it already holds, and would wait for itself for ever: release the lock first"
        );
    }

    #[test]
    fn headers_of_older_compilers_are_read_too() {
        let panic = header("thread 'main' panicked at src/main.rs:1:2:").expect("a header");
        assert_eq!((panic.thread.as_str(), panic.location.as_str()), ("main", "src/main.rs:1:2"));
        assert_eq!(header("thread 'main' (3) has overflowed its stack"), None);
    }

    #[test]
    fn what_a_passing_test_printed_is_found() {
        let stdout = "\nrunning 1 test\ntest a_ok ... hi\nno newlineok\n\n\
                      test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 5 filtered out; finished in 0.00s\n\n";
        let (text, libtest) = printed(stdout, "a_ok");
        assert_eq!(text, "hi\nno newline");
        assert!(libtest.passed && !libtest.failed);
    }

    #[test]
    fn what_a_failing_test_printed_is_found() {
        let stdout = "\nrunning 1 test\ntest b ... before\nFAILED\n\nfailures:\n\nfailures:\n    b\n\n\
                      test result: FAILED. 0 passed; 1 failed; 0 ignored\n\n";
        let (text, libtest) = printed(stdout, "b");
        assert_eq!(text, "before\n");
        assert!(libtest.failed && !libtest.passed && libtest.reason.is_empty());
    }

    #[test]
    fn libtest_may_have_a_reason_of_its_own() {
        let stdout = "\nrunning 1 test\ntest e - should panic ... FAILED\n\nfailures:\n\n---- e stdout ----\n\
                      note: test did not panic as expected at src/lib.rs:5:28\n\nfailures:\n    e\n\n\
                      test result: FAILED. 0 passed; 1 failed\n\n";
        let (_, libtest) = printed(stdout, "e");
        assert_eq!(libtest.reason, "test did not panic as expected at src/lib.rs:5:28");
    }

    #[test]
    fn leaving_in_the_middle_is_no_pass() {
        let (text, libtest) = printed("\nrunning 1 test\ntest d_exit ... bye\n", "d_exit");
        assert_eq!(text, "bye\n");
        assert_eq!(libtest, Libtest::default());
    }

    #[test]
    fn no_test_run_is_no_pass() {
        let stdout = "\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored\n\n";
        assert!(!printed(stdout, "gone").1.passed);
    }

    #[test]
    fn tests_come_in_the_order_of_the_source() {
        let source =
            "mod answer;\n#[test]\nfn simple() {}\n#[test]\nfn hard() -> R {}\nfn helper() {}\n";
        let tests = ["answer::mine", "hard", "simple"].map(str::to_owned).into();
        assert_eq!(in_source_order(tests, source), ["simple", "hard"]);
        assert_eq!(declared(source), ["simple", "hard"]);
        assert_eq!(sentence("a_value_arrives"), "a value arrives");
    }
}
