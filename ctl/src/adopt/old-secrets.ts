import { createReadStream } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readTar } from '../backup/read-tar.ts'
import { onDisk, type Context } from '../context.ts'
import type { Settings } from '../settings/settings.ts'

/** The `mattermost` section of GitLab's secrets, and where it was found. */
export interface OldSecrets {
  readonly section: Readonly<Record<string, unknown>>
  /** for people; '' when there is none */
  readonly source: string
}

/**
 * GitLab 19 takes the section out of its secrets file in the first run. What was in there is still in the environment
 * of the old service, and in the archives that the package makes of /etc/gitlab before each upgrade.
 */
export async function findOldSecrets({ paths }: Context, { env, home }: Settings['directories']): Promise<OldSecrets> {
  const file = onDisk(paths, paths.gitlabSecretsFile)
  const own = sectionOf(await readFile(file, 'utf8').catch(() => ''))
  if (own) return { section: own, source: file }
  for (const folder of [env, join(home, 'env')]) {
    const section = await fromEnvironment(folder)
    if (section) return { section, source: folder }
  }
  return (await fromBackups(onDisk(paths, '/etc/gitlab/config_backup'))) ?? { section: {}, source: '' }
}

function sectionOf(text: string): Record<string, unknown> | undefined {
  try {
    const { mattermost } = JSON.parse(text) as { mattermost?: Record<string, unknown> }
    return mattermost && Object.keys(mattermost).length > 0 ? mattermost : undefined
  } catch {
    return undefined
  }
}

const VARIABLES: Record<string, string> = {
  sql_at_rest_encrypt_key: 'MM_SQLSETTINGS_ATRESTENCRYPTKEY',
  gitlab_id: 'MM_GITLABSETTINGS_ID',
  gitlab_secret: 'MM_GITLABSETTINGS_SECRET',
  gitlab_scope: 'MM_GITLABSETTINGS_SCOPE',
}

async function fromEnvironment(folder: string): Promise<Record<string, unknown> | undefined> {
  const read = async (name: string): Promise<string> => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '')
    return text.split('\n')[0]!.trimEnd()
  }
  const section: Record<string, unknown> = {}
  for (const [key, variable] of Object.entries(VARIABLES)) {
    const value = await read(variable)
    if (value !== '') section[key] = value
  }
  if (section.sql_at_rest_encrypt_key === undefined) return undefined
  // An id without sign-in is one that the package made up; a new registration is as good.
  const isEnabled = (await read('MM_GITLABSETTINGS_ENABLE')) === 'true'
  return { ...section, gitlab_enable: isEnabled, register_as_oauth_app: !isEnabled }
}

/** The newest archive of the settings that still has the section. */
async function fromBackups(folder: string): Promise<OldSecrets | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.tar'))
  for (const name of names.toSorted((a, b) => (a < b ? 1 : -1))) {
    const text = await readMember(join(folder, name), 'gitlab-secrets.json').catch(() => '')
    const section = sectionOf(text)
    if (section) return { section, source: join(folder, name) }
  }
  return undefined
}

async function readMember(archive: string, name: string): Promise<string> {
  for await (const { path, size, content } of readTar(createReadStream(archive) as AsyncIterable<Buffer>, archive)) {
    if (path.split('/').at(-1) !== name || size > 4_000_000) continue
    const chunks: Buffer[] = []
    for await (const chunk of content) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks).toString('utf8')
  }
  return ''
}
