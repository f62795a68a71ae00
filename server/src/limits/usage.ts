import type { App } from '../app.ts'
import type { Queries } from '../database/pool.ts'
import * as store from './usage.store.ts'

/** Sums over whole tables; anybody signed in may ask for them as often as he likes. */
const KEEP_MS = 60_000

type Measure = (db: Queries) => Promise<number>

/** How much this server holds. Each figure is at most a minute old and rounded, since everyone may ask. */
export class Usage {
  readonly #db: Queries
  readonly #kept = new Map<Measure, { value: Promise<number>; at: number }>()

  constructor(app: Pick<App, 'db'>) {
    this.#db = app.db
  }

  async posts(): Promise<{ count: number }> {
    return { count: rounded(await this.#measure(store.countPosts)) }
  }

  async storage(): Promise<{ bytes: number }> {
    return { bytes: rounded(await this.#measure(store.sumFileSizes)) }
  }

  async teams(): Promise<{ active: number; cloud_archived: number }> {
    return { active: await store.countTeams(this.#db), cloud_archived: 0 }
  }

  #measure(measure: Measure): Promise<number> {
    const kept = this.#kept.get(measure)
    if (kept && kept.at > Date.now() - KEEP_MS) return kept.value
    const value = measure(this.#db)
    this.#kept.set(measure, { value, at: Date.now() })
    value.catch(() => this.#kept.delete(measure))
    return value
  }
}

/** The first digit alone: 1234 → 1000. What others do here is none of a member's business in detail. */
export function rounded(value: number): number {
  if (value < 10) return value
  const unit = 10 ** (String(value).length - 1)
  return Math.floor(value / unit) * unit
}
