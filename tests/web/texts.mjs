// All languages of the page have the same texts, with the same holes to fill, and none is left in English.
import assert from 'node:assert/strict';
import { languages } from '../../src/web/texts.js';

const SAME_EVERYWHERE = ['ncam'];

const flat = (texts, prefix = '') => Object.entries(texts).flatMap(([key, value]) =>
	(typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`)));
const holes = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

const english = flat(languages.en);
for (const [language, texts] of Object.entries(languages)) {
	const translated = new Map(flat(texts));
	assert.deepEqual([...translated.keys()].sort(), english.map(([key]) => key).sort(), language);
	for (const [key, text] of english) {
		assert.deepEqual(holes(translated.get(key)), holes(text), `${language}: ${key}`);
		assert(language === 'en' || translated.get(key) !== text || text.length < 16 ||
			SAME_EVERYWHERE.includes(key.split('.').pop()), `${language}: ${key} is English`);
	}
}
console.log(`${Object.keys(languages).length} languages, ${english.length} texts each`);
