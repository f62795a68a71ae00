import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { onDisk, type Context } from '../context.ts'
import type { Plan, Resource } from '../resources/resource.ts'
import { saveSecrets } from '../settings/secrets.ts'
import type { Settings } from '../settings/settings.ts'

/** The secrets file. Written before anything uses a secret, so that a run that is cut off does not make others. */
export function secretsFile(context: Context, settings: Settings): Resource {
  const { paths } = context
  const plan = async (): Promise<Plan | undefined> => {
    if (!settings.secretsWritable || (await holds(onDisk(paths, paths.secretsFile), settings))) return undefined
    return { changes: ['write (root:root, 0600)'], apply: async () => void saveSecrets(context, settings) }
  }
  return { name: `file ${onDisk(paths, paths.secretsFile)}`, plan }
}

async function holds(file: string, { secrets, letsencrypt }: Settings): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  const stored = JSON.parse(text) as { mattermost?: Record<string, unknown>; letsencrypt?: { auto_enabled?: boolean } }
  const found = Object.fromEntries(Object.keys(secrets).map((name) => [name, stored.mattermost?.[name]]))
  return (
    isDeepStrictEqual(found, { ...secrets }) && (!letsencrypt.automatic || stored.letsencrypt?.auto_enabled === true)
  )
}
