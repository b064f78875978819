#!/bin/sh
# GLOBAL LIMITS that cannot be read: the accounts that stood under them must not come to life without limits.
. "$SOURCE_DIR/tests/cli/common.inc"

cat >CCcam.cfg <<'END'
GLOBAL LIMITS : { 0:0:1, 500:32830
C: host1.example.com 12000 anna wordone
F: bert wordtwo 2 1 0
F: carl wordtwo 2 1 0 { 0:0:1 }
END
run 1 convert --profile server --only oscam.user CCcam.cfg
holds stdout "user                          = carl"
# an account without limits reaches readers; one that is left out, or refused every card, does not
awk '/^user .*= bert$/ { bert = 1; next } /^$/ { bert = 0 } bert && /^group / { exit 1 }' stdout ||
	fail "bert has every card now, though his limits could not be read"
says limit-syntax
