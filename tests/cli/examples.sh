# The examples give exactly the files that stand beside them.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for example in home-receiver server-with-friends; do
	folder=$SOURCE_DIR/examples/$example
	(cd "$folder" && "$CC2OSCAM" convert --strict -q CCcam.cfg -o "$work/$example")
	diff -r "$folder/oscam" "$work/$example" || {
		echo "examples/$example/oscam is not what the program writes" >&2
		exit 1
	}
done
