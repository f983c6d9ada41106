//! The commands, with their arguments and their help.

use clap::builder::PossibleValuesParser;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

const START: &str = "\
Where to begin:
  cargo lesson 1              run lesson 1 and watch what happens
  cargo course predict 1      say in which order things happen, and be shown where you are wrong
  cargo course exercise 1.1   read the first exercise, and which file to edit
  cargo course check 1.1      be told exactly what is right and what is wrong

A lesson is named by its number or its name: 3 or wakers. An exercise is 3.1, wakers.1, wakers/oneshot or oneshot.
With just installed, `just X` is the same as `cargo course X`.

Exit status: 0 it worked or it passed, 1 the check or the lesson failed, 2 the command line was misused,
3 the machine lacks something, 124 it ran past its limit and was ended.";

/// What was asked for, as it was written: what names mean, [`names`](crate::names) finds out.
pub enum Request {
    List,
    Lesson { lesson: Option<String>, timeline: Option<Timeline> },
    Predict { prediction: Option<String>, answer: Option<String> },
    Exercise { exercise: Option<String> },
    Check { exercise: Option<String> },
    Hint { exercise: Option<String>, number: Option<String> },
    Solution { exercise: Option<String>, anyway: bool },
    Mistakes { exercise: Option<String>, name: Option<String>, anyway: bool },
    Reset { exercise: Option<String> },
    Watch { exercise: Option<String> },
    Progress { json: bool },
    Doctor,
    Verify { exercise: Option<String> },
    ShowMistake { exercise: Option<String>, name: String },
    RewriteMistake { exercise: Option<String>, name: String, from: Option<PathBuf> },
}

/// Which timeline of a lesson, and where to.
pub struct Timeline {
    pub format: String,
    pub out: Option<PathBuf>,
    pub run: Option<String>,
    pub ascii: bool,
}

impl Request {
    /// Reads what clap has understood. `None` without a command, which clap refuses itself.
    pub fn of(matches: &ArgMatches) -> Option<Self> {
        let (command, matches) = matches.subcommand()?;
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
        let flag = |name: &str| matches.get_flag(name);
        let exercise = || text("exercise");
        Some(match command {
            "list" => Self::List,
            "lesson" => {
                let timeline = text("timeline").map(|format| {
                    let (out, run, ascii) = (path("out"), text("run"), flag("ascii"));
                    Timeline { format, out, run, ascii }
                });
                Self::Lesson { lesson: text("lesson"), timeline }
            }
            "predict" => {
                let answer = matches.get_many::<String>("answer");
                let answer = answer.map(|words| words.cloned().collect::<Vec<_>>().join(" "));
                Self::Predict { prediction: text("prediction"), answer }
            }
            "exercise" => Self::Exercise { exercise: exercise() },
            "check" => Self::Check { exercise: exercise() },
            "hint" => Self::Hint { exercise: exercise(), number: text("number") },
            "solution" => Self::Solution { exercise: exercise(), anyway: flag("anyway") },
            "mistakes" => {
                let (name, anyway) = (text("name"), flag("anyway"));
                Self::Mistakes { exercise: exercise(), name, anyway }
            }
            "reset" => Self::Reset { exercise: exercise() },
            "watch" => Self::Watch { exercise: exercise() },
            "progress" => Self::Progress { json: flag("json") },
            "doctor" => Self::Doctor,
            "verify" => match text("mistake") {
                Some(name) if flag("show") => Self::ShowMistake { exercise: exercise(), name },
                Some(name) if flag("rewrite") => {
                    Self::RewriteMistake { exercise: exercise(), name, from: path("from") }
                }
                _ => Self::Verify { exercise: exercise() },
            },
            other => unreachable!("`{other}` is not declared below"),
        })
    }
}

/// The whole command line.
pub fn command() -> Command {
    Command::new("course")
        .bin_name("cargo course")
        .about("Ready or Pending: run lessons, do exercises, and be told what is wrong.")
        .after_help(START)
        .styles(STYLES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .version(env!("CARGO_PKG_VERSION"))
        .subcommands(learning())
        .subcommands(authoring())
}

fn learning() -> Vec<Command> {
    vec![
        Command::new("list")
            .about("Lists the lessons: what each promises, how long it takes, how much of it is done"),
        lesson(),
        Command::new("predict")
            .about("Shows a program, takes the order of events that you expect, and compares it with what is recorded")
            .arg(target("prediction", "A lesson (3), which means its first prediction, or a prediction (3.2); without it, all are listed"))
            .arg(
                Arg::new("answer")
                    .long("answer")
                    .value_name("ORDER")
                    .num_args(1..)
                    .help("The order, such as 2 1 3; without it, you are asked, or a line is read from standard input"),
            )
            .after_help("Examples:\n  cargo course predict 3                   shows a program and asks\n  cargo course predict 3 --answer 2 1 3    or 2,1,3 or 213\n  echo 2 1 3 | cargo course predict 3\n\nExit status: 0 for the right order, 1 for another, 2 for something that is not an order."),
        Command::new("exercise")
            .about("Shows an exercise's task, the file to edit and the command to run; or a lesson's exercises")
            .arg(target("exercise", "An exercise (3.1) or a lesson (3); the next undone exercise if left out"))
            .after_help("Examples:\n  cargo course exercise 3     the exercises of lesson 3\n  cargo course exercise 3.1   the task of the first"),
        Command::new("check")
            .about("Judges your answer, and says in words what is wrong with it")
            .arg(target("exercise", "An exercise (3.1) or a lesson (3); the next undone exercise if left out"))
            .after_help("Examples:\n  cargo course check 3.1      one exercise\n  cargo course check wakers   all exercises of a lesson\n  cargo course check          the next undone one\n\nA check that hangs is ended after 10 seconds (unless the exercise says otherwise), with all that it started."),
        Command::new("hint")
            .about("Shows the next hint; there are three, the least revealing first")
            .arg(target("exercise", "The exercise, such as 3.1; the next undone one if left out"))
            .arg(Arg::new("number").value_name("K").help("Which hint: 1, 2 or 3. Without it: the next that you have not seen")),
        Command::new("solution")
            .about("Shows the reference answer, and how it differs from yours")
            .arg(target("exercise", "The exercise, such as 3.1"))
            .arg(flag("anyway", "Show it although your answer does not pass yet")),
        Command::new("mistakes")
            .about("Lists the ways to go wrong in an exercise; or shows one, and what the check says to it")
            .arg(target("exercise", "The exercise, such as 3.1"))
            .arg(Arg::new("name").value_name("NAME").help("One of them: its number in the list, or its name"))
            .arg(flag("anyway", "Show them although your answer does not pass yet"))
            .after_help("Examples:\n  cargo course mistakes 3.1     the list\n  cargo course mistakes 3.1 4   the fourth, as an edit of an answer that passes"),
        Command::new("reset")
            .about("Puts the starter back; your answer is kept as a numbered backup")
            .arg(target("exercise", "An exercise (3.1), a lesson (3), or `all`"))
            .after_help("Nothing is lost: the old answer stays beside the new one as answer.backup-1.rs, and the path is printed.\nWhat you have passed stays passed."),
        Command::new("watch")
            .about("Checks the exercise that you are editing at every save; Ctrl-C ends it")
            .arg(target("exercise", "Begin with this exercise; with the next undone one if left out")),
        Command::new("progress")
            .about("Shows what is done")
            .arg(flag("json", "As JSON: {\"passed\", \"exercises\", \"lessons\": [{\"number\", \"name\", \"exercises\": [{\"name\", \"passed\", \"hints\", …}]}]}")),
        Command::new("doctor")
            .about("Looks at your machine: what is missing, and how to get it"),
    ]
}

fn lesson() -> Command {
    let formats = PossibleValuesParser::new(["text", "svg", "chrome", "json"]);
    Command::new("lesson")
        .about("Runs a lesson's program, or shows what it records: who was polled, who waited, who woke whom")
        .arg(target("lesson", "The lesson: its number or its name"))
        .arg(
            Arg::new("timeline")
                .long("timeline")
                .value_name("FORMAT")
                .value_parser(formats)
                .hide_possible_values(true)
                .help("Writes a timeline instead: text, svg (a picture), chrome (for ui.perfetto.dev) or json"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .requires("timeline")
                .help("Where to; - is standard output. Without it, text goes to standard output, and the others do unless that is a terminal: then into a file, whose name is told"),
        )
        .arg(
            Arg::new("run")
                .long("run")
                .value_name("NAME")
                .requires("timeline")
                .help("Which of the lesson's runs to record; the first if left out"),
        )
        .arg(flag("ascii", "Draws a text timeline without Unicode").requires("timeline"))
        .after_help("Examples:\n  cargo lesson 3\n  cargo lesson wakers --timeline text\n  cargo lesson 3 --timeline svg --out lesson-3.svg")
}

fn authoring() -> Vec<Command> {
    vec![
        Command::new("verify")
            .about("For authors: proves that the checks accept the solutions and reject the wrong answers")
            .arg(target("exercise", "An exercise (3.1) or a lesson (3); everything if left out"))
            .arg(Arg::new("mistake").value_name("NAME").requires("one mistake").help("With --show or --rewrite: which mistake"))
            .group(ArgGroup::new("one mistake").args(["show", "rewrite"]))
            .arg(flag("show", "Prints the answer that a mistake stands for, whole").requires("mistake"))
            .arg(flag("rewrite", "Makes a mistake's edit anew from a whole answer").requires("mistake"))
            .arg(
                Arg::new("from")
                    .long("from")
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .requires("rewrite")
                    .help("The whole answer; standard input if left out"),
            )
            .after_help(
                "Three gates:\n  1. every solution.rs passes its check, under clippy and rustfmt\n  2. every starter.rs compiles, and fails exactly the tests in `starter-fails`\n  3. every file in wrong/ is rejected by the test that it names, with the words that it states, and the answer\n     that it is an edit of passes\n\nTo work on a mistake in an editor:\n  cargo course verify --show 6.1 NAME > target/mistake.rs\n  cargo course verify --rewrite 6.1 NAME --from target/mistake.rs",
            ),
    ]
}

fn target(name: &'static str, help: &'static str) -> Arg {
    let value = match name {
        "lesson" | "prediction" => "N",
        _ => "N.M",
    };
    Arg::new(name).value_name(value).help(help)
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_command_is_a_request() {
        for command in super::command().get_subcommands() {
            let name = command.get_name();
            let matches = super::command().try_get_matches_from(["course", name]);
            let request = super::Request::of(&matches.expect("no command has to be told more"));
            assert!(request.is_some(), "{name}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }
}
