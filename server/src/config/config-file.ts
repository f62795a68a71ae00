import { randomBytes } from 'node:crypto'
import { open, readFile, realpath, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ConfigError, systemReason, type ConfigProblem } from './config-error.ts'
import { getAt, isFeatureFlag, setAt, settings, type JsonDraft, type JsonObject } from './declare.ts'
import { JsonSyntaxError, parseJson, positionOf } from './json-document.ts'
import { addMissing, readDocument, type ConfigDocument } from './read-document.ts'

/**
 * Reads the text of a configuration file. An empty text is an empty configuration. Throws ConfigError `damaged` with
 * line and character of every fault.
 */
export function parseConfigText(text: string, file: string): ConfigDocument {
  if (text.replace('\uFEFF', '').trim() === '') return { values: {}, unknown: {} }
  try {
    const { values, unknown, problems } = readDocument(parseJson(text))
    if (problems.length === 0) return { values, unknown }
    throw damaged(
      file,
      problems.map(({ setting, at, expected }) => {
        const { line, character } = positionOf(text, at)
        const what = setting === '' ? 'the file' : setting
        return problem(setting, `line ${line}, character ${character}: ${what} must be ${expected}`)
      }),
    )
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    const { line, character } = positionOf(text, error.at)
    throw damaged(file, [problem('', `line ${line}, character ${character}: ${error.message}`)])
  }
}

function problem(setting: string, message: string): ConfigProblem {
  return { setting, message, id: 'api.config.reload_config.app_error', params: {} }
}

function damaged(file: string, problems: ConfigProblem[]): ConfigError {
  const where = problems.map((p) => p.message).join('; ')
  return new ConfigError(
    'damaged',
    `${file} cannot be used because of ${where}. Correct the file and try again.`,
    problems,
  )
}

/** The text of `file`, or undefined when there is none. Throws ConfigError `unreadable`. */
export async function readConfigText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new ConfigError(
      'unreadable',
      `${file} cannot be read because ${systemReason(error)}. Give the server's account read access to it.`,
    )
  }
}

/**
 * The text to store: sections and settings in declared order, unknown keys after them (an older server may still
 * need them), 4 spaces, no newline at the end. Feature flags are never stored.
 */
export function formatConfig(values: JsonObject, unknown: JsonObject): string {
  const out: JsonDraft = {}
  for (const setting of settings) {
    const value = getAt(values, setting.keys)
    if (value !== undefined && !isFeatureFlag(setting)) setAt(out, setting.keys, value)
  }
  addMissing(out, structuredClone(unknown) as JsonDraft)
  return JSON.stringify(out, null, 4)
}

/**
 * Replaces `file` in one step, so that a crash or a full disk leaves the old file or the new one, never half of it.
 * Mode 0600, because the file holds passwords. Throws ConfigError `unwritable`; then nothing has changed.
 */
export async function writeConfigText(file: string, text: string): Promise<void> {
  let temporary: string | undefined
  try {
    // A symlinked config.json stays a link: its target is what is replaced.
    const target = await realpath(file).catch(() => file)
    const folder = dirname(target)
    temporary = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
    await writeAndSync(temporary, text)
    await rename(temporary, target)
    temporary = undefined
    await syncFolder(folder)
  } catch (error) {
    if (temporary) await unlink(temporary).catch(() => undefined)
    throw new ConfigError(
      'unwritable',
      `${file} cannot be written because ${systemReason(error)}. Give the server's account write access to its folder.`,
    )
  }
}

async function writeAndSync(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text, 'utf8')
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  // Some file systems cannot sync a folder; the file itself is safe by then.
  await handle.sync().catch(() => undefined)
  await handle.close()
}
