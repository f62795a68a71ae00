import type { Pool, PoolClient } from 'pg'

/** Statements that open and close transactions are round trips too, but not what N+1 looks like. */
const FRAMING = /^(begin|commit|rollback|start transaction)/i

/** Counts the statements that a server sends to its database while `work` runs. */
export async function queriesOf(server: { app: { pool: Pool } }, work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = []
  const watched = new Map<PoolClient, PoolClient['query']>()
  const watch = (client: PoolClient): void => {
    if (watched.has(client)) return
    const query = client.query.bind(client) as PoolClient['query']
    watched.set(client, query)
    client.query = ((...args: unknown[]) => {
      const text = typeof args[0] === 'string' ? args[0] : ((args[0] as { text?: string })?.text ?? '')
      if (!FRAMING.test(text.trim())) seen.push(text.replaceAll(/\s+/g, ' ').trim())
      return (query as (...all: unknown[]) => unknown)(...args)
    }) as PoolClient['query']
  }
  server.app.pool.on('acquire', watch)
  try {
    await work()
  } finally {
    server.app.pool.off('acquire', watch)
    for (const [client, query] of watched) client.query = query
  }
  return seen
}
