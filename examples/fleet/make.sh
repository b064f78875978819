#!/bin/sh
# make.sh FOLDER: lays out what two machines with backups may have: north/ and south/ with the receivers of boxes/, one
# of them packed, and the manifest.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
folder=${1:?the folder to make}

mkdir -p "$folder/north" "$folder/south"
cp -RP "$here/boxes/living-room" "$here/boxes/kitchen" "$folder/north"
tar -C "$here/boxes/attic" -czf "$folder/north/attic.tar.gz" etc
cp -RP "$here/boxes/cellar" "$here/boxes/garage" "$here/boxes/shed" "$folder/south"
cp "$here/fleet.conf" "$folder"
