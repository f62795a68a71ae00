import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Action } from '../../cli/command.ts'
import { parseObject } from './patch.ts'
import type { JsonObject } from './setting-path.ts'

/** Opens the configuration in EDITOR and saves what was made of it. */
export const edit: Action = async ({ out, world, connect }) => {
  const { api } = await connect()
  const text = `${JSON.stringify(await api.call<JsonObject>('GET', '/config'), null, 2)}\n`
  // The text holds secrets: a folder that is closed to others, and nothing stays behind unless it would be a loss.
  const folder = await mkdtemp(join(tmpdir(), 'mmctl-'))
  const file = join(folder, `mmctl-${process.pid}.json`)
  await writeFile(file, text, { mode: 0o600 })
  let edited = text
  try {
    await openEditor(world.env.EDITOR || 'vi', file, world.env)
    edited = await readFile(file, 'utf8')
    if (edited === text) out.print('Nothing was changed')
    else
      out.print('Config updated successfully', await api.call('PUT', '/config', parseObject(edited, 'the edited text')))
  } catch (error) {
    if (edited === text) {
      await rm(folder, { recursive: true })
      throw error
    }
    throw new Error(`${(error as Error).message}. Your text is kept in ${file}`, { cause: error })
  }
  await rm(folder, { recursive: true })
}

/** EDITOR may carry arguments, as in `code --wait`: the shell takes it apart. */
function openEditor(editor: string, file: string, env: Readonly<NodeJS.ProcessEnv>): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit', env })
    child.once('error', fail)
    child.once('close', (code) => {
      if (code === 0) done()
      else fail(new Error(`the editor ${JSON.stringify(editor)} ended with status ${code}; nothing was changed`))
    })
  })
}
