// `just book-browser`: builds the book, gets what the test needs, and runs it. Words after it go to `node --test`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.js';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

function run(program, words, { cwd = root, ...options } = {}) {
    console.log(`$ ${[program, ...words].join(' ')}`);
    const { status, error } = spawnSync(program, words, { cwd, stdio: 'inherit', ...options });
    if (error !== undefined || status !== 0) {
        console.error(error === undefined ? `\`${program}\` ended with status ${status}` : String(error));
        process.exit(1);
    }
}

// A book of its own, with the course's theme, whose timelines are those by which the recorder is tested: what the test
// says about the stepper does not depend on what lessons there are.
function makeFixture(folder) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, 'docs'), { recursive: true });
    for (const part of ['book.toml', 'theme']) {
        cpSync(join(root, 'docs', part), join(folder, 'docs', part), { recursive: true });
    }
    cpSync(join(here, 'fixture'), join(folder, 'docs', 'src'), { recursive: true });
}

// npm writes this file last: with it, and not older than the lock, everything is there.
function isInstalled() {
    const versions = path => JSON.parse(readFileSync(path, 'utf8')).packages;
    const [wanted, there] = [join(here, 'package-lock.json'), join(here, 'node_modules', '.package-lock.json')];
    if (!existsSync(there)) {
        return false;
    }
    const installed = versions(there);
    return Object.entries(versions(wanted)).every(
        ([path, { version }]) => path === '' || installed[path]?.version === version);
}

const browser = findBrowser();
if (browser === undefined) {
    const named = process.env.CHROMIUM;
    console.error(named ? `CHROMIUM=${named}: there is no such file.` : `There is no Chromium or Chrome on this machine.
  Debian, Ubuntu:  sudo apt-get install chromium
  macOS:           brew install --cask chromium
  Windows:         winget install Google.Chrome
If it is there under another name: CHROMIUM=/path/to/it just book-browser`);
    process.exit(3);
}
if (!isInstalled()) {
    // On Windows npm is a script, which only a shell can start.
    run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, shell: process.platform === 'win32' });
}
const build = ['run', '--quiet', '--package', 'book', '--manifest-path', join(root, 'Cargo.toml'), '--', 'build'];
const fixture = join(root, 'target', 'book-browser');
makeFixture(fixture);
run('cargo', build);
run('cargo', build, { cwd: fixture });
// Two files at a time, each with a browser.
const tests = readdirSync(join(here, 'tests')).map(file => join('tests', file));
run(process.execPath, ['--test', '--test-concurrency=2', ...process.argv.slice(2), ...tests], {
    cwd: here,
    env: { ...process.env, CHROMIUM: browser, FIXTURE: join(fixture, 'docs', 'book') },
});
