// An included task is a text of its own, whose title is a heading of level 1. Inside a chapter it belongs below
// "Exercises": two levels down. Runs before mdBook lists the page's headings in the sidebar.
for (const heading of document.querySelectorAll('.exercise :is(h1, h2, h3, h4)')) {
    const lower = document.createElement('h' + (Number(heading.tagName[1]) + 2));
    lower.id = heading.id;
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
}
