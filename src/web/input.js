// What the person gave: files by what they are, and pasted text.
import { fill } from './texts.js';

export const OUTPUT = 'oscam/';
const NAME = 'CCcam.cfg';
const SIDES = ['CCcam.prio', 'CCcam.ignore', 'CCcam.providers', 'CCcam.channelinfo', 'newcamd.conf', 'cc2oscam.conf'];
const OSCAM = /^(oscam|ncam)\.\w+$/i;

const files = new Map(); // name -> bytes
let main = null;         // the name of the file to convert
let pasted = '';
let text = '';           // of what is converted

// Browsers and phones put more into names: "oscam (1).user", "CCcam.prio.txt".
const plain = (name) => name.replace(/ ?\(\d+\)/, '').replace(/\.txt$/i, '');
const isOscam = (name) => OSCAM.test(plain(name));
const ownName = (name) => (isOscam(name) ? plain(name).toLowerCase() : name);

// The name that CCcam.cfg has for a file, or would look for; null where the file has no use.
function sideName(name) {
	const known = plain(name), exactly = new RegExp(known.replace(/[^\w]/g, '\\$&'), 'i');
	const asked = exactly.exec(text)?.[0] ?? SIDES.find((side) => side.length === known.length && exactly.test(side));
	return !asked || name === main || asked === main || asked === NAME ? null : asked;
}

const likeness = (name) => (name === NAME ? 3 : /^CCcam.*\.cfg/i.test(name) ? 2 : /\.(cfg|txt)$/i.test(name) ? 1 : 0);

export const hasPasted = () => pasted.trim() !== '';

export function roleOf(name) {
	if (isOscam(name))
		return 'oscam';
	if (name === main && !hasPasted())
		return 'main';
	return sideName(name) === null ? 'unused' : 'side';
}

function setText() {
	text = hasPasted() ? pasted : main === null ? '' : new TextDecoder().decode(files.get(main));
}

// Another CCcam.cfg takes the place of the one before. Gives the name of the first file that cannot be read.
export async function take(list) {
	const taken = [];
	let unread = null;
	for (const file of list)
		try {
			taken.push([ownName(file.name), new Uint8Array(await file.arrayBuffer())]);
		} catch {
			unread ??= file.name;
		}
	const names = taken.map(([name]) => name).filter((name) => !isOscam(name) && sideName(name) === null);
	const best = names.sort((a, b) => likeness(b) - likeness(a))[0];
	if (best !== undefined) {
		files.delete(main);
		main = best;
		pasted = '';
	}
	for (const [name, bytes] of taken)
		files.set(name, bytes);
	setText();
	return unread;
}

export function remove(name) {
	files.delete(name);
	if (name === main)
		main = null;
	setText();
}

export function setPasted(given) {
	pasted = given;
	setText();
}

// CCcam.cfg first, OSCam's files last.
const ROLES = ['main', 'side', 'unused', 'oscam'];
export const names = () => [...files.keys()].sort((a, b) => ROLES.indexOf(roleOf(a)) - ROLES.indexOf(roleOf(b)));
export const hasOscam = () => names().some(isOscam);
export const isForNcam = () => hasOscam() && !names().some((name) => name.startsWith('oscam.'));

export function clear() {
	files.clear();
	main = null;
	setPasted('');
}

// {name, files: {path: bytes}}; without a name there is nothing to convert.
export function given() {
	const all = {};
	for (const [name, bytes] of files) {
		const path = isOscam(name) ? OUTPUT + name : name === main ? name : sideName(name);
		if (path !== null)
			all[path] = bytes;
	}
	if (hasPasted())
		all[NAME] = new TextEncoder().encode(pasted);
	return { name: hasPasted() ? NAME : main, files: all };
}

// The person's own words for what the program refused, by what the program says that it is.
export function refusal(texts, name, messages) {
	const [, what] = / is (.*?), not a CCcam\.cfg;/.exec(messages) ?? [];
	const kinds = { archive: /archive|package/, encoding: /UTF-/, web: /of the web/, oscam: /OSCam/, document: /document/, other: /./ };
	const kind = what && Object.keys(kinds).find((each) => kinds[each].test(what));
	// Most word processors pack their documents.
	const packed = kind === 'archive' && /\.(docx|odt|xlsx|ods|pages)$/i.test(name);
	return kind ? fill(texts.wrong[packed ? 'document' : kind], { name }) : null;
}
