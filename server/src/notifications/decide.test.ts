import { describe, expect, test } from 'vitest'

import { decideNotifications } from './decide.ts'
import { PUSH_ACTIVITY_MS, statusAllowsPush } from './levels.ts'
import { input, member } from './notification-fixtures.ts'
import type { NotificationStatus } from './notification-types.ts'

type Changes = NonNullable<Parameters<typeof member>[1]>
type Scene = NonNullable<Parameters<typeof input>[1]>
const NOW = 1_000_000_000
const decide = (message: string, changes: Changes = {}, scene: Scene = {}) =>
  decideNotifications(input(message, { members: [member('bob', changes)], ...scene }))
const push = (message: string, changes?: Changes, scene?: Scene) => decide(message, changes, scene).pushTo('bob', NOW)
const GM = { channel: { id: 'g', type: 'G' as const } }
const DM = { channel: { id: 'd', type: 'D' as const } }
const REPLY = { thread: {} }

describe('push', () => {
  test.each<[string, string, Changes, Scene, boolean]>([
    ['mention', '@bob', {}, {}, true],
    ['no mention', 'hi', {}, {}, false],
    ['@channel', '@channel', {}, {}, true],
    ['level all', 'hi', { user: { push: 'all' } }, {}, true],
    ['level none', '@bob', { user: { push: 'none' } }, {}, false],
    ['channel all', 'hi', { inChannel: { push: 'all' } }, {}, true],
    ['channel none', '@bob', { user: { push: 'all' }, inChannel: { push: 'none' } }, {}, false],
    ['channel mention over user all', 'hi', { user: { push: 'all' }, inChannel: { push: 'mention' } }, {}, false],
    ['muted', '@bob', { inChannel: { mark_unread: 'mention' } }, {}, false],
    ['bot', '@bob', { isBot: true }, {}, false],
    ['deactivated', '@bob', { deleteAt: 1 }, {}, false],
    ['system post', '@bob', {}, { post: { type: 'system_header_change' } }, false],
    ['added to the channel', '', {}, { post: { type: 'system_add_to_channel', props: { addedUserId: 'bob' } } }, false],
    ['direct message', 'hi', {}, DM, true],
    ['group message', 'hi', {}, GM, true],
    ['group message, channel mention', 'hi', { inChannel: { push: 'mention' } }, GM, false],
    ['group message, named', '@bob', { inChannel: { push: 'mention' } }, GM, true],
    ['group message, none', 'hi', { user: { push: 'none' } }, GM, false],
    ['reply, all, no collapsed threads', 're', { user: { push: 'all' } }, REPLY, true],
    ['reply, all, collapsed threads', 're', { user: { push: 'all' }, collapsedThreads: true }, REPLY, false],
    [
      'reply, all, collapsed threads switched off',
      're',
      { user: { push: 'all' }, collapsedThreads: true },
      { ...REPLY, settings: { collapsedThreads: 'disabled' } },
      true,
    ],
    ['reply to a follower', 're', { collapsedThreads: true }, { thread: { followers: [{ userId: 'bob' }] } }, true],
    [
      'forced',
      'hi',
      { user: { push: 'none' }, inChannel: { mark_unread: 'mention' } },
      { post: { props: { force_notification: 'x' } } },
      true,
    ],
    [
      'forced while dnd',
      'hi',
      {},
      { post: { props: { force_notification: 'x' } }, statuses: { bob: { status: 'dnd' } } },
      true,
    ],
    ['not forced by an empty prop', 'hi', {}, { post: { props: { force_notification: '' } } }, false],
  ])('%s', (_, message, changes, scene, expected) => {
    const decision = decide(message, changes, scene)
    expect(decision.pushTo('bob', NOW)).toBe(expected)
    expect(!expected || decision.pushCandidates().has('bob')).toBe(true)
  })

  test('never to the author or to strangers', () => {
    const decision = decide('@author', {}, { members: [member('author', { user: { push: 'all' } })] })
    expect(decision.pushTo('author', NOW)).toBe(false)
    expect(decision.pushTo('stranger', NOW)).toBe(false)
  })

  const at = (status: NotificationStatus['status'], activeChannelId = '', ago = 0): NotificationStatus => ({
    status,
    activeChannelId,
    lastActivityAt: NOW - ago,
  })
  test.each<[string, NotificationStatus, boolean, boolean]>([
    ['online', at('online', 'c1'), false, false],
    ['online', at('online', 'c1', PUSH_ACTIVITY_MS), false, false],
    ['online', at('online', 'c1', PUSH_ACTIVITY_MS + 1), false, true],
    ['online', at('online', 'c2'), false, true],
    ['online', at('online', 'c1'), true, true],
    ['online', at('dnd'), true, false],
    ['online', at('ooo'), true, false],
    ['online', at('offline'), false, true],
    ['away', at('online', 'c2'), false, false],
    ['away', at('away'), false, true],
    ['away', at('offline'), false, true],
    ['offline', at('away'), true, false],
    ['offline', at('offline'), false, true],
  ])('wanted when %s, is %j, thread %s → %s', (push_status, status, thread, expected) => {
    expect(statusAllowsPush(member('bob', { user: { push_status } }), status, 'c1', NOW, thread)).toBe(expected)
  })

  test('looks at the presence of the one it asks about', () => {
    const statuses = { bob: at('online', 'c1') }
    expect(push('@bob', {}, { statuses })).toBe(false)
    expect(push('@bob', {}, { statuses: { bob: at('online', 'c9') } })).toBe(true)
  })
})

describe('e-mail', () => {
  test.each<[string, string, Changes, Scene, boolean]>([
    ['mention, offline', '@bob', {}, {}, true],
    ['no mention', 'hi', {}, {}, false],
    ['away', '@bob', {}, { statuses: { bob: { status: 'away' } } }, true],
    ['online', '@bob', {}, { statuses: { bob: { status: 'online' } } }, false],
    ['dnd', '@bob', {}, { statuses: { bob: { status: 'dnd' } } }, false],
    ['ooo', '@bob', {}, { statuses: { bob: { status: 'ooo' } } }, false],
    ['switched off', '@bob', { user: { email: 'false' } }, {}, false],
    ['on for the channel', '@bob', { user: { email: 'false' }, inChannel: { email: 'true' } }, {}, true],
    ['off for the channel', '@bob', { inChannel: { email: 'false' } }, {}, false],
    ['muted', '@bob', { inChannel: { mark_unread: 'mention' } }, {}, false],
    ['bot', '@bob', { isBot: true }, {}, false],
    ['automatic reply', 'away', {}, { ...DM, post: { type: 'system_auto_responder' } }, false],
    ['direct message', 'hi', {}, DM, true],
    ['follower', 're', { collapsedThreads: true }, { thread: { followers: [{ userId: 'bob' }] } }, true],
    [
      'follower, off for the channel',
      're',
      { collapsedThreads: true, inChannel: { email: 'false' } },
      { thread: { followers: [{ userId: 'bob' }] } },
      true,
    ],
    [
      'collapsed threads, no follower',
      're',
      { collapsedThreads: true, user: { comments: 'any' } },
      { thread: { participantIds: ['bob'] } },
      false,
    ],
  ])('%s', (_, message, changes, scene, expected) => {
    const decision = decide(message, changes, scene)
    expect(decision.emailTo('bob')).toBe(expected)
    expect(!expected || decision.emailCandidates().has('bob')).toBe(true)
  })
})

test.each<[string, Changes, Scene, boolean]>([
  ['mention', {}, {}, false],
  ['all', { user: { desktop: 'all' } }, {}, true],
  ['all for the channel', { inChannel: { desktop: 'all' } }, {}, true],
  ['none for the channel', { user: { desktop: 'all' }, inChannel: { desktop: 'none' } }, {}, false],
  ['group message', {}, GM, true],
  ['group message, none', { user: { desktop: 'none' } }, GM, false],
  ['bot', { isBot: true, user: { desktop: 'all' } }, {}, false],
])('desktop acknowledgement: %s', (_, changes, scene, expected) => {
  expect(decide('hi', changes, scene).desktopShouldAck('bob')).toBe(expected)
})
