//! The order of events that a learner expects, as it is typed.

use crate::exit::Problem;

/// Reads an order: `2 1 3`, `2,1,3`, `2 -> 1 -> 3` or `213`; letters in either case.
///
/// # Errors
///
/// If it does not name each of `marks` once: with what would be right.
pub fn parse(typed: &str, marks: &[char]) -> Result<Vec<char>, Problem> {
    let named = typed.chars().filter(|character| character.is_alphanumeric());
    let order: Vec<char> = named.map(|character| character.to_ascii_lowercase()).collect();
    let repeated = || order.iter().enumerate().find(|(place, mark)| order[..*place].contains(mark));
    let wrong = if order.is_empty() {
        Some("no order was given".to_owned())
    } else if let Some(stranger) = order.iter().find(|mark| !marks.contains(mark)) {
        Some(format!("`{stranger}` is none of the events"))
    } else if let Some((_, mark)) = repeated() {
        Some(format!("`{mark}` is named twice"))
    } else {
        marks.iter().find(|mark| !order.contains(mark)).map(|mark| format!("`{mark}` is missing"))
    };
    match wrong {
        None => Ok(order),
        Some(wrong) => {
            let (all, example) = (list(marks), shown(marks));
            Err(Problem::usage(format!("{wrong}: name each of {all} once, such as `{example}`")))
        }
    }
}

/// `1 2 3`.
pub fn shown(marks: &[char]) -> String {
    marks.iter().map(char::to_string).collect::<Vec<_>>().join(" ")
}

/// `1, 2 and 3`.
fn list(marks: &[char]) -> String {
    let names: Vec<_> = marks.iter().map(char::to_string).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_may_be_typed_in_many_ways() {
        let marks = ['1', '2', 'c'];
        for typed in ["2 1 c", "2,1,C", "21c", " 2\t1 -> c\r\n", "2. 1. c.", "`2 1 C`"] {
            let order = parse(typed, &marks).unwrap_or_else(|error| panic!("{typed:?}: {error}"));
            assert_eq!(order, ['2', '1', 'c']);
        }
    }

    #[test]
    fn what_is_no_order_is_answered_with_what_is_one() {
        let marks = ['1', '2', '3'];
        for (typed, wrong) in [
            ("", "no order was given"),
            (" ,; \n", "no order was given"),
            ("2 1 4", "`4` is none of the events"),
            ("one two", "`o` is none of the events"),
            ("2 é 1", "`é` is none of the events"),
            ("2 1 2", "`2` is named twice"),
            ("2 1 3 1", "`1` is named twice"),
            ("3 1", "`2` is missing"),
        ] {
            let told = parse(typed, &marks).expect_err(typed).to_string();
            assert_eq!(told, format!("{wrong}: name each of 1, 2 and 3 once, such as `1 2 3`"));
        }
    }
}
