import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, mkdir, open, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from '../cli/problem.ts'
import type { Settings } from '../settings/settings.ts'
import type { FileRecord } from './archive-writer.ts'
import { CONFIG, DATA_FOLDERS, type DataFolder } from './manifest.ts'
import { damaged, type TarEntry } from './read-tar.ts'

/** In each folder: what is being unpacked, the old content on its way out, and the old content whole. */
export const NEW = '.restore-new'
export const LEAVING = '.restore-old'
export const OLD = '.before-restore'

/** Where things are unpacked, and what has been. */
export class StagedFiles {
  readonly #targets: Record<DataFolder, string>
  readonly #config: string
  readonly folders = new Set<DataFolder>()
  readonly #made = new Set<string>()
  /** files by the path in the archive */
  readonly files = new Set<string>()
  hasConfig = false
  bytes = 0

  constructor({ directories }: Settings) {
    const { files, plugins, clientPlugins, configFile } = directories
    this.#targets = { data: files, plugins, 'client-plugins': clientPlugins }
    this.#config = configFile
  }

  /** Folders that will get a new content. */
  get paths(): string[] {
    return [...this.folders].map((name) => this.#targets[name])
  }

  get configFile(): string | undefined {
    return this.hasConfig ? this.#config : undefined
  }

  /** Takes away what an earlier restore left, finished or not. */
  async clear(): Promise<void> {
    for (const folder of Object.values(this.#targets))
      for (const name of [NEW, LEAVING, OLD]) await rm(join(folder, name), { recursive: true, force: true })
    for (const name of [NEW, OLD]) await rm(this.#config + name, { force: true })
  }

  /** Whether an entry of an archive belongs on the disk. */
  isWanted({ path }: TarEntry): boolean {
    return path === CONFIG || DATA_FOLDERS.includes(path.split('/')[0] as DataFolder)
  }

  /** Unpacks one entry; `record` is what its manifest says. */
  async add(entry: TarEntry, archive: string, record?: FileRecord): Promise<void> {
    const [top = '', ...rest] = entry.path.split('/')
    if (entry.path === CONFIG) {
      await rm(this.#config + NEW, { force: true })
      await this.#write(this.#config + NEW, { ...entry, mode: 0o600 }, archive, record)
      this.hasConfig = true
      return
    }
    const folder = top as DataFolder
    await this.#begin(folder)
    const path = join(this.#targets[folder], NEW, ...rest)
    if (entry.isFolder) return this.#makeFolder(path, entry.mode)
    await this.#makeFolder(dirname(path))
    // The same path again: the later one counts, as tar itself has it.
    if (this.files.has(entry.path)) await rm(path)
    await this.#write(path, entry, archive, record)
    this.files.add(entry.path)
  }

  /** Everything has reached the disk. */
  async sync(): Promise<void> {
    for (const path of this.paths) await promisify(execFile)('sync', ['-f', path])
  }

  async #begin(folder: DataFolder): Promise<void> {
    if (this.folders.has(folder)) return
    const target = this.#targets[folder]
    await mkdir(join(target, NEW), { recursive: true, mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EACCES' && error.code !== 'ENOENT') throw error
      throw new Problem(`The service's account cannot write into ${target}.`, 'Run outpost-ctl reconfigure first.')
    })
    this.folders.add(folder)
  }

  async #makeFolder(path: string, mode?: number): Promise<void> {
    if (!this.#made.has(path)) await mkdir(path, { recursive: true, mode: 0o755 })
    this.#made.add(path)
    if (mode !== undefined) await chmod(path, mode | 0o700)
  }

  async #write(path: string, entry: TarEntry, archive: string, record?: FileRecord): Promise<void> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
    const handle = await open(path, flags, 0o600)
    const hash = createHash('sha256')
    try {
      for await (const chunk of entry.content) {
        hash.update(chunk)
        await handle.writeFile(chunk)
      }
      await handle.chmod(entry.mode | 0o600)
    } finally {
      await handle.close()
    }
    await utimes(path, entry.mtime, entry.mtime)
    this.bytes += entry.size
    if (record && hash.digest('hex') !== record.sha256) throw damaged(archive, `wrong checksum: ${entry.path}`)
  }
}
