#!/bin/sh
# Makes dist/aboutface-VERSION-macos.dmg of dist/Aboutface.app. Signs and notarises where these are set, else not:
#   MACOS_IDENTITY   a "Developer ID Application" identity in the keychain
#   MACOS_PROFILE    a profile that `xcrun notarytool store-credentials` has stored
set -eu

version=$1
dist=$(CDPATH='' cd -- "$(dirname -- "$0")/../../dist" && pwd)
app=$dist/Aboutface.app
image=$dist/aboutface-$version-macos.dmg

if [ -n "${MACOS_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$MACOS_IDENTITY" \
        --entitlements "$(dirname -- "$0")/entitlements.plist" "$app"
    codesign --verify --deep --strict "$app"
else
    echo "not signed: MACOS_IDENTITY is not set"
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname "Aboutface $version" -srcfolder "$stage" -fs HFS+ -format ULMO -ov "$image"

if [ -n "${MACOS_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$MACOS_PROFILE" --wait
    xcrun stapler staple "$image"
else
    echo "not notarised: MACOS_PROFILE is not set"
fi
