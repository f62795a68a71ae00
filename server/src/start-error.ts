import { ConfigError } from './config/config-error.ts'
import { DataSourceError } from './database/data-source.ts'
import { DatabaseStartError } from './database/postgres-binaries.ts'
import { MigrationError } from './database/migrator.ts'

/** Something on the machine keeps the server from starting; the message is for the person at the keyboard. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** One sentence for an error that somebody can mend; undefined for one that is our mistake. */
export function startProblem(error: unknown): string | undefined {
  const known = [StartError, ConfigError, DatabaseStartError, DataSourceError, MigrationError]
  if (known.some((type) => error instanceof type)) return (error as Error).message
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return `The disk is full${path ? ` (${path})` : ''}. Free some space, then start again.`
  if (code === 'EACCES' || code === 'EPERM') return `Permission is denied for ${path}. Give this account access to it.`
  return undefined
}
