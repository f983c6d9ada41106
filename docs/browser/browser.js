// Which browser there is, and how it is started. Run by itself, it prints the browser's path; without one it exits with 1.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const PLACES = {
    darwin: [
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map(
        folder => join(process.env[folder] ?? 'C:\\', 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

// The browser's path: $CHROMIUM, or what is on the PATH, or where installers put it. `undefined` if there is none.
export function findBrowser() {
    if (process.env.CHROMIUM) {
        return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : undefined;
    }
    const ending = process.platform === 'win32' ? '.exe' : '';
    const onPath = (process.env.PATH ?? '').split(delimiter).flatMap(
        folder => NAMES.map(name => join(folder, name + ending)));
    return [...onPath, ...(PLACES[process.platform] ?? [])].find(path => existsSync(path));
}

// Runs as root in a container, asks nothing of the network, and needs no screen.
export const FLAGS = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
];

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
    const browser = findBrowser();
    console.log(browser ?? 'there is no Chromium or Chrome');
    process.exitCode = browser === undefined ? 1 : 0;
}
