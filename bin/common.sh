# Shared by the commands in this folder; sourced, not run. Leaves the shell in the repository's root.
cd "$(dirname "$0")/.." || exit 1
PATH="$PWD/node_modules/.bin:$PATH"
export PATH

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Installs the dependencies when the lockfile has changed since the last time.
install_dependencies() {
  command -v npm >/dev/null 2>&1 || die 'npm is missing. Install Node.js 20 or newer (it brings npm), then try again.'
  wanted=$(cksum <package-lock.json)
  [ "$(cat node_modules/.outpost-lock 2>/dev/null)" = "$wanted" ] && return 0
  echo 'Installing dependencies …'
  npm ci --no-audit --no-fund --loglevel=error || die 'The dependencies could not be installed. Check the network, then try again.'
  node --version >/dev/null 2>&1 || die 'There is no Node.js runtime for this kind of machine (linux x64 or arm64 is needed).'
  printf '%s' "$wanted" >node_modules/.outpost-lock
}
