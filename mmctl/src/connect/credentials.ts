import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import type { Flags } from '../cli/flags.ts'
import type { World } from '../world.ts'

/** How somebody signed in: with a password, an access token, or a password and a code of a second device. */
export type AuthMethod = 'P' | 'T' | 'M'

/** One entry of the credentials file; the names are those of the file. */
export interface Credentials {
  readonly name: string
  readonly username: string
  readonly authToken: string
  readonly authMethod: AuthMethod
  readonly instanceUrl: string
  readonly active: boolean
}

/** Where the credentials are kept, by flags and environment. */
export function credentialsPath(flags: Flags, { env, home }: Pick<World, 'env' | 'home'>): string {
  const expand = (path: string) => path.replaceAll('$HOME', home)
  if (flags.text('config')) return expand(flags.text('config'))
  const folder = flags.text('config-path') || env.XDG_CONFIG_HOME || join(home, '.config')
  return join(expand(folder), 'mmctl', 'config')
}

/** The credentials file: JSON by name, readable by its owner alone. */
export class CredentialsFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** All entries sorted by name; none when there is no file. Throws when it cannot be understood. */
  async list(): Promise<Credentials[]> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw new Error(`the credentials file ${this.path} cannot be read (${error.code})`)
    })
    if (text === undefined) return []
    const entries = Object.values(parsed(text, this.path))
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  async active(): Promise<Credentials | undefined> {
    return (await this.list()).find((one) => one.active)
  }

  /** The entry called `name`. Throws when there is none. */
  async named(name: string): Promise<Credentials> {
    const found = (await this.list()).find((one) => one.name === name)
    if (!found) throw new Error(`no credentials are stored for "${name}". \`mmctl auth list\` shows those that are`)
    return found
  }

  /** Adds or replaces an entry. When it is to be active, or is the first, the others no longer are. */
  async store(entry: Credentials): Promise<void> {
    const others = (await this.list()).filter((one) => one.name !== entry.name)
    const active = entry.active || !others.some((one) => one.active)
    await this.#write([...others.map((one) => (active ? { ...one, active: false } : one)), { ...entry, active }])
  }

  /** Removes the entry called `name`. Throws when there is none. */
  async delete(name: string): Promise<void> {
    await this.named(name)
    await this.#write((await this.list()).filter((one) => one.name !== name))
  }

  async clean(): Promise<void> {
    await rm(this.path, { force: true })
  }

  /** May somebody else than the owner read or write the file? */
  async isOpenToOthers(): Promise<boolean> {
    return (((await stat(this.path).catch(() => undefined))?.mode ?? 0) & 0o077) !== 0
  }

  async #write(entries: readonly Credentials[]): Promise<void> {
    const folder = dirname(this.path)
    const text = JSON.stringify(Object.fromEntries(entries.map((one) => [one.name, one])), null, 4)
    // Written beside and moved into place: the tokens are never half written, and never readable by others.
    const beside = `${this.path}.${randomBytes(6).toString('hex')}`
    try {
      if (await mkdir(folder, { recursive: true, mode: 0o700 })) await chmod(folder, 0o700)
      await writeFile(beside, text, { mode: 0o600, flag: 'wx' })
      await rename(beside, this.path)
    } catch (error) {
      await rm(beside, { force: true })
      throw new Error(`the credentials file ${this.path} cannot be written (${(error as NodeJS.ErrnoException).code})`)
    }
  }
}

function parsed(text: string, path: string): Record<string, Credentials> {
  const broken = new Error(
    `the credentials file ${path} is damaged. \`mmctl auth clean\` removes it; then sign in again`,
  )
  let value: unknown
  try {
    value = JSON.parse(text || '{}')
  } catch {
    throw broken
  }
  if (typeof value !== 'object' || value === null || !Object.values(value).every(isEntry)) throw broken
  return value as Record<string, Credentials>
}

function isEntry(value: unknown): boolean {
  const entry = (value ?? {}) as Record<string, unknown>
  return ['name', 'username', 'authToken', 'authMethod', 'instanceUrl'].every((key) => typeof entry[key] === 'string')
}
