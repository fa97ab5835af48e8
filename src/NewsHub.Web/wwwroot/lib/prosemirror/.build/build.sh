#!/usr/bin/env bash
# Makes ../prosemirror.js of the packages that package-lock.json pins, and ../LICENSE.txt of their licences. Needs Node and a registry of packages.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
into=$(dirname "$here")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/package.json "$here"/package-lock.json "$here"/index.js "$work"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund >/dev/null
versions=$(node -p 'Object.entries(require("./package.json").dependencies).map(([name, version]) => `${name} ${version}`).join(", ")')
node_modules/.bin/esbuild index.js --bundle --format=esm --target=es2022 --minify --legal-comments=none \
  --banner:js="// Made by build.sh of: $versions. MIT; see LICENSE.txt." --outfile="$into/prosemirror.js" --metafile=bundle.json --log-level=warning
for folder in $(node -p '[...new Set(Object.keys(require("./bundle.json").inputs).map(at => /node_modules\/[^/]+/.exec(at)?.[0]).filter(Boolean))].sort().join(" ")'); do
  node -p "const { name, version, license } = require('./$folder/package.json'); \`== \${name} \${version}, \${license} ==\`"
  cat "$(find "$folder" -maxdepth 1 -iname 'licen[cs]e*' | head -1)"
  echo
done > "$into/LICENSE.txt"
