// The languages of the page: each is one file in texts/, with the same texts.
import en from './texts/en.js';
import de from './texts/de.js';
import es from './texts/es.js';
import it from './texts/it.js';
import tr from './texts/tr.js';

export const languages = { en, de, es, it, tr };

// The first that the browser's owner reads.
export const preferred = (wanted) => wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in languages) ?? 'en';

// fill('Save {name}', { name: 'oscam.user' })
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
