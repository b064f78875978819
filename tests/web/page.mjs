// page.mjs PAGE MODULES CHROMIUM NATIVE SOURCE SHOTS [TEST...]: the page as a person uses it. SHOTS gets pictures.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { asText, runNative } from './cases.mjs';
import { corpus } from './corpus.mjs';
import * as web from './browser.mjs';

const text = (bytes) => Buffer.from(bytes).toString();
const home = web.file('examples/home-receiver/CCcam.cfg');
const running = (name) => web.file(`examples/running-oscam/${name}`);

const written = (args, files) => asText(Object.fromEntries(
	Object.entries(runNative(web.native, ['convert', 'CCcam.cfg', '-o', 'oscam', ...args], files).files)
		.filter(([path]) => /^oscam\/.*(?<!\.bak)$/.test(path)).map(([path, bytes]) => [path.slice(6), bytes])));

async function choose() {
	const tab = await web.open();
	await web.shot(tab, 'empty');
	assert.deepEqual(await web.findings(tab), []);
	await web.give(tab, { 'CCcam.cfg': home });
	assert.equal(await web.ended(tab), 'good');
	const wanted = written([], { 'CCcam.cfg': home });
	for (const [name, bytes] of Object.entries(wanted)) {
		assert.equal(text(await web.saved(tab, () => tab.click(`[aria-label="Save ${name}"]`))), bytes, name);
		await tab.click(`[aria-label="Copy ${name}"]`);
		await tab.waitForFunction((said) => document.querySelector('#note').textContent === said, `${name} is copied.`);
	}
	assert.deepEqual(asText(await web.savedAll(tab)), wanted);
	const inside = tab.frameLocator('#frame');
	assert.match(await inside.locator('body').innerText(), /Everything was carried over/);
	assert.equal((await inside.locator('body').innerText()).includes('kettle'), false);
	assert.deepEqual(await web.findings(tab), []);
	await web.shot(tab, 'result');
	await tab.click('#save-report');
	await tab.context().close();
}

// The report as a person saves it, as a page of its own.
async function report() {
	const tab = await web.open();
	await web.give(tab, { 'CCcam.cfg': home });
	await web.ended(tab);
	const saved = await web.saved(tab, () => tab.click('#save-report'));
	await tab.setContent(text(saved));
	assert.deepEqual(await web.findings(tab), []);
	await tab.context().close();
}

async function dropped(tab, files) {
	const data = await tab.evaluateHandle((files) => {
		const transfer = new DataTransfer();
		for (const [name, bytes] of files)
			transfer.items.add(new File([Uint8Array.from(bytes)], name));
		return transfer;
	}, Object.entries(files).map(([name, bytes]) => [name, [...bytes]]));
	await tab.dispatchEvent('main', 'drop', { dataTransfer: data });
}

async function dropAndMerge() {
	const tab = await web.open();
	const config = running('CCcam.cfg'), server = running('oscam/oscam.server'), user = running('oscam/oscam.user');
	const files = { 'CCcam.cfg': config, 'oscam/oscam.server': server, 'oscam/oscam.user': user };
	await dropped(tab, { 'oscam.server': server, 'oscam.user': user });
	await tab.waitForFunction(() => document.querySelector('#status').textContent === 'CCcam.cfg is still missing.');
	await dropped(tab, { 'CCcam.cfg': config });
	await web.ended(tab);
	assert.deepEqual(asText(await web.savedAll(tab)), written(['--merge'], files));
	await web.shot(tab, 'merge');
	await tab.selectOption('#existing', 'replace');
	await web.ended(tab);
	assert.deepEqual(asText(await web.savedAll(tab)), written(['--replace'], files));
	await tab.click('[aria-label="Remove oscam.user"]');
	await tab.click('[aria-label="Remove oscam.server"]');
	await web.ended(tab);
	assert.deepEqual(asText(await web.savedAll(tab)), written([], { 'CCcam.cfg': config }));
	await tab.context().close();
}

async function pasteAndOptions() {
	const tab = await web.open(), files = { 'CCcam.cfg': home };
	await tab.click('#paste-part summary');
	await tab.fill('#paste', text(home));
	assert.equal(await web.ended(tab), 'good');
	await tab.selectOption('#profile', 'server');
	await tab.selectOption('#target', 'ncam');
	await web.ended(tab);
	assert.deepEqual(asText(await web.savedAll(tab)), written(['--profile', 'server', '--target', 'ncam'], files));
	await tab.selectOption('#target', 'oscam');
	await tab.click('#options-part summary');
	await tab.selectOption('#groups', 'per-protocol');
	await tab.selectOption('#comments', 'none');
	await tab.fill('#more', 'webif.httpport=8889\naccount.max_connections=2\n');
	assert.equal(await web.ended(tab), 'look');
	assert.deepEqual(asText(await web.savedAll(tab)), written(['--profile', 'server', '--target', 'oscam', '--comments', 'none',
		'--set', 'groups=per-protocol', '--set', 'webif.httpport=8889', '--set', 'account.max_connections=2'], files));
	await tab.fill('#more', 'webif.httport=8889');
	assert.equal(await web.ended(tab), 'failed');
	assert.match(await tab.textContent('#messages'), /httport/);
	await web.shot(tab, 'setting-unknown');
	await tab.context().close();
}

async function wrongFiles() {
	const tab = await web.open({ viewport: { width: 360, height: 740 } });
	const wrong = {
		'backup.tar.gz': ['\x1f\x8b\x08aaaaaaaa', /is an archive/],
		'page.html': ['<html><body>login</body></html>', /is a web page/],
		'picture.png': ['\x89PNG\r\n\x1a\n', /is not a CCcam.cfg/],
		'letter.cfg': ['%PDF-1.7', /word processor/],
		'wide.cfg': ['\xff\xfeC\0:\0', /does not read/],
		'server.txt': ['[reader]\nlabel = x\n', /is a file of OSCam/],
		'words.txt': ['hello\nworld\n', /No line of this file was understood/],
		'empty.cfg': ['', /is empty/],
		'letter.docx': ['PK\x03\x04', /word processor/],
	};
	for (const [name, [bytes, said]] of Object.entries(wrong)) {
		await web.give(tab, { [name]: Buffer.from(bytes, 'latin1') });
		await web.ended(tab);
		assert.match(await tab.textContent('#status'), said, name);
		assert.equal(/cc2oscam/.test(await tab.textContent('main')), false, name);
	}
	assert.deepEqual(await web.findings(tab), []);
	await web.give(tab, { 'backup.tar.gz': Buffer.from('\x1f\x8b\x08aaaaaaaa', 'latin1') });
	await web.ended(tab);
	await web.shot(tab, 'wrong-360');
	await tab.context().close();
}

async function tabTo(tab, id) {
	for (let i = 0; i < 60; i++) {
		await tab.keyboard.press('Tab');
		if (await tab.evaluate(() => document.activeElement.id) === id)
			return;
	}
	assert.fail(`the keyboard does not reach ${id}`);
}

async function keyboardDarkNarrow() {
	const tab = await web.open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
	const chooser = tab.waitForEvent('filechooser');
	await web.shot(tab, 'empty-360-dark');
	await tabTo(tab, 'choose');
	await tab.keyboard.press('Enter');
	await (await chooser).setFiles({ name: 'CCcam.cfg', mimeType: 'text/plain', buffer: Buffer.from(home) });
	await web.ended(tab);
	await tabTo(tab, 'profile');
	await tab.keyboard.press('End');
	await web.ended(tab);
	await tabTo(tab, 'all');
	const archive = web.unzipSync(await web.saved(tab, () => tab.keyboard.press('Enter')));
	assert.deepEqual(asText(archive), written(['--profile', 'server'], { 'CCcam.cfg': home }));
	assert(await tab.evaluate(() => document.documentElement.scrollWidth) <= 360, 'wider than the screen');
	assert(await tab.evaluate(() => document.querySelector('#frame').contentDocument.documentElement.scrollWidth) <= 360);
	assert.deepEqual(await web.findings(tab), []);
	await web.shot(tab, 'result-360-dark');
	await tab.context().close();
}

async function languages() {
	for (const [locale, said] of [['de-AT', /Fertig/], ['es', /Listo/], ['it', /Fatto/], ['tr', /Tamam/], ['fr', /Done/]]) {
		const tab = await web.open({ locale, viewport: { width: 360, height: 740 } });
		await web.give(tab, { 'CCcam.cfg': home });
		await web.ended(tab);
		assert.match(await tab.textContent('#status'), said);
		assert(await tab.evaluate(() => document.documentElement.scrollWidth) <= 360, `${locale}: wider than the screen`);
		await tab.selectOption('#language', 'en');
		assert.equal(await tab.textContent('h1'), 'From CCcam.cfg to OSCam');
		await tab.selectOption('#language', locale.slice(0, 2) === 'fr' ? 'de' : locale.slice(0, 2));
		await web.ended(tab);
		await web.shot(tab, `language-${locale}`);
		await tab.context().close();
	}
}

// While the program works, the page still answers.
async function large() {
	const tab = await web.open(), lines = [];
	for (let i = 0; i < 100000; i++)
		lines.push(`C: server${i}.example.com 12000 user${i} plum-${i} no { 0:0:2 }\n`);
	const files = { 'CCcam.cfg': new Uint8Array(Buffer.from(lines.join(''))) };
	await tab.evaluate(() => {
		let before = 0;
		globalThis.ticks = globalThis.longest = 0;
		setInterval(() => {
			const now = performance.now(), working = document.querySelector('#status').dataset.state === 'working';
			if (working && before > 0) {
				globalThis.ticks++;
				globalThis.longest = Math.max(globalThis.longest, now - before);
			}
			before = working ? now : 0;
		}, 10);
	});
	const start = performance.now();
	await web.give(tab, files);
	assert.equal(await web.ended(tab), 'good');
	const { ticks, longest } = await tab.evaluate(() => ({ ticks: globalThis.ticks, longest: globalThis.longest }));
	console.log(`100,000 lines: ${Math.round(performance.now() - start)} ms; the page was busy for ${Math.round(longest)} ms at most`);
	assert(ticks > 10, `the page answered only ${ticks} times while the program worked`);
	assert.deepEqual(asText(await web.savedAll(tab)), written([], files));
	await web.shot(tab, 'large');
	await tab.context().close();
}

const uses = (tab) => tab.locator('#chosen .what').allInnerTexts();

// Names as browsers and phones change them; what has no use is said to have none.
async function otherNames() {
	const tab = await web.open();
	const config = running('CCcam.cfg'), server = running('oscam/oscam.server'), user = running('oscam/oscam.user');
	await web.give(tab, { 'CCcam (2).cfg': config, 'OSCAM.SERVER': server, 'oscam (1).user.txt': user, 'notes.doc': Buffer.from('x') });
	await web.ended(tab);
	assert.deepEqual(await uses(tab), ['CCcam (2).cfg will be converted', 'notes.doc not used',
		'oscam.server your present OSCam file', 'oscam.user your present OSCam file']);
	const merged = await web.savedAll(tab);
	assert(merged['oscam.server'].length > server.length && merged['oscam.user'].length > user.length);

	await tab.click('#clear');
	const asks = 'CAID PRIO FILE : /var/etc/My.Prio # not CCcam.cfg\nCHANNELINFO FILE : /etc/CCcam.channelinfo\nC: a.example.com 1 u p\n';
	await web.give(tab, { 'CCcam.cfg': Buffer.from(asks), 'my.prio': Buffer.from('I: 0100\n'), 'CCcam (1).cfg': config,
		'cccam.CHANNELINFO.txt': Buffer.from('0500:032830:1234 "One"\n') });
	await web.ended(tab);
	assert.deepEqual(await uses(tab), ['CCcam.cfg will be converted', 'my.prio used with CCcam.cfg',
		'cccam.CHANNELINFO.txt used with CCcam.cfg', 'CCcam (1).cfg not used']);
	assert.deepEqual(Object.keys(await web.savedAll(tab)), ['oscam.conf', 'oscam.dvbapi', 'oscam.server', 'oscam.srvid2', 'oscam.user']);

	await tab.click('#clear');
	await web.give(tab, { 'CCcam.cfg': config, 'ncam.server': server });
	await web.ended(tab);
	assert.deepEqual(asText(await web.savedAll(tab)), written(['--target', 'ncam', '--merge'], { 'CCcam.cfg': config, 'oscam/ncam.server': server }));
	assert.equal(await tab.textContent('#files-title'), 'Files for NCam');
	await tab.focus('[aria-label="Remove ncam.server"]');
	await tab.keyboard.press('Enter');
	assert.equal(await tab.evaluate(() => document.activeElement.id), 'choose');
	await tab.context().close();
}

// A folder, or a file that went away, beside a good one.
async function unreadable() {
	const tab = await web.open();
	await tab.evaluate(() => {
		const folder = new File([], 'etc'), event = new Event('drop', { bubbles: true, cancelable: true });
		folder.arrayBuffer = () => Promise.reject(new Error());
		event.dataTransfer = { files: [folder, new File(['C: a.example.com 1 u p\n'], 'CCcam.cfg')] };
		document.querySelector('main').dispatchEvent(event);
	});
	assert.equal(await web.ended(tab), 'good');
	assert.match(await tab.textContent('#unreadable'), /^etc could not be read/);
	await web.give(tab, { 'CCcam.cfg': home });
	await web.ended(tab);
	assert.equal(await tab.textContent('#unreadable'), '');
	await tab.context().close();
}

// Without scripts, and without WebAssembly, the page says so.
async function forbidden() {
	const plain = await web.open({ javaScriptEnabled: false, locale: 'de' });
	assert.match(await plain.innerText('body'), /needs JavaScript[^]*braucht JavaScript/);
	assert.equal(await plain.isVisible('main'), false);
	await web.shot(plain, 'no-scripts');
	await plain.context().close();
	const tab = await web.open({}, () => { delete globalThis.WebAssembly; });
	await web.give(tab, { 'CCcam.cfg': home });
	assert.equal(await web.ended(tab), 'old');
	assert.match(await tab.textContent('#status'), /forbid WebAssembly/);
	await tab.context().close();
}

// What the page's rules are for: even a script in the page reaches nobody. Its refusals are expected here.
async function nothingLeaves() {
	const tab = await web.open();
	const outcome = await tab.evaluate(async () => {
		const refused = [];
		document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
		await fetch('https://example.com/').catch(() => {});
		new Image().src = 'https://example.com/x.png';
		const script = document.createElement('script');
		script.textContent = 'globalThis.ran = true';
		document.body.append(script);
		await new Promise((resolve) => setTimeout(resolve, 200));
		return { refused: refused.sort(), ran: 'ran' in globalThis };
	});
	assert.deepEqual(outcome, { refused: ['connect-src', 'img-src', 'script-src-elem'], ran: false });
	web.troubles.length = 0;
	await tab.context().close();
}

const tests = [choose, report, dropAndMerge, pasteAndOptions, wrongFiles, keyboardDarkNarrow, languages, otherNames, unreadable, forbidden, large, corpus, nothingLeaves];
mkdirSync(web.shots, { recursive: true });
try {
	for (const test of tests.filter(({ name }) => web.only.length === 0 || web.only.includes(name))) {
		const start = performance.now();
		await test();
		assert.deepEqual(web.troubles, []);
		console.log(`ok: ${test.name} (${Math.round((performance.now() - start) / 1000)} s)`);
	}
} finally {
	await web.browser.close();
}
