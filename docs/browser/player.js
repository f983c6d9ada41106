// Plays a timeline as a reader with a keyboard does, and compares what is shown with what was recorded.
import assert from 'node:assert/strict';

// The names of the timelines in a page.
export function timelines(page) {
    return page.evaluate(() =>
        [...document.querySelectorAll('figure.timeline')].map(figure => figure.id.replace(/^timeline-/, '')));
}

// What the player of a timeline shows now.
export function shown(page, name) {
    return page.evaluate(async name => {
        // The book moves its menu when it hears that the page was scrolled, which is with the next frame.
        const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
        await frame();
        await frame();
        const figure = document.getElementById(`timeline-${name}`);
        const [player, svg] = [figure.querySelector('.player'), figure.querySelector('svg')];
        const row = svg.querySelector('.row.now');
        const text = element => element?.textContent.trim() ?? null;
        const edge = (element, side) => element?.getBoundingClientRect()[side] ?? null;
        return {
            sentence: text(player.querySelector('.player-event')),
            count: text(player.querySelector('.player-count')),
            states: Object.fromEntries([...player.querySelectorAll('dt')].map(
                dt => [text(dt), text(dt.nextElementSibling)])),
            changed: [...player.querySelectorAll('.changed dt')].map(text),
            place: text(player.querySelector('.player-place')),
            line: text(player.querySelector('.line.now .number')),
            code: text(player.querySelector('.line.now .text')),
            detail: player.querySelector('.player-detail').checkVisibility(),
            tick: row && Number(row.dataset.tick),
            lit: [...svg.querySelectorAll('.lane.lit')].map(lane => ({ ...lane.dataset })),
            // From top to bottom, what must not overlap: the menu, the row, the player, the window's edge.
            edges: row && [
                Math.max(edge(document.getElementById('mdbook-menu-bar'), 'bottom'), 0),
                edge(row, 'top'), edge(row, 'bottom'), edge(player, 'top'), edge(player, 'bottom'), innerHeight,
            ].map(Math.round),
        };
    }, name);
}

export async function recordingOf(page, name) {
    const recording = await page.evaluate(name => window.recordings?.[name]?.recording ?? null, name);
    assert.ok(recording !== null, `${name} has no recording`);
    return recording;
}

export function button(page, name, place) {
    return page.locator(`[id="timeline-${name}"] .player-bar button`).nth(place);
}

// From the first event to the last and back, with the arrow keys alone.
export async function playThrough(page, name) {
    const { events } = await recordingOf(page, name);
    const address = page.url();
    await button(page, name, 2).focus();
    const see = async count => {
        const now = await shown(page, name);
        const event = events[count - 1];
        const at = `${name}, event ${count}`;
        assert.equal(now.detail, event !== undefined, at);
        assert.equal(now.count, event === undefined ? '' : `${count} of ${events.length}`);
        if (event === undefined) {
            assert.equal(now.tick, null, at);
            return;
        }
        assert.equal(now.sentence, event.text, at);
        assert.notEqual(now.lit.length, 0, `${at}: no lane is lit`);
        if (now.tick !== null) {
            assert.equal(now.tick, event.tick, at);
            const inOrder = [...now.edges].sort((a, b) => a - b);
            assert.deepEqual(now.edges, inOrder, `${at}: menu, row, player and the window's edge overlap`);
        }
        if (event.line !== null) {
            assert.equal(now.line, String(event.line), at);
            assert.ok(now.place.includes(`${event.file}, line ${event.line}`), `${at}: ${now.place}`);
            assert.notEqual(now.code, '', at);
        }
    };
    await see(0);
    for (let count = 1; count <= events.length; count += 1) {
        await page.keyboard.press('ArrowRight');
        await see(count);
    }
    await page.keyboard.press('ArrowRight');
    await see(events.length);
    for (let count = events.length - 1; count >= 0; count -= 1) {
        await page.keyboard.press('ArrowLeft');
        await see(count);
    }
    await page.keyboard.press('ArrowLeft');
    await see(0);
    assert.equal(page.url(), address, 'the page was turned');
}
