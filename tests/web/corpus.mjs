// Every golden case with a CCcam.cfg, in the page: what is saved is byte for byte what the command line writes.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { asText, readCases, runNative } from './cases.mjs';
import { ended, give, native, open, savedAll, source } from './browser.mjs';

const TABS = 4; // at once
const isOscam = (name) => /^(oscam|ncam)\.\w+$/.test(name);

const valuesOf = (options, name) => options.filter((unused, i) => options[i - 1] === name);

// The case as far as the page can say it: the choices, and all files, which have no folders there.
function asked({ name, options, files }) {
	const set = valuesOf(options, '--set');
	const groups = set.find((word) => word.startsWith('groups='))?.slice('groups='.length);
	const choices = {
		profile: valuesOf(options, '--profile')[0] ?? 'receiver',
		target: (valuesOf(options, '--target')[0] ?? 'any').replace(/-\d.*/, ''),
		comments: valuesOf(options, '--comments')[0] ?? 'source',
		groups: groups ?? 'minimal',
		existing: options.includes('--replace') ? 'replace' : 'merge',
		more: set.filter((word) => !word.startsWith('groups=')).join('\n'),
	};
	const input = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('mine/'))
		.map(([path, bytes]) => [basename(path), bytes]));
	// The page knows NCam's files when it sees them.
	if (choices.target === 'any' && Object.keys(input).some((file) => file.startsWith('ncam.')) &&
		!Object.keys(input).some((file) => file.startsWith('oscam.')))
		choices.target = 'ncam';
	return { name, choices, input };
}

function expected({ choices, input }) {
	const args = ['convert', 'CCcam.cfg', '-o', 'oscam', '--set', `groups=${choices.groups}`];
	for (const option of ['profile', 'target', 'comments'])
		args.push(`--${option}`, choices[option]);
	if (Object.keys(input).some(isOscam))
		args.push(`--${choices.existing}`);
	for (const line of choices.more.split('\n').filter(Boolean))
		args.push('--set', line);
	const files = Object.fromEntries(Object.entries(input).map(([name, bytes]) => [(isOscam(name) ? 'oscam/' : '') + name, bytes]));
	const { status, files: left } = runNative(native, args, files);
	return {
		failed: status > 1,
		files: Object.fromEntries(Object.entries(left)
			.filter(([path]) => path.startsWith('oscam/') && !/\.bak(\.\d+)?$/.test(path))
			.map(([path, bytes]) => [path.slice('oscam/'.length), bytes])),
	};
}

async function compare(tab, one) {
	await tab.evaluate((choices) => {
		document.querySelector('#clear').click();
		for (const [id, value] of Object.entries(choices))
			document.getElementById(id).value = value;
	}, one.choices);
	await give(tab, one.input);
	const failed = ['failed', 'stopped'].includes(await ended(tab));
	const wanted = expected(one);
	assert.equal(failed, wanted.failed, one.name);
	if (!failed)
		assert.deepEqual(asText(await savedAll(tab)), asText(wanted.files), one.name);
}

export async function corpus() {
	const left = readCases(`${source}/tests/golden`).filter(({ files }) => files['CCcam.cfg']).map(asked);
	const { length } = left;
	await Promise.all(Array.from({ length: TABS }, async () => {
		const tab = await open();
		await tab.evaluate(() => { document.querySelector('#frame').replaceWith(Object.assign(document.createElement('p'), { id: 'frame' })); }); // reports are looked at elsewhere
		while (left.length > 0)
			await compare(tab, left.shift());
		await tab.context().close();
	}));
	console.log(`${length} golden cases: what the page saves is what the command line writes`);
}
