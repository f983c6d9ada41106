//! An interview asks for a name, lets a quiz talk until it is over, and completes with the name and
//! the quiz's points.

#[allow(
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

use answer::{Interview, NAME_QUESTION, Sheet};
use generators::CoroutineState::{self, Complete, Yielded};
use generators::{Coroutine, from_fn};
use shared::probe::{Journal, caught};

use setup::*;

#[test]
fn it_asks_for_the_name_first() {
    for first in ["", "Ada"] {
        let mut talk = Talk::new(&["2 + 2?"], 1);
        let state = talk.send(&[first]);
        assert!(
            state == yielded(NAME_QUESTION),
            "the first resume, with {first:?}, gave {state:?} instead of Yielded({NAME_QUESTION:?})"
        );
        assert!(
            talk.quiz_got.entries().is_empty(),
            "the quiz was resumed before the name was known: what it yielded there is lost"
        );
    }
}

#[test]
fn the_name_is_followed_by_the_first_question() {
    let mut talk = Talk::new(&["2 + 2?", "3 * 3?"], 1);
    let state = talk.send(&["", "Ada"]);
    assert!(
        state == yielded("2 + 2?"),
        "the name was sent in, and out came {state:?}: the first question of the quiz follows at once, and none is \
         skipped"
    );
    let state = talk.send(&["4"]);
    assert!(
        state == yielded("3 * 3?"),
        "the first answer was sent in, and out came {state:?} instead of the second question"
    );
}

#[test]
fn questions_go_out_unchanged() {
    let questions = &[" 2 + 2? ", "", NAME_QUESTION, "Bye?", "Bye?"];
    let mut talk = Talk::new(questions, 1);
    let _ = talk.send(&[""]);
    for question in questions {
        let state = talk.send(&["Ada"]);
        assert!(
            state == yielded(question),
            "the quiz yielded {question:?}, and out came {state:?}: what the quiz yields goes out as it is, whatever it is"
        );
    }
}

#[test]
fn every_answer_reaches_the_quiz() {
    let mut talk = Talk::new(&["2 + 2?", "3 * 3?"], 1);
    let _ = talk.send(&["first", "Ada", "4", "9"]);
    let got = talk.quiz_got.entries();
    assert!(
        got == ["\"\"", "\"4\"", "\"9\""],
        "the inputs were \"first\", \"Ada\", \"4\" and \"9\". The quiz is started with an empty string and then gets the answers 4 \
         and 9; it got {}",
        got.join(", ")
    );
}

#[test]
fn answers_go_in_unchanged() {
    for answers in [[" Four ", "", "Nothing"], ["", "Ada", ""], ["4", "4", "4"]] {
        let mut talk = Talk::new(&["2 + 2?", "3 * 3?", "4 - 4?"], 1);
        let _ = talk.send(&["", "Ada"]);
        let _ = talk.send(&answers);
        let (got, quoted) = (talk.quiz_got.entries(), answers.map(|answer| format!("{answer:?}")));
        assert!(
            got[0] == "\"\"" && got[1..] == quoted,
            "the answers were {}, and the quiz, started with \"\", got {}: every answer goes to the quiz as it is, also an \
             empty one",
            quoted.join(", "),
            got.join(", ")
        );
    }
}

#[test]
fn the_second_input_is_the_name_whatever_it_is() {
    for name in ["Ada", " ada ", "", "Zoë\n", NAME_QUESTION] {
        let mut talk = Talk::new(&["2 + 2?"], 1);
        let state = talk.send(&["first", name]);
        assert!(
            state == yielded("2 + 2?"),
            "the second resume brought the name {name:?}, and out came {state:?} instead of the first question"
        );
        let state = talk.send(&["4"]);
        assert!(
            matches!(&state, Complete(sheet) if sheet.name == name),
            "the inputs were \"first\", {name:?} and \"4\", and the interview ended with {state:?}: the name is what came second"
        );
    }
}

#[test]
fn the_name_is_kept_to_the_end() {
    let all = &["2 + 2?", NAME_QUESTION, "3 * 3?", "4 - 4?"];
    for count in 0..=all.len() {
        let mut talk = Talk::new(&all[..count], 1);
        let _ = talk.send(&[""]);
        let mut state = talk.send(&["Ada"]);
        for answer in &["Grace", "Emmy", "Lise", "Sofja"][..count] {
            state = talk.send(&[answer]);
        }
        assert!(
            matches!(&state, Complete(sheet) if sheet.name == "Ada"),
            "\"Ada\" came second, {count} answers came after it, and the interview ended with {state:?}: the name is what came \
             second, whatever the quiz asks later"
        );
    }
}

#[test]
fn the_last_answer_completes_the_interview() {
    let mut talk = Talk::new(&["2 + 2?"], 1);
    let state = talk.send(&["", "Ada", "4"]);
    assert!(
        matches!(state, Complete(_)),
        "the quiz completed with 1 when it got its last answer, and the interview gave {state:?}: it should complete in the \
         same resume, as there is nothing more to ask"
    );
}

#[test]
fn the_points_are_those_that_the_quiz_gave() {
    let mut talk = Talk::new(&["2 + 2?", "3 * 3?"], 17);
    let state = talk.send(&["", "Ada", "4", "9"]);
    assert!(
        matches!(state, Complete(Sheet { points: 17, .. })),
        "the quiz had 2 questions and completed with 17 points, and the interview gave {state:?}: the result of the inner \
         coroutine is what the outer one waited for"
    );
    for points in [0, 256, u32::MAX] {
        let state = Talk::new(&["2 + 2?"], points).send(&["", "Ada", "4"]);
        assert!(
            matches!(&state, Complete(sheet) if sheet.points == points),
            "the quiz completed with {points} points, and the interview gave {state:?}"
        );
    }
}

#[test]
fn a_quiz_without_questions_completes_at_once() {
    let mut talk = Talk::new(&[], 5);
    let state = talk.send(&["", "Ada"]);
    assert!(
        state == Complete(Sheet { name: "Ada".to_owned(), points: 5 }),
        "the quiz completed with 5 when it was started, without a question, and the interview gave {state:?} instead of a sheet \
         with \"Ada\" and 5"
    );
}

#[test]
fn a_quiz_may_have_many_questions() {
    let mut asked = 0;
    let quiz = from_fn(move |answer: String| {
        asked += 1;
        if asked <= 70_000 { Yielded(format!("{answer}, {asked}?")) } else { Complete(asked) }
    });
    let mut interview = Interview::new(quiz);
    let _ = interview.resume(String::new());
    for number in 1..=70_000 {
        let answer = if number == 1 { "Ada".to_owned() } else { format!("answer {}", number - 1) };
        let question = if number == 1 { ", 1?".to_owned() } else { format!("{answer}, {number}?") };
        let state = caught(|| interview.resume(answer));
        assert!(
            matches!(&state, Ok(Yielded(text)) if *text == question),
            "a quiz has 70,000 questions. Where question {number} was to go out, {question:?}, the interview {}",
            state.map_or_else(|panic| panic.to_string(), |state| format!("gave {state:?}"))
        );
    }
    let state = interview.resume("the last answer".to_owned());
    assert!(
        state == Complete(Sheet { name: "Ada".to_owned(), points: 70_001 }),
        "the quiz completed with 70001 after 70,000 questions, and the interview gave {state:?}"
    );
}

#[test]
fn two_interviews_are_held_side_by_side() {
    let (mut one, mut other) = (Talk::new(&["2 + 2?"], 1), Talk::new(&["3 * 3?", "4 - 4?"], 2));
    let _ = (one.send(&[""]), other.send(&[""]));
    let questions = (one.send(&["Ada"]), other.send(&["Grace"]));
    assert!(
        questions == (yielded("2 + 2?"), yielded("3 * 3?")),
        "two interviews are held in turns. \"Ada\" was sent to one and \"Grace\" to the other, and out came {questions:?}"
    );
    let (first, second) = (one.send(&["4"]), (other.send(&["9"]), other.send(&["0"])));
    let sheet = |name: &str, points| Complete(Sheet { name: name.to_owned(), points });
    assert!(
        first == sheet("Ada", 1) && second == (yielded("4 - 4?"), sheet("Grace", 2)),
        "two interviews are held in turns, one with \"Ada\", whose quiz has 1 question and gives 1 point, one with \"Grace\", \
         whose quiz has 2 and gives 2. The first gave {first:?}, and the other one {second:?}: each has a name of its own"
    );
}
