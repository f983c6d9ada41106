//! What Markdown makes of a page: its headings, links, images, blocks of code, and the comments
//! before them.

use crate::page::Page;
use crate::pattern::{Pattern, pattern};
use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

/// The parts of a page that the truth test looks at. Lines are indices into [`Page::lines`].
#[derive(Debug, Default)]
pub struct Outline {
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Links and images, those in raw HTML included, and the scripts that it loads.
    pub links: Vec<Link>,
    /// Fenced and indented blocks of code.
    pub blocks: Vec<Block>,
    /// `[text][name]` where nothing is called `name`.
    pub unresolved: Vec<(usize, String)>,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// Its line.
    pub line: usize,
    /// 1 to 6.
    pub level: usize,
}

/// A link or an image.
#[derive(Debug)]
pub struct Link {
    /// Its line.
    pub line: usize,
    /// Where it leads.
    pub to: String,
    /// An image's alt text; `None` for a link.
    pub alt: Option<String>,
}

/// A block of code.
#[derive(Debug)]
pub struct Block {
    /// The line of the fence.
    pub line: usize,
    /// What stands behind the opening fence, such as `rust,no_run`.
    pub info: String,
    /// The lines inside.
    pub body: Vec<String>,
    /// The comment directly before it, if there is one, and its line.
    pub comment: Option<(usize, String)>,
}

static COMMENT: Pattern = pattern(r"(?s)^\s*<!--\s*(.*?)\s*-->\s*$");
static TAG: Pattern = pattern(r"(?s)<(a|img|script)\b([^>]*)>");
static ATTRIBUTE: Pattern = pattern(r#"(?s)\b(href|src|alt)\s*=\s*"([^"]*)""#);

impl Block {
    /// The block's language and marks: `rust,no_run` gives `rust` and `no_run`.
    pub fn words(&self) -> Vec<&str> {
        let parts = self.info.split([',', ' ', '\t']);
        parts.filter(|word| !word.is_empty()).collect()
    }

    /// The block's language, empty where there is none.
    pub fn language(&self) -> &str {
        self.words().first().copied().unwrap_or_default()
    }
}

impl Outline {
    /// Reads a page, with the Markdown extensions that mdBook switches on.
    pub fn of(page: &Page) -> Outline {
        let text = page.text();
        let mut starts: Vec<usize> = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        let line_of = |at: usize| starts.partition_point(|&start| start <= at) - 1;

        let mut unresolved = Vec::new();
        let report = |link: BrokenLink| -> Option<(CowStr, CowStr)> {
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                unresolved.push((line_of(link.span.start), link.reference.to_string()));
            }
            None
        };
        let parser = Parser::new_with_broken_link_callback(&text, options(), Some(report));
        let mut reader = Reader::default();
        for (event, span) in parser.into_offset_iter() {
            reader.take(event, line_of(span.start));
        }
        Outline { unresolved, ..reader.outline }
    }
}

/// The options of mdBook's own `mdbook-markdown`, for the settings in `docs/book.toml`.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

#[derive(Default)]
struct Reader {
    outline: Outline,
    /// The comment that was just read, if nothing has followed it.
    comment: Option<(usize, String)>,
    in_block: bool,
    /// Raw HTML that is being collected, from its first line on.
    html: Option<(usize, String)>,
    /// The images that are open, by their index among the links.
    images: Vec<usize>,
}

impl Reader {
    fn take(&mut self, event: Event, line: usize) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some((line, String::new())),
            Event::End(TagEnd::HtmlBlock) => self.end_of_html(),
            Event::Html(text) => {
                if let Some((_, html)) = &mut self.html {
                    html.push_str(&text);
                }
            }
            Event::InlineHtml(text) => self.tags(line, &text),
            Event::Start(Tag::CodeBlock(kind)) => self.start_of_block(line, &kind),
            Event::End(TagEnd::CodeBlock) => self.in_block = false,
            Event::Text(text) if self.in_block => {
                let block = self.outline.blocks.last_mut();
                let body = block.map(|block| &mut block.body);
                body.into_iter().for_each(|body| body.extend(text.lines().map(str::to_owned)));
            }
            Event::Start(tag) => self.start(tag, line),
            Event::End(TagEnd::Image) => {
                self.images.pop();
            }
            Event::Text(text) | Event::Code(text) => self.alt(&text),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag, line: usize) {
        self.comment = None;
        match tag {
            Tag::Heading { level, .. } => {
                let level = level_of(level);
                self.outline.headings.push(Heading { line, level });
            }
            Tag::Link { dest_url, .. } => self.link(line, &dest_url, None),
            Tag::Image { dest_url, .. } => {
                self.images.push(self.outline.links.len());
                self.link(line, &dest_url, Some(String::new()));
            }
            _ => {}
        }
    }

    fn link(&mut self, line: usize, to: &str, alt: Option<String>) {
        let to = to.to_owned();
        self.outline.links.push(Link { line, to, alt });
    }

    /// Text inside an image is its alt text.
    fn alt(&mut self, text: &str) {
        if let Some(&image) = self.images.last()
            && let Some(alt) = &mut self.outline.links[image].alt
        {
            alt.push_str(text);
        }
    }

    fn start_of_block(&mut self, line: usize, kind: &CodeBlockKind) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.trim().to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        self.in_block = true;
        self.outline.blocks.push(Block {
            line,
            info,
            body: Vec::new(),
            comment: self.comment.take(),
        });
    }

    fn end_of_html(&mut self) {
        let Some((line, html)) = self.html.take() else {
            return;
        };
        self.comment = COMMENT.captures(&html).map(|found| (line, found[1].to_owned()));
        if self.comment.is_none() {
            self.tags(line, &html);
        }
    }

    /// Links, images and scripts in raw HTML.
    fn tags(&mut self, line: usize, html: &str) {
        for tag in TAG.captures_iter(html) {
            let attribute = |name: &str| {
                let mut all = ATTRIBUTE.captures_iter(&tag[2]);
                all.find(|found| &found[1] == name).map(|found| found[2].to_owned())
            };
            let before = html[..tag.get(0).map_or(0, |tag| tag.start())].matches('\n').count();
            match &tag[1] {
                "img" => {
                    let to = attribute("src").unwrap_or_default();
                    self.link(line + before, &to, Some(attribute("alt").unwrap_or_default()));
                }
                tag => {
                    let address = if tag == "script" { "src" } else { "href" };
                    if let Some(to) = attribute(address) {
                        self.link(line + before, &to, None);
                    }
                }
            }
        }
    }
}

fn level_of(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
