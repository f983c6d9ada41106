// Every page of the course's book, for every kind of reader.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { BOOK, LIMIT, READERS, Reading, launch, pagesOf, tooWide, violations } from '../harness.js';
import { playThrough, timelines } from '../player.js';

// Not mdBook's list of chapters: it is put into a frame beside a page, where there is no JavaScript. See below.
const pages = (await pagesOf(BOOK)).filter(path => path !== 'toc.html');

// All chapters once more. What is new is that they are together: of axe-core's rules, only this can say something new.
const RULES = { 'print.html': ['duplicate-id-aria'] };

let browser;
before(async () => {
    browser = await launch();
});
after(() => browser?.close());

test('there are pages to look at', () => {
    for (const page of ['index.html', 'glossary.html', 'print.html']) {
        assert.ok(pages.includes(page), `no ${page} in ${BOOK}: is the book built?`);
    }
});

test('every recorded timeline is in a page, once', LIMIT, async () => {
    const files = await readdir(join(BOOK, 'timelines')).catch(() => []);
    const recorded = files.filter(file => file.endsWith('.svg')).map(file => file.replace('.svg', ''));
    const reading = await Reading.begin(browser, BOOK, READERS[0]);
    try {
        const page = await reading.open('print.html');
        assert.deepEqual((await timelines(page)).sort(), recorded.sort());
    } finally {
        await reading.end();
    }
});

for (const reader of READERS) {
    describe(reader.name, () => {
        let reading;
        before(async () => {
            reading = await Reading.begin(browser, BOOK, reader);
        });
        after(() => reading?.end());

        for (const path of pages) {
            // It names its files from the top of the server, wherever it was asked for.
            if (path === '404.html' && reader.from === 'disk') {
                continue;
            }
            test(path, LIMIT, async () => {
                const page = await reading.open(path);
                assert.deepEqual(page.problems, []);
                assert.deepEqual(await tooWide(page), []);
                assert.deepEqual(await violations(page, RULES[path]), []);
                for (const name of path === 'print.html' ? [] : await timelines(page)) {
                    await playThrough(page, name);
                }
                assert.deepEqual(page.problems, []);
                await page.close();
            });
        }
    });
}

describe('without JavaScript', () => {
    let reading;
    before(async () => {
        reading = await Reading.begin(browser, BOOK, { ...READERS[0], javaScript: false });
    });
    after(() => reading?.end());

    for (const path of pages.filter(path => path !== '404.html')) {
        test(path, LIMIT, async () => {
            const page = await reading.open(path);
            const pictures = page.locator('figure.timeline > svg');
            for (const picture of await pictures.all()) {
                assert.ok(await picture.isVisible());
            }
            assert.equal(await page.locator('main button').count(), 0, 'a button that does nothing');
            const chapters = page.frameLocator('.sidebar-iframe-outer').getByRole('link', { name: 'Glossary' });
            await chapters.waitFor({ state: 'attached' });
            assert.deepEqual(page.problems, []);
            await page.close();
        });
    }
});
