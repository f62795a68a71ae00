import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ChatBox } from './chat.fixture.ts'

// Whole services start and stop here; how long that takes is the machine's affair.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let chat: ChatBox
const disk = smallDisk()

/** A file system of 24 MB, where this process may mount one. Containers often do not let even root. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync('/tmp/outpost-disk-')
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=700', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
}

beforeAll(async () => {
  chat = await ChatBox.create()
  await chat.post('first', randomBytes(8_000_000))
})

afterAll(async () => {
  if (disk !== undefined) {
    execFileSync('umount', ['--lazy', disk])
    rmSync(disk, { recursive: true })
  }
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

test.skipIf(!disk)('a disk (to be mounted) that is too small is told before anything is written', async () => {
  fill(disk!)
  const { code, err } = await chat.box.run(['backup', '-p', disk!])
  expect(code).toBe(1)
  expect(err).toMatch(/The backup needs about \S+ MB in \S+, and 0 bytes are free/)
  expect(readdirSync(disk!)).toEqual(['filler'])
  rmSync(join(disk!, 'filler'))
})

const EARLIER = '20200101T000000Z_outpost_backup.tar'

test.skipIf(!disk).each([{ words: ['backup'] }, { words: ['backup', '--two-files'] }])(
  'a disk (to be mounted) that fills up during $words: earlier backups stay, nothing half written does',
  async ({ words }) => {
    const folder = disk!
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
    writeFileSync(join(folder, EARLIER), 'an earlier one')
    const child = chat.box.start(...words, '-p', folder)
    let said = ''
    child.stderr!.on('data', (text: Buffer) => (said += text.toString()))
    const ended = new Promise<number | null>((done) => child.once('exit', done))
    await Promise.race([new Promise((done) => child.stdout!.once('data', done)), ended])
    // Node itself is stopped: bin/outpost-ctl became it.
    child.kill('SIGSTOP')
    fill(folder)
    child.kill('SIGCONT')
    expect(await ended).toBe(1)
    expect(said).toContain('The disk became full')
    expect(readdirSync(folder).toSorted()).toEqual([EARLIER, 'filler'])
    rmSync(join(folder, 'filler'))
    expect((await chat.box.run([...words, '-p', folder])).code).toBe(0)
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
  },
)

// No mount is needed for this one: the kernel itself refuses to let a file grow.
test.each([{ words: ['backup'] }, { words: ['backup', '--two-files'] }])(
  'a file that may not grow half way through $words: nothing half written stays, and without the limit it succeeds',
  async ({ words }) => {
    const folder = chat.box.path(`/limited${words.length}`)
    mkdirSync(folder)
    writeFileSync(join(folder, EARLIER), 'an earlier one')
    const { code, err } = await chat.box.limited('--fsize=1500000', [...words, '-p', folder])
    expect([code, err]).toEqual([1, expect.stringContaining(`A file in ${folder} may not become larger.`)])
    expect(err).toContain('The unfinished backup was removed; earlier ones are untouched.')
    expect(readdirSync(folder)).toEqual([EARLIER])
    expect((await chat.box.run([...words, '-p', folder])).code).toBe(0)
    expect(readdirSync(folder).length).toBe(1 + words.length)
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
