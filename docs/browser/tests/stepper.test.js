// The stepper, in a book of its own: what it shows of recordings that do not depend on the lessons.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIXTURE, LIMIT, READERS, Reading, tooWide, violations, withBrowser } from '../harness.js';
import { button, playThrough, recordingOf, shown, timelines } from '../player.js';

const RECORDED = ['recorder-threads', 'recorder-ping', 'recorder-everything', 'recorder-coroutines'];
const THREADS = RECORDED[0];

const browser = withBrowser();

// A test with a page of the fixture, opened anew.
function onPage(name, reader, work) {
    test(name, LIMIT, async () => {
        const reading = await Reading.begin(browser(), FIXTURE, reader);
        try {
            const page = await reading.open('stepper.html');
            await work(page);
            assert.deepEqual(page.problems, []);
        } finally {
            await reading.end();
        }
    });
}

// Goes on until the event that says this.
async function goTo(page, name, words) {
    const { events } = await recordingOf(page, name);
    const at = events.findIndex(({ text }) => text === words) + 1;
    assert.ok(at > 0, `nothing says "${words}": ${events.map(({ text }) => text).join(', ')}`);
    await button(page, name, 2).focus();
    await page.keyboard.press('Home');
    for (let step = 1; step < at; step += 1) {
        await page.keyboard.press('ArrowRight');
    }
    const now = await shown(page, name);
    assert.equal(now.sentence, words);
    return now;
}

for (const reader of READERS) {
    describe(reader.name, () => {
        for (const name of RECORDED) {
            onPage(`the keyboard goes through ${name} and back`, reader, page => playThrough(page, name));
        }

        onPage('nothing sticks out, and axe-core is content, at rest and in the middle', reader, async page => {
            assert.deepEqual(await tooWide(page), []);
            assert.deepEqual(await violations(page), []);
            for (const name of RECORDED) {
                await button(page, name, 2).focus();
                for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
                    await page.keyboard.press(key);
                }
                assert.deepEqual(await tooWide(page), []);
                assert.deepEqual(await violations(page), []);
            }
        });
    });
}

describe('the states', () => {
    onPage('of who waits, and who is woken', READERS[0], async page => {
        const polled = await goTo(page, THREADS, 'consumer polls receive');
        assert.deepEqual(polled.states, {
            'main (thread)': 'awake, polls consumer',
            'producer (thread)': 'not heard of yet',
            consumer: 'polled now, polls receive',
            receive: 'polled now, in control',
        });
        assert.deepEqual(polled.changed, ['consumer', 'receive']);
        const woken = await goTo(page, THREADS, 'producer wakes consumer');
        assert.deepEqual(woken.states, {
            'main (thread)': 'parked',
            'producer (thread)': 'awake',
            consumer: 'woken, to be polled again',
            receive: 'Pending, waits',
        });
        assert.deepEqual(woken.lit, [{ thread: '1' }, { task: '0' }]);
        await page.keyboard.press('End');
        const end = await shown(page, THREADS);
        assert.deepEqual([end.states.consumer, end.states.receive], ['Ready, dropped', 'Ready, dropped']);
    });

    onPage('of a task that is spawned, and of one that is woken during its own poll', READERS[0], async page => {
        await button(page, 'recorder-ping', 2).focus();
        await page.keyboard.press('Home');
        assert.equal((await shown(page, 'recorder-ping')).states.pong, 'spawned, to be polled');
        const { events, tasks } = await recordingOf(page, 'recorder-everything');
        const itself = events.find(({ kind, task, within }) =>
            kind === 'wake' && within !== null && (within === task || tasks[within].parent === task));
        const woken = await goTo(page, 'recorder-everything', itself.text);
        const name = tasks[itself.task].name;
        assert.match(woken.states[name], /^polled now.*; already woken$/);
    });

    onPage('of coroutines are told in their own words', READERS[0], async page => {
        const { events } = await recordingOf(page, 'recorder-coroutines');
        const said = new Set();
        await button(page, 'recorder-coroutines', 2).focus();
        for (let step = 0; step < events.length; step += 1) {
            await page.keyboard.press('ArrowRight');
            Object.values((await shown(page, 'recorder-coroutines')).states).forEach(state => said.add(state));
        }
        assert.ok(said.has('suspended at a yield'), [...said].join(', '));
        assert.ok(![...said].some(state => /poll|Pending|Ready/.test(state)), [...said].join(', '));
    });
});

describe('the keys', () => {
    onPage('step and do not turn the page while the player has the focus', READERS[0], async page => {
        const address = page.url();
        const { events } = await recordingOf(page, THREADS);
        await button(page, THREADS, 2).focus();
        await page.keyboard.press('End');
        await page.keyboard.press('ArrowRight');
        assert.equal((await shown(page, THREADS)).count, `${events.length} of ${events.length}`);
        await page.keyboard.press('Home');
        assert.equal((await shown(page, THREADS)).count, `1 of ${events.length}`);
        await page.keyboard.press('Escape');
        await page.keyboard.press('ArrowLeft');
        assert.equal((await shown(page, THREADS)).count, '');
        assert.equal(page.url(), address);
    });

    onPage('turn the page as ever where the player has not the focus', READERS[0], async page => {
        await page.keyboard.press('ArrowRight');
        await page.waitForURL(/after\.html$/);
        await page.keyboard.press('ArrowLeft');
        await page.waitForURL(/stepper\.html$/);
        assert.equal((await shown(page, THREADS)).count, '');
    });

    onPage('of each timeline move that one alone', READERS[0], async page => {
        await button(page, 'recorder-ping', 2).focus();
        await page.keyboard.press('ArrowRight');
        assert.notEqual((await shown(page, 'recorder-ping')).count, '');
        assert.equal((await shown(page, THREADS)).count, '');
    });
});

describe('the mouse', () => {
    onPage('presses the buttons, which say when they can do nothing', READERS[3], async page => {
        const { events } = await recordingOf(page, THREADS);
        const dead = async () => Promise.all(
            [0, 1, 2, 3, 4].map(place => button(page, THREADS, place).getAttribute('aria-disabled')));
        const [no, yes] = ['true', 'false'];
        assert.deepEqual(await dead(), [yes, no, yes, yes, no]);
        const press = async place => {
            await button(page, THREADS, place).click();
            return (await shown(page, THREADS)).count;
        };
        assert.equal(await press(2), `1 of ${events.length}`);
        assert.deepEqual(await dead(), [no, yes, yes, yes, yes]);
        assert.equal(await press(2), `2 of ${events.length}`);
        assert.equal(await press(1), `1 of ${events.length}`);
        assert.equal(await press(3), `${events.length} of ${events.length}`);
        assert.deepEqual(await dead(), [yes, yes, no, no, yes]);
        assert.equal(await press(0), `1 of ${events.length}`);
        assert.equal(await press(4), '');
    });

    onPage('chooses an event in the picture, and the keys go on from there', READERS[0], async page => {
        await page.locator(`[id="timeline-${THREADS}"] .event[data-tick="4"] text`).last().click();
        assert.equal((await shown(page, THREADS)).tick, 4);
        await page.keyboard.press('ArrowRight');
        assert.equal((await shown(page, THREADS)).tick, 5);
    });
});

describe('the page', () => {
    onPage('has the picture alone where a recording did not arrive', READERS[0], async page => {
        assert.deepEqual(await timelines(page), [...RECORDED, 'recorder-absent']);
        const absent = page.locator('#timeline-recorder-absent');
        assert.ok(await absent.locator('svg').isVisible());
        assert.equal(await absent.locator('.player').count(), 0);
    });

    onPage('has the picture alone without JavaScript', { ...READERS[0], javaScript: false }, async page => {
        assert.equal(await page.locator('figure.timeline > svg').count(), RECORDED.length + 1);
        for (const picture of await page.locator('figure.timeline > svg').all()) {
            assert.ok(await picture.isVisible());
        }
        assert.equal(await page.locator('.player, main button').count(), 0);
    });

    onPage('is printed without the player, and without what veils the picture', READERS[0], async page => {
        await goTo(page, THREADS, 'producer wakes consumer');
        const veiled = page.locator(`[id="timeline-${THREADS}"]`).locator('.player, .curtain');
        assert.equal(await veiled.filter({ visible: true }).count(), 2);
        await page.emulateMedia({ media: 'print' });
        assert.equal(await veiled.filter({ visible: true }).count(), 0);
    });

    onPage('says each event to a screen reader, and veils what has not happened', READERS[0], async page => {
        const said = page.locator(`[id="timeline-${THREADS}"] .player-event`);
        assert.equal(await said.getAttribute('aria-live'), 'polite');
        await goTo(page, THREADS, 'main parks');
        const veil = await page.locator(`[id="timeline-${THREADS}"] .curtain`).boundingBox();
        const row = tick => page.locator(`[id="timeline-${THREADS}"] .row[data-tick="${tick}"]`).boundingBox();
        const [now, last] = [await row(5), await row(14)];
        assert.ok(Math.abs(veil.y - (now.y + now.height)) < 1);
        assert.ok(Math.abs(veil.y + veil.height - (last.y + last.height)) < 1);
    });
});
