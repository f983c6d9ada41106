//! `lines` hands out the lines of numbered pages one by one, and fetches a page only when a line of it is asked for.

#[allow(
    clippy::todo,
    dead_code,
    unused_variables,
    unused_imports,
    reason = "a starter has holes, and an answer may be unfinished"
)]
#[rustfmt::skip]
mod answer;

use std::cell::RefCell;

use answer::lines;

/// A source of pages that notes which were fetched. It is over at its first empty page, and gives up on a reader that
/// cannot stop.
struct Source {
    pages: &'static [&'static [&'static str]],
    fetched: RefCell<Vec<usize>>,
}

impl Source {
    fn new(pages: &'static [&'static [&'static str]]) -> Self {
        Self { pages, fetched: RefCell::default() }
    }

    fn fetch(&self, page: usize) -> Vec<String> {
        let mut fetched = self.fetched.borrow_mut();
        fetched.push(page);
        assert!(
            fetched.len() <= 100,
            "more than 100 pages were fetched, and there is no end of it: fetch only for a line that is asked for, and never \
             again after the first empty page"
        );
        let lines = self.pages.get(page).copied().unwrap_or_default();
        lines.iter().map(|&line| line.to_owned()).collect()
    }

    fn fetched(&self) -> Vec<usize> {
        self.fetched.borrow().clone()
    }
}

#[test]
fn lines_come_in_order_across_pages() {
    let source = Source::new(&[&["a", "b"], &["c"], &["d", "e"]]);
    let all: Vec<String> = lines(|page| source.fetch(page)).take(100).collect();
    assert!(
        all == ["a", "b", "c", "d", "e"],
        "the pages are [a, b], [c] and [d, e], and the lines were {all:?}"
    );
}

#[test]
fn an_empty_line_is_a_line() {
    let source = Source::new(&[&["a", "", "b"], &[""], &["c"]]);
    let all: Vec<String> = lines(|page| source.fetch(page)).take(100).collect();
    assert!(
        all == ["a", "", "b", "", "c"],
        "page 0 is a, an empty line and b, page 1 is one empty line, page 2 is c, and the lines were {all:?}: the document \
         ends with a page that has no lines, not with a line that has no letters"
    );
}

#[test]
fn lines_go_out_unchanged() {
    let source = Source::new(&[&["  if a", "b"], &["b", "c "]]);
    let all: Vec<String> = lines(|page| source.fetch(page)).take(100).collect();
    assert!(
        all == ["  if a", "b", "b", "c "],
        "page 0 is \"  if a\" and \"b\", page 1 is \"b\" and \"c \", and the lines were {all:?}: every line goes out as it is, \
         also one that is the same as the line before"
    );
}

#[test]
fn making_the_iterator_fetches_nothing() {
    let source = Source::new(&[&["a", "b"]]);
    let _unused = lines(|page| source.fetch(page));
    assert!(
        source.fetched().is_empty(),
        "pages {:?} were fetched, and nobody has asked for a line: the work belongs into `next`",
        source.fetched()
    );
}

#[test]
fn a_line_fetches_the_page_it_is_on_and_no_other() {
    let source = Source::new(&[&["a", "b"], &["c"], &["d", "e"]]);
    let mut lines = lines(|page| source.fetch(page));
    let first = lines.next();
    assert!(
        first.as_deref() == Some("a"),
        "the first line of page 0 is \"a\", and the first that came is {first:?}"
    );
    assert!(
        source.fetched() == [0],
        "one line was asked for. It is on page 0, and pages {:?} were fetched",
        source.fetched()
    );
    let third = lines.nth(1);
    assert!(
        third.as_deref() == Some("c"),
        "page 0 has two lines and page 1 begins with \"c\", and the third line that came is {third:?}"
    );
    assert!(
        source.fetched() == [0, 1],
        "three lines were asked for. They are on pages 0 and 1, and pages {:?} were fetched",
        source.fetched()
    );
}

#[test]
fn the_last_line_of_a_page_does_not_fetch_the_next_page() {
    let source = Source::new(&[&["a", "b"], &["c"]]);
    let mut lines = lines(|page| source.fetch(page));
    let got = [lines.next(), lines.next()];
    assert!(got.iter().all(Option::is_some), "page 0 has two lines, and they were {got:?}");
    assert!(
        source.fetched() == [0],
        "both lines of page 0 were asked for, and pages {:?} were fetched: nobody has asked for a line of the next page, \
         and perhaps nobody will",
        source.fetched()
    );
}

#[test]
fn a_page_is_fetched_once() {
    let source = Source::new(&[&["a", "b", "c"]]);
    let got: Vec<String> = lines(|page| source.fetch(page)).take(3).collect();
    assert!(got.len() == 3, "page 0 has three lines, and they were {got:?}");
    assert!(
        source.fetched() == [0],
        "three lines of page 0 were asked for, and the fetched pages are {:?}: lines that are not asked for yet are to be \
         kept",
        source.fetched()
    );
}

#[test]
fn a_source_without_end_is_no_obstacle() {
    let source = Source::new(&[]);
    let endless = |page| {
        source.fetch(page);
        vec![format!("line {page}")]
    };
    let got: Vec<String> = lines(endless).take(3).collect();
    assert!(
        got == ["line 0", "line 1", "line 2"],
        "each page has one line, and the first three were {got:?}"
    );
}

#[test]
fn after_the_end_nothing_is_fetched() {
    let source = Source::new(&[&["a"], &[], &["not to be seen"]]);
    let mut lines = lines(|page| source.fetch(page));
    let got = [lines.next(), lines.next()];
    assert!(
        got == [Some("a".to_owned()), None],
        "page 0 has one line and page 1 is empty, which is the end; the lines were {got:?}"
    );
    let extra = [lines.next(), lines.next()];
    assert!(
        extra == [None, None] && source.fetched() == [0, 1],
        "after the end, `next` gave {extra:?}, and the fetched pages are {:?}: an end that was seen is to be remembered",
        source.fetched()
    );
}
