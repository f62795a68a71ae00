import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import {
  cleanUp,
  databaseProcesses,
  embeddedSource,
  freePort,
  launch,
  makeFolder,
  postmaster,
  send,
  start,
  stop,
  until,
} from './instance.fixture.ts'
import type { Instance } from './instance.fixture.ts'
import { query, wrongCounters } from './recount.fixture.ts'
import { makeTeam, signUp } from './world.fixture.ts'
import type { Member } from './world.fixture.ts'
import { randomFrom, Writers } from './writers.fixture.ts'

const ROUNDS = 20
const seed = Number(process.env.CRASH_SEED ?? 20_251_123)

afterAll(() => cleanUp())

/** What `kill -9` hits. The database leads a process group of its own. */
const KILLS: Record<string, (instance: Instance) => void> = {
  server: ({ pid }) => send(pid, 'SIGKILL'),
  database: ({ home }) => send(postmaster(home)!, 'SIGKILL'),
  both: ({ home, pid }) => [postmaster(home)!, pid].forEach((one) => send(one, 'SIGKILL')),
  groups: ({ home, pid }) => [pid, ...databaseProcesses(home)].forEach((one) => send(one, 'SIGKILL')),
}

interface Round {
  readonly kill: string
  /** strikes when so many posts of the round were answered … */
  readonly posts: number
  /** … and so much later, in the middle of the next ones */
  readonly afterMs: number
  /** strikes while the next start is still under way, too */
  readonly again: boolean
}

function plan(random: () => number): Round[] {
  const names = Object.keys(KILLS)
  return Array.from({ length: ROUNDS }, () => ({
    kill: names[Math.floor(random() * names.length)]!,
    posts: 10 + Math.floor(random() * 100),
    afterMs: Math.floor(random() * 30),
    again: random() < 0.2,
  }))
}

// Real processes, killed twenty times: most of the time goes into starting them again.
test('what was acknowledged survives kill -9 at any moment, once, and the counters agree', async () => {
  const random = randomFrom(seed)
  const where = { home: await makeFolder('crash'), port: await freePort() }
  let instance = await start(where)
  const admin = await signUp(instance.url, 'admin')
  const people: Member[] = [admin]
  for (let n = 1; n < 8; n++) people.push(await signUp(instance.url, `writer${n}`, admin.client))
  const team = await makeTeam(admin, people.slice(1), 3)
  const writers = new Writers(instance.url, team.channels, random)
  const done: string[] = []
  for (const round of plan(random)) {
    const before = writers.acknowledged.length
    writers.begin(people)
    await until('enough is posted', () => writers.acknowledged.length - before >= round.posts, 90_000)
    await sleep(round.afterMs)
    KILLS[round.kill]!(instance)
    await instance.ended
    await writers.end()
    done.push(`${round.kill} after ${writers.acknowledged.length - before} posts`)
    if (round.again) await killDuringStart(where, random() * 1200)
    instance = await start(where)
  }
  await check(instance, writers, `seed ${seed}\n${done.join('\n')}`)
  expect(await stop(instance)).toEqual({ code: 0, signal: null })
}, 600_000)

test('a process of the database that dies alone ends nothing; posts sent again until answered are there once', async () => {
  const where = { home: await makeFolder('backend'), port: await freePort() }
  const instance = await start(where)
  const admin = await signUp(instance.url, 'admin')
  const people = [
    admin,
    ...(await Promise.all(['one', 'two', 'three'].map((name) => signUp(instance.url, name, admin.client)))),
  ]
  const team = await makeTeam(admin, people.slice(1), 2)
  const writers = new Writers(instance.url, team.channels, randomFrom(seed), true)
  writers.begin(people)
  for (let round = 1; round <= 4; round++) {
    const before = writers.acknowledged.length
    await until('enough is posted', () => writers.acknowledged.length > before + 100, 90_000)
    const source = embeddedSource(where.home)
    const busy = `SELECT pid FROM pg_stat_activity WHERE query ILIKE '%insert into posts%' AND pid <> pg_backend_pid() LIMIT 1`
    for (const { pid } of await query<{ pid: number }>(source, busy)) send(pid, 'SIGKILL')
  }
  const before = writers.acknowledged.length
  await until('posts are written again', () => writers.acknowledged.length > before + 50, 90_000)
  await writers.end()
  expect(writers.unanswered).toEqual([])
  const rows = await query<{ message: string }>(embeddedSource(where.home), `SELECT message FROM posts WHERE type = ''`)
  expect(rows.map((row) => row.message).toSorted()).toEqual(writers.acknowledged.map((one) => one.pendingId).toSorted())
  expect(await wrongCounters(embeddedSource(where.home))).toEqual([])
  expect(await stop(instance)).toEqual({ code: 0, signal: null })
}, 300_000)

async function killDuringStart(where: { home: string; port: number }, afterMs: number): Promise<void> {
  const instance = launch(where)
  await sleep(afterMs)
  send(-instance.pid, 'SIGKILL')
  await instance.ended
}

async function check({ home }: Instance, writers: Writers, story: string): Promise<void> {
  const source = embeddedSource(home)
  const rows = await query<{ id: string; message: string; rootid: string; channelid: string; userid: string }>(
    source,
    `SELECT id, message, rootid, channelid, userid FROM posts WHERE type = ''`,
  )
  const stored = new Map(rows.map((row) => [row.message, row]))
  expect(writers.acknowledged.length, story).toBeGreaterThan(ROUNDS * 10)
  expect(rows.length, `a post is there twice; ${story}`).toBe(stored.size)
  const lost = writers.acknowledged.filter(({ id, pendingId, channelId, rootId, userId }) => {
    const row = stored.get(pendingId)
    return row?.id !== id || row.channelid !== channelId || row.rootid !== rootId || row.userid !== userId
  })
  expect(lost, `lost posts; ${story}`).toEqual([])
  const sent = new Set([...writers.acknowledged.map((one) => one.pendingId), ...writers.unanswered])
  expect(
    rows.filter((row) => !sent.has(row.message)),
    story,
  ).toEqual([])
  expect(await wrongCounters(source), story).toEqual([])
}
