//! The words that the command line understands.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Arg, ArgAction, Command};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

const START: &str = "\
Where to begin:
  cargo lesson 1              run lesson 1 and watch what happens
  cargo course exercise 1.1   read the first exercise, and which file to edit
  cargo course check 1.1      be told exactly what is right and what is wrong

A lesson is named by its number or its name: 3 or wakers. An exercise is 3.1, wakers.1, wakers/oneshot or oneshot.
With just installed, `just X` is the same as `cargo course X`.

Exit status: 0 it worked or it passed, 1 the check or the lesson failed, 2 the words were off,
3 the machine lacks something, 124 it ran past its limit and was ended.";

/// The whole command line.
pub fn command() -> Command {
    Command::new("course")
        .bin_name("cargo course")
        .about("Ready or Pending: run lessons, do exercises, and be told what is wrong.")
        .after_help(START)
        .styles(STYLES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(learning())
        .subcommands(authoring())
}

fn learning() -> Vec<Command> {
    vec![
        Command::new("list")
            .about("Lists the lessons: what each promises, how long it takes, how much of it is done"),
        Command::new("lesson")
            .about("Runs a lesson's program")
            .arg(words("lesson", "The lesson: its number or its name"))
            .after_help("Examples:\n  cargo lesson 3\n  cargo lesson wakers"),
        Command::new("exercise")
            .about("Shows an exercise's task, the file to edit and the command to run; or a lesson's exercises")
            .arg(words("exercise", "An exercise (3.1) or a lesson (3); the next undone exercise if left out"))
            .after_help("Examples:\n  cargo course exercise 3     the exercises of lesson 3\n  cargo course exercise 3.1   the task of the first"),
        Command::new("check")
            .about("Judges your answer, and says in words what is wrong with it")
            .arg(words("exercise", "An exercise (3.1) or a lesson (3); the next undone exercise if left out"))
            .after_help("Examples:\n  cargo course check 3.1      one exercise\n  cargo course check wakers   all exercises of a lesson\n  cargo course check          the next undone one\n\nA check that hangs is ended after 10 seconds (unless the exercise says otherwise), with all that it started."),
        Command::new("hint")
            .about("Shows the next hint; there are three, the least revealing first")
            .arg(words("exercise", "The exercise, such as 3.1; the next undone one if left out"))
            .arg(Arg::new("number").value_name("K").help("Which hint: 1, 2 or 3. Without it: the next that you have not seen")),
        Command::new("solution")
            .about("Shows the reference answer, and how it differs from yours")
            .arg(words("exercise", "The exercise, such as 3.1"))
            .arg(flag("anyway", "Show it although your answer does not pass yet")),
        Command::new("reset")
            .about("Puts the starter back; your answer is kept as a numbered backup")
            .arg(words("exercise", "An exercise (3.1), a lesson (3), or `all`"))
            .after_help("Nothing is lost: the old answer stays beside the new one as answer.backup-1.rs, and the path is printed.\nWhat you have passed stays passed."),
        Command::new("watch")
            .about("Checks the exercise that you are editing at every save; Ctrl-C ends it")
            .arg(words("exercise", "Begin with this exercise; with the next undone one if left out")),
        Command::new("progress")
            .about("Shows what is done")
            .arg(flag("json", "As JSON: {\"passed\", \"exercises\", \"lessons\": [{\"number\", \"name\", \"exercises\": [{\"name\", \"passed\", \"hints\", …}]}]}")),
        Command::new("doctor")
            .about("Looks at your machine: what is missing, and how to get it"),
    ]
}

fn authoring() -> Vec<Command> {
    vec![
        Command::new("verify")
            .about("For authors: proves that the checks accept the solutions and reject the wrong answers")
            .arg(words("exercise", "An exercise (3.1) or a lesson (3); everything if left out"))
            .after_help(
                "Three gates:\n  1. every solution.rs passes its check, under clippy and rustfmt\n  2. every starter.rs compiles, and fails exactly the tests in `starter-fails`\n  3. every file in wrong/ is rejected by the test that it names, with the words that it states",
            ),
    ]
}

fn words(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).value_name(if name == "lesson" { "N" } else { "N.M" }).help(help)
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }
}
