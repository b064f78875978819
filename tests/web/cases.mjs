// Golden cases (see ../golden/runner.c) for programs that are not the native one, and the native one's own answers.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ESCAPES = { r: 13, n: 10, t: 9, '\\': 92 };

// `text` has one character for each byte.
const unescaped = (text) => text.replaceAll('\n', '').replace(/\\(x[0-9a-fA-F]{2}|.)/gs, (all, what) =>
	String.fromCharCode(what[0] === 'x' ? parseInt(what.slice(1), 16) : ESCAPES[what]));

const plain = (text) => (text.endsWith('\\ no newline\n') ? text.slice(0, -'\n\\ no newline\n'.length) : text);

// {name, options: [word], files: {path: bytes}, stdin}
const readCase = (folder, file) => {
	const made = { name: file.replace(/\.case$/, ''), options: [], files: {}, stdin: false };
	const parts = readFileSync(join(folder, file), 'latin1').split(/^---- /m).slice(1);
	for (const part of parts) {
		const end = part.indexOf('\n'), [kind, ...name] = part.slice(0, end).split(' ');
		const raw = part.slice(end + 1), text = kind.endsWith('-escaped') ? unescaped(raw) : plain(raw);
		if (kind === 'options')
			made.options = text.split('\n').filter((word) => word !== '');
		else if (kind.startsWith('input') && kind !== 'input-dir')
			made.files[name.join(' ')] = new Uint8Array(Buffer.from(text, 'latin1'));
		else if (kind.startsWith('stdin'))
			made.stdin = true;
	}
	return made;
};

export const readCases = (folder) =>
	readdirSync(folder).filter((file) => file.endsWith('.case')).sort().map((file) => readCase(folder, file));

const filesBelow = (folder, prefix = '', files = {}) => {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (entry.isDirectory())
			filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`, files);
		else
			files[prefix + entry.name] = new Uint8Array(readFileSync(join(folder, entry.name)));
	}
	return files;
};

export const runNative = (program, args, files) => {
	const folder = mkdtempSync(join(tmpdir(), 'cc2oscam-web-'));
	for (const [path, bytes] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), bytes, { mode: 0o600 });
	}
	const { status, stdout, stderr } = spawnSync(program, args,
		{ cwd: folder, env: { HOME: folder, LC_ALL: 'C', TERM: 'dumb' }, maxBuffer: 2 ** 30 });
	const left = filesBelow(folder);
	rmSync(folder, { recursive: true });
	return { status, output: new Uint8Array(stdout), messages: stderr.toString(), files: left };
};

// For comparing: in order, and shown as text where they differ.
export const asText = (files) => Object.fromEntries(Object.entries(files).sort()
	.map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]));
