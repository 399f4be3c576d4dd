#!/bin/sh
# Installs Aboutface for this user, without the system's package manager; --uninstall takes it away again.
# PREFIX says where, ~/.local by default. What the app has stored is never touched.
set -eu

prefix=${PREFIX:-$HOME/.local}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
app=$prefix/lib/aboutface

remove() {
    rm -rf "$app"
    rm -f "$prefix/bin/aboutface"
    (cd "$here/share" && find . -type f) | while read -r file; do rm -f "$prefix/share/$file"; done
}

tell_desktop() {
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$prefix/share/applications" || true
    fi
}

case ${1:-} in
--uninstall)
    remove
    tell_desktop
    echo "Aboutface is removed. Its data stay in ${XDG_DATA_HOME:-$HOME/.local/share}/Aboutface."
    ;;
"")
    remove
    mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
    cp -R "$here/app" "$app"
    cp -R "$here/share/." "$prefix/share/"
    ln -s "$app/aboutface" "$prefix/bin/aboutface"
    sed -i "s|^Exec=aboutface|Exec=\"$prefix/bin/aboutface\"|; s|^TryExec=aboutface|TryExec=$prefix/bin/aboutface|" \
        "$prefix/share/applications/aboutface.desktop"
    tell_desktop
    echo "Aboutface is installed: $prefix/bin/aboutface"
    if ! "$app/aboutface" selftest >/dev/null; then
        echo "It does not work here yet; '$prefix/bin/aboutface selftest' says what is missing." >&2
        exit 1
    fi
    ;;
*)
    echo "usage: install.sh [--uninstall]" >&2
    exit 64
    ;;
esac
