//! `lines` hands out the lines of numbered pages one by one, and fetches a page only when a line of
//! it is asked for.

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
use shared::probe::caught;

/// A source of pages that notes which were fetched. It is over at its first empty page, and gives
/// up on a reader that cannot stop.
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
            "more than 100 pages were fetched, and the reader goes on: fetch only for a line that is asked for, and never \
             again after the first empty page"
        );
        let lines = self.pages.get(page).copied().unwrap_or_default();
        lines.iter().map(|&line| line.to_owned()).collect()
    }

    fn fetched(&self) -> Vec<usize> {
        self.fetched.borrow().clone()
    }
}

/// The lines of `pages`, at most 100.
fn read(pages: &'static [&'static [&'static str]]) -> Vec<String> {
    let source = Source::new(pages);
    lines(|page| source.fetch(page)).take(100).collect()
}

#[test]
fn lines_come_in_order_across_pages() {
    let all = read(&[&["a", "b"], &["c"], &["d", "e"]]);
    assert!(
        all == ["a", "b", "c", "d", "e"],
        "the pages are [a, b], [c] and [d, e], and the lines were {all:?}"
    );
}

#[test]
fn an_empty_line_is_a_line() {
    let all = read(&[&["a", "", "b"], &[""], &["c"]]);
    assert!(
        all == ["a", "", "b", "", "c"],
        "page 0 is a, an empty line and b, page 1 is one empty line, page 2 is c, and the lines were {all:?}: the document \
         ends with a page that has no lines, not with a line that has no letters"
    );
}

#[test]
fn empty_lines_at_either_end_of_a_page_are_lines() {
    let all = read(&[&["", "", "a", ""], &["", "b", "", ""], &["", ""]]);
    assert!(
        all == ["", "", "a", "", "", "b", "", "", "", ""],
        "page 0 is [\"\", \"\", \"a\", \"\"], page 1 is [\"\", \"b\", \"\", \"\"], page 2 is [\"\", \"\"], and the lines were {all:?}: \
         a page's first and last lines may be empty, and they are lines like all others"
    );
}

#[test]
fn lines_go_out_unchanged() {
    let all = read(&[&["  if a", "b"], &["b", "c "]]);
    assert!(
        all == ["  if a", "b", "b", "c "],
        "page 0 is \"  if a\" and \"b\", page 1 is \"b\" and \"c \", and the lines were {all:?}: every line goes out as it is, \
         also one that is the same as the line before"
    );
    let all = read(&[&["z", "\tÄ", "   ", "x\r", "two\nin one"]]);
    assert!(
        all == ["z", "\tÄ", "   ", "x\r", "two\nin one"],
        "page 0 is [\"z\", \"\\tÄ\", \"   \", \"x\\r\", \"two\\nin one\"], and the lines were {all:?}: what is in a line is the \
         document's own affair"
    );
}

#[test]
fn a_document_may_repeat_itself() {
    let all = read(&[&["b", "b", "a"], &["b", "a"], &["b", "a"], &["c"]]);
    assert!(
        all == ["b", "b", "a", "b", "a", "b", "a", "c"],
        "the pages are [b, b, a], [b, a], [b, a] and [c], and the lines were {all:?}: a line or a page that has come before \
         comes again"
    );
}

#[test]
fn an_empty_document_has_no_lines() {
    let source = Source::new(&[&[], &["not to be seen"]]);
    let mut lines = lines(|page| source.fetch(page));
    let got = [lines.next(), lines.next(), lines.next()];
    assert!(
        got == [None, None, None] && source.fetched() == [0],
        "page 0 is empty, which is the end; `next` gave {got:?}, and the fetched pages are {:?}",
        source.fetched()
    );
}

#[test]
fn making_the_iterator_fetches_nothing() {
    let source = Source::new(&[&["a", "b"]]);
    let _unused = lines(|page| source.fetch(page));
    assert!(
        source.fetched().is_empty(),
        "pages {:?} were fetched, and nobody has asked for a line: the work belongs in `next`",
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
fn no_page_is_fetched_ahead_however_far_the_reader_has_come() {
    let pages: &[&[&str]] = &[&["a", "b"], &["c"], &["d", "e", "f"], &["g"], &["h"], &["i", "j"]];
    let source = Source::new(pages);
    let mut lines = lines(|page| source.fetch(page));
    for (number, page) in pages.iter().enumerate() {
        for &line in *page {
            let got = lines.next();
            assert!(
                got.as_deref() == Some(line) && source.fetched().into_iter().eq(0..=number),
                "the next line is {line:?}, on page {number}. `next` gave {got:?}, and by then pages {:?} had been fetched: \
                 a page is fetched for its first line, and once",
                source.fetched()
            );
        }
    }
}

#[test]
fn a_page_is_fetched_once() {
    let source = Source::new(&[&["a", "b", "c"]]);
    let got: Vec<String> = lines(|page| source.fetch(page)).take(3).collect();
    assert!(got.len() == 3, "page 0 has three lines, and they were {got:?}");
    assert!(
        source.fetched() == [0],
        "three lines of page 0 were asked for, and the fetched pages are {:?}: lines that are not asked for yet have to be \
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
        "after the end, `next` gave {extra:?}, and the fetched pages are {:?}: an end that was seen has to be remembered",
        source.fetched()
    );
}

#[test]
fn there_may_be_many_pages_and_many_lines_on_one() {
    let mut lines = lines(|page| match page {
        0 => (0..300).map(|line| format!("0, {line}")).collect(),
        70_000 => Vec::new(),
        _ => vec![format!("{page}, 0")],
    });
    let page_0 = (0..300).map(|line| (0, line));
    for (page, line) in page_0.chain((1..70_000).map(|page| (page, 0))) {
        let got = caught(|| lines.next());
        assert!(
            matches!(&got, Ok(Some(text)) if *text == format!("{page}, {line}")),
            "page 0 has 300 lines, and the next 69,999 pages have one each. At line {line} of page {page}, `next` {}",
            got.map_or_else(|panic| panic.to_string(), |got| format!("gave {got:?}"))
        );
    }
    let end = lines.next();
    assert!(end.is_none(), "page 70,000 is empty, which is the end, and `next` gave {end:?}");
}

#[test]
fn two_documents_are_read_side_by_side() {
    let (long, short) = (Source::new(&[&["a", "b"], &["c"]]), Source::new(&[&["x"]]));
    let mut long_lines = lines(|page| long.fetch(page));
    let mut short_lines = lines(|page| short.fetch(page));
    for expected in [("a", "x"), ("b", ""), ("c", "")] {
        let got = [long_lines.next(), short_lines.next()].map(Option::unwrap_or_default);
        assert!(
            got == [expected.0, expected.1],
            "one document is [a, b], [c], the other one is [x]. They are read in turns, and where {expected:?} was to come, \
             \"\" being the end, {got:?} came: each iterator keeps its own place"
        );
    }
}
