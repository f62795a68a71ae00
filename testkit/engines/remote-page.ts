import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import type { Readable } from 'node:stream'

/** A browser of another engine with one page, worked through the protocol that it brings along. Sizes in CSS pixels. */
export interface RemotePage {
  /** the browser's own word for itself, such as `firefox 140.2` */
  readonly version: string
  goto(url: string): Promise<void>
  /** The value of an expression in the page, as JSON; promises are waited for. Rejects with what it throws. */
  evaluate<T>(expression: string): Promise<T>
  /** Real input, in the form of the WebDriver standard ("actions"). */
  act(sources: readonly InputSource[]): Promise<void>
  /** Gives files to the field that the selector finds. */
  setFiles(selector: string, paths: readonly string[]): Promise<void>
  resize(width: number, height: number): Promise<void>
  /** A picture of what is seen, PNG. */
  picture(): Promise<Buffer>
  /** What the page complained of so far: errors it threw, and those on its console. */
  complaints(): Promise<readonly string[]>
  close(): Promise<void>
}

export interface InputSource {
  readonly type: 'key' | 'pointer'
  readonly id: string
  readonly parameters?: object
  readonly actions: readonly object[]
}

/** Starts a program that ends with this process at the latest. */
export function startProgram(path: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const program = spawn(path, args, options)
  const end = (): void => void program.kill()
  process.once('exit', end)
  program.once('exit', () => process.off('exit', end))
  return program
}

/** The first thing that a started program says and that fits; rejects with all that it said when it ends before. */
export function firstWords(output: unknown, fits: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const stream = output as Readable
    stream.on('data', (chunk: Buffer) => {
      said += String(chunk)
      const found = fits.exec(said)
      if (found) resolve(found[1] ?? found[0])
    })
    stream.once('end', () => reject(new Error(`It ended before it was ready: ${said}`)))
  })
}
