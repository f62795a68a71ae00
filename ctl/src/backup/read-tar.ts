import { Header, Pax } from 'tar'
import { Problem } from '../cli/problem.ts'

const BLOCK = 512
/** A path of more bytes than this is no path. */
const MAX_META = 1 << 16

export interface TarEntry {
  readonly path: string
  readonly isFolder: boolean
  readonly size: number
  readonly mode: number
  readonly mtime: Date
  /** what is not read is passed over */
  readonly content: AsyncIterable<Buffer>
}

/** Entries as they come. Refuses everything that is not a folder or a file, and every path that leads elsewhere. */
export async function* readTar(source: AsyncIterable<Buffer>, name: string): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source, name)
  let longPath: string | undefined
  for (;;) {
    const block = await bytes.take(BLOCK, true)
    // A block of zeros ends the archive; what follows is padding.
    if (block === undefined || block.every((byte) => byte === 0)) {
      if (block === undefined) throw damaged(name, 'it is cut off')
      await bytes.drain()
      return
    }
    const header = decode(block, name)
    const size = header.size ?? 0
    const { type } = header
    if (type === 'ExtendedHeader' || type === 'NextFileHasLongPath') {
      if (size > MAX_META) throw damaged(name, 'it has a path that is too long')
      const text = (await bytes.body(size)).toString('utf8')
      longPath = type === 'ExtendedHeader' ? (Pax.parse(text).path ?? longPath) : text.replace(/\0.*$/s, '')
      continue
    }
    if (type === 'GlobalExtendedHeader') {
      if (size > MAX_META) throw damaged(name, 'it has a head that is too long')
      await bytes.body(size)
      continue
    }
    const path = longPath ?? header.path ?? ''
    longPath = undefined
    const isFolder = type === 'Directory' || (isFile(type) && path.endsWith('/'))
    if (!isFolder && !isFile(type)) throw hostile(name, path, KINDS[type] ?? 'something other than a file')
    const content = bytes.stream(size)
    yield {
      path: safePath(path, name),
      isFolder,
      size,
      mode: (header.mode ?? 0) & 0o777,
      mtime: header.mtime ?? new Date(),
      content,
    }
    for await (const rest of content) void rest
  }
}

const isFile = (type: string): boolean => ['File', 'OldFile', 'ContiguousFile'].includes(type)

const KINDS: Record<string, string> = {
  SymbolicLink: 'a symbolic link',
  Link: 'a hard link',
  CharacterDevice: 'a device',
  BlockDevice: 'a device',
  FIFO: 'a pipe',
}

function decode(block: Buffer, name: string): Header {
  let header: Header
  try {
    header = new Header(block, 0)
  } catch {
    throw damaged(name, 'it has a head that cannot be read')
  }
  if (!header.cksumValid) throw damaged(name, 'it is no archive of tar, or a part of it is damaged')
  if (!Number.isSafeInteger(header.size ?? 0) || (header.size ?? 0) < 0)
    throw damaged(name, 'it has an impossible size')
  return header
}

/** The path without `./` and the last `/`; '' for the folder itself. An attacker could lead a path out of the target. */
function safePath(path: string, name: string): string {
  const parts = path
    .replace(/\/+$/, '')
    .split('/')
    .filter((part, at) => part !== '.' || at > 0)
  const isBad = parts.some((part) => part === '..' || part === '.' || (part === '' && parts.length > 1))
  if (path.startsWith('/') || isBad || path.includes('\0')) throw hostile(name, path, 'a path that leads elsewhere')
  return parts.join('/')
}

/** An archive that tries something no backup does. */
function hostile(name: string, path: string, what: string): Problem {
  const shown = path.replaceAll(/\p{Cc}/gu, '?').slice(0, 200)
  return new Problem(
    `${name} holds ${what}: ${shown}. No backup has such a thing, so nothing of it is used.`,
    'Take another copy of the backup, and find out who changed this one.',
  )
}

/** An archive that is not whole. */
export function damaged(name: string, why: string): Problem {
  return new Problem(`${name} cannot be used: ${why}.`, 'Take another copy of the backup, or an older one.')
}

/** Cuts a stream into pieces of the sizes that are asked for. */
class Bytes {
  readonly #source: AsyncIterator<Buffer>
  readonly #name: string
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>, name: string) {
    this.#source = source[Symbol.asyncIterator]()
    this.#name = name
  }

  /** So many bytes; with `mayEnd`, undefined at the end of the stream. */
  async take(size: number, mayEnd = false): Promise<Buffer | undefined> {
    while (this.#rest.length < size) {
      if (await this.#fill()) continue
      if (mayEnd && this.#rest.length === 0) return undefined
      throw damaged(this.#name, 'it is cut off')
    }
    const piece = this.#rest.subarray(0, size)
    this.#rest = this.#rest.subarray(size)
    return piece
  }

  async #fill(): Promise<boolean> {
    const { done, value } = await this.#source.next()
    if (done) return false
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value])
    return true
  }

  /** A short content whole, with its padding taken away. */
  async body(size: number): Promise<Buffer> {
    const piece = Buffer.from((await this.take(size)) ?? '')
    await this.take((BLOCK - (size % BLOCK)) % BLOCK)
    return piece
  }

  /** A content as it comes; reading it again goes on where the last reader stopped. */
  stream(size: number): AsyncIterable<Buffer> {
    let left = size
    let isPadded = false
    const next = async (): Promise<IteratorResult<Buffer, undefined>> => {
      if (left === 0) {
        if (!isPadded) await this.take((BLOCK - (size % BLOCK)) % BLOCK)
        isPadded = true
        return { done: true, value: undefined }
      }
      while (this.#rest.length === 0) if (!(await this.#fill())) throw damaged(this.#name, 'it is cut off')
      const piece = this.#rest.subarray(0, Math.min(left, this.#rest.length))
      this.#rest = this.#rest.subarray(piece.length)
      left -= piece.length
      return { done: false, value: piece }
    }
    return { [Symbol.asyncIterator]: () => ({ next }) }
  }

  async drain(): Promise<void> {
    while (!(await this.#source.next()).done);
  }
}
