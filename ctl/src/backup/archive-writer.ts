import { createHash } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Header, Pax } from 'tar'
import { syncFolder } from '../resources/write-atomically.ts'

const BLOCK = 512

/** What the manifest says of one file. */
export interface FileRecord {
  readonly size: number
  readonly sha256: string
}

export interface EntryMeta {
  /** rights only, such as 0o600 */
  readonly mode: number
  readonly mtime: Date
}

/**
 * Writes a tar file whose members' sizes are only known once they are written. It grows under another name and gets
 * its own with `finish`, when all of it is on the disk.
 */
export class ArchiveWriter {
  readonly #handle: FileHandle
  readonly #draft: string
  readonly #path: string
  #position = 0
  /** every file by its path; one that was added twice counts as it was the second time */
  readonly files = new Map<string, FileRecord>()

  private constructor(handle: FileHandle, draft: string, path: string) {
    this.#handle = handle
    this.#draft = draft
    this.#path = path
  }

  /** `draft`: where it grows, in the folder of `path`. Readable for the caller alone. */
  static async create(draft: string, path: string): Promise<ArchiveWriter> {
    return new ArchiveWriter(await open(draft, 'wx', 0o600), draft, path)
  }

  /** Bytes so far. */
  get size(): number {
    return this.#position
  }

  async addDirectory(path: string, meta: EntryMeta): Promise<void> {
    const { header, pax } = headerOf(`${path}/`, 0, meta, 'Directory')
    await this.#append(Buffer.concat([pax, header]))
  }

  /** Adds a file. A source that fails spoils the whole archive: call `discard`. */
  async add(path: string, source: AsyncIterable<Buffer> | Iterable<Buffer>, meta: EntryMeta): Promise<void> {
    const { pax } = headerOf(path, 0, meta, 'File')
    await this.#append(pax)
    const place = this.#position
    await this.#append(Buffer.alloc(BLOCK))
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of source) {
      hash.update(chunk)
      size += chunk.length
      await this.#append(chunk)
    }
    await this.#append(Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK))
    await this.#write(headerOf(path, size, meta, 'File').header, place)
    this.files.set(path, { size, sha256: hash.digest('hex') })
  }

  async addText(path: string, text: string, mode = 0o600): Promise<void> {
    await this.add(path, [Buffer.from(text)], { mode, mtime: new Date() })
  }

  /** Ends the archive and gives it its name, once it has reached the disk. */
  async finish(): Promise<void> {
    await this.#append(Buffer.alloc(2 * BLOCK))
    await this.#handle.sync()
    await this.#handle.close()
    await rename(this.#draft, this.#path)
    await syncFolder(dirname(this.#path))
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined)
    await rm(this.#draft, { force: true })
  }

  async #append(data: Buffer): Promise<void> {
    await this.#write(data, this.#position)
    this.#position += data.length
  }

  async #write(data: Buffer, position: number): Promise<void> {
    for (let done = 0; done < data.length;) {
      const { bytesWritten } = await this.#handle.write(data, done, data.length - done, position + done)
      done += bytesWritten
    }
  }
}

/** A header and, where the path does not fit into it, the extended header that goes before. */
function headerOf(
  path: string,
  size: number,
  { mode, mtime }: EntryMeta,
  type: 'File' | 'Directory',
): { header: Buffer; pax: Buffer } {
  const header = new Header({ path, size, mode: mode & 0o777, mtime, type, uid: 0, gid: 0 })
  const buffer = Buffer.alloc(BLOCK)
  header.encode(buffer, 0)
  const read = new Header(buffer, 0)
  const fits = read.path === path
  return { header: buffer, pax: fits ? Buffer.alloc(0) : new Pax({ path }).encode() }
}
