// What the person gave: files by what they are, and pasted text.
import { fill } from './texts.js';

export const OUTPUT = 'oscam/';
const NAME = 'CCcam.cfg';
const SIDE = /^(CCcam\.(prio|ignore|providers|channelinfo)|newcamd\.conf|cc2oscam\.conf)$/i;
const OSCAM = /^(oscam|ncam)\./;

const files = new Map(); // name -> bytes
let main = null;         // the name of the file to convert
let pasted = '';

// A file that CCcam.cfg names is no other CCcam.cfg.
const isNamed = (name) => main !== null && new TextDecoder().decode(files.get(main)).includes(name);
const isSide = (name) => SIDE.test(name) || (name !== main && isNamed(name));
const likeness = (name) => (name === NAME ? 3 : /^CCcam.*\.cfg/i.test(name) ? 2 : /\.(cfg|txt)$/i.test(name) ? 1 : 0);

export const roleOf = (name) => (OSCAM.test(name) ? 'oscam' : name === main && !pasted.trim() ? 'main' : 'side');

// Another CCcam.cfg takes the place of the one before. Gives the name of the first file that cannot be read.
export async function take(list) {
	const taken = [];
	let unread = null;
	for (const file of list)
		try {
			taken.push([file.name, new Uint8Array(await file.arrayBuffer())]);
		} catch {
			unread ??= file.name;
		}
	const names = taken.map(([name]) => name).filter((name) => !OSCAM.test(name) && !isSide(name));
	const best = names.sort((a, b) => likeness(b) - likeness(a))[0];
	if (best !== undefined) {
		files.delete(main);
		main = best;
		setPasted('');
	}
	for (const [name, bytes] of taken)
		files.set(name, bytes);
	return unread;
}

export function remove(name) {
	files.delete(name);
	if (name === main)
		main = null;
}

export const setPasted = (text) => { pasted = text; };
export const hasPasted = () => pasted.trim() !== '';

// CCcam.cfg first, OSCam's files last.
const ROLES = ['main', 'side', 'oscam'];
export const names = () => [...files.keys()].sort((a, b) => ROLES.indexOf(roleOf(a)) - ROLES.indexOf(roleOf(b)));
export const hasOscam = () => names().some((name) => OSCAM.test(name));

export function clear() {
	files.clear();
	main = null;
	pasted = '';
}

// {name, files: {path: bytes}}; without a name there is nothing to convert.
export function given() {
	const all = {}, name = hasPasted() ? NAME : main;
	for (const [file, bytes] of files)
		all[(OSCAM.test(file) ? OUTPUT : '') + file] = bytes;
	if (hasPasted())
		all[NAME] = new TextEncoder().encode(pasted);
	return { name, files: all };
}

// The person's own words for what the program refused, by what the program says that it is.
export function refusal(texts, name, messages) {
	const [, what] = / is (.*?), not a CCcam\.cfg;/.exec(messages) ?? [];
	const kinds = { archive: /archive|package/, encoding: /UTF-/, web: /of the web/, oscam: /OSCam/, document: /document/, other: /./ };
	const kind = what && Object.keys(kinds).find((each) => kinds[each].test(what));
	return kind ? fill(texts.wrong[kind], { name }) : null;
}
