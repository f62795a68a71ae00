import type { App } from '../app.ts'
import { keepUnwritable } from '../config/access.ts'
import { ConfigError } from '../config/config-error.ts'
import { configError, saveError } from '../config/config.errors.ts'
import type { Config } from '../config/config-types.ts'
import { getAt, setAt } from '../config/declare.ts'
import type { Json, JsonDraft, JsonObject } from '../config/declare.ts'
import { nodeOf } from '../config/json-document.ts'
import { readDocument } from '../config/read-document.ts'
import { invalidBody } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { consoleTags } from './config-access.ts'
import { viewOf } from './read-config.ts'
import { systemError } from './system.errors.ts'

type Parts = Pick<App, 'access' | 'config'>

/** With these somebody who took over an administrator's account could run code on the server. */
const PROTECTED = [
  ['PluginSettings', 'EnableUploads'],
  ['PluginSettings', 'SignaturePublicKeyFiles'],
  ['ImportSettings', 'Directory'],
] as const
const MARKETPLACE = ['PluginSettings', 'MarketplaceURL'] as const

/**
 * Replaces the configuration. Settings that the caller may not change, and the protected ones, keep their value without
 * a word; missing ones become defaults. Answers the new configuration as the caller sees it. Throws 400, 403, 500.
 */
export async function replaceConfig(app: Parts, session: Session, body: unknown): Promise<JsonObject> {
  const canWrite = consoleTags(app, session, 'write')
  const current = app.config.get()
  const next = keepUnwritable(current, valuesOf(body), canWrite) as JsonDraft
  if (current.ServiceSettings.SiteURL !== '' && !getAt(next, ['ServiceSettings', 'SiteURL'])) {
    throw systemError('api.config.update_config.clear_siteurl.app_error')
  }
  for (const keys of protectedKeys(current)) setAt(next, keys, structuredClone(valueAt(current, keys)))
  return viewOf(app, session, await saved(() => app.config.save(next)))
}

/**
 * Merges a part into the configuration: lists are replaced, maps merged by key. A change of a protected setting is
 * refused (403), one of a setting that the caller may not change is ignored. Throws 400, 403, 500.
 */
export async function patchConfig(app: Parts, session: Session, body: unknown): Promise<JsonObject> {
  const canWrite = consoleTags(app, session, 'write')
  const current = app.config.get()
  const values = valuesOf(body)
  for (const keys of protectedKeys(current)) {
    const value = getAt(values, keys)
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(valueAt(current, keys))) {
      throw systemError('api.config.update_config.not_allowed_security.app_error', { Name: keys.join('.') })
    }
  }
  const next = keepUnwritable(current, values, canWrite)
  const clears = getAt(next, ['ServiceSettings', 'SiteURL']) === ''
  if (clears && current.ServiceSettings.SiteURL !== '') {
    throw systemError('api.config.update_config.clear_siteurl.app_error')
  }
  return viewOf(app, session, await saved(() => app.config.patch(next)))
}

/** Reads the configuration file again. Throws 500; the configuration in use then stays. */
export async function reloadConfig(app: Pick<App, 'config'>): Promise<void> {
  try {
    await app.config.reload()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw configError('api.config.reload_config.app_error', { Reason: error.message }, error.message)
  }
}

function protectedKeys(current: Config): readonly (readonly [string, string])[] {
  return current.PluginSettings.EnableUploads ? PROTECTED : [...PROTECTED, MARKETPLACE]
}

const valueAt = (config: Config, keys: readonly [string, string]): Json => getAt(config, keys) ?? null

/** The known settings of a body, in their right spelling. Throws 400 for a value of a wrong type. */
function valuesOf(body: unknown): JsonObject {
  const { values, problems } = readDocument(nodeOf(body))
  if (problems.length > 0) throw invalidBody(problems[0]!.setting || 'config')
  return values
}

async function saved(save: () => Promise<Config>): Promise<Config> {
  try {
    return await save()
  } catch (error) {
    throw error instanceof ConfigError ? saveError(error) : error
  }
}
