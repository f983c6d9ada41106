// A player below each recorded timeline: it goes through the events one by one, and shows at each what happens, how
// everybody stands, and where in the source it is.
//
// A chapter has <figure class="timeline" id="timeline-NAME"> with the picture that the recorder drew, and loads NAME.js,
// which puts the recording and the lines of source that it mentions into `window.recordings`. Plain script, no module and
// no fetch: the book is read from file://, where those do not work.
(() => {
    'use strict';

    // Signs for the buttons, drawn: not every machine has letters that look like these. In a square of 16 by 16.
    const SIGNS = {
        first: 'M3 3v10M13 3v10L5.5 8z',
        back: 'M12 3v10L4 8z',
        next: 'M4 3v10l8-5z',
        last: 'M13 3v10M3 3v10l7.5-5z',
        close: 'M4 4l8 8M12 4l-8 8',
    };

    // How many lines of source stand above and below the marked one.
    const CONTEXT = 4;

    // In which words a state is told. Lessons about coroutines say other words for the same steps.
    const WORDS = {
        futures: {
            absent: 'not started',
            runnable: 'spawned, to be polled',
            polled: 'polled now, in control',
            polling: name => `polled now, polls ${name}`,
            waiting: 'Pending, waits',
            woken: 'woken, to be polled again',
            ready: 'Ready',
            panicked: 'panicked',
            dropped: 'dropped before it was Ready',
        },
        coroutines: {
            absent: 'not started',
            runnable: 'made, to be resumed',
            polled: 'runs, in control',
            polling: name => `runs, resumes ${name}`,
            waiting: 'suspended at a yield',
            woken: 'to be resumed',
            ready: 'complete',
            panicked: 'panicked',
            dropped: 'dropped before it was complete',
        },
    };

    // How everybody stands after some events. The same rules as those by which the recorder draws the lanes.
    function replay(recording, events) {
        const tasks = recording.tasks.map(() => ({life: 'absent', gone: false, rewoken: false}));
        const threads = recording.threads.map(() => ({known: false, parked: false, polling: []}));
        for (const event of events) {
            const thread = threads[event.thread];
            thread.known = true;
            if (event.kind === 'park' || event.kind === 'unpark') {
                thread.parked = event.kind === 'park';
            }
            if (event.task !== null) {
                change(tasks[event.task], thread, event);
            }
        }
        return {tasks, threads};
    }

    function change(task, thread, event) {
        switch (event.kind) {
        case 'spawn':
            task.life = 'runnable';
            break;
        case 'poll':
            thread.polling.push(event.task);
            task.life = 'polled';
            task.rewoken = false;
            break;
        case 'pending':
        case 'ready':
        case 'panicked': {
            const depth = thread.polling.lastIndexOf(event.task);
            if (depth >= 0) {
                thread.polling.length = depth;
            }
            task.life = event.kind !== 'pending' ? event.kind : task.rewoken ? 'woken' : 'waiting';
            break;
        }
        case 'wake':
            if (task.life === 'waiting') {
                task.life = 'woken';
            } else if (task.life === 'polled') {
                task.rewoken = true;
            }
            break;
        case 'drop':
            task.gone = true;
            break;
        }
    }

    function taskInWords(recording, {tasks, threads}, index) {
        const words = WORDS[recording.words] ?? WORDS.futures;
        const {life, gone, rewoken} = tasks[index];
        const ended = life === 'ready' || life === 'panicked';
        if (gone) {
            return ended ? `${words[life]}, dropped` : words.dropped;
        }
        if (life !== 'polled') {
            return words[life];
        }
        const polling = threads.map(thread => thread.polling).find(polling => polling.includes(index));
        const inner = polling?.[polling.indexOf(index) + 1];
        const now = inner === undefined ? words.polled : words.polling(recording.tasks[inner].name);
        return rewoken ? `${now}; already woken` : now;
    }

    function threadInWords(recording, {threads}, index) {
        const {known, parked, polling} = threads[index];
        if (!known) {
            return 'not heard of yet';
        }
        if (parked) {
            return 'parked';
        }
        if (polling.length === 0) {
            return 'awake';
        }
        const verb = recording.words === 'coroutines' ? 'resumes' : 'polls';
        return `awake, ${verb} ${recording.tasks[polling[0]].name}`;
    }

    // Tasks, each followed by those that are nested in it.
    function family(tasks, parent = null, depth = 0) {
        return tasks.flatMap((task, index) =>
            task.parent === parent ? [{index, depth}, ...family(tasks, index, depth + 1)] : []);
    }

    // Where in the source an event is. A waker does not know who calls it: for a wake or a clone, that is where
    // the one who did it was last seen.
    function placeOf(events, at) {
        const event = events[at];
        const before = events.slice(0, at + 1).reverse().filter(one => one.file !== null);
        if (event.file !== null) {
            return event;
        }
        return event.within === null
            ? before.find(one => one.thread === event.thread)
            : before.find(one => one.task === event.within);
    }

    function placeInWords(recording, event, place) {
        const where = `${place.file}, line ${place.line}`;
        const made = ['spawn', 'poll', 'pending', 'ready', 'panicked', 'drop'];
        const ofTask = made.includes(place.kind) && `${recording.tasks[place.task].name} was made at ${where}`;
        if (place === event) {
            return ofTask || where;
        }
        return event.within === null
            ? `After ${where}: a waker does not know who calls it.`
            : `While ${recording.tasks[event.within].name} is polled. ${ofTask || where}`;
    }

    // The lines around one: {number, text}, without the indentation that all of them have.
    function linesAround(sources, {file, line}) {
        const piece = (sources[file] ?? []).find(
            ({first, lines}) => first <= line && line < first + lines.length);
        if (piece === undefined) {
            return [];
        }
        const all = piece.lines.map((text, index) => ({number: piece.first + index, text}));
        const near = all.filter(({number}) => Math.abs(number - line) <= CONTEXT);
        const indents = near.filter(({text}) => text !== '').map(({text}) => text.search(/\S/));
        const indent = Math.min(...indents);
        return near.map(({number, text}) => ({number, text: text.slice(indent)}));
    }

    function element(name, attributes = {}, ...children) {
        const made = document.createElement(name);
        for (const [attribute, value] of Object.entries(attributes)) {
            made.setAttribute(attribute, value);
        }
        made.append(...children);
        return made;
    }

    function sign(path) {
        const [svg, drawn] = ['svg', 'path'].map(name => document.createElementNS('http://www.w3.org/2000/svg', name));
        svg.setAttribute('viewBox', '0 0 16 16');
        svg.setAttribute('aria-hidden', 'true');
        drawn.setAttribute('d', path);
        svg.append(drawn);
        return svg;
    }

    // The picture: which row is on, which lanes are lit, and what has not happened yet.
    class Picture {
        constructor(svg) {
            this.svg = svg;
            this.rows = [...svg.querySelectorAll('.row')];
            this.curtain = document.createElementNS(svg.namespaceURI, 'rect');
            this.curtain.setAttribute('class', 'curtain');
            this.curtain.setAttribute('width', '100%');
            svg.querySelector('.events').after(this.curtain);
        }

        show(event) {
            this.svg.classList.toggle('stepping', event !== undefined);
            for (const lit of this.svg.querySelectorAll('.now, .lit')) {
                lit.classList.remove('now', 'lit');
            }
            this.curtain.setAttribute('height', '0');
            if (event === undefined) {
                return;
            }
            for (const now of this.svg.querySelectorAll(`[data-tick="${event.tick}"]`)) {
                now.classList.add('now');
            }
            const actor = event.within === null
                ? `[data-thread="${event.thread}"]`
                : `[data-task="${event.within}"]`;
            for (const lane of this.svg.querySelectorAll(`.lane${actor}, .lane[data-task="${event.task}"]`)) {
                lane.classList.add('lit');
            }
            const row = this.rowOf(event);
            if (row !== undefined) {
                const below = rect => Number(rect.getAttribute('y')) + Number(rect.getAttribute('height'));
                this.curtain.setAttribute('y', below(row));
                this.curtain.setAttribute('height', below(this.rows.at(-1)) - below(row));
            }
        }

        // `undefined` for an event that was too many to be drawn.
        rowOf(event) {
            return this.rows.find(row => row.dataset.tick === String(event.tick));
        }

        // The tick whose row is at this height of the window.
        tickAt(clientY) {
            const row = this.rows.find(row => {
                const {top, bottom} = row.getBoundingClientRect();
                return top <= clientY && clientY < bottom;
            });
            return row && Number(row.dataset.tick);
        }
    }

    class Player {
        constructor(figure, svg, {recording, sources}) {
            this.recording = recording;
            this.sources = sources;
            this.picture = new Picture(svg);
            // How many events have happened. 0: the whole picture, and the player is only its buttons.
            this.at = 0;
            this.build(svg.querySelector('title').textContent);
            svg.after(this.root);
            figure.addEventListener('keydown', event => this.key(event));
            svg.classList.add('steppable');
            svg.addEventListener('click', event => this.click(event));
            this.show();
        }

        get last() {
            return this.recording.events.length;
        }

        build(title) {
            this.sentence = element('p', {class: 'player-event', 'aria-live': 'polite', 'aria-atomic': 'true'});
            this.threads = element('dl');
            this.tasks = element('dl');
            this.place = element('p', {class: 'player-place'});
            this.code = element('code');
            this.detail = element('div', {class: 'player-detail'},
                element('div', {class: 'player-states'}, this.threads, this.tasks),
                this.place, element('pre', {class: 'player-source'}, this.code));
            this.count = element('span', {class: 'player-count'});
            this.buttons = [
                this.button(SIGNS.first, 'First event (Home)', () => 1),
                this.button(SIGNS.back, 'Back (left arrow key)', () => this.at - 1),
                this.button(SIGNS.next, 'Next event (right arrow key)', () => this.at + 1),
                this.button(SIGNS.last, 'Last event (End)', () => this.last),
                this.button(SIGNS.close, 'Whole picture (Escape)', () => 0),
            ];
            const bar = element('div', {class: 'player-bar'}, ...this.buttons, this.count);
            this.root = element('div', {class: 'player', role: 'group', 'aria-label': `Step through: ${title}`},
                this.sentence, this.detail, bar);
        }

        // A button that cannot be used now says so and keeps the focus: a disabled one would lose it, and with it the keys.
        button(path, label, target) {
            const button = element('button', {type: 'button', title: label, 'aria-label': label}, sign(path));
            button.target = target;
            button.addEventListener('click', () => this.go(target()));
            return button;
        }

        key(event) {
            if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
                return;
            }
            const targets = {
                ArrowLeft: this.at - 1,
                ArrowRight: this.at + 1,
                Home: 1,
                End: this.last,
                Escape: 0,
            };
            if (event.key in targets) {
                // Else the book would turn the page.
                event.stopPropagation();
                event.preventDefault();
                this.go(targets[event.key]);
            }
        }

        click(event) {
            const tick = this.picture.tickAt(event.clientY);
            if (tick !== undefined && getSelection().isCollapsed) {
                this.go(this.recording.events.findIndex(one => one.tick === tick) + 1);
                this.buttons[2].focus({preventScroll: true});
            }
        }

        go(to) {
            const at = Math.max(0, Math.min(to, this.last));
            if (at !== this.at) {
                this.at = at;
                this.show();
                this.scroll();
            }
        }

        show() {
            const {events} = this.recording;
            const event = events[this.at - 1];
            this.picture.show(event);
            this.root.classList.toggle('playing', event !== undefined);
            this.detail.hidden = event === undefined;
            this.count.textContent = event === undefined ? '' : `${this.at} of ${this.last}`;
            this.sentence.textContent = event === undefined
                ? `Step through the ${this.last} events, with the buttons or the arrow keys.`
                : event.text;
            if (event !== undefined) {
                this.showStates(events);
                this.showSource(event, placeOf(events, this.at - 1));
            }
            for (const button of this.buttons) {
                const to = button.target();
                button.setAttribute('aria-disabled', to === this.at || to < 0 || to > this.last);
            }
        }

        showStates(events) {
            const {recording} = this;
            const was = replay(recording, events.slice(0, this.at - 1));
            const is = replay(recording, events.slice(0, this.at));
            const entry = (name, depth, inWords, index) => {
                const now = inWords(recording, is, index);
                const changed = now !== inWords(recording, was, index);
                const attributes = changed ? {class: 'changed'} : {};
                return element('div', {...attributes, style: `--depth: ${depth}`},
                    element('dt', {}, name), element('dd', {}, now));
            };
            this.threads.replaceChildren(...recording.threads.map((name, index) =>
                entry(`${name} (thread)`, 0, threadInWords, index)));
            this.tasks.replaceChildren(...family(recording.tasks).map(({index, depth}) =>
                entry(recording.tasks[index].name, depth, taskInWords, index)));
        }

        showSource(event, place) {
            if (place === undefined) {
                this.place.textContent = 'No place in the source is recorded for this.';
                this.code.replaceChildren();
                return;
            }
            this.place.textContent = placeInWords(this.recording, event, place);
            this.code.replaceChildren(...linesAround(this.sources, place).map(({number, text}) => {
                const far = Math.abs(number - place.line) > 2;
                const line = element('span', {class: far ? 'line far' : 'line'},
                    element('span', {class: 'number'}, String(number)),
                    element('span', {class: 'text'}, `${text}\n`));
                if (number === place.line) {
                    line.classList.add('now');
                    line.setAttribute('aria-current', 'true');
                }
                return line;
            }));
        }

        // Keeps the row in sight, between the book's menu and the player, which stays at the lower edge of the window.
        scroll() {
            const event = this.recording.events[this.at - 1];
            const row = event && this.picture.rowOf(event)?.getBoundingClientRect();
            if (!row) {
                this.root.scrollIntoView({block: 'nearest'});
                return;
            }
            // The menu hides at times, and comes back when one scrolls upwards: there has to be room for it.
            const menu = document.getElementById('mdbook-menu-bar')?.offsetHeight ?? 0;
            const [top, bottom] = [menu + 8, this.root.getBoundingClientRect().top - 8];
            if (row.top < top) {
                scrollUpBy(top - row.top);
            } else if (row.bottom > bottom) {
                scrollBy(0, Math.min(row.bottom - bottom, row.top - top));
            }
        }
    }

    // After a jump upwards the book's menu stands amid the page until the next event of scrolling: so let there be one.
    function scrollUpBy(distance) {
        document.addEventListener('scroll', () => document.dispatchEvent(new Event('scroll')), {once: true});
        scrollBy(0, -distance);
    }

    for (const figure of document.querySelectorAll('figure.timeline')) {
        const recorded = window.recordings?.[figure.id.replace(/^timeline-/, '')];
        const svg = figure.querySelector('svg');
        if (recorded && svg && recorded.recording.events.length > 0) {
            new Player(figure, svg, recorded);
        }
    }
})();
