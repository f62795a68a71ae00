import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'

/** Says what a run does: to the terminal, and into a file that stays. Holds no secrets, because nothing that is said does. */
export class RunLog {
  readonly #context: Context
  readonly #descriptor: number | undefined
  /** undefined when nothing is written */
  readonly file: string | undefined

  /** `folder`: where `<seconds since 1970>.log` is made; undefined for a run that only looks. */
  constructor(context: Context, folder: string | undefined) {
    this.#context = context
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    this.file = join(folder, `${Math.floor(Date.now() / 1000)}.log`)
    this.#descriptor = openSync(this.file, 'a', 0o600)
  }

  readonly say = (text: string): void => {
    this.#context.stdout(`${text}\n`)
    this.#write(text)
  }

  /** Like say, on the channel for errors. */
  readonly complain = (text: string): void => {
    this.#context.stderr(`${text}\n`)
    this.#write(text)
  }

  #write(text: string): void {
    if (this.#descriptor === undefined) return
    try {
      writeSync(this.#descriptor, `${text}\n`)
    } catch {
      // A full disk is told where it matters; it must not hide what the run has to say.
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
  }
}
