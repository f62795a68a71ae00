import type { App } from '../app.ts'
import { findMigrations, findSystemValue, saveSystemValue } from './system.store.ts'

/** A fact that the server keeps about itself, as clients know it: "false" until it is set. */
export async function systemFlag(app: Pick<App, 'db'>, name: string): Promise<{ name: string; value: string }> {
  return { name, value: (await findSystemValue(app.db, name)) || 'false' }
}

/** Keeps a fact about the server. */
export function setSystemValue(app: Pick<App, 'unitOfWork'>, name: string, value: string): Promise<void> {
  return app.unitOfWork((tx) => saveSystemValue(tx.db, name, value))
}

/** The schema migrations that this database has been through, newest first. */
export const appliedMigrations = (app: Pick<App, 'db'>): Promise<{ version: number; name: string }[]> =>
  findMigrations(app.db)
