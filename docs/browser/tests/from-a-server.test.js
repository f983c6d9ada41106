// The book from a server, as it is published.
import { READERS, withBrowser } from '../harness.js';
import { readEverything } from '../pages.js';

readEverything(withBrowser(), READERS.filter(({ from }) => from === 'server'));
