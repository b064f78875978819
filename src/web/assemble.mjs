// assemble.mjs PAGE WORKER SCRIPT PROGRAM VERSION LICENCE...: the page as one file, on standard output.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { languages } from './texts.js';

const [page, worker, script, program, version, ...licences] = process.argv.slice(2);
const text = (file) => readFileSync(file, 'utf8').trim();
// A script ends at its end tag, wherever that stands.
const code = (file) => text(file).replaceAll('</script', '<\\/script');
const shown = (file) => text(file).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const parts = {
	worker: code(worker),
	page: code(script),
	hash: `'sha256-${createHash('sha256').update(code(script)).digest('base64')}'`,
	program: gzipSync(readFileSync(program), { level: 9 }).toString('base64'),
	noScript: Object.entries(languages).map(([language, { noScript }]) => `<p lang="${language}">${noScript}</p>`).join('\n'),
	version,
	licences: licences.map(shown).join('\n\n----\n\n'),
};
process.stdout.write(readFileSync(page, 'utf8').replace(/\{\{(\w+)\}\}/g, (unused, name) => parts[name]));
