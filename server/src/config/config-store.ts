import { resolve } from 'node:path'
import { formatConfig, parseConfigText, readConfigText, writeConfigText } from './config-file.ts'
import { ConfigError, type ConfigProblem } from './config-error.ts'
import type { Config } from './config-types.ts'
import { getAt, isObject, setAt, setOwn, settings, type Json, type JsonDraft, type JsonObject } from './declare.ts'
import { applyOverrides, overrideReport, readEnvironment, revertOverrides, type Environment } from './environment.ts'
import { nodeOf } from './json-document.ts'
import { restoreMasked } from './mask.ts'
import { fillDefaults, normalise, type ConfigDraft } from './normalise.ts'
import { addMissing, readDocument } from './read-document.ts'
import { validateConfig } from './validate.ts'

/** A partial configuration: sections with some of their settings. */
export type ConfigPatch = { readonly [S in keyof Config]?: Partial<Config[S]> }
export type ConfigListener = (old: Config, next: Config) => void

/** Where the configuration comes from. `file` is a path; `env` defaults to the process environment. */
export type ConfigStoreOptions = { file: string; env?: Environment; onListenerError?: (error: unknown) => void }

/** `stored` is what the file holds, `effective` the same with the environment's overrides. Both are complete. */
type State = { stored: ConfigDraft; effective: Config; unknown: JsonDraft }

/**
 * The one place that holds the configuration. Reads are synchronous and never change under the reader: a save puts a
 * new frozen object in place. Saves and reloads run one after the other.
 */
export class ConfigStore {
  /** Absolute path of the file. */
  readonly source: string
  readonly #overrides: ReadonlyMap<string, Json>
  readonly #onListenerError: (error: unknown) => void
  readonly #listeners = new Set<ConfigListener>()
  #state: State
  #queue: Promise<unknown> = Promise.resolve()

  private constructor(source: string, overrides: ReadonlyMap<string, Json>, state: State, options: ConfigStoreOptions) {
    this.source = source
    this.#overrides = overrides
    this.#state = state
    this.#onListenerError = options.onListenerError ?? ((error) => process.emitWarning(error as Error))
  }

  /** Reads `file`, making it when it is missing. Throws ConfigError. MM_CUSTOM_DEFAULTS_PATH is used here and only here. */
  static async open(options: ConfigStoreOptions): Promise<ConfigStore> {
    if (/^postgres(ql)?:\/\//.test(options.file)) {
      const why = 'because this server keeps it in a file. Give the path of a config.json instead.'
      throw new ConfigError('unreadable', `The configuration cannot be read from a database ${why}`)
    }
    const env = options.env ?? process.env
    const source = resolve(options.file)
    const overrides = readEnvironment(env)
    const defaults = await readCustomDefaults(env['MM_CUSTOM_DEFAULTS_PATH'])
    const state = await load(source, overrides, defaults)
    return new ConfigStore(source, overrides, state, options)
  }

  /** The effective configuration, deeply frozen. */
  get(): Config {
    return this.#state.effective
  }

  /** Section → setting → true for what the environment sets. */
  environmentOverrides(): Record<string, Record<string, true>> {
    return overrideReport(this.#overrides)
  }

  /** Calls `listener` after every change of the effective configuration. Returns the function that stops it. */
  onChange(listener: ConfigListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /**
   * Replaces the whole configuration; missing settings become defaults, missing or masked secrets keep their stored
   * value, unknown keys of `next` are ignored. Throws ConfigError `invalid` (nothing written), `unwritable`, `read_only`.
   */
  save(next: Config | JsonObject): Promise<Config> {
    return this.#inTurn(() => this.#replace(valuesOf(next)))
  }

  /** Merges `partial` key by key: lists are replaced whole, maps merged by key. Throws like `save`. */
  patch(partial: ConfigPatch | JsonObject): Promise<Config> {
    return this.#inTurn(() => {
      const merged = structuredClone(this.#state.effective) as unknown as JsonDraft
      mergeInto(merged, valuesOf(partial))
      return this.#replace(merged)
    })
  }

  /** Reads the file again. Throws ConfigError; then the configuration in use stays. */
  reload(): Promise<Config> {
    return this.#inTurn(async () => this.#adopt(await load(this.source, this.#overrides)))
  }

  async #replace(values: JsonDraft): Promise<Config> {
    const { stored: before, effective, unknown } = this.#state
    if (effective.ClusterSettings.Enable && effective.ClusterSettings.ReadOnlyConfig) {
      const message = `${this.source} is read-only because ClusterSettings.ReadOnlyConfig is on. Change the file itself.`
      throw new ConfigError('read_only', message)
    }
    restoreMasked(values, before)
    const stored = fillDefaults(values, { existing: true, keep: before as unknown as JsonObject })
    revertOverrides(stored as unknown as JsonDraft, this.#overrides, before as unknown as JsonObject)
    const next = finish(stored, this.#overrides, unknown, this.source)
    await writeConfigText(this.source, formatConfig(stored as unknown as JsonObject, unknown))
    return this.#adopt(next)
  }

  #adopt(state: State): Config {
    const old = this.#state.effective
    const changed = JSON.stringify(old) !== JSON.stringify(state.effective)
    this.#state = changed ? state : { ...state, effective: old }
    if (!changed) return old
    for (const listener of this.#listeners) {
      // One listener's failure must not keep the change from the others: the file is written already.
      try {
        listener(old, state.effective)
      } catch (error) {
        this.#onListenerError(error)
      }
    }
    return state.effective
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work)
    this.#queue = result.catch(() => undefined)
    return result
  }
}

async function load(file: string, overrides: ReadonlyMap<string, Json>, defaults?: JsonDraft): Promise<State> {
  const text = await readConfigText(file)
  const { values, unknown } = parseConfigText(text ?? '', file)
  if (defaults) addMissing(values, structuredClone(defaults))
  const state = finish(fillDefaults(values, { existing: true }), overrides, unknown, file)
  const formatted = formatConfig(state.stored as unknown as JsonObject, unknown)
  // A file that is complete already is left alone, so it may be read-only.
  if (formatted !== text) await writeConfigText(file, formatted)
  return state
}

async function readCustomDefaults(path: string | undefined): Promise<JsonDraft | undefined> {
  if (!path) return undefined
  const text = await readConfigText(path)
  if (text === undefined) {
    const why = 'because it does not exist. Correct MM_CUSTOM_DEFAULTS_PATH or remove it.'
    throw new ConfigError('unreadable', `${path} cannot be read ${why}`)
  }
  return parseConfigText(text, path).values
}

/** Normalises `stored` in place, makes the effective configuration and checks it. */
function finish(stored: ConfigDraft, overrides: ReadonlyMap<string, Json>, unknown: JsonDraft, file: string): State {
  normalise(stored)
  const effective = structuredClone(stored)
  applyOverrides(effective as unknown as JsonDraft, overrides)
  normalise(effective)
  const problems = validateConfig(effective)
  if (problems.length > 0) throw invalid(problems, file)
  return { stored, effective: deepFreeze(effective), unknown }
}

function invalid(problems: readonly ConfigProblem[], file: string): ConfigError {
  const list = problems.map((problem) => problem.message).join(' ')
  return new ConfigError('invalid', `The configuration of ${file} is not valid. ${list}`, problems)
}

/** Takes the known settings out of a caller's object. Throws ConfigError `invalid` for values of a wrong type. */
function valuesOf(next: unknown): JsonDraft {
  const { values, problems } = readDocument(nodeOf(next))
  if (problems.length === 0) return values
  const list = problems.map(({ setting, expected }): ConfigProblem => {
    const name = setting || 'The configuration'
    const params = { Setting: name, Value: 'of another type', Accepted: expected }
    const id = 'model.config.is_valid.type.app_error'
    return { setting, id, message: `${name} must be ${expected}.`, params }
  })
  throw new ConfigError('invalid', list.map((problem) => problem.message).join(' '), list)
}

/** Key-by-key merge of known settings; see `patch`. */
function mergeInto(target: JsonDraft, patch: JsonObject): void {
  for (const { keys, type } of settings) {
    const value = getAt(patch, keys)
    if (value === undefined) continue
    const old = getAt(target, keys)
    if (type !== 'object' || !isObject(value) || !isObject(old)) setAt(target, keys, value)
    else mergeMap(old as JsonDraft, value)
  }
}

function mergeMap(target: JsonDraft, patch: JsonObject): void {
  for (const [key, value] of Object.entries(patch)) {
    const old = Object.hasOwn(target, key) ? target[key] : undefined
    if (isObject(value) && isObject(old)) mergeMap(old as JsonDraft, value)
    else setOwn(target, key, value)
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
