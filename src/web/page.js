// The page: passes files and options to the program, and shows its report and its files.
import { zipSync } from 'fflate';
import { run, start } from './engine.js';
import * as input from './input.js';
import { fill, languages, preferred } from './texts.js';

const PAUSE = 250;     // ms without a further change
const LARGE = 100000;  // bytes of input; the report of more is too long to look at
const SHOWN = 20000;   // characters of messages
const byId = (id) => document.getElementById(id);
let texts, timer, made = {}, last = null, broken = false, fresh = false;

// ---- running ----

function argumentsFor(name) {
	const args = ['convert', name.startsWith('-') ? `./${name}` : name, '-o', 'oscam'];
	for (const option of ['profile', 'target', 'comments'])
		args.push(`--${option}`, byId(option).value);
	args.push('--set', `groups=${byId('groups').value}`);
	if (input.hasOscam())
		args.push(`--${byId('existing').value}`);
	for (const line of byId('more').value.split('\n'))
		if (line.trim())
			args.push('--set', line.trim());
	return args;
}

const REPORT = ['--report', '-', '--report-format', 'html'];

function later() {
	clearTimeout(timer);
	byId('status').dataset.state = 'later';
	timer = setTimeout(convert, PAUSE);
}

async function convert() {
	const { name, files } = input.given();
	if (!name) {
		showNothing();
		return;
	}
	if (broken) {
		say('old', 'bad');
		return;
	}
	const large = files[name].length > LARGE, args = argumentsFor(name);
	say('working');
	byId('result').setAttribute('aria-busy', true);
	const result = await run(large ? args : [...args, ...REPORT], files);
	if (!result || input.given().name !== name)
		return;
	last = { name, args, files, report: large ? null : result.output };
	show(name, result);
	if (fresh)
		byId('status').scrollIntoView();
	fresh = false;
}

// ---- showing ----

function say(what, tone = '', text = texts[what]) {
	byId('status').textContent = text;
	byId('status').className = `said ${tone}`;
	byId('status').dataset.state = what;
}

function showNothing() {
	say('only', '', input.names().length > 0 ? texts.only : '');
	byId('trouble').hidden = byId('result').hidden = true;
}

const isCopy = (path) => /\.bak(\.\d+)?$/.test(path);

function show(name, { stopped, status, messages = '', files, output }) {
	byId('result').setAttribute('aria-busy', false);
	if (stopped || status > 1) {
		const why = input.refusal(texts, name, messages);
		say(stopped ? 'stopped' : 'failed', 'bad', stopped ? texts.stopped : why ?? texts.failed);
		showMessages(why ? '' : messages);
		byId('result').hidden = true;
		return;
	}
	const nothing = messages.includes('[nothing-understood]');
	if (nothing)
		say('nothing', 'bad', last.files[name].length === 0 ? texts.empty : texts.nothing);
	else
		say(status === 1 ? 'look' : 'good', status === 1 ? 'look' : 'good');
	made = Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(input.OUTPUT) && !isCopy(path))
		.map(([path, bytes]) => [path.slice(input.OUTPUT.length), bytes]).sort());
	showMessages(last.report ? '' : messages);
	byId('note').textContent = '';
	showFiles();
	showReport(output);
	byId('result').hidden = false;
}

function showMessages(messages) {
	const said = messages.slice(0, SHOWN).replace(/^cc2oscam: (--set )?/gm, '').replace(/^oscam: wrote [^]*/m, '');
	byId('messages').textContent = said;
	byId('trouble').hidden = !messages;
}

function showReport(bytes) {
	byId('frame').hidden = !last.report;
	byId('large').hidden = Boolean(last.report);
	byId('frame').srcdoc = last.report ? new TextDecoder().decode(bytes) : '';
}

// The report scrolls with the page.
function fitFrame() {
	const inside = byId('frame').contentDocument?.documentElement;
	if (!inside)
		return;
	new ResizeObserver(() => { byId('frame').style.height = `${inside.scrollHeight + 2}px`; }).observe(inside);
}

function button(text, name, act) {
	const made = document.createElement('button');
	made.type = 'button';
	made.textContent = text;
	made.setAttribute('aria-label', name);
	made.onclick = act;
	return made;
}

function row(name, detail, ...buttons) {
	const item = document.createElement('li');
	const [what, small, acts] = ['span', 'span', 'span'].map((kind) => document.createElement(kind));
	small.className = 'faint';
	small.textContent = detail;
	what.className = 'what';
	what.append(name, ' ', small);
	acts.className = 'acts';
	acts.append(...buttons);
	item.append(what, acts);
	return item;
}

function showFiles() {
	const named = (text) => (byId('target').value === 'ncam' ? text.replaceAll('OSCam', 'NCam') : text);
	byId('files-title').textContent = named(texts.files);
	byId('steps').replaceChildren(...texts.steps.map((step) => {
		const item = document.createElement('li');
		item.textContent = named(step);
		return item;
	}));
	byId('files').replaceChildren(...Object.entries(made).map(([name, bytes]) =>
		row(name, fill(texts.bytes, { count: bytes.length.toLocaleString(document.documentElement.lang) }),
			button(texts.copy, fill(texts.copyName, { name }), () => copy(name)),
			button(texts.save, fill(texts.saveName, { name }), () => save(name, bytes)))));
}

function chosenRow(label, role, remove) {
	return row(label, texts.roles[role], button('×', fill(texts.remove, { name: label }), () => {
		remove();
		changed();
		byId('choose').focus();
	}));
}

function removePasted() {
	input.setPasted('');
	byId('paste').value = '';
}

function showChosen() {
	const rows = input.names().map((name) => chosenRow(name, input.roleOf(name), () => input.remove(name)));
	if (input.hasPasted())
		rows.unshift(chosenRow(texts.pasted, 'main', removePasted));
	byId('chosen').replaceChildren(...rows);
	const given = rows.length > 0;
	document.body.classList.toggle('given', given);
	byId('chosen-part').hidden = byId('options-part').hidden = !given;
	byId('existing-part').hidden = !input.hasOscam();
}

// ---- saving ----

function save(name, bytes, type = 'application/octet-stream') {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([bytes], { type }));
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function saveReport() {
	const { args, files, report } = last;
	if (!report)
		say('working');
	const bytes = report ?? (await run([...args, ...REPORT], files))?.output;
	if (!report)
		convert();
	if (bytes)
		save('report.html', bytes, 'text/html');
}

// A page from the disk may have no clipboard: then by way of a text field.
async function copy(name) {
	const text = new TextDecoder().decode(made[name]);
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		const field = document.createElement('textarea');
		field.value = text;
		document.body.append(field);
		field.select();
		document.execCommand('copy');
		field.remove();
	}
	byId('note').textContent = fill(texts.copied, { name });
}

// ---- the page itself ----

function changed() {
	showChosen();
	later();
}

async function take(list) {
	byId('status').dataset.state = 'later';
	const unread = await input.take(list);
	fresh = true; // what comes of them is then brought into view
	byId('paste').value = input.hasPasted() ? byId('paste').value : '';
	byId('unreadable').textContent = unread === null ? '' : fill(texts.unreadable, { name: unread });
	if (input.isForNcam() && byId('target').value === 'any')
		byId('target').value = 'ncam';
	changed();
}

function options(select, list) {
	const { value } = select;
	select.replaceChildren(...Object.entries(list).map(([key, label]) => new Option(label, key)));
	select.value = value in list ? value : Object.keys(list)[0];
}

function speak(language) {
	texts = languages[language];
	document.documentElement.lang = language;
	document.title = texts.title;
	for (const element of document.querySelectorAll('[data-text]'))
		element.textContent = texts[element.dataset.text];
	for (const select of document.querySelectorAll('[data-options]'))
		options(select, texts[select.dataset.options]);
	byId('paste').setAttribute('aria-label', texts.paste);
	byId('messages').setAttribute('aria-label', texts.says);
	byId('frame').title = texts.report;
	changed();
}

function startAgain() {
	input.clear();
	byId('paste').value = byId('more').value = byId('unreadable').textContent = '';
	for (const select of document.querySelectorAll('[data-options]'))
		select.selectedIndex = 0;
	showChosen();
	convert();
	byId('choose').focus();
}

function listen() {
	byId('language').onchange = () => speak(byId('language').value);
	byId('choose').onchange = async () => {
		await take([...byId('choose').files]);
		byId('choose').value = '';
	};
	byId('paste').oninput = () => {
		input.setPasted(byId('paste').value);
		changed();
	};
	byId('options-part').oninput = later;
	byId('clear').onclick = startAgain;
	byId('all').onclick = () => save('oscam.zip', zipSync(made, { level: 0 }), 'application/zip');
	byId('save-report').onclick = saveReport;
	byId('frame').onload = fitFrame;
	document.ondragover = (event) => {
		event.preventDefault();
		document.body.classList.add('over');
	};
	document.ondragleave = () => document.body.classList.remove('over');
	document.ondrop = (event) => {
		event.preventDefault();
		document.body.classList.remove('over');
		return take([...event.dataTransfer.files]);
	};
}

const language = preferred(navigator.languages);
byId('language').replaceChildren(...Object.entries(languages).map(([key, { name }]) => new Option(name, key)));
byId('language').value = language;
speak(language);
listen();
start(byId('worker').textContent, byId('program').textContent).catch(() => {
	broken = true;
	convert();
});
