//! Writing figures where they are asked for.

use super::Figures;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes the figures into a folder if the program was asked to, `--out FOLDER`, and says so; else
/// does nothing.
///
/// # Errors
///
/// `--out` has no folder behind it, the figures fail their [check](Figures::check), or a file
/// cannot be written.
pub fn write_if_asked(all: &[&Figures]) -> io::Result<()> {
    let Some(folder) = asked(std::env::args_os())? else { return Ok(()) };
    for figures in all {
        figures.write(&folder)?;
        println!("written: {}", folder.join(format!("{}.json", figures.name)).display());
    }
    Ok(())
}

fn asked(arguments: impl Iterator<Item = OsString>) -> io::Result<Option<PathBuf>> {
    let mut arguments = arguments.skip_while(|word| word != "--out");
    match (arguments.next(), arguments.next()) {
        (None, _) => Ok(None),
        (Some(_), Some(folder)) => Ok(Some(folder.into())),
        (Some(_), None) => Err(amiss("--out needs a folder: --out docs/src/figures".to_owned())),
    }
}

fn amiss(words: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, words)
}

impl Figures {
    /// Writes `NAME.json` into a folder, which is made if it is not there, and beside it
    /// `NAME.svg`, where there is a chart, and `NAME.md`.
    ///
    /// # Errors
    ///
    /// The figures fail their [check](Self::check), nobody said how they were
    /// [measured](Self::measured_by), or a file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let in_words = |error: super::ChartError| amiss(format!("{}: {error}", self.name));
        let mut files = vec![("json", self.to_json().map_err(in_words)?)];
        if self.has_chart() {
            files.push(("svg", self.to_svg().map_err(in_words)?));
        }
        files.push(("md", self.to_markdown().map_err(in_words)?));
        fs::create_dir_all(folder)?;
        files.into_iter().try_for_each(|(extension, text)| {
            let path = folder.join(format!("{}.{extension}", self.name));
            whole_files::write(&path, text.as_bytes())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_may_be_asked_for() {
        let asked = |words: &[&str]| asked(words.iter().map(OsString::from));
        assert_eq!(asked(&["program", "--quick"]).expect("it is understood"), None);
        let folder = asked(&["program", "--quick", "--out", "figures"]).expect("it is understood");
        assert_eq!(folder, Some("figures".into()));
        let error = asked(&["program", "--out"]).expect_err("the folder is missing");
        assert!(error.to_string().contains("--out docs/src/figures"), "{error}");
    }
}
