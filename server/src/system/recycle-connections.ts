import type { App } from '../app.ts'

/** Closes the database connections that are idle now; those in use are left to finish. */
export async function recycleConnections(app: Pick<App, 'pool'>): Promise<void> {
  const idle = await Promise.all(Array.from({ length: app.pool.idleCount }, () => app.pool.connect()))
  for (const client of idle) client.release(true)
}
