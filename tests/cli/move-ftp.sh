#!/bin/sh
# The README's way from a receiver and back to it by FTP, as its commands stand there, with a played receiver.
. "$SOURCE_DIR/tests/cli/common.inc"

has curl curl && has python3 python3 || exit 77

cat >receiver.py <<'END'
# An FTP server as receivers have one: a login starts in the user's own folder, and a path may start with /.
import os, posixpath, socket, sys
root, listener = sys.argv[1], socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    client, _ = listener.accept()
    lines, at, data = client.makefile("r", newline="\r\n"), "/home/root", None
    say = lambda text: client.sendall((text + "\r\n").encode())
    file_at = lambda name: root + posixpath.normpath(posixpath.join(at, name))
    say("220 receiver")
    for line in lines:
        command, _, word = line.strip().partition(" ")
        if command in ("USER", "PASS"):
            say("331 password" if command == "USER" else "230 in" if word == "word" else "530 no")
        elif command == "PWD":
            say('257 "%s"' % at)
        elif command == "CWD":
            at = posixpath.normpath(posixpath.join(at, word))
            say("250 there" if os.path.isdir(root + at) else "550 no folder")
        elif command == "EPSV":
            data = socket.create_server(("127.0.0.1", 0))
            say("229 (|||%d|)" % data.getsockname()[1])
        elif command == "RETR" and not os.path.isfile(file_at(word)):
            say("550 no file")
        elif command in ("RETR", "STOR"):
            with open(file_at(word), "rb" if command == "RETR" else "wb") as file:
                other = data.accept()[0]
                say("150 here")
                if command == "RETR":
                    other.sendall(file.read())
                else:
                    file.write(other.makefile("rb").read())
                other.close()
            say("226 done")
        elif command == "QUIT":
            say("221 bye")
            break
        else:
            say("200 well" if command == "TYPE" else "502 no")
    client.close()
END
mkdir -p box/etc/tuxbox/config box/home/root project
cp "$SOURCE_DIR/examples/home-receiver/CCcam.cfg" box/etc
python3 receiver.py box >port 2>/dev/null &
receiver=$!
trap 'kill $receiver; rm -rf "$work"' EXIT
until [ -s port ] || ! kill -0 $receiver; do # a slow machine takes seconds to start it
	sleep 0.1
done

# The commands with curl, at the played receiver in place of the README's, and with its password.
sed -n 's/^ *\(curl .*\)/\1/p' "$SOURCE_DIR/README.md" |
	sed "s|ftp://192.0.2.10/|ftp://127.0.0.1:$(cat port)/|; s/-u root/-sS -m 20 -u root:word/" >commands
[ "$(wc -l <commands)" -eq 3 ] || fail "the README has other commands with curl: $(cat commands)"

# try NUMBER: of the commands.
try() {
	command=$(sed -n "$1p" commands)
	(cd project && eval "$command") >stdout 2>stderr || fail "it fails: $command"
}

try 1
cmp project/CCcam.cfg box/etc/CCcam.cfg || fail "another CCcam.cfg came"
(cd project && "$CC2OSCAM" convert -q CCcam.cfg -o oscam) || fail "it cannot be converted"
try 2
diff -r project/oscam box/etc/tuxbox/config || fail "not all files went to the receiver"
rm project/oscam/*
try 3
diff -r project/oscam box/etc/tuxbox/config || fail "not all files came from the receiver"
