//! What is shown of a program that is to be predicted: its question, and the lines that are marked.

/// What a learner sees of a prediction's excerpt.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines of the question.
    pub question: Vec<String>,
    /// The lines of the program with their numbers, in one or several pieces.
    pub pieces: Vec<Vec<(usize, String)>>,
}

impl Excerpt {
    pub fn of(text: &str) -> Self {
        let question = text.lines().map_while(|line| line.strip_prefix("//!"));
        let question: Vec<_> = question.map(|line| line.trim().to_owned()).collect();
        let mut pieces = vec![Vec::new()];
        let is_marked = text.lines().any(|line| is_marker(line, "ANCHOR"));
        let mut shown = !is_marked;
        for (number, line) in (1..).zip(text.lines()).skip(question.len()) {
            if is_marker(line, "ANCHOR_END") {
                shown = false;
                pieces.push(Vec::new());
            } else if is_marker(line, "ANCHOR") {
                shown = true;
            } else if shown {
                pieces.last_mut().into_iter().for_each(|piece| piece.push((number, line.into())));
            }
        }
        pieces.iter_mut().for_each(trim);
        pieces.retain(|piece| !piece.is_empty());
        Self { question, pieces }
    }

    /// Whether a line of the file is one of those that are shown.
    pub fn shows(&self, line: u64) -> bool {
        self.pieces.iter().flatten().any(|(number, _)| *number as u64 == line)
    }
}

fn is_marker(line: &str, word: &str) -> bool {
    let comment = line.trim().strip_prefix("// ").and_then(|line| line.strip_prefix(word));
    comment.is_some_and(|rest| rest.starts_with(':'))
}

/// Takes off the empty lines at both ends, and the indentation that all lines have in common.
fn trim(piece: &mut Vec<(usize, String)>) {
    let is_empty = |(_, line): &(usize, String)| line.trim().is_empty();
    while piece.last().is_some_and(is_empty) {
        piece.pop();
    }
    let first = piece.iter().position(|line| !is_empty(line)).unwrap_or_default();
    piece.drain(..first);
    let indented = |(_, line): &(usize, String)| line.len() - line.trim_start_matches(' ').len();
    let common =
        piece.iter().filter(|line| !is_empty(line)).map(indented).min().unwrap_or_default();
    for (_, line) in piece {
        *line = line.get(common..).unwrap_or_default().to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_is_shown_with_its_own_numbers() {
        let text = "//! Which is\n//! first?\n\nuse a;\n\n// ANCHOR: shown\n\n    fn one() {\n\n        \
                    two();\n    }\n    // ANCHOR_END: shown\nfn hidden() {}\n// ANCHOR: more\nfn three() {}\n// ANCHOR_END: more\n";
        let excerpt = Excerpt::of(text);
        assert_eq!(excerpt.question, ["Which is", "first?"]);
        let line = |number, text: &str| (number, text.to_owned());
        let first = [line(8, "fn one() {"), line(9, ""), line(10, "    two();"), line(11, "}")];
        assert_eq!(excerpt.pieces, [&first[..], &[line(15, "fn three() {}")]]);
        assert!(excerpt.shows(10) && !excerpt.shows(13));
    }

    #[test]
    fn without_marks_everything_below_the_question_is_shown() {
        let excerpt = Excerpt::of("//! What?\n\nfn main() {}\n\n");
        assert_eq!(excerpt.pieces, [[(3, "fn main() {}".to_owned())]]);
        assert_eq!(Excerpt::of("").pieces, Vec::<Vec<(usize, String)>>::new());
    }
}
