// The book from the disk, as it is after `cargo book`; also without JavaScript.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { BOOK, LIMIT, READERS, Reading, withBrowser } from '../harness.js';
import { pages, readEverything } from '../pages.js';
import { timelines } from '../player.js';

const browser = withBrowser();

test('there are pages to look at', () => {
    for (const page of ['index.html', 'glossary.html', 'print.html']) {
        assert.ok(pages.includes(page), `no ${page} in ${BOOK}: is the book built?`);
    }
});

test('every recorded timeline is in a page, once', LIMIT, async () => {
    const files = await readdir(join(BOOK, 'timelines')).catch(() => []);
    const recorded = files.filter(file => file.endsWith('.svg')).map(file => file.replace('.svg', ''));
    const reading = await Reading.begin(browser(), BOOK, READERS[0]);
    try {
        const page = await reading.open('print.html');
        assert.deepEqual((await timelines(page)).sort(), recorded.sort());
    } finally {
        await reading.end();
    }
});

readEverything(browser, READERS.filter(({ from }) => from === 'disk'));

describe('without JavaScript', () => {
    let reading;
    before(async () => {
        reading = await Reading.begin(browser(), BOOK, { ...READERS[0], javaScript: false });
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
