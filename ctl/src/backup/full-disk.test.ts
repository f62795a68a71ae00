import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ChatBox } from './chat.fixture.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let chat: ChatBox
let disk: string | undefined

beforeAll(async () => {
  chat = await ChatBox.create()
  await chat.post('first', randomBytes(3_000_000))
  const folder = chat.box.path('/disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=700', 'tmpfs', folder], { stdio: 'ignore' })
    disk = folder
  } catch {
    // Without the right to mount there is no small disk to fill.
  }
})

afterAll(async () => {
  if (disk !== undefined) execFileSync('umount', ['--lazy', disk])
  await chat?.box.dispose()
})

/** Takes all the space that is left. */
function fill(folder: string): void {
  for (const size of [1_000_000, 4096, 1])
    try {
      for (;;) writeFileSync(join(folder, 'filler'), Buffer.alloc(size), { flag: 'a' })
    } catch {
      // The next smaller piece may still find room.
    }
}

test('a disk that is too small is told before anything is written', async ({ skip }) => {
  if (disk === undefined) return skip('needs to mount a file system')
  fill(disk)
  const { code, err } = await chat.box.run(['backup', '-p', disk])
  expect(code).toBe(1)
  expect(err).toMatch(/The backup needs about \S+ MB in \S+, and 0 bytes are free/)
  expect(readdirSync(disk)).toEqual(['filler'])
  rmSync(join(disk, 'filler'))
})

test.each([['backup'], ['backup', '--two-files']])(
  'a disk that fills up during %s: earlier backups stay, nothing half written does, and with space it succeeds',
  async (...words) => {
    if (disk === undefined) return
    writeFileSync(join(disk, '20200101T000000Z_outpost_backup.tar'), 'an earlier one')
    const child = chat.box.start(...words, '-p', disk)
    let said = ''
    child.stderr!.on('data', (text: Buffer) => (said += text.toString()))
    const ended = new Promise<number | null>((done) => child.once('exit', done))
    await new Promise((done) => child.stdout!.once('data', done))
    // Node itself is stopped: bin/outpost-ctl became it.
    child.kill('SIGSTOP')
    fill(disk)
    child.kill('SIGCONT')
    expect(await ended).toBe(1)
    expect(said).toContain('The disk became full')
    expect(readdirSync(disk).toSorted()).toEqual(['20200101T000000Z_outpost_backup.tar', 'filler'])
    rmSync(join(disk, 'filler'))
    expect((await chat.box.run([...words, '-p', disk])).code).toBe(0)
    for (const name of readdirSync(disk)) rmSync(join(disk, name))
  },
)

test('a backup that was killed leaves nothing that the next one does not clear away', async () => {
  const folder = chat.box.path('/killed')
  const child = chat.box.start('backup', '-p', folder)
  const ended = new Promise((done) => child.once('exit', done))
  child.stdout!.once('data', () => child.kill('SIGKILL'))
  await ended
  expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual([])
  expect((await chat.box.run(['backup', '-p', folder])).code).toBe(0)
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\d{8}T\d{6}Z_outpost_backup\.tar$/)])
})
