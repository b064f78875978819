// The page in Chromium, without a network. Any request, error, and anything that the page's own rules refuse goes into
// `troubles`, which must stay empty.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export const [page, modules, executablePath, native, source, shots, ...only] = process.argv.slice(2);
const load = createRequire(`${modules}/here`);
const { chromium } = load('playwright-core');
export const { unzipSync } = load('fflate');
const axe = readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8');
const address = pathToFileURL(page).href;
export const troubles = [];

export const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
	'--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });

// `first` is a script that runs before the page's own.
export async function open(look = {}, first = () => {}) {
	const context = await browser.newContext({ offline: true, locale: 'en', ...look });
	context.setDefaultTimeout(180000);
	const tab = await context.newPage();
	tab.on('pageerror', (error) => troubles.push(error.message));
	tab.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
	context.on('request', (request) => {
		const url = request.url();
		if (url !== address && !/^(blob:|about:)/.test(url))
			troubles.push(`a request to ${url}`);
	});
	await tab.addInitScript(first);
	await tab.goto(address);
	return tab;
}

// The upper part of the page: what comes below is the report, and long.
export async function shot(tab, name) {
	const { width, height } = await tab.evaluate(() => ({ width: innerWidth, height: document.documentElement.scrollHeight }));
	await tab.screenshot({ path: `${shots}/${name}.png`, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, 2400) } });
}

export const give = (tab, files) => tab.setInputFiles('#choose', Object.entries(files).map(([name, bytes]) =>
	({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })));
export const file = (path) => new Uint8Array(readFileSync(`${source}/${path}`));

// Waits until nothing is being converted any more; gives how it ended.
export async function ended(tab) {
	const state = await tab.waitForFunction(() => {
		const { state } = document.querySelector('#status').dataset;
		return !['later', 'working', 'only'].includes(state) && state;
	});
	return state.jsonValue();
}

export async function saved(tab, act) {
	const [download] = await Promise.all([tab.waitForEvent('download'), act()]);
	const bytes = readFileSync(await download.path());
	await download.delete();
	return new Uint8Array(bytes);
}

export const savedAll = async (tab) => unzipSync(await saved(tab, () => tab.click('#all')));

// What axe-core finds that is serious or worse.
export async function findings(tab) {
	await tab.evaluate(axe);
	const { violations } = await tab.evaluate(() => globalThis.axe.run());
	for (const { id, impact } of violations)
		console.log(`axe: ${impact}: ${id}`);
	return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) =>
		`${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
