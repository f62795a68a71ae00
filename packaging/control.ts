import { createHash } from 'node:crypto'
import { cpSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Architecture } from './architectures.ts'
import { filesOf } from './files-of.ts'

/** What the programs are linked with, and what outpost-ctl calls. GitLab's package brings a PostgreSQL and an nginx. */
const DEPENDS = [
  'libc6 (>= 2.28)',
  'libstdc++6',
  'libgcc-s1',
  'libatomic1',
  'ca-certificates',
  'logrotate',
  'openssl',
  'passwd',
  'runit',
  'nginx | gitlab-ee | gitlab-ce',
  'postgresql | gitlab-ee | gitlab-ce',
]

const DESCRIPTION = `Team chat for GitLab servers
 A chat server that speaks the API of Mattermost 10.11, its web client, outpost-ctl
 to set a machine up from a settings file in the syntax of gitlab.rb, and mmctl.
 .
 Put the address of the chat into /etc/outpost/outpost.rb, then run
 outpost-ctl reconfigure.`

/** Writes what dpkg needs to know: the control file, the checksums, and the scripts around installing and removing. */
export function writeControl({ root, arch, version }: { root: string; arch: Architecture; version: string }): void {
  const files = filesOf(root)
  const folder = join(root, 'DEBIAN')
  mkdirSync(folder)
  cpSync(join(import.meta.dirname, 'debian'), folder, { recursive: true })
  const size = files.reduce((sum, path) => sum + Math.ceil(lstatSync(join(root, path)).size / 1024), 0)
  const fields = {
    Package: 'outpost',
    Version: version,
    Architecture: arch.debian,
    Maintainer: 'The contributors to Outpost <outpost@localhost>',
    'Installed-Size': String(size),
    Depends: DEPENDS.join(', '),
    Suggests: 'bash-completion, default-mta | mail-transport-agent',
    Section: 'net',
    Priority: 'optional',
    Description: DESCRIPTION,
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`)
  writeFileSync(join(folder, 'control'), lines.join(''))
  const sums = files.map((path) => `${md5(join(root, path))}  ${path}\n`)
  writeFileSync(join(folder, 'md5sums'), sums.join(''))
}

/** dpkg's own checksum for finding damaged files; it protects against nobody. */
const md5 = (path: string): string => createHash('md5').update(readFileSync(path)).digest('hex')
