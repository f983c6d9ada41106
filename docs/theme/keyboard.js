// For readers without a mouse: what mdBook leaves out.
(() => {
    'use strict';

    // Blocks and tables that are too wide scroll in themselves. With the focus on one, the arrow keys move it and do not
    // turn the page.
    const regions = document.querySelectorAll('main pre > code, main .table-wrapper');
    const sizes = new ResizeObserver(entries => {
        for (const {target} of entries) {
            if (target.scrollWidth > target.clientWidth) {
                target.tabIndex = 0;
            } else {
                target.removeAttribute('tabindex');
            }
        }
    });
    for (const region of regions) {
        sizes.observe(region);
        region.addEventListener('keydown', event => {
            if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
                event.stopPropagation();
            }
        });
    }

    // What opens the table of contents is a label, which no key reaches.
    const toggle = document.getElementById('mdbook-sidebar-toggle');
    if (toggle !== null) {
        toggle.setAttribute('role', 'button');
        toggle.tabIndex = 0;
        toggle.addEventListener('keydown', event => {
            if (event.key === 'Enter' || event.key === ' ') {
                event.preventDefault();
                toggle.click();
            }
        });
    }
})();
