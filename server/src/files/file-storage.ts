import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Config } from '../config/config-types.ts'
import type { ConfigStore } from '../config/config-store.ts'
import type { FileStore } from './file-store.ts'
import { FileStoreError } from './file-store.ts'
import { openLocalFileStore } from './local-file-store.ts'
import type { LocalFileStore } from './local-file-store.ts'
import type { S3FileStore } from './s3/s3-file-store.ts'
import { sweepFiles } from './sweep-files.ts'

type FileSettings = Config['FileSettings']

/** The file store that FileSettings name, whichever that is at the moment. */
export interface FileStorage extends FileStore {
  /** Writes and removes a small file with other settings than those in use. Throws `FileStoreError`. */
  test(settings: FileSettings): Promise<void>
  /** Resolves when what was opened last has been looked at; trouble with it is in the log by then. */
  checked(): Promise<void>
  close(): Promise<void>
}

/** Where the storage is opened. `home`: the folder that a relative FileSettings.Directory counts from. */
export interface StorageParts {
  readonly config: ConfigStore
  readonly home: string
  readonly log: Logger
}

/** One opened store; `check` looks at it without delaying anybody, and makes the bucket if it is missing. */
interface Opened {
  readonly store: FileStore
  check(): Promise<void>
  close(): void
}

const TEST_FILE = 'testfile'
const DAY_MS = 24 * 60 * 60 * 1000
const CLOSE_MS = 500

/**
 * Opens the storage and follows the configuration: when FileSettings name another place, what begins from then on goes
 * there, and what is under way ends where it began. A folder that cannot be opened at the start is an error; everything
 * else is logged, and tried anew with every file.
 */
export async function openFileStorage(parts: StorageParts): Promise<FileStorage> {
  const { config, log } = parts
  const place = () => placeOf(config.get())
  let at = place()
  let current = Promise.resolve(await open(parts, config.get(), true))
  let closed = false
  const look = async () =>
    (await current).check().catch((error: unknown) => {
      if (!closed) log.error({ err: error }, `File storage: ${error instanceof Error ? error.message : String(error)}`)
    })
  let checked = look()
  const stopFollowing = config.onChange((_old, next) => {
    if (place() === at) return
    at = place()
    const before = current
    current = open(parts, next).catch((error: unknown) => unusable(error))
    checked = look().then(async () => (await before).close())
  })
  return {
    ...delegated(() => current),
    test: (settings) => test(parts, settings),
    checked: () => checked,
    close: async () => {
      stopFollowing()
      // A storage that says nothing must not keep the server from ending.
      await Promise.race([checked, sleep(CLOSE_MS, undefined, { ref: false })])
      closed = true
      ;(await current).close()
    },
  }
}

/** Everything the opening of a store depends on. */
function placeOf({ FileSettings, ServiceSettings }: Config): string {
  const ours = Object.entries(FileSettings).filter(([name]) => /^(DriverName|Directory|AmazonS3\w+)$/.test(name))
  const { AllowedUntrustedInternalConnections, EnableInsecureOutgoingConnections } = ServiceSettings
  return JSON.stringify([ours, AllowedUntrustedInternalConnections, EnableInsecureOutgoingConnections])
}

async function open(parts: StorageParts, config: Config, atStart = false): Promise<Opened> {
  if (config.FileSettings.DriverName === 'amazons3') return openS3(parts, config)
  const store = await openFolder(parts, config)
  if (atStart) await sweepFiles(store)
  return { store, check: () => Promise.resolve(), close: () => undefined }
}

function openFolder({ home }: StorageParts, { FileSettings }: Config): Promise<LocalFileStore> {
  return openLocalFileStore(resolve(home, FileSettings.Directory || 'data'))
}

async function openS3(parts: StorageParts, config: Config): Promise<Opened> {
  try {
    const store = await openS3Store(parts, config)
    return { store, check: () => checkS3(parts, store), close: () => store.close() }
  } catch (error) {
    return unusable(error)
  }
}

/** The driver is loaded by those alone who use it. */
async function openS3Store({ log }: StorageParts, { FileSettings, ServiceSettings }: Config): Promise<S3FileStore> {
  const { openS3FileStore } = await import('./s3/s3-file-store.ts')
  return openS3FileStore(FileSettings, {
    allowedInternal: ServiceSettings.AllowedUntrustedInternalConnections,
    insecureTls: ServiceSettings.EnableInsecureOutgoingConnections,
    env: process.env,
    trace: (line) => log.info(line, 's3'),
  })
}

async function checkS3({ log }: StorageParts, store: S3FileStore): Promise<void> {
  await store.check().catch(async (error: unknown) => {
    if (!(error instanceof FileStoreError) || error.code !== 'no_bucket') throw error
    await store.makeBucket()
    log.info('File storage: the bucket did not exist and was made.')
  })
  // Some storages cannot list what was cut short; nothing depends on it.
  await store.sweep(Date.now() - DAY_MS).catch((error: unknown) => log.debug({ err: error }, 'nothing was swept'))
}

/** A store for settings that cannot work: every use of it says why. */
function unusable(error: unknown): Opened {
  const fail = () => Promise.reject(error instanceof Error ? error : new Error(String(error)))
  const partial = { size: fail, append: fail, truncate: fail, finish: fail, remove: fail }
  const whole = { read: fail, readBuffer: fail, write: fail, exists: fail, size: fail, stat: fail, list: fail }
  return {
    store: { ...whole, partial, move: fail, copy: fail, remove: fail, removeDir: fail, onDisk: fail, check: fail },
    check: fail,
    close: () => undefined,
  }
}

/** A store whose every method asks the one that is current when it is called. */
function delegated(current: () => Promise<Opened>): FileStore {
  const now = async () => (await current()).store
  return {
    read: async (...args) => (await now()).read(...args),
    readBuffer: async (...args) => (await now()).readBuffer(...args),
    write: async (...args) => (await now()).write(...args),
    partial: {
      size: async (...args) => (await now()).partial.size(...args),
      append: async (...args) => (await now()).partial.append(...args),
      truncate: async (...args) => (await now()).partial.truncate(...args),
      finish: async (...args) => (await now()).partial.finish(...args),
      remove: async (...args) => (await now()).partial.remove(...args),
    },
    exists: async (...args) => (await now()).exists(...args),
    size: async (...args) => (await now()).size(...args),
    stat: async (...args) => (await now()).stat(...args),
    move: async (...args) => (await now()).move(...args),
    copy: async (...args) => (await now()).copy(...args),
    remove: async (...args) => (await now()).remove(...args),
    removeDir: async (...args) => (await now()).removeDir(...args),
    list: async (...args) => (await now()).list(...args),
    onDisk: async (path, work) => (await now()).onDisk(path, work),
    check: async () => (await now()).check(),
  }
}

/** Looks at the storage of `settings` and writes and removes a small file there. */
async function test(parts: StorageParts, settings: FileSettings): Promise<void> {
  const config = { ...parts.config.get(), FileSettings: settings }
  if (settings.DriverName !== 'amazons3') return (await openFolder(parts, config)).check()
  const store = await openS3Store(parts, config)
  try {
    await store.check()
    await store.write(TEST_FILE, Buffer.from('test'))
    await store.remove(TEST_FILE)
  } finally {
    store.close()
  }
}
