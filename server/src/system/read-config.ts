import type { App } from '../app.ts'
import { canReadSetting, filterByTags } from '../config/access.ts'
import type { Config } from '../config/config-types.ts'
import { defaultOf, getAt, isFeatureFlag, isObject, settingByPath, settings } from '../config/declare.ts'
import type { Json, JsonDraft, JsonObject } from '../config/declare.ts'
import { MASK, maskConfig } from '../config/mask.ts'
import type { Session } from '../sessions/session.ts'
import { consoleTags } from './config-access.ts'

export interface ConfigFilter {
  readonly removeMasked: boolean
  readonly removeDefaults: boolean
}

/**
 * The configuration as the caller may see it: without the parts of the console that are closed to him, secrets
 * masked. The machine's administrator (local socket) sees secrets, since he can read the file. Throws 403.
 */
export function readConfig(app: Pick<App, 'access' | 'config'>, session: Session, filter?: ConfigFilter): JsonObject {
  const config = app.config.get()
  const view = viewOf(app, session, config)
  return filter && (filter.removeMasked || filter.removeDefaults) ? reduced(view, filter) : view
}

/** A configuration as the caller may see it. Throws 403. */
export function viewOf(app: Pick<App, 'access'>, session: Session, config: Config): JsonObject {
  const canRead = consoleTags(app, session, 'read')
  return filterByTags(session.local ? config : maskConfig(config), canRead)
}

/** Section → setting → true for what environment variables set, as far as the caller may see it. Throws 403. */
export function readEnvironmentReport(
  app: Pick<App, 'access' | 'config'>,
  session: Session,
): Record<string, Record<string, true>> {
  const canRead = consoleTags(app, session, 'read')
  const report: Record<string, Record<string, true>> = {}
  for (const [section, names] of Object.entries(app.config.environmentOverrides())) {
    const visible = Object.keys(names).filter((name) => {
      const setting = settingByPath.get(`${section}.${name}`)
      return setting !== undefined && canReadSetting(setting, canRead)
    })
    if (visible.length > 0) report[section] = Object.fromEntries(visible.map((name) => [name, true as const]))
  }
  return report
}

/** What is left of a view without placeholders or without values that are the defaults; empty sections fall away. */
function reduced(view: JsonObject, filter: ConfigFilter): JsonObject {
  const out: JsonDraft = structuredClone(view) as JsonDraft
  for (const setting of settings) {
    const value = getAt(view, setting.keys)
    if (value === undefined) continue
    const masked = filter.removeMasked && holdsMask(value)
    const usual = filter.removeDefaults && !isFeatureFlag(setting) && same(value, defaultOf(setting, true))
    if (masked || usual) removeAt(out, setting.keys)
  }
  return out
}

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b)

const holdsMask = (value: Json): boolean =>
  value === MASK || (Array.isArray(value) && value.some((item: Json) => JSON.stringify(item).includes(MASK)))

function removeAt(object: JsonDraft, keys: readonly string[]): void {
  const [first, ...rest] = keys
  if (first === undefined) return
  if (rest.length === 0) delete object[first]
  else {
    const inner = object[first]
    if (!isObject(inner)) return
    removeAt(inner as JsonDraft, rest)
    if (Object.keys(inner).length === 0) delete object[first]
  }
}
