#!/bin/sh
# Installs the Debian package for real, uses it, upgrades it and removes it: installer/linux/install_test.sh FILE.deb OUT
# Needs root on Debian or Ubuntu, and xvfb, xdotool, imagemagick, x11-utils, libglib2.0-bin. Pictures go to OUT.
# With ../shared beside the project the figures come from its replay server, else from the app's own starter table.
set -eu

package=$(realpath "$1")
out=$(mkdir -p "$2" && realpath "$2")
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
pids=
clean_up() {
    for pid in $pids; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean_up EXIT

step() { echo "== $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
install_package() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --allow-downgrades "$1" >"$work/apt.log" 2>&1 ||
    { cat "$work/apt.log"; fail "apt-get install $1"; }; }
until_true() { # SECONDS COMMAND...
    limit=$(($1 * 5)); shift
    while [ "$limit" -gt 0 ]; do "$@" >/dev/null 2>&1 && return 0; sleep 0.2; limit=$((limit - 1)); done
    return 1
}
picture() { # NAME: what the screen shows, which has to be more than an empty frame
    import -window root "$out/$1.png"
    colours=$(identify -format %k "$out/$1.png")
    [ "$colours" -gt 100 ] || fail "the picture $1 has only $colours colours"
}

export HOME="$work/home" XDG_RUNTIME_DIR="$work/run" LANG=C.UTF-8
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME WAYLAND_DISPLAY 2>/dev/null || true
mkdir -p "$HOME" && mkdir -m 700 "$XDG_RUNTIME_DIR"
profile=$HOME/.local/share/Aboutface

step "an older version, with a file that the new one lacks"
dpkg-deb -R "$package" "$work/old"
sed -i 's/^Version: .*/Version: 0.0.1/' "$work/old/DEBIAN/control"
touch "$work/old/opt/aboutface/only-in-0.0.1"
dpkg-deb --root-owner-group -Znone -b "$work/old" "$work/old.deb" >/dev/null
rm -r "$work/old"
install_package "$work/old.deb"

step "a profile, made by the older version"
refreshes=false
if [ -f "$root/../shared/replay/serve.py" ]; then
    python3 "$root/../shared/replay/serve.py" --port 0 --ready-file "$work/url" --now 2017-06-16T20:00Z >"$work/replay.log" 2>&1 &
    pids="$pids $!"
    until_true 30 test -s "$work/url" || fail "the replay server did not start"
    ABOUTFACE_MIRROR=$(cat "$work/url") ABOUTFACE_NOW=2017-06-16T20:00Z
    export ABOUTFACE_MIRROR ABOUTFACE_NOW
    refreshes=true
    QT_QPA_PLATFORM=offscreen aboutface refresh --source cftc --market russell-2000 || fail "refresh"
else
    aboutface records --market russell-2000 --report legacy_futures --group noncommercial >/dev/null || fail "records"
fi
aboutface records --market russell-2000 --report legacy_futures --group noncommercial --format csv >"$work/before.csv"
[ -s "$work/before.csv" ] || fail "no records"

step "the upgrade keeps the profile"
find "$HOME" -type f -exec sha256sum {} + | sort >"$work/home-before"
install_package "$package"
find "$HOME" -type f -exec sha256sum {} + | sort | cmp - "$work/home-before" || fail "the upgrade touched the profile"
[ ! -e /opt/aboutface/only-in-0.0.1 ] || fail "the older version's file is still there"
aboutface records --market russell-2000 --report legacy_futures --group noncommercial --format csv | cmp - "$work/before.csv" ||
    fail "the new version reads the old profile differently"
aboutface --version
[ "$(aboutface --version)" = "Aboutface $(dpkg-deb -f "$package" Version)" ] || fail "another version than the package's"
for size in 16 22 24 32 48 64 128 256 512; do
    icon=/usr/share/icons/hicolor/${size}x$size/apps/aboutface.png
    [ "$(identify -format %wx%h "$icon")" = "${size}x$size" ] || fail "the icon of $size pixels"
done
QT_QPA_PLATFORM=offscreen aboutface selftest || fail "selftest"

step "a start through the desktop entry"
Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
pids="$pids $!"
until_true 10 test -s "$work/display" || fail "Xvfb did not start"
DISPLAY=:$(cat "$work/display")
export DISPLAY
gio launch /usr/share/applications/aboutface.desktop >"$work/app.log" 2>&1
until_true 20 xdotool search --onlyvisible --name Aboutface || { cat "$work/app.log"; fail "no window came"; }
window=$(xdotool search --onlyvisible --name Aboutface | head -n 1)
app=$(pidof aboutface)
pids="$pids $app"
xprop -id "$window" WM_CLASS
xprop -id "$window" WM_CLASS | grep -q "\"$(sed -n 's/^StartupWMClass=//p' /usr/share/applications/aboutface.desktop)\"" || fail "the window's class is not that of the desktop entry"
sleep 4
picture started
dpkg-query -W -f '${Package} ${Version}, ${Installed-Size} KiB installed\n' aboutface
xdotool windowfocus --sync "$window"  # there is no window manager to do it
for page in 1 2 3 4 5 6 7; do
    xdotool key "ctrl+$page"
    sleep 1.5
    picture "page-$page"
done
grep -E 'VmRSS|VmHWM' "/proc/$app/status"

step "a second start brings the first window to the front"
gio launch /usr/share/applications/aboutface.desktop
sleep 1
until_true 10 sh -c "[ \"\$(pidof aboutface)\" = $app ]" || { picture second; fail "a second process runs"; }

if $refreshes; then
    step "a refresh by key"
    asked() { python3 -c 'import sys, urllib.request as u; print(u.urlopen(sys.argv[1] + "/_control/log?since=0").read().count(b"cftc.gov"))' "$ABOUTFACE_MIRROR"; }
    before=$(asked)
    xdotool windowfocus "$window" key F5
    sleep 8
    [ "$(asked)" -gt "$before" ] || fail "F5 asked nobody"
    picture refreshed
fi

step "it ends in order"
kill -TERM "$app"
until_true 10 sh -c "! kill -0 $app" || fail "it did not end"
[ ! -s "$work/app.log" ] || { cat "$work/app.log"; fail "it wrote to the terminal"; }

step "removal leaves the profile and nothing else"
find "$profile" -type f -exec sha256sum {} + | sort >"$work/profile-before"
apt-get purge -y -qq aboutface >"$work/apt.log" 2>&1 || fail "apt-get purge"
find "$profile" -type f -exec sha256sum {} + | sort | cmp - "$work/profile-before" || fail "the removal touched the profile"
[ ! -e /opt/aboutface ] || fail "/opt/aboutface is still there"
left=$(find /opt /usr /etc /var -xdev \( -path "*/apt/*" -o -path "/var/log/*" \) -prune -o -iname "*aboutface*" -print)
[ -z "$left" ] || fail "left behind: $left"
others=$(find "$HOME" -type f ! -path "$profile/*" ! -path "$HOME/.cache/fontconfig/*" ! -path "$HOME/.cache/mesa_shader_cache*")
[ -z "$others" ] || fail "written outside the profile: $others"
echo "All steps passed; the pictures are in $out."
