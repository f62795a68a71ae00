import { expect, test } from 'vitest'
import type { Post } from '../../../store/entities.ts'
import { emptyState } from '../../../store/state.ts'
import type { State } from '../../../store/state.ts'
import { buildRows, withDeleted } from './rows.ts'
import type { RowOptions } from './rows.ts'

const MINUTE = 60_000
const NOON = Date.UTC(2026, 10, 20, 12)
const options: RowOptions = {
  groups: true,
  joinLeave: true,
  dates: { dayKey: (at) => new Date(at).toISOString().slice(0, 10) },
}

type Draft = Partial<Post> & { at: number }

function stateOf(drafts: readonly Draft[]): { state: State; ids: string[] } {
  const posts = drafts.map(
    ({ at, ...draft }, index) =>
      ({
        id: `p${index}`,
        user_id: 'anna',
        root_id: '',
        type: '',
        props: {},
        metadata: {},
        create_at: at,
        ...draft,
      }) as Post,
  )
  const state = { ...emptyState, me: 'me', posts: Object.fromEntries(posts.map((post) => [post.id, post])) }
  return { state, ids: posts.map((post) => post.id) }
}

test('posts of one person within five minutes are a group; a day, a line or another person begins a new one', () => {
  const { state, ids } = stateOf([
    { at: NOON },
    { at: NOON + MINUTE },
    { at: NOON + 7 * MINUTE },
    { at: NOON + 8 * MINUTE, user_id: 'jiho' },
    { at: NOON + 9 * MINUTE, user_id: 'jiho' },
    { at: NOON + 24 * 60 * MINUTE, user_id: 'jiho' },
  ])
  const rows = buildRows(state, ids, { ...options, unreadId: 'p4' })
  expect(rows.map((row) => row.first)).toEqual([true, false, true, true, true, true])
  expect(rows.map((row) => row.day !== undefined)).toEqual([true, false, false, false, false, true])
  expect(rows.map((row) => row.unread === true)).toEqual([false, false, false, false, true, false])
  expect(buildRows(state, ids, { ...options, groups: false }).every((row) => row.first)).toBe(true)
})

test('a webhook that changes its name is another author; a post with a priority shows its own header', () => {
  const { state, ids } = stateOf([
    { at: NOON, props: { override_username: 'build' } },
    { at: NOON, props: { override_username: 'deploy' } },
    { at: NOON, props: { override_username: 'deploy' }, metadata: { priority: { priority: 'urgent' } } as never },
  ])
  expect(buildRows(state, ids, options).map((row) => row.first)).toEqual([true, true, true])
})

test('neighbouring messages about who came and went are one row, never across a day', () => {
  const join = { type: 'system_join_channel', props: { username: 'x' } }
  const { state, ids } = stateOf([
    { at: NOON, ...join },
    { at: NOON + 1, ...join, user_id: 'jiho' },
    { at: NOON + 2 },
    { at: NOON + 24 * 60 * MINUTE, ...join },
  ])
  expect(buildRows(state, ids, options).map((row) => row.ids?.length ?? 1)).toEqual([2, 1, 1])
})

test('those who hide joins still see their own', () => {
  const { state, ids } = stateOf([
    { at: NOON, type: 'system_join_channel', user_id: 'jiho' },
    { at: NOON, type: 'system_add_to_channel', user_id: 'jiho', props: { addedUserId: 'me' } },
  ])
  expect(buildRows(state, ids, { ...options, joinLeave: false }).map((row) => row.key)).toEqual(['p1'])
})

test('a deleted post leaves a line where it stood', () => {
  const { state, ids } = stateOf([{ at: NOON }, { at: NOON + 10 }])
  const rows = buildRows(state, ids, options)
  expect(withDeleted(state, rows, [{ id: 'gone', at: NOON + 5 }]).map((row) => row.key)).toEqual(['p0', 'gone', 'p1'])
  expect(withDeleted(state, rows, [{ id: 'gone', at: NOON + 15 }]).map((row) => row.key)).toEqual(['p0', 'p1', 'gone'])
  expect(withDeleted(state, rows, [{ id: 'gone', at: NOON - 5 }])).toEqual(rows)
})
