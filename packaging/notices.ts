import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isNotice, packageFolders } from './modules.ts'
import { checkout } from './stage.ts'

interface Part {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly texts: readonly string[]
}

/** Writes Debian's copyright file and, beside it, the licence of every library in the package and in the web client. */
export function writeNotices(folder: string, modules: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'copyright'), COPYRIGHT)
  const folders = [...packageFolders(modules), ...webLibraries()]
  const parts = new Map(folders.map(readPart).map((part) => [`${part.name} ${part.version}`, part]))
  const sorted = [...parts].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = [INTRODUCTION, ...sorted.map(([title, part]) => section(title, part))].join('\n')
  writeFileSync(join(folder, 'third-party-licences.gz'), gzipSync(text, { level: 9 }))
}

const INTRODUCTION = 'Outpost contains the following works of others, each under the licence that follows its name.\n'

const COPYRIGHT = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: outpost

Files: *
Copyright: the contributors to Outpost
License: Apache-2.0
Comment: Libraries of others, below /opt/outpost/node_modules and in the web client, are under licences of their own.
 They are in third-party-licences.gz beside this file.

License: Apache-2.0
 The full text is in /usr/share/common-licenses/Apache-2.0 and in /opt/outpost/LICENSE.
`

function section(title: string, { licence, texts }: Part): string {
  return [`${'='.repeat(100)}\n${title} (${licence})\n`, ...texts.map((text) => `${text.trim()}\n`)].join('\n')
}

function readPart(folder: string): Part {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    version?: string
    license?: string | { type: string }
  }
  const licence = (typeof license === 'string' ? license : license?.type) ?? 'see below'
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isNotice(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8'))
  return { name, version: version ?? '', licence, texts }
}

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** The folders of everything that may have gone into the web client: its dependencies, and theirs. */
function webLibraries(): string[] {
  const { packages } = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>
  }
  const found = new Set<string>()
  const follow = (from: string): void => {
    const { dependencies = {}, optionalDependencies = {} } = packages[from] ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const path = locate(packages, from, name)
      if (path === undefined || found.has(path)) continue
      found.add(path)
      follow(path)
    }
  }
  follow('web')
  // Emoji pictures and names are built in, though they are needed for the build alone.
  for (const name of ['emoji-datasource', 'emojibase-data']) found.add(`node_modules/${name}`)
  return [...found].map((path) => join(checkout, path)).filter(isInstalled)
}

/** Where a library that is asked for by another one lies: in its own folder, or in one above. */
function locate(packages: Readonly<Record<string, Locked>>, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.replace(/\/?(node_modules\/)?(@[^/]+\/)?[^/]+$/, '')) {
    const path = [folder, 'node_modules', name].filter(Boolean).join('/')
    if (packages[path]) return path
    if (folder === '') return undefined
  }
}

/** Libraries for other kinds of machines are in the lockfile and not in the checkout. */
function isInstalled(folder: string): boolean {
  try {
    return readdirSync(folder).includes('package.json')
  } catch {
    return false
  }
}
