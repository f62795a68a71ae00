import type { ErrorParams } from '../http/errors.ts'

/** One mistake in the configuration. */
export type ConfigProblem = {
  /** Canonical path of the setting; empty when the whole file is meant. */
  setting: string
  /** Mattermost's error id, for the REST API. */
  id: string
  /** One sentence that names the setting, its value and what is accepted. */
  message: string
  /** Parameters of the error text. */
  params: ErrorParams
}

export type ConfigErrorKind = 'damaged' | 'unreadable' | 'unwritable' | 'invalid' | 'read_only'

/**
 * The configuration cannot be read, written or accepted. The message says what is wrong, why, and what to do;
 * `problems` lists every mistake when `kind` is `invalid` or `damaged`.
 */
export class ConfigError extends Error {
  readonly kind: ConfigErrorKind
  readonly problems: readonly ConfigProblem[]

  constructor(kind: ConfigErrorKind, message: string, problems: readonly ConfigProblem[] = []) {
    super(message)
    this.name = 'ConfigError'
    this.kind = kind
    this.problems = problems
  }
}

/** What the operating system said, in few words. */
export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied'
  if (code === 'ENOENT') return 'the folder does not exist'
  if (code === 'ENOTDIR') return 'a part of the path is not a folder'
  if (code === 'EISDIR') return 'there is a folder of that name'
  if (code === 'ENOSPC') return 'the disk is full'
  if (code === 'EROFS') return 'the file system is read-only'
  return code ?? (error instanceof Error ? error.message : String(error))
}
