/** A configuration as the API gives it. */
export type Json = string | number | boolean | null | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where a dotted path leads: the object that holds the value, and the key in it. */
export interface Place {
  readonly holder: JsonObject
  readonly key: string
}

/**
 * Follows `ServiceSettings.SiteURL`. Names that have dots themselves, as those of plugins do, are found too. The last
 * key may be missing only where names are free (`isOpen`). undefined when the path leads nowhere.
 */
export function follow(config: JsonObject, path: string): Place | undefined {
  return walk(config, path.split('.'), [])
}

function walk(holder: JsonObject, words: readonly string[], walked: readonly string[]): Place | undefined {
  for (let count = 1; count <= words.length; count++) {
    const key = words.slice(0, count).join('.')
    if (!Object.hasOwn(holder, key)) continue
    if (count === words.length) return { holder, key }
    const next = holder[key]
    const place = isObject(next) ? walk(next, words.slice(count), [...walked, key]) : undefined
    if (place) return place
  }
  const key = words.join('.')
  return isOpen(walked) && key !== '' && key !== '__proto__' ? { holder, key } : undefined
}

/** Plugins bring settings of their own, so any name may be new there. */
const isOpen = (walked: readonly string[]): boolean =>
  walked[0] === 'PluginSettings' && (walked[1] === 'Plugins' || walked[1] === 'PluginStates')
