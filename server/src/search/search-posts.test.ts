import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../ids.ts'
import { parseQuery } from './parse-query.ts'
import { findPosts, pageRange, type SearchOptions } from './search-posts.ts'
import { openSearchWorld, seedChannel, seedPost, seedUser } from './search-testkit.ts'

let world: Awaited<ReturnType<typeof openSearchWorld>>
const ids: Record<string, string> = {}
const team = newId()
const otherTeam = newId()

async function find(terms: string, options: Partial<SearchOptions> & { isOrSearch?: boolean } = {}) {
  const query = parseQuery(terms, { isOrSearch: options.isOrSearch })
  return findPosts(world, { userId: ids.ann!, teamId: team, ...options, query })
}

/** Names of the seeded posts found, newest first. */
async function names(terms: string, options: Parameters<typeof find>[1] = {}): Promise<string[]> {
  const found = await find(terms, options)
  return found.posts.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id) ?? id)
}

async function seed(name: string, message: string, more: Partial<Parameters<typeof seedPost>[1]> = {}): Promise<void> {
  ids[name] = await seedPost(world.pool, { message, channelId: ids.town!, userId: ids.ann!, ...more })
  world.indexer.noteCommitted([ids[name]])
}

beforeAll(async () => {
  world = await openSearchWorld()
  const { pool } = world
  ids.ann = await seedUser(pool, 'ann')
  ids.ben = await seedUser(pool, 'ben.k')
  ids.cy = await seedUser(pool, 'cy')
  ids.town = await seedChannel(pool, { name: 'town-square', teamId: team, members: [ids.ann, ids.ben] })
  ids.dev = await seedChannel(pool, { name: 'dev', teamId: team, members: [ids.ann] })
  ids.far = await seedChannel(pool, { name: 'far', teamId: otherTeam, members: [ids.ann] })
  ids.secret = await seedChannel(pool, { name: 'secret', type: 'P', teamId: team, members: [ids.ben] })
  ids.old = await seedChannel(pool, { name: 'old', teamId: team, deleteAt: 5, members: [ids.ann] })
  const direct = [ids.ann, ids.ben].sort().join('__')
  ids.dm = await seedChannel(pool, { name: direct, type: 'D', members: [ids.ann, ids.ben] })
  ids.gm = await seedChannel(pool, { name: 'abc', type: 'G', members: [ids.ann, ids.ben, ids.cy] })
  await seed('korean', '오늘 주간회의록을 팀에서 공유했습니다')
  await seed('nfd', '다음 회의는 내일입니다'.normalize('NFD'), { userId: ids.ben })
  await seed('english', 'The quick  brown\nfox — Kubernetes deploy-server v1.2-rc3', { channelId: ids.dev })
  await seed('address', '10.20.30.41 and ops-team@example.co.kr in 100% of C++ a_b')
  await seed('tagged', 'see #회의록 and #Release-1.x', { hashtags: '#회의록 #Release-1.x' })
  await seed('emoji', 'done 🚀 ❤️ :tada:')
  await seed('dmPost', '비밀 회의 direct', { channelId: ids.dm, userId: ids.ben })
  await seed('gmPost', '단체 회의 group', { channelId: ids.gm })
  await seed('farPost', '먼 회의 far away', { channelId: ids.far })
  await seed('secretPost', '회의 secret plan', { channelId: ids.secret, userId: ids.ben })
  await seed('oldPost', '회의 archived', { channelId: ids.old })
  await seed('deleted', '회의 deleted', { deleteAt: 9 })
  await seed('history', '회의 history', { originalId: newId(), deleteAt: 9 })
  await seed('system', '회의 system', { type: 'system_join_channel' })
  await world.indexer.flush()
})

afterAll(() => world.close())

describe('words in any language', () => {
  test.each([
    ['회의', ['gmPost', 'dmPost', 'tagged', 'nfd', 'korean']],
    ['회의록', ['tagged', 'korean']],
    ['의록을', ['korean']],
    ['회의'.normalize('NFD'), ['gmPost', 'dmPost', 'tagged', 'nfd', 'korean']],
    ['팀', ['korean']],
    ['KUBER', ['english']],
    ['bernet', ['english']],
    ['deploy-server', ['english']],
    ['v1.2-rc3', ['english']],
    ['"quick brown fox"', ['english']],
    ['"brown quick"', []],
    ['brown quick', ['english']],
    ['10.20.30', ['address']],
    ['10.20.3', ['address']],
    ['ops-team@example.co.kr', ['address']],
    ['100%', ['address']],
    ['a_b', ['address']],
    ['c++', ['address']],
    ['a%b', []],
    ['🚀', ['emoji']],
    ['❤', ['emoji']],
    [':tada:', ['emoji']],
    ['q', ['english']],
    ['없는말', []],
    ["'; DROP TABLE posts; --", []],
    ['\\', []],
    ['', []],
  ])('%s', async (terms, wanted) => expect(await names(terms)).toEqual(wanted))

  test('prefixes start a word, in Korean anywhere', async () => {
    expect(await names('kub*')).toEqual(['english'])
    expect(await names('bernet*')).toEqual([])
    expect(await names('server*')).toEqual(['english'])
    expect(await names('회의*')).toContain('korean')
    expect(await names('c+*')).toEqual(['address'])
  })

  test('hashtags match whole tags, whatever the case', async () => {
    expect(await names('#release-1.x')).toEqual(['tagged'])
    expect(await names('#회의록')).toEqual(['tagged'])
    expect(await names('#release')).toEqual([])
    expect(await names('#release*')).toEqual(['tagged'])
  })

  test('all, any, none', async () => {
    expect(await names('회의 내일')).toEqual(['nfd'])
    expect(await names('kubernetes 내일 q', { isOrSearch: true })).toEqual(['english', 'nfd'])
    expect(await names('회의 -주간 -"비밀 회의" -#회의록')).toEqual(['gmPost', 'nfd'])
    expect(await names('-회의 -done')).toEqual(['address', 'english'])
  })

  test('tells what to highlight', async () => {
    expect((await find('회의 내일')).matches[ids.nfd!]).toEqual(['회의', '내일'])
    const any = await find('kubernetes 내일', { isOrSearch: true })
    expect(any.matches).toEqual({ [ids.nfd!]: ['내일'], [ids.english!]: ['kubernetes'] })
  })
})

describe('scope', () => {
  test('only the members of a channel find its posts', async () => {
    expect(await names('secret')).toEqual([])
    expect(await names('secret in:secret')).toEqual([])
    expect(await names('secret', { channelIds: [ids.secret!] })).toEqual([])
    expect(await names('secret', { userId: ids.ben! })).toEqual(['secretPost'])
    expect(await names('회의', { userId: newId() })).toEqual([])
  })

  test('one team or all, archived channels on demand', async () => {
    expect(await names('far')).toEqual([])
    expect(await names('far', { teamId: undefined })).toEqual(['farPost'])
    expect(await names('archived')).toEqual([])
    expect(await names('archived', { includeDeletedChannels: true })).toEqual(['oldPost'])
    expect(await names('회의', { channelIds: [ids.dm!] })).toEqual(['dmPost'])
  })

  test.each([
    ['회의 from:ben.k', ['dmPost', 'nfd']],
    ['from:@BEN.K', ['dmPost', 'nfd']],
    ['회의 from:ann from:ben.k in:town-square', ['tagged', 'nfd', 'korean']],
    ['회의 -from:ben.k', ['gmPost', 'tagged', 'korean']],
    ['회의 from:nobody', []],
    ['in:dev', ['english']],
    ['in:~dev', ['english']],
    ['in:@ben.k', ['dmPost']],
    ['in:@ben.k,cy', ['gmPost']],
    ['in:@ben.k,@nobody', []],
    ['회의 -in:town-square -in:@ben.k', ['gmPost']],
    ['in:"The dev"', ['english']],
    ['in:no-such-channel', []],
    ['회의 before:2001-01-01', []],
    ['회의 after:2001-01-01 in:dev', []],
    ['quick after:2001-01-01', ['english']],
    ['quick -after:2001-01-01', []],
  ])('%s', async (terms, wanted) => expect(await names(terms)).toEqual(wanted))
})

describe('pages', () => {
  test('follow each other without gap or repetition', async () => {
    const all = (await find('회의')).posts
    const first = await find('회의', { perPage: 2 })
    const second = await find('회의', { perPage: 2, page: 1 })
    const third = await find('회의', { perPage: 2, page: 2 })
    expect([...first.posts, ...second.posts, ...third.posts]).toEqual(all)
    expect([first.hasMore, second.hasMore, third.hasMore]).toEqual([true, true, false])
  })

  test('odd numbers do no harm', () => {
    expect(pageRange(-1, 0)).toEqual({ start: 0, end: 60 })
    expect(pageRange(NaN, 1e9)).toEqual({ start: 0, end: 100 })
    expect(pageRange(1e9, 100)).toEqual({ start: 1000, end: 1000 })
    expect(pageRange(0.5, 2.5)).toEqual({ start: 0, end: 60 })
  })
})
