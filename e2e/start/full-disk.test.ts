import { execFile } from 'node:child_process'
import { rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import * as bin from './instance.fixture.ts'
import { query, wrongCounters } from './recount.fixture.ts'
import { makeTeam, signUp } from './world.fixture.ts'

const exec = promisify(execFile)
const mounts: string[] = []

afterAll(async () => {
  await bin.cleanUp(async () => {
    for (const folder of mounts) await exec('umount', ['--lazy', folder])
  })
})

/** A disk of its own, of so many megabytes; undefined where mounting is not allowed. */
async function smallDisk(megabytes: number): Promise<string | undefined> {
  if (!bin.isRoot) return undefined
  const folder = await bin.makeFolder('disk')
  try {
    await exec('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder])
  } catch {
    return undefined
  }
  mounts.push(folder)
  return folder
}

/** Takes all the space that is left; returns the file that does. */
async function fill(folder: string): Promise<string> {
  const file = join(folder, 'filler')
  for (const size of [1_000_000, 4096, 1]) {
    const chunk = Buffer.alloc(size)
    for (;;) {
      const isWritten = await writeFile(file, chunk, { flag: 'a' }).then(
        () => true,
        () => false,
      )
      if (!isWritten) break
    }
  }
  return file
}

async function failure(home: string, port: number): Promise<string> {
  const instance = bin.launch({ home, port })
  expect(await instance.ended, instance.output()).toEqual({ code: 1, signal: null })
  expect(bin.databaseProcesses(home)).toEqual([])
  expect(instance.output().trim().split('\n'), instance.output()).toHaveLength(1)
  return instance.output().trim()
}

test('a disk too small for the first start: one sentence; with more space the same command succeeds', async (context) => {
  const disk = await smallDisk(24)
  if (!disk) return context.skip('needs to mount a file system')
  const where = { home: join(disk, 'home'), port: await bin.freePort() }
  expect(await failure(where.home, where.port)).toMatch(
    /^There is no space left on the disk that holds the database in \S+\.$/,
  )
  const filler = await fill(disk)
  expect(await failure(where.home, where.port)).toMatch(/disk is full|no space left on the disk/i)
  await rm(filler)
  await exec('mount', ['-o', 'remount,size=200m', disk])
  const instance = await bin.start(where)
  expect(await bin.stop(instance)).toEqual({ code: 0, signal: null })
})

test('a disk that fills up while people write: nothing acknowledged is lost', async (context) => {
  const disk = await smallDisk(160)
  if (!disk) return context.skip('needs to mount a file system')
  const where = { home: join(disk, 'home'), port: await bin.freePort() }
  const instance = await bin.start(where)
  const admin = await signUp(instance.url, 'admin')
  const { channels } = await makeTeam(admin)
  const acknowledged: string[] = []
  const post = async (text: string): Promise<boolean> => {
    const body = { channel_id: channels[0], message: text.padEnd(8000, 'x') }
    const answer = await admin.client.post('/posts', body).catch(() => undefined)
    if (answer?.status === 201) acknowledged.push(answer.body.id)
    return answer?.status === 201
  }
  for (let n = 0; n < 5; n++) expect(await post(`before ${n}`)).toBe(true)
  const filler = await fill(disk)
  // What PostgreSQL has already set aside lasts for a while.
  for (let n = 0; n < 5000 && (await post(`full ${n} ${n * 7919}`)); n++);
  expect(acknowledged.length).toBeLessThan(5000)

  instance.kill('SIGTERM')
  expect((await instance.ended).signal).toBe(null)
  expect(bin.databaseProcesses(where.home)).toEqual([])
  expect(await failure(where.home, where.port)).toMatch(/disk is full|no space left on the disk/i)
  await truncate(filler, 0)
  const second = await bin.start(where)
  const source = bin.embeddedSource(where.home)
  const rows = await query<{ id: string }>(source, `SELECT id FROM posts WHERE type = ''`)
  const stored = new Set(rows.map((row) => row.id))
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
  expect(await wrongCounters(source)).toEqual([])
  expect(await bin.stop(second)).toEqual({ code: 0, signal: null })
})
