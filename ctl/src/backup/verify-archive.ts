import { createHash } from 'node:crypto'
import { Problem } from '../cli/problem.ts'
import { contentOf, type Input } from './input.ts'
import {
  CONFIG,
  DATA_FOLDERS,
  DUMP,
  HEAD,
  isHead,
  isManifest,
  MANIFEST,
  OTHER_FOLDERS,
  type Manifest,
} from './manifest.ts'
import { damaged, readTar, type TarEntry } from './read-tar.ts'

/** A manifest is text about files; more than this is none. */
const MAX_JSON = 400_000_000

/**
 * Reads an archive from end to end, before anything is touched, and compares it with its manifest. Rejects with a
 * Problem that names what is wrong.
 */
export async function verifyArchive(input: Input, onBytes: (bytes: number) => void): Promise<Manifest> {
  const found = new Map<string, string>()
  let manifest: unknown
  let isFirst = true
  for await (const entry of readTar(contentOf(input, onBytes), input.file)) {
    if (manifest !== undefined) throw damaged(input.file, `something follows after its manifest: ${entry.path}`)
    checkName(entry, input.file)
    if (isFirst && entry.path !== HEAD) throw damaged(input.file, `it does not begin with ${HEAD}`)
    if (isFirst) checkHead(await readJson(entry, input.file, found), input.file)
    else if (entry.path === MANIFEST) manifest = await readJson(entry, input.file, new Map())
    else if (!entry.isFolder) found.set(entry.path, await hashOf(entry.content))
    isFirst = false
  }
  if (manifest === undefined) throw damaged(input.file, 'its manifest is missing: the archive is cut off')
  if (!isManifest(manifest)) throw damaged(input.file, 'its manifest cannot be read')
  compare(found, manifest, input.file)
  return manifest
}

/** Only what a backup writes is in an archive of its own. */
function checkName({ path, isFolder }: TarEntry, file: string): void {
  const [top = '', ...rest] = path.split('/')
  const folders: readonly string[] = [...DATA_FOLDERS, ...OTHER_FOLDERS]
  const isKnown = rest.length > 0 || isFolder ? folders.includes(top) : [HEAD, DUMP, CONFIG, MANIFEST].includes(top)
  if (!isKnown) throw damaged(file, `it holds something that no backup writes: ${path.replaceAll(/\p{Cc}/gu, '?')}`)
}

function checkHead(head: unknown, file: string): void {
  if (isHead(head)) return
  const { format } = (head ?? {}) as { format?: unknown }
  if (typeof format === 'number' && format > 1)
    throw new Problem(`${file} was made by a newer Outpost (format ${format}).`, 'Install that version first.')
  throw damaged(file, `its ${HEAD} cannot be read`)
}

async function readJson({ content, path }: TarEntry, file: string, found: Map<string, string>): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of content) {
    size += chunk.length
    if (size > MAX_JSON) throw damaged(file, `its ${path} is too large`)
    // The reader goes on using its buffer.
    chunks.push(Buffer.from(chunk))
  }
  const whole = Buffer.concat(chunks)
  found.set(path, createHash('sha256').update(whole).digest('hex'))
  try {
    return JSON.parse(whole.toString('utf8')) as unknown
  } catch {
    throw damaged(file, `its ${path} is damaged`)
  }
}

async function hashOf(content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  return hash.digest('hex')
}

function compare(found: ReadonlyMap<string, string>, manifest: Manifest, file: string): void {
  const names = Object.keys(manifest.files)
  const wrong = names.filter((name) => found.has(name) && found.get(name) !== manifest.files[name]!.sha256)
  const missing = names.filter((name) => !found.has(name))
  const extra = [...found.keys()].filter((name) => !Object.hasOwn(manifest.files, name))
  const say = (list: string[], what: string): string[] =>
    list.length === 0
      ? []
      : [`${what}: ${list.slice(0, 5).join(', ')}${list.length > 5 ? ` and ${list.length - 5} more` : ''}`]
  const problems = [
    ...say(wrong, 'wrong checksum'),
    ...say(missing, 'missing'),
    ...say(extra, 'not in its manifest'),
    ...(names.includes(DUMP) ? [] : [`${DUMP} is missing`]),
  ]
  if (problems.length > 0) throw damaged(file, problems.join('; '))
}
