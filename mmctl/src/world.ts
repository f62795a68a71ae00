import { homedir } from 'node:os'
import type { Readable, Writable } from 'node:stream'

/** A stream that may be a terminal. */
export type Input = Readable & { readonly isTTY?: boolean; setRawMode?: (raw: boolean) => unknown }
export type Output = Writable & { readonly isTTY?: boolean; readonly rows?: number }

/** What a command sees of the machine; tests give it another one than the process's. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly home: string
  /** numeric id of the calling account; undefined where the system has none */
  readonly uid: number | undefined
}

/** The world of this process. */
export function processWorld(): World {
  const { env, stdin, stdout, stderr } = process
  return { env, stdin, stdout, stderr, home: homedir(), uid: process.getuid?.() }
}
