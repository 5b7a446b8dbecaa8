#!/usr/bin/env bash
# check-package.sh pgtop-1.2.3.tgz: installs a package as a user does, into an empty prefix, and runs it.
# It looks at the server that PGHOST and the other variables name; without PGHOST at that of the demo.
set -euo pipefail
fail() {
	echo "${package##*/}: $*" >&2
	exit 1
}
package=$(cd -- "$(dirname -- "$1")" && pwd)/${1##*/}
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
# Away from the project, so that no package.json above counts.
cd -- "$folder"

# Without a network and with an empty cache npm installs only what the package itself holds.
npm install --global --offline --prefix "$folder" --cache "$folder/cache" \
	--no-audit --no-fund --no-update-notifier --loglevel=error -- "$package"
installed=$(find lib -name package.json)
[[ $installed == lib/node_modules/pgtop/package.json ]] || fail "installs more than pgtop: $installed"

pgtop=$folder/bin/pgtop
version=$(node -p 'require("./lib/node_modules/pgtop/package.json").version')
said=$("$pgtop" --version)
[[ $said == "pgtop $version" ]] || fail "--version says '$said', and package.json $version"
help=$("$pgtop" --help)
[[ $help == 'Usage: pgtop '* ]] || fail "--help says '$help'"
if [[ -n ${PGHOST-} ]]; then picture=$("$pgtop" --once); else picture=$("$pgtop" --demo --once); fi
[[ $picture =~ ^pgtop\ .*\ PG\ [0-9.]+\ .*\ PID\ +USER\  ]] || fail "--once shows no list of sessions: $picture"
echo "${package##*/} works on Node.js $(node --version): ${picture%%$'\n'*}"
