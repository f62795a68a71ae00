import { describe, expect, test } from 'vitest'

import { decideNotifications, explicitMentions } from './decide.ts'
import { ChannelKeywords } from './keywords.ts'
import { input, member } from './notification-fixtures.ts'

const kinds = (decision: { mentions: Map<string, string> }) => Object.fromEntries(decision.mentions)
const [bob, eve] = [member('bob'), member('eve')]

describe('who is mentioned', () => {
  test('never the author, unless a webhook posted', () => {
    expect(kinds(decideNotifications(input('@author @bob', { members: [bob] })))).toEqual({ bob: 'keyword' })
    for (const from_webhook of ['true', true]) {
      const decision = decideNotifications(input('@author', { post: { props: { from_webhook } } }))
      expect(kinds(decision)).toEqual({ author: 'keyword' })
    }
  })

  test('names in attachments count', () => {
    const post = { props: { attachments: [{ text: '@bob', fields: [{ value: '@eve' }] }] } }
    expect(kinds(decideNotifications(input('', { members: [bob, eve], post })))).toEqual({
      bob: 'keyword',
      eve: 'keyword',
    })
  })

  test('in a direct message the other one, whatever is written', () => {
    const scene = { channel: { id: 'd', type: 'D' as const }, members: [bob] }
    expect(kinds(decideNotifications(input('hi @nobody', scene)))).toEqual({ bob: 'dm' })
    expect(decideNotifications(input('hi @nobody', scene)).potentialMentions).toEqual([])
    expect(kinds(decideNotifications(input('note to self', { ...scene, members: [] })))).toEqual({})
  })

  test('in a group message everyone, the named more strongly', () => {
    const scene = { channel: { id: 'g', type: 'G' as const }, members: [bob, eve] }
    expect(kinds(decideNotifications(input('@bob hi', scene)))).toEqual({ bob: 'keyword', eve: 'gm' })
  })

  test('who was added to a channel', () => {
    const post = { type: 'system_add_to_channel', props: { addedUserId: 'bob' } }
    expect(kinds(decideNotifications(input('added', { members: [bob], post })))).toEqual({ bob: 'keyword' })
    const forged = { type: '', props: { addedUserId: 'bob' } }
    expect(kinds(decideNotifications(input('added', { members: [bob], post: forged })))).toEqual({})
  })

  test('names outside the channel are reported, but not for system posts', () => {
    expect(decideNotifications(input('@ghost @bob', { members: [bob] })).potentialMentions).toEqual(['ghost'])
    const system = { post: { type: 'system_header_change' } }
    expect(decideNotifications(input('@ghost', system)).potentialMentions).toEqual([])
  })
})

describe('@channel, @all, @here', () => {
  const crew = [
    member('plain'),
    member('off', { user: { channel: 'false' } }),
    member('ignores', { inChannel: { ignore_channel_mentions: 'on' } }),
    member('muted', { inChannel: { mark_unread: 'mention' } }),
    member('muted-but-listens', { inChannel: { mark_unread: 'mention', ignore_channel_mentions: 'off' } }),
  ]

  test.each(['@channel', '@all', 'hello @ALL!', '@channel:', '@all여러분'])('%s reaches who accepts it', (text) => {
    const decision = decideNotifications(input(text, { members: crew }))
    expect(kinds(decision)).toEqual({ plain: 'channel', 'muted-but-listens': 'channel' })
    expect(decision.channelWide).toBe('applied')
  })

  test('@here reaches only who is online at that moment', () => {
    const statuses = { plain: { status: 'online' }, 'muted-but-listens': { status: 'away' } } as const
    const decision = decideNotifications(input('@here', { members: crew, statuses }))
    expect(kinds(decision)).toEqual({ plain: 'channel' })
    expect([decision.hereUsed, decision.channelUsed, decision.allUsed]).toEqual([true, false, false])
  })

  test('are not obeyed without the permission, in header changes and in large channels', () => {
    const author = { useChannelMentions: false, useGroupMentions: true }
    const cases = [
      [decideNotifications(input('@all', { members: crew, author })), 'forbidden'],
      [decideNotifications(input('@all', { members: crew, post: { type: 'system_header_change' } })), 'system_post'],
      [decideNotifications(input('@all', { members: crew, post: { type: 'system_purpose_change' } })), 'system_post'],
      [
        decideNotifications(input('@all', { members: crew, settings: { maxNotificationsPerChannel: 6 } })),
        'too_many_members',
      ],
      [decideNotifications(input('all', { members: crew })), 'unused'],
    ] as const
    for (const [decision, outcome] of cases) {
      expect(decision.channelWide).toBe(outcome)
      expect(kinds(decision)).toEqual({})
    }
    expect(
      decideNotifications(input('@all', { members: crew, settings: { maxNotificationsPerChannel: 7 } })).channelWide,
    ).toBe('applied')
  })

  test('visit no member in code, and only those who accept them otherwise', () => {
    const scene = { members: new ChannelKeywords(crew) }
    decideNotifications(input('`@all`', scene))
    expect(scene.members.visits).toBe(0)
    decideNotifications(input('@all', scene))
    expect(scene.members.visits).toBe(2)
  })
})

describe('groups', () => {
  const groups = new Map([
    ['devs', { id: 'g1', memberIds: ['bob', 'outsider', 'author'], allowReference: true }],
    ['secret', { id: 'g2', memberIds: ['bob'], allowReference: false }],
  ])

  test('mention their members in the channel, outsiders are listed', () => {
    const decision = decideNotifications(input('@Devs, @bob @all', { members: [bob, eve], groups }))
    expect(kinds(decision)).toEqual({ bob: 'group', eve: 'channel' })
    expect(decision.groupMentions).toEqual([
      { id: 'g1', name: 'devs', memberIds: ['bob', 'author'], outsideIds: ['outsider'] },
    ])
    expect(decision.potentialMentions).toEqual([])
  })

  test('need the permission, and a group that may be referred to', () => {
    const author = { useChannelMentions: true, useGroupMentions: false }
    const denied = decideNotifications(input('@devs', { members: [bob], groups, author }))
    expect([kinds(denied), denied.groupMentions, denied.groupsForbidden]).toEqual([{}, [], true])
    const secret = decideNotifications(input('@secret', { members: [bob], groups }))
    expect([kinds(secret), secret.groupsForbidden, secret.potentialMentions]).toEqual([{}, false, []])
  })
})

describe('replies without collapsed threads', () => {
  const crew = [
    member('rooter', { user: { comments: 'root' } }),
    member('any', { user: { comments: 'any' } }),
    member('root-only', { user: { comments: 'root' } }),
    member('never'),
    member('collapsed', { user: { comments: 'any' }, collapsedThreads: true }),
  ]
  const thread = { participantIds: ['rooter', 'any', 'root-only', 'never', 'collapsed', 'left', 'author'] }

  test('reach earlier authors as they chose', () => {
    expect(kinds(decideNotifications(input('re', { members: crew, thread })))).toEqual({
      rooter: 'root',
      any: 'thread',
    })
  })

  test.each([
    ['always_on', {}],
    ['disabled', { rooter: 'root', any: 'thread', collapsed: 'thread' }],
  ] as const)('the server may decide: %s', (collapsedThreads, expected) => {
    expect(kinds(decideNotifications(input('re', { members: crew, thread, settings: { collapsedThreads } })))).toEqual(
      expected,
    )
  })
})

test('what a root post mentions for its thread leaves out mere membership of a group message', () => {
  const scene = { channel: { id: 'g', type: 'G' as const }, members: [bob, eve] }
  expect(explicitMentions(input('@bob hi', scene))).toEqual(['bob'])
})

test('an ordinary post in a large channel visits no member at all', () => {
  const members = new ChannelKeywords(Array.from({ length: 20_000 }, (_, i) => member(`user${i}`)))
  const decision = decideNotifications(input('배포가 끝났습니다. Nothing special.', { members }))
  expect(decision.mentions.size + decision.pushCandidates().size + decision.emailCandidates().size).toBe(0)
  expect([members.lookups, members.visits]).toEqual([0, 0])
})
