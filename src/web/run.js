// Runs the program once, on a file system in memory.
import { ConsoleStdout, Directory, File, OpenFile, PreopenDirectory, WASI, wasi as numbers } from '@bjorn3/browser_wasi_shim';

// Bytes that grow. With room for as much again, many writes take linear time.
class Bytes {
	all = new Uint8Array(4096);
	length = 0;

	add(bytes) {
		const end = this.length + bytes.length;
		if (end > this.all.length) {
			const longer = new Uint8Array(2 * end);
			longer.set(this.all.subarray(0, this.length));
			this.all = longer;
		}
		this.all.set(bytes, this.length);
		this.length = end;
	}

	// Without the room behind them.
	taken() {
		return this.all.slice(0, this.length);
	}
}

// Keeps what is written; it is no terminal.
class Collector extends ConsoleStdout {
	constructor(bytes) {
		super((more) => bytes.add(more));
	}

	fd_fdstat_get() {
		return { ret: 0, fdstat: new numbers.Fdstat(numbers.FILETYPE_REGULAR_FILE, 0) };
	}
}

// The library makes a file anew with each write.
OpenFile.prototype.fd_write = function (bytes) {
	const { file } = this, at = Number(this.file_pos), end = at + bytes.length;
	if (end > file.data.length) {
		const room = end > file.data.buffer.byteLength ? new ArrayBuffer(2 * end) : file.data.buffer;
		const longer = new Uint8Array(room, 0, end);
		if (room !== file.data.buffer)
			longer.set(file.data);
		file.data = longer;
	}
	file.data.set(bytes, at);
	this.file_pos += BigInt(bytes.length);
	return { ret: numbers.ERRNO_SUCCESS, nwritten: bytes.length };
};

// {'a/b': bytes} as a folder.
const folderOf = (files) => {
	const top = new Directory(new Map());
	for (const [path, bytes] of Object.entries(files)) {
		const names = path.split('/');
		const base = names.pop();
		let folder = top;
		for (const name of names) {
			if (!folder.contents.has(name))
				folder.contents.set(name, new Directory(new Map()));
			folder = folder.contents.get(name);
		}
		folder.contents.set(base, new File(bytes));
	}
	return top.contents;
};

const filesOf = (contents, prefix, files) => {
	for (const [name, entry] of contents)
		if (entry instanceof Directory)
			filesOf(entry.contents, prefix + name + '/', files);
		else
			files[prefix + name] = entry.data.slice(); // without the room behind it
	return files;
};

// `module`: the compiled program; `files`: {path: bytes}. Gives {status, output, messages, files}, with the
// bytes of standard output, and the files as the program left them.
export async function run(module, args, files) {
	const output = new Bytes(), messages = new Bytes();
	const top = new PreopenDirectory('.', folderOf(files));
	const wasi = new WASI(['cc2oscam', ...args], [],
		[new OpenFile(new File([])), new Collector(output), new Collector(messages), top], { debug: false });
	// What is there is no link, where the file system only says that it knows none.
	wasi.wasiImport.path_readlink = (folder, at, length) => {
		const path = new TextDecoder().decode(new Uint8Array(wasi.inst.exports.memory.buffer, at, length));
		const { ret, inode_obj } = wasi.fds[folder].path_lookup(path, 0);
		return inode_obj ? numbers.ERRNO_INVAL : ret;
	};
	const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
	const status = wasi.start(instance);
	return {
		status,
		output: output.taken(),
		messages: new TextDecoder().decode(messages.taken()),
		files: filesOf(top.dir.contents, '', {}),
	};
}
