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

# Builds the web client when its sources or its libraries have changed since the last time.
build_web() {
  dist=${OUTPOST_WEB_DIST:-web/dist}
  wanted=$({ find web/src web/public web/scripts web/index.html web/vite.config.ts -type f -exec cksum {} + | sort; cat package-lock.json; } | cksum)
  [ "$(cat "$dist/.built" 2>/dev/null)" = "$wanted" ] && return 0
  echo 'Building the web client …'
  node web/scripts/build.ts || die 'The web client could not be built. The lines above say why; bin/check names what is wrong in its sources.'
  printf '%s' "$wanted" >"$dist/.built"
}

# Programs that tests use and the dependencies do not bring: command, then the Debian package it comes in.
test_tools='chromium:chromium nginx:nginx-light runsvdir:runit pg_createcluster:postgresql ip:iproute2 openssl:openssl logrotate:logrotate script:bsdutils sudo:sudo unshare:util-linux ps:procps curl:curl systemctl:systemd'
# The other browsers, which not every system has a package of: without them one file of tests is left out.
test_browsers='firefox-esr:firefox-esr WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb'

# The packages of those programs of a list that are not there, each after a space.
packages_missing() {
  for tool in $1; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${tool%%:*}" >/dev/null 2>&1 || printf ' %s' "${tool#*:}"
  done
}

# Installs what the tests need besides: as root on Debian or Ubuntu by itself, elsewhere it says what is missing.
install_test_tools() {
  missing=$(packages_missing "$test_tools")
  browsers=$(packages_missing "$test_browsers")
  [ -z "$missing$browsers" ] && return 0
  install='apt-get install --no-install-recommends'
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    [ -z "$missing" ] || die "The tests need more programs. Install them, for example with: sudo $install$missing"
    echo "Without$browsers the client is not tried in Firefox and WebKit."
    return 0
  fi
  echo "Installing$missing$browsers …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  [ -z "$missing" ] || $install -y -qq $missing >/dev/null || die "These could not be installed:$missing. Try: $install$missing"
  [ -z "$browsers" ] || $install -y -qq $browsers >/dev/null || echo "Without$browsers the client is not tried in Firefox and WebKit."
}
