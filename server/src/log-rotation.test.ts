import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rotateWhenFull } from './log-rotation.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-log-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const LINE = `${'x'.repeat(99)}\n`

async function openRotating(name: string) {
  const path = join(folder, name, 'outpost.log')
  const file = pino.destination({ dest: path, append: true, mkdir: true, sync: false })
  await new Promise((ready) => file.once('ready', ready))
  rotateWhenFull(file, path, { limit: 1000, kept: 2 })
  const write = async (lines: number): Promise<void> => {
    for (let i = 0; i < lines; i++) {
      const written = once(file, 'drain')
      file.write(LINE)
      await written
    }
  }
  return { path, write }
}

test('a full file is moved aside, the newest ones are kept, and no line is lost on the way', async () => {
  const { path, write } = await openRotating('full')
  await write(25)
  const names = (await readdir(join(folder, 'full'))).toSorted()
  expect(names).toEqual(['outpost.log', 'outpost.log.1', 'outpost.log.2'])
  const lengths = await Promise.all(names.map(async (name) => (await readFile(join(folder, 'full', name))).length))
  expect(lengths).toEqual([500, 1000, 1000])
  await write(10)
  expect((await readdir(join(folder, 'full'))).length).toBe(3)
  expect((await readFile(path)).length).toBe(500)
})

test('a file that somebody else has cut off is not full', async () => {
  const { path, write } = await openRotating('cut')
  await write(9)
  await truncate(path)
  await write(3)
  expect(await readdir(join(folder, 'cut'))).toEqual(['outpost.log'])
})
