import { resolve } from 'node:path'
import { ConfigError } from '../config/config-error.ts'
import { parseConfigText, readConfigText, writeConfigText } from '../config/config-file.ts'
import { systemError } from './system.errors.ts'

/** Copies a configuration file to another place, as `mmctl config migrate` asks for. Throws 400. */
export async function migrateConfig(from: string, to: string): Promise<void> {
  const failed = (reason: string) => systemError('api.config.migrate_config.app_error', { Reason: reason }, reason)
  if ([from, to].some((place) => /^postgres(ql)?:\/\//.test(place))) {
    throw failed('this server keeps its configuration in a file, not in a database')
  }
  try {
    const text = await readConfigText(resolve(from))
    if (text === undefined) throw failed(`${from} does not exist`)
    parseConfigText(text, from)
    await writeConfigText(resolve(to), text)
  } catch (error) {
    throw error instanceof ConfigError ? failed(error.message) : error
  }
}
