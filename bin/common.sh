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
test_tools='chromium:chromium firefox-esr:firefox-esr WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb nginx:nginx-light runsvdir:runit pg_createcluster:postgresql ip:iproute2 openssl:openssl logrotate:logrotate script:bsdutils sudo:sudo unshare:util-linux ps:procps curl:curl systemctl:systemd'

# Installs what the tests need besides: as root on Debian or Ubuntu by itself, elsewhere it says what is missing.
install_test_tools() {
  missing=''
  for tool in $test_tools; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${tool%%:*}" >/dev/null 2>&1 || missing="$missing ${tool#*:}"
  done
  [ -z "$missing" ] && return 0
  install="apt-get install --no-install-recommends$missing"
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || die "The tests need more programs. Install them, for example with: sudo $install"
  echo "Installing$missing …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && $install -y -qq >/dev/null || die "These could not be installed:$missing. Try: $install"
}
