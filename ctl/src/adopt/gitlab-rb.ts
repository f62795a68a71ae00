import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { onDisk, type Context } from '../context.ts'
import { writeAtomically } from '../resources/write-atomically.ts'
import { rubyText } from '../settings/removed-keys.ts'
import { savedFolder } from './saved.ts'

const CHAT = /^\s*(mattermost_external_url\b|mattermost(_nginx)?\s*\[)/
const MARK = '# outpost-ctl adopt: '

/**
 * GitLab's settings without the chat's lines, which become comments, and with the chat's address for GitLab. Undefined
 * where a line is only a part of a statement: such a file is edited by hand.
 */
export function withoutChat(text: string, url: string): string | undefined {
  const lines = text.split('\n')
  let depth = 0
  const edited = lines.map((line) => {
    const isChat = depth > 0 || CHAT.test(line)
    if (isChat) depth += balance(line)
    return isChat ? `${MARK}${line}` : line
  })
  if (depth !== 0 || edited.some((line) => line.startsWith(MARK) && /<<[~-]?['"]?\w/.test(line))) return undefined
  const host = `gitlab_rails['mattermost_host'] = ${rubyText(url)}`
  const has = lines.some((line) => /^\s*gitlab_rails\[['"]mattermost_host['"]\]/.test(line))
  return has ? edited.join('\n') : `${edited.join('\n').trimEnd()}\n${host} ${MARK}added\n`
}

/** Brackets that a line opens and does not close, strings and comments left aside. */
function balance(line: string): number {
  const bare = line.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '').replace(/#.*/, '')
  return [...bare].reduce((sum, one) => sum + ('[{('.includes(one) ? 1 : ']})'.includes(one) ? -1 : 0), 0)
}

/** Writes the edited file; false where it has to be done by hand. */
export async function editGitLabRb(context: Context, url: string): Promise<boolean> {
  const file = onDisk(context.paths, context.paths.gitlabSettingsFile)
  const text = await readFile(file, 'utf8')
  if (text.includes(MARK)) return true
  const edited = withoutChat(text, url)
  if (edited === undefined) return false
  const { uid, gid, mode } = await stat(file)
  await writeAtomically(file, edited, { uid, gid, mode: mode & 0o777 })
  return true
}

/** Puts GitLab's settings back as they were; false when somebody changed them since. */
export async function restoreGitLabRb(context: Context, url: string): Promise<boolean> {
  const file = onDisk(context.paths, context.paths.gitlabSettingsFile)
  const [text, saved] = [await readFile(file, 'utf8'), await readFile(join(savedFolder(context), 'gitlab.rb'), 'utf8')]
  if (text === saved) return true
  if (text !== withoutChat(saved, url)) return false
  const { uid, gid, mode } = await stat(file)
  await writeAtomically(file, saved, { uid, gid, mode: mode & 0o777 })
  return true
}
