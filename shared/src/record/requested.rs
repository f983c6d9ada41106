//! What a lesson's program does when it is asked for a timeline.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use super::{Charset, Figure, Recorder, TextStyle, Timeline};

/// Something that a program can record when it is asked to. It should print nothing: standard
/// output is for the timeline.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// What `--run` calls it: a word.
    pub name: &'a str,
    /// What one sees, in a few words: the picture's heading.
    pub title: &'a str,
    /// What is recorded.
    pub record: &'a (dyn Fn(&Recorder) + Sync),
}

/// Writes a timeline if the program's arguments ask for one, and ends the program; else does
/// nothing at all.
///
/// The arguments are `--timeline text|svg|chrome|json`, with `--out FILE` (else it goes to standard
/// output), with `--run NAME` where there are several (else the first), and with `--ascii` for text
/// without Unicode's lines. The exit status is 0, or 1 where the file cannot be written, or 2 where
/// the arguments are off; both say so in words. A file is written whole or not at all.
///
/// ```no_run
/// use shared::record::{Recorder, Run, timeline_if_asked};
///
/// fn main() {
///     timeline_if_asked(&[Run { name: "greeting", title: "A future says hello", record: &greeting }]);
///     println!("what the program does when nobody asks");
/// }
///
/// fn greeting(recorder: &Recorder) {
///     recorder.note(|| "hello".into());
/// }
/// ```
///
/// # Panics
///
/// If `runs` is empty, or the run that is asked for panics.
pub fn timeline_if_asked(runs: &[Run<'_>]) {
    let answer = match Request::parse(std::env::args_os().skip(1)) {
        Ok(None) => return,
        Ok(Some(request)) => request.answer(runs),
        Err(misuse) => Err(misuse.into()),
    };
    let Err(failure) = answer else { std::process::exit(0) };
    // Nobody is left to tell if this fails as well; the status still says it.
    let _ = writeln!(io::stderr(), "{}", failure.words);
    std::process::exit(failure.status);
}

/// What a timeline can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines for a terminal.
    Text,
    /// A picture.
    Svg,
    /// A trace for Perfetto and chrome://tracing.
    Chrome,
    /// Data for the book's stepper.
    Json,
}

/// What the arguments ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What to write.
    pub format: Format,
    /// Where to; `None` is standard output.
    pub out: Option<PathBuf>,
    /// Which run; `None` is the first.
    pub run: Option<String>,
    /// Whether text is to be drawn with ASCII only.
    pub ascii: bool,
}

/// Why the arguments make no sense. `Display` says it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misuse(String);

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misuse {}

impl Format {
    fn parse(word: &str) -> Result<Self, Misuse> {
        match word {
            "text" => Ok(Self::Text),
            "svg" => Ok(Self::Svg),
            "chrome" => Ok(Self::Chrome),
            "json" => Ok(Self::Json),
            _ => Err(Misuse(format!(
                "there is no timeline format `{word}`: choose text, svg, chrome or json"
            ))),
        }
    }
}

impl Request {
    /// Reads the arguments, without the program's name. `None` if they ask for no timeline; what
    /// else they say is then not looked at.
    ///
    /// # Errors
    ///
    /// If they ask for a timeline and make no sense.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Self>, Misuse> {
        let mut arguments = split(arguments).into_iter().peekable();
        if !arguments.clone().any(|argument| argument == "--timeline") {
            return Ok(None);
        }
        let mut format = None;
        let (mut out, mut run, mut ascii) = (None, None, false);
        while let Some(argument) = arguments.next() {
            let mut value = |what: &str| {
                let name = argument.to_string_lossy();
                arguments.next().ok_or_else(|| Misuse(format!("`{name}` needs {what} after it")))
            };
            match argument.to_str() {
                Some("--timeline") => {
                    let word = value("a format: text, svg, chrome or json")?;
                    format = Some(Format::parse(&word.to_string_lossy())?);
                }
                Some("--out") => out = Some(PathBuf::from(value("a file")?)),
                Some("--run") => run = Some(value("a name")?.to_string_lossy().into_owned()),
                Some("--ascii") => ascii = true,
                _ => {
                    let argument = argument.to_string_lossy();
                    return Err(Misuse(format!("`{argument}` is not an option of a timeline")));
                }
            }
        }
        Ok(format.map(|format| Self { format, out, run, ascii }))
    }

    /// Records what is asked for, and writes it as asked for.
    ///
    /// # Errors
    ///
    /// If there is no such run.
    ///
    /// # Panics
    ///
    /// If `runs` is empty, or the run panics.
    pub fn written(&self, runs: &[Run<'_>], style: &TextStyle) -> Result<String, Misuse> {
        let first = runs.first().expect("a program that offers a timeline has something to record");
        let run = match &self.run {
            None => first,
            Some(name) => runs.iter().find(|run| run.name == name).ok_or_else(|| {
                let names: Vec<_> = runs.iter().map(|run| run.name).collect();
                Misuse(format!("there is no run `{name}`: choose {}", names.join(", ")))
            })?,
        };
        let recorder = Recorder::new();
        (run.record)(&recorder);
        Ok(self.write(run, &recorder.timeline(), style))
    }

    fn write(&self, run: &Run<'_>, timeline: &Timeline, style: &TextStyle) -> String {
        match self.format {
            Format::Text => {
                let ascii = self.ascii || style.charset == Charset::Ascii;
                let charset = if ascii { Charset::Ascii } else { Charset::Unicode };
                let text = timeline.to_text(&TextStyle { charset, ..style.clone() });
                format!("{}\n\n{text}", run.title)
            }
            Format::Svg => {
                let id = format!("timeline-{}", run.name);
                timeline.to_svg(&Figure::new(&id, run.title))
            }
            Format::Chrome => timeline.to_chrome(run.title),
            Format::Json => timeline.to_json(),
        }
    }

    fn answer(&self, runs: &[Run<'_>]) -> Result<(), Failure> {
        let style = match self.out {
            // A file is not read on this terminal only.
            Some(_) => TextStyle { width: 100, ..TextStyle::default() },
            None => TextStyle::for_stdout(),
        };
        let written = self.written(runs, &style)?;
        match &self.out {
            Some(path) => whole_files::write(path, written.as_bytes()).map_err(|error| Failure {
                status: 1,
                words: format!("cannot write `{}`: {error}", path.display()),
            }),
            None => match to_stdout(written.as_bytes()) {
                // The reader has seen enough.
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                written => written.map_err(|error| Failure {
                    status: 1,
                    words: format!("cannot write to standard output: {error}"),
                }),
            },
        }
    }
}

/// What is left in a buffer would be lost without a word where it cannot be written.
fn to_stdout(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

struct Failure {
    status: i32,
    words: String,
}

impl From<Misuse> for Failure {
    fn from(misuse: Misuse) -> Self {
        Self { status: 2, words: misuse.to_string() }
    }
}

/// `--name=value` as two arguments.
fn split(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut all = Vec::new();
    for argument in arguments {
        match argument.to_str().and_then(|argument| argument.split_once('=')) {
            Some((name, value)) if name.starts_with("--") => {
                all.extend([OsString::from(name), OsString::from(value)]);
            }
            _ => all.push(argument),
        }
    }
    all
}
