import pg from 'pg'

/** Statements of this many uses are prepared; rarer ones (lists of every length make many) are not worth the memory. */
const USES_BEFORE_PREPARING = 3
const MAX_PREPARED = 400
const MAX_COUNTED = 5_000

const uses = new Map<string, number>()
const names = new Map<string, string>()

/** The name under which a statement is prepared on every connection, undefined while it is too rare. */
function preparedName(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= MAX_PREPARED) return known
  const count = (uses.get(text) ?? 0) + 1
  if (count < USES_BEFORE_PREPARING) {
    if (uses.size >= MAX_COUNTED) uses.clear()
    uses.set(text, count)
    return undefined
  }
  uses.delete(text)
  const name = `outpost_${names.size}`
  names.set(text, name)
  return name
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown

/**
 * A connection that prepares the statements it is asked for again and again: planning a chat query takes longer than
 * running it. PostgreSQL itself decides after some runs whether one plan serves all parameters.
 */
export class PreparingClient extends pg.Client {
  override query = ((...args: unknown[]): unknown => {
    const [text, values] = args
    const name = typeof text === 'string' && Array.isArray(values) ? preparedName(text) : undefined
    const { query } = pg.Client.prototype as unknown as { query: Query }
    if (!name) return query.apply(this, args)
    return query.call(this, { name, text, values }, ...args.slice(2))
  }) as pg.Client['query']
}
