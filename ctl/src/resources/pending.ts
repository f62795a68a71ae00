import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Trigger } from './resource.ts'
import { writeAtomically } from './write-atomically.ts'

/**
 * Restarts that are still owed. Kept in a file from before the change until after the restart, so that a run that was
 * cut off in between is made good by the next one.
 */
export class Pending {
  readonly #file: string
  readonly #triggers: Set<Trigger>

  constructor(file: string, triggers: Iterable<Trigger>) {
    this.#file = file
    this.#triggers = new Set(triggers)
  }

  /** Reads what an earlier run left. A file that cannot be read counts as empty. */
  static async open(file: string): Promise<Pending> {
    const text = await readFile(file, 'utf8').catch(() => '')
    return new Pending(file, text.split('\n').filter(Boolean))
  }

  list(): Trigger[] {
    return [...this.#triggers]
  }

  async add(triggers: readonly Trigger[]): Promise<void> {
    const fresh = triggers.filter((trigger) => !this.#triggers.has(trigger))
    if (fresh.length === 0) return
    for (const trigger of fresh) this.#triggers.add(trigger)
    await this.#save()
  }

  async remove(triggers: readonly Trigger[]): Promise<void> {
    const gone = triggers.filter((trigger) => this.#triggers.delete(trigger))
    if (gone.length > 0) await this.#save()
  }

  async #save(): Promise<void> {
    if (this.#triggers.size === 0) return rm(this.#file, { force: true })
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o755 })
    const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, mode: 0o600 }
    await writeAtomically(this.#file, `${this.list().join('\n')}\n`, owner)
  }
}
