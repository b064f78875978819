// Runs one conversion after another, so that the page stays awake. The first message is the program itself.
import { run } from './run.js';

let module;

self.onmessage = async ({ data }) => {
	if (data.program) {
		module = WebAssembly.compile(data.program);
		return;
	}
	try {
		const result = await run(await module, data.args, data.files);
		// Moved rather than copied: they may be large.
		self.postMessage({ result }, [result.output.buffer, ...Object.values(result.files).map(({ buffer }) => buffer)]);
	} catch {
		self.postMessage({});
	}
};
