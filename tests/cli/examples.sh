# The examples give exactly the files that stand beside them.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for example in home-receiver server-with-friends tvheadend; do
	folder=$SOURCE_DIR/examples/$example
	(cd "$folder" && "$CC2OSCAM" convert --strict -q CCcam.cfg -o "$work/$example")
	diff -r "$folder/oscam" "$work/$example" || {
		echo "examples/$example/oscam is not what the program writes" >&2
		exit 1
	}
done

# Merged into what is there, and then once more, which changes nothing.
folder=$SOURCE_DIR/examples/running-oscam
cp -R "$folder/oscam" "$work/running"
for round in first second; do
	(cd "$folder" && "$CC2OSCAM" convert --strict -q --merge CCcam.cfg -o "$work/running")
	[ "$round" = second ] || rm "$work/running"/*.bak
	diff -r -x .cc2oscam.undo "$folder/merged" "$work/running" || {
		echo "examples/running-oscam/merged is not what the program makes of it, the $round time" >&2
		exit 1
	}
done
