// What both tests need: the browser, a server, and pages that remember what went wrong in them.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize, relative, sep } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { FLAGS, findBrowser } from './browser.js';

const here = dirname(fileURLToPath(import.meta.url));

// The built books: the course's, and the one that only the test has.
export const BOOK = join(here, '..', 'book');
export const FIXTURE = process.env.FIXTURE ?? join(here, '..', '..', 'target', 'book-browser', 'docs', 'book');

// How people read: in a light or a dark theme, on a wide or a narrow screen, from the disk or from a server.
export const READERS = [
    { name: 'from the disk, light, wide', from: 'disk', theme: 'light', width: 1280 },
    { name: 'from a server, dark, wide', from: 'server', theme: 'navy', width: 1280 },
    { name: 'from the disk, dark, 400 px', from: 'disk', theme: 'navy', width: 400 },
    { name: 'from a server, light, 400 px', from: 'server', theme: 'light', width: 400 },
];

// Ends a test that hangs; nothing is judged by it.
export const LIMIT = { timeout: 120_000 };

// A browser for the tests of a file: `browser()` is it, while they run.
export function withBrowser() {
    let browser;
    before(async () => {
        browser = await chromium.launch({ executablePath: findBrowser(), args: FLAGS });
    });
    after(() => browser?.close());
    return () => browser;
}

const TYPES = {
    '.css': 'text/css',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.woff2': 'font/woff2',
};

// Serves a folder on a free port of this machine alone: {origin, close}.
export async function serve(folder) {
    const server = createServer(async (request, response) => {
        const path = normalize(join(folder, decodeURIComponent(new URL(request.url, 'http://book').pathname)));
        try {
            if (!path.startsWith(folder + sep)) {
                throw new Error('outside of the book');
            }
            const body = await readFile(path);
            response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body);
        } catch {
            response.writeHead(404).end();
        }
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    const close = () => {
        server.closeAllConnections();
        return new Promise(resolve => server.close(resolve));
    };
    return { origin: `http://127.0.0.1:${server.address().port}`, close };
}

// The pages of a built book, as paths in it.
export async function pagesOf(folder) {
    const entries = await readdir(folder, { recursive: true });
    return entries.filter(path => path.endsWith('.html')).sort();
}

// A book that is open for one kind of reader.
export class Reading {
    static async begin(browser, folder, { from, theme, width, javaScript = true }) {
        const reading = new Reading();
        reading.server = from === 'server' ? await serve(folder) : undefined;
        reading.base = reading.server?.origin ?? pathToFileURL(folder).href;
        const viewport = { width, height: width < 600 ? 800 : 900 };
        reading.context = await browser.newContext({ viewport, javaScriptEnabled: javaScript });
        await reading.context.addInitScript(theme => {
            localStorage.setItem('mdbook-theme', theme);
            localStorage.setItem('mdbook-sidebar', 'visible');
            // The page for printing asks for the printer.
            window.print = () => {};
        }, theme);
        return reading;
    }

    // Opens a page, and collects its errors and failed requests in `page.problems`.
    async open(path) {
        const page = await this.context.newPage();
        page.problems = [];
        page.on('console', message => {
            if (message.type() === 'error' || message.type() === 'warning') {
                page.problems.push(`${message.type()} in the console: ${message.text()}`);
            }
        });
        page.on('pageerror', error => page.problems.push(`uncaught: ${error.message}`));
        page.on('requestfailed', request => {
            const why = request.failure()?.errorText;
            // Not that: the page was turned before it had come.
            if (why !== 'net::ERR_ABORTED') {
                page.problems.push(`${request.url()}: ${why}`);
            }
        });
        page.on('response', response => {
            if (response.status() >= 400) {
                page.problems.push(`${response.url()}: status ${response.status()}`);
            }
        });
        await page.goto(`${this.base}/${path}`, { waitUntil: 'load' });
        return page;
    }

    async end() {
        await this.context.close();
        await this.server?.close();
    }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// What axe-core holds for a serious or critical violation, in words. `rules`: those alone.
export async function violations(page, rules) {
    await page.evaluate(AXE);
    const results = await page.evaluate(rules => window.axe.run({
        resultTypes: ['violations'],
        // It would fetch the style sheets, which a page from the disk may not.
        preload: false,
        ...(rules === undefined ? {} : { runOnly: rules }),
    }), rules);
    const grave = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return grave.flatMap(({ id, impact, nodes }) =>
        nodes.map(node => `${id} (${impact}): ${node.target.join(' ')}: ${node.failureSummary}`));
}

// The elements that stick out to the right of the window, where the page can be scrolled to them; else none.
export function tooWide(page) {
    return page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const scrolls = [document.documentElement, document.body, ...document.querySelectorAll('.page-wrapper, .page, .content, main')];
        if (scrolls.every(element => element.scrollWidth <= Math.max(element.clientWidth, width))) {
            return [];
        }
        const inFrame = element => element.closest('pre, .table-wrapper, .sidebar') !== null;
        return [...document.querySelectorAll('main *')]
            .filter(element => !inFrame(element) && element.getBoundingClientRect().right > width + 0.5)
            .map(element => element.outerHTML.slice(0, 120))
            .concat('the page can be scrolled to the side');
    });
}
