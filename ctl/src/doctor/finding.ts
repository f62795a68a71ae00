import type { Context } from '../context.ts'
import type { Places } from '../services/places.ts'
import type { Settings } from '../settings/settings.ts'

/** What one check found. `fail`: people are hindered now; `warn`: they will be, or somebody should know. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'fail'
  /** one sentence; never a secret */
  readonly text: string
  /** what to do; only where there is something to do */
  readonly repair?: string
}

/** What the checks look at. */
export interface Patient {
  readonly context: Context
  /** with every place below the root prefix */
  readonly settings: Settings
  readonly places: Places
  readonly now: Date
}

export const ok = (text: string): Finding => ({ level: 'ok', text })
export const warn = (text: string, repair: string): Finding => ({ level: 'warn', text, repair })
export const fail = (text: string, repair: string): Finding => ({ level: 'fail', text, repair })
