import { describe, expect, test } from 'vitest'

import { decideNotifications } from './decide.ts'
import { input, member } from './notification-fixtures.ts'

const crt = { collapsedThreads: true }
const added = (decision: ReturnType<typeof decideNotifications>) =>
  Object.fromEntries(
    [...decision.threadFollowersToAdd].map(([id, { reason, refollow }]) => [id, `${reason}${refollow ? '!' : ''}`]),
  )

describe('who comes to follow a thread', () => {
  const members = [
    member('rooter'),
    member('named'),
    member('named-in-root'),
    member('auto', { inChannel: { channel_auto_follow_threads: 'on' } }),
    member('idle'),
  ]
  const thread = { rootMentions: ['named-in-root', 'left'] }

  test('author, root author, mentioned in root or reply, and who follows all threads', () => {
    expect(added(decideNotifications(input('@named', { members, thread })))).toEqual({
      named: 'mention!',
      author: 'author',
      rooter: 'root',
      'named-in-root': 'root_mention',
      auto: 'auto',
    })
  })

  test('not the owner of the webhook that wrote the root, nor people who left', () => {
    const found = added(decideNotifications(input('re', { members, thread: { rootFromWebhook: true } })))
    expect(found).toEqual({ author: 'author', auto: 'auto' })
    expect(added(decideNotifications(input('re', { thread })))).toEqual({ author: 'author' })
  })

  test('existing followers are not repeated; who unfollowed comes back only when mentioned', () => {
    const followers = [
      { userId: 'rooter', following: true },
      { userId: 'auto', following: false },
      { userId: 'author', following: false },
      { userId: 'named', following: false },
    ]
    expect(added(decideNotifications(input('@named', { members, thread: { followers } })))).toEqual({
      named: 'mention!',
    })
    expect(added(decideNotifications(input('re', { members, thread: { followers } })))).toEqual({})
    // A call to everyone does not undo what someone chose for this thread.
    expect(added(decideNotifications(input('@all', { members, thread: { followers } })))).not.toHaveProperty('named')
  })

  test('nobody for root posts, without auto-follow, or with threads switched off', () => {
    expect(added(decideNotifications(input('@named', { members })))).toEqual({})
    for (const settings of [{ threadAutoFollow: false }, { collapsedThreads: 'disabled' as const }]) {
      expect(added(decideNotifications(input('@named', { members, thread, settings })))).toEqual({})
    }
  })

  test('in a direct message the other one, in a group message only the named', () => {
    const direct = { channel: { id: 'd', type: 'D' as const }, members: [member('named')], thread: {} }
    expect(added(decideNotifications(input('re', direct)))).toEqual({ named: 'mention!', author: 'author' })
    const group = { channel: { id: 'g', type: 'G' as const }, members: [member('named'), member('idle')], thread: {} }
    expect(added(decideNotifications(input('@named', group)))).toEqual({ named: 'mention!', author: 'author' })
  })
})

test('unread mentions of a thread count for followers, old and new', () => {
  const members = [member('bob'), member('eve'), member('kim', { user: { comments: 'any' } })]
  const thread = { participantIds: ['kim'], followers: [{ userId: 'kim' }, { userId: 'eve' }] }
  expect([...decideNotifications(input('@bob', { members, thread })).threadMentions].toSorted()).toEqual(['bob', 'kim'])
  const group = { channel: { id: 'g', type: 'G' as const }, members, thread: { followers: [{ userId: 'eve' }] } }
  expect([...decideNotifications(input('re', group)).threadMentions]).toEqual(['eve'])
})

describe('which followers are told', () => {
  type Changes = Parameters<typeof member>[1]
  const told = (changes: Changes, message = 're') => {
    const members = [member('bob', { ...crt, ...changes })]
    const { notifyFollowers } = decideNotifications(
      input(message, { members, thread: { followers: [{ userId: 'bob' }] } }),
    )
    return [...(['desktop', 'push', 'email'] as const)].filter((kind) => notifyFollowers[kind].has('bob')).join(' ')
  }
  const onlyMentions = { desktop_threads: 'mention', push_threads: 'mention', email_threads: 'mention' }

  test.each<[string, Changes, string, string]>([
    ['defaults', {}, 'desktop push email', 'desktop push email'],
    ['without collapsed threads', { collapsedThreads: false }, '', ''],
    ['threads only when mentioned', { user: onlyMentions }, '', 'desktop push email'],
    [
      'level all beats it',
      { user: { ...onlyMentions, desktop: 'all', push: 'all' } },
      'desktop push',
      'desktop push email',
    ],
    ['level none', { user: { desktop: 'none', push: 'none', email: 'false' } }, '', ''],
    ['channel none', { inChannel: { desktop: 'none', push: 'none' } }, 'email', 'email'],
    ['channel mention', { inChannel: { desktop: 'mention', push: 'mention' } }, 'email', 'desktop push email'],
    [
      'channel all',
      { user: { desktop: 'none' }, inChannel: { desktop: 'all' } },
      'desktop push email',
      'desktop push email',
    ],
    ['muted', { inChannel: { mark_unread: 'mention' } }, 'desktop', 'desktop'],
    ['bot', { isBot: true }, 'desktop', 'desktop'],
  ])('%s', (_, changes, plain, mentioned) => {
    expect(told(changes)).toBe(plain)
    expect(told(changes, '@bob')).toBe(mentioned)
  })

  test('not the author, not who unfollowed, but the mentioned even without auto-follow', () => {
    const members = [member('bob', crt), member('eve', crt), member('author', crt)]
    const followers = [{ userId: 'author' }, { userId: 'eve', following: false }]
    const settings = { threadAutoFollow: false }
    const { notifyFollowers } = decideNotifications(input('@bob', { members, thread: { followers }, settings }))
    expect([...notifyFollowers.desktop]).toEqual(['bob'])
  })
})
