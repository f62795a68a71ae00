import { readFileSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { onDisk, type Context } from '../context.ts'
import type { Notice, SettingsSource } from './settings.ts'

type Kind = SettingsSource['kind']

/** The file that counts: the one named, else Outpost's own if it sets anything, else GitLab's, else the own one. */
export function findSettingsFile(context: Context, given?: string): { file: string; kind: Kind } {
  const { settingsFile, gitlabSettingsFile } = context.paths
  if (given !== undefined) return { file: resolve(given), kind: 'given' }
  const isOwn = hasOwnSettings(context) || (hasOwnFile(context) && !hasGitLabsFile(context))
  return isOwn ? { file: settingsFile, kind: 'outpost' } : { file: gitlabSettingsFile, kind: 'gitlab' }
}

/** Whether Outpost's own file is there and sets anything; the one that the package brings has comments alone. */
export const hasOwnSettings = ({ paths }: Context): boolean => hasLine(onDisk(paths, paths.settingsFile), /^(?!#)\S/)

/** What may surprise somebody who writes into one of two files. */
export function notesOfFile(context: Context, kind: Kind): Notice[] {
  const { settingsFile, gitlabSettingsFile } = context.paths
  if (kind === 'gitlab' && hasOwnFile(context))
    return [{ text: `${gitlabSettingsFile} was read, because ${settingsFile} sets nothing.` }]
  const isIgnored = kind === 'outpost' && hasGitLabsFile(context)
  if (!isIgnored || !hasLine(onDisk(context.paths, gitlabSettingsFile), /^mattermost(_external_url|_nginx)?\b/))
    return []
  return [{ text: `${settingsFile} was read; the chat's lines in ${gitlabSettingsFile} do not count.` }]
}

const hasOwnFile = ({ paths }: Context): boolean => realPath(onDisk(paths, paths.settingsFile)) !== undefined

/** The old guides' name of the file may be a link to Outpost's. */
function hasGitLabsFile({ paths }: Context): boolean {
  const path = realPath(onDisk(paths, paths.gitlabSettingsFile))
  return path !== undefined && path !== realPath(onDisk(paths, paths.settingsFile))
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : path
  }
}

/** Whether a line begins so, blanks aside; a file that cannot be read may hold anything. */
function hasLine(path: string, pattern: RegExp): boolean {
  try {
    const text = readFileSync(path, 'utf8')
    return text.split('\n').some((line) => pattern.test(line.trim()))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}
