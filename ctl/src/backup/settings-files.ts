import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { onDisk } from '../context.ts'
import type { Machine } from '../reconfigure/machine.ts'

interface TextFile {
  readonly path: string
  readonly text: string
}

/**
 * The settings that were read, and the chat's own secrets. Of GitLab's secrets file only the chat's section: the rest
 * opens GitLab itself and is in GitLab's own backup.
 */
export async function settingsFiles({ context, settings }: Machine): Promise<TextFile[]> {
  const { paths } = context
  const files: TextFile[] = []
  for (const file of settings.source.read.filter((name) => name.startsWith('/'))) {
    const real = settings.source.kind === 'given' ? file : onDisk(paths, file)
    const text = await read(real)
    const name = `settings/${basename(file)}`
    if (text !== undefined && !files.some(({ path }) => path === name)) files.push({ path: name, text })
  }
  const secrets = { mattermost: settings.secrets }
  files.push({ path: 'secrets/outpost-secrets.json', text: `${JSON.stringify(secrets, null, 2)}\n` })
  return files
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
}
