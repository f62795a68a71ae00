import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'outpost-console-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

/** What a process with these settings shows on its terminal of one line a level. */
async function shown(settings: object, env: Record<string, string> = {}): Promise<string[]> {
  const logSettings = { EnableFile: false, EnableConsole: true, ConsoleLevel: 'INFO', ConsoleJson: true, ...settings }
  const script = `
    import { openLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))}
    const log = await openLog(${JSON.stringify(home)}, ${JSON.stringify(logSettings)}, ${JSON.stringify(env)})
    log.logger.debug({ token: 'hush' }, 'quiet')
    for (const level of ['info', 'warn', 'error']) log.logger[level]({ token: 'hush', port: 1 }, level + ' text')
    await log.close()`
  const { stderr } = await run(process.execPath, ['--input-type=module', '--no-warnings', '-e', script])
  return stderr.split('\n').filter(Boolean)
}

test('the terminal shows what LogSettings say, as JSON or for people, and no secret', async () => {
  const [json, people, none, asked] = await Promise.all([
    shown({ ConsoleLevel: 'WARN' }),
    shown({ ConsoleJson: false }),
    shown({ EnableConsole: false }),
    shown({ EnableConsole: false }, { OUTPOST_LOG_LEVEL: 'error' }),
  ])
  expect(json.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'warn', msg: 'warn text', token: '[Redacted]' },
    { level: 'error', msg: 'error text' },
  ])
  expect(people).toHaveLength(3)
  expect(people[0]).toMatch(/^info {2}\[\d{4}-\d\d-\d\d [\d:.]+ Z\] info text token="\[Redacted\]" port=1$/)
  expect(none).toEqual([])
  expect(asked.map((line) => JSON.parse(line).level)).toEqual(['error'])
})
