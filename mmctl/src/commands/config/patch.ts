import { readFile } from 'node:fs/promises'
import type { Action } from '../../cli/command.ts'
import { isObject } from './setting-path.ts'
import type { Json, JsonObject } from './setting-path.ts'

/** Lays a file of settings over the configuration. */
export const patch: Action = async ({ args, out, connect }) => {
  const file = args[0]!
  const over = parseObject(await readText(file), file)
  const { api } = await connect()
  const config = merged(await api.call<JsonObject>('GET', '/config'), over)
  out.print('Config patched successfully', await api.call('PUT', '/config/patch', config))
}

function merged(base: JsonObject, over: JsonObject): JsonObject {
  const entries = Object.entries(over).map(([key, value]): [string, Json] => {
    const old = Object.hasOwn(base, key) ? base[key] : undefined
    return [key, isObject(old) && isObject(value) ? merged(old, value) : value]
  })
  return { ...base, ...Object.fromEntries(entries) }
}

/** The JSON object in a text. Throws a sentence that names the place. */
export function parseObject(text: string, where: string): JsonObject {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    throw new Error(`${where} is no valid JSON: ${(error as Error).message}`, { cause: error })
  }
  if (!isObject(value)) throw new Error(`${where} holds no JSON object`)
  return value
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`the file ${file} cannot be read (${error.code})`)
  })
}
