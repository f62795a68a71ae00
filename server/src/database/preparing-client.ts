import pg from 'pg'

/** Statements of this many uses are prepared; rarer ones (lists of every length make many) are not worth the memory. */
const USES_BEFORE_PREPARING = 3
const MAX_PREPARED = 400
const MAX_COUNTED = 5_000

/** The statements of one pool that are prepared. */
class Statements {
  readonly #uses = new Map<string, number>()
  readonly #names = new Map<string, string>()
  #made = 0

  /** The name under which a statement is prepared on every connection, undefined while it is too rare. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known || this.#names.size >= MAX_PREPARED) return known
    const count = (this.#uses.get(text) ?? 0) + 1
    if (count < USES_BEFORE_PREPARING) {
      if (this.#uses.size >= MAX_COUNTED) this.#uses.clear()
      this.#uses.set(text, count)
      return undefined
    }
    this.#uses.delete(text)
    const name = `outpost_${++this.#made}`
    this.#names.set(text, name)
    return name
  }

  /** It gets another name when it is asked for again. */
  forget(text: string): void {
    this.#names.delete(text)
  }
}

/** Whether a prepared statement no longer fits because somebody has changed a table since. */
export function isStalePlan(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as { code?: string; message?: string }
  return code === '0A000' && message.includes('cached plan')
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown
type Callback = (error: unknown, result: unknown) => void
const { query } = pg.Client.prototype as unknown as { query: Query }

/**
 * The connections of one pool, which prepare the statements that they are asked for again and again: planning a chat query takes longer than
 * running it. PostgreSQL itself decides after some runs whether one plan serves all parameters. A statement whose table
 * was changed under the running server is asked once more, unprepared; in a transaction, which is lost by then, it fails
 * and can be repeated.
 */
export function preparingClient(): typeof pg.Client {
  const statements = new Statements()
  return class PreparingClient extends pg.Client {
    override query = ((...args: unknown[]): unknown => {
      const [text, values, callback] = args
      const name = typeof text === 'string' && Array.isArray(values) ? statements.nameOf(text) : undefined
      if (!name) return query.apply(this, args)
      const again = (error: unknown): boolean => {
        if (!isStalePlan(error)) return false
        statements.forget(text as string)
        return this.getTransactionStatus() === 'I'
      }
      if (typeof callback === 'function') {
        const answer: Callback = (error, result) =>
          again(error) ? query.call(this, text, values, callback) : (callback as Callback)(error, result)
        return query.call(this, { name, text, values }, answer)
      }
      return (query.call(this, { name, text, values }) as Promise<unknown>).catch((error: unknown) => {
        if (!again(error)) throw error
        return query.call(this, text, values)
      })
    }) as pg.Client['query']
  }
}
