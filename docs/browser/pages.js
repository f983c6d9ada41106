// Every page of the course's book, for some of the readers. Each file of tests has a browser of its own, and they run side by side:
// most of the time goes into waiting for a browser's next frame.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BOOK, LIMIT, Reading, pagesOf, tooWide, violations } from './harness.js';
import { playThrough, timelines } from './player.js';

// Not mdBook's list of chapters: it is put into a frame beside a page, where there is no JavaScript.
export const pages = (await pagesOf(BOOK)).filter(path => path !== 'toc.html');

// All chapters once more. What is new is that they are together: of axe-core's rules, only this can say something new.
const RULES = { 'print.html': ['duplicate-id-aria'] };

// Tests each page as `readers` see it.
export function readEverything(browser, readers) {
    for (const reader of readers) {
        describe(reader.name, () => {
            let reading;
            before(async () => {
                reading = await Reading.begin(browser(), BOOK, reader);
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
}
