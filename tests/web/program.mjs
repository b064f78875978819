// program.mjs RUN WASM NATIVE CASES: every golden case that needs no standard input and no threads gives the same with
// the program for WebAssembly as with the native one: status, output, messages, files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { asText, readCases, runNative } from './cases.mjs';

const [runFile, wasmFile, native, folder] = process.argv.slice(2);
const { run } = await import(pathToFileURL(runFile));
const module = await WebAssembly.compile(readFileSync(wasmFile));
const shown = (result) => ({ ...result, output: Buffer.from(result.output).toString('latin1'), files: asText(result.files) });

const cases = readCases(folder).filter(({ options, stdin }) => !stdin && options[0] !== 'batch');
for (const { name, options, files } of cases)
	assert.deepEqual(shown(await run(module, options, files)), shown(runNative(native, options, files)), name);
console.log(`${cases.length} golden cases are the same`);
