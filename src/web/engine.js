// The program in its worker. One run at a time; of several that wait, only the last is of use.
let worker, running = null, waiting = null;

// `program`: the bytes of the program, packed by gzip, in base64; `code`: the worker's.
export async function start(code, program) {
	await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // the smallest program: is there any at all?
	const packed = Uint8Array.from(atob(program), (letter) => letter.charCodeAt(0));
	const bytes = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
	worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
	worker.onmessage = ({ data }) => finish(data);
	worker.onerror = () => finish({});
	worker.postMessage({ program: bytes }, [bytes]);
	next();
}

function next() {
	if (!worker || running || !waiting)
		return;
	[running, waiting] = [waiting, null];
	worker.postMessage({ args: running.args, files: running.files });
}

function finish({ result }) {
	const { resolve } = running;
	running = null;
	if (waiting)
		resolve(null);
	else
		resolve(result ?? { stopped: true });
	next();
}

// Gives {status, output, messages, files}, {stopped} when the program could not go on, or null when another run
// was asked for meanwhile.
export function run(args, files) {
	waiting?.resolve(null);
	return new Promise((resolve) => {
		waiting = { args, files, resolve };
		next();
	});
}
