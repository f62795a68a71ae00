import type { Action } from '../../cli/command.ts'
import { follow } from './setting-path.ts'
import type { Json, JsonObject } from './setting-path.ts'

/** Changes one setting. Several values make a list. */
export const set: Action = async ({ args: [path, ...values], out, connect }) => {
  const { api } = await connect()
  const config = await api.call<JsonObject>('GET', '/config')
  const place = follow(config, path!)
  if (!place) throw new Error('selected path object is not valid')
  place.holder[place.key] = parseValue(place.holder[place.key], values)
  out.print('Value changed successfully', await api.call('PUT', '/config/patch', config))
}

/** The words of the command line as a value of the kind that stands there now. Throws when they cannot be one. */
function parseValue(old: Json | undefined, words: readonly string[]): Json {
  const word = words[0]!
  if (Array.isArray(old)) {
    if (words.length < 2) throw new Error('this setting is a list: give two or more values, or use `config patch`')
    return [...words]
  }
  if (old === undefined || old === null) return words.length > 1 ? [...words] : word
  if (words.length > 1) throw new Error('this setting takes one value')
  switch (typeof old) {
    case 'boolean':
      if (!/^(true|false)$/i.test(word)) throw new Error(`this setting is true or false, not "${word}"`)
      return word.toLowerCase() === 'true'
    case 'number':
      if (!/^-?\d+$/.test(word)) throw new Error(`this setting is a whole number, not "${word}"`)
      return Number(word)
    case 'string':
      return word
    default:
      throw new Error('this is a group of settings: name one of them, or use `config patch`')
  }
}
