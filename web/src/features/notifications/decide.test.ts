import { expect, test } from 'vitest'
import type { ServerPost } from '../../store/entities.ts'
import { emptyState } from '../../store/state.ts'
import type { State } from '../../store/state.ts'
import { isWorthNotice } from './decide.ts'
import type { Posted, View } from './decide.ts'
import { titleOf } from './title-text.ts'

interface Scene {
  readonly mine?: string
  readonly channel?: Record<string, string>
  readonly status?: string
  readonly collapsed?: boolean
}

const stateOf = ({ mine = 'mention', channel = {}, status = 'online', collapsed = false }: Scene): State =>
  ({
    ...emptyState,
    me: 'me',
    config: { CollapsedThreads: collapsed ? 'always_on' : 'disabled' },
    users: { me: { id: 'me', notify_props: { desktop: mine } } },
    statuses: { me: status },
    channelMembers: { c: { channel_id: 'c', notify_props: { desktop: 'default', ...channel } } },
  }) as unknown as State

const AWAY: View = { focused: false, channelId: 'c', rootId: '' }

interface Event extends Partial<Omit<Posted, 'post'>> {
  readonly post?: Partial<ServerPost>
}

function told(scene: Scene, event: Event, view: View = AWAY): boolean {
  const post = { id: 'p', channel_id: 'c', user_id: 'ben', root_id: '', type: '', props: {}, ...event.post }
  const posted = { channelType: 'O', mentionsMe: false, followed: false, ...event, post: post as ServerPost }
  return isWorthNotice(stateOf(scene), posted, view)
}

const REPLY = { root_id: 'r' }

test.each<[string, Scene, Event, boolean]>([
  ['a mention', {}, { mentionsMe: true }, true],
  ['nothing that concerns me', {}, {}, false],
  ['everything, when I want it', { mine: 'all' }, {}, true],
  ['nothing, when I want it', { mine: 'none' }, { mentionsMe: true }, false],
  ['a direct message', {}, { channelType: 'D' }, true],
  ['a group of a few people', {}, { channelType: 'G' }, true],
  ['the level of the channel before mine', { channel: { desktop: 'all' } }, {}, true],
  ['a channel of which I want nothing', { mine: 'all', channel: { desktop: 'none' } }, { mentionsMe: true }, false],
  ['a muted channel', { mine: 'all', channel: { mark_unread: 'mention' } }, { mentionsMe: true }, false],
  ['do not disturb', { status: 'dnd' }, { mentionsMe: true }, false],
  ['out of office', { status: 'ooo' }, { mentionsMe: true }, false],
  ['what I wrote', { mine: 'all' }, { post: { user_id: 'me' } }, false],
  ['what my webhook wrote', { mine: 'all' }, { post: { user_id: 'me', props: { from_webhook: 'true' } } }, true],
  ['the system', { mine: 'all' }, { post: { type: 'system_join_channel' as ServerPost['type'] } }, false],
  [
    'that I was added',
    {},
    { post: { type: 'system_add_to_channel' as ServerPost['type'], props: { addedUserId: 'me' } } },
    true,
  ],
  ['what the server forces', { mine: 'none' }, { post: { props: { force_notification: 'test' } } }, true],
  ['a reply of a thread that I follow', { collapsed: true }, { post: REPLY, followed: true }, true],
  ['a reply of another thread', { collapsed: true, mine: 'all' }, { post: REPLY }, false],
  ['a reply that mentions me', { collapsed: true }, { post: REPLY, mentionsMe: true }, true],
  ['a reply in the channel', { mine: 'all' }, { post: REPLY }, true],
])('%s', (_, scene, event, expected) => {
  expect(told(scene, event)).toBe(expected)
})

test('what I look at is no news, and a channel I am not in neither', () => {
  const mention: Event = { mentionsMe: true }
  expect(told({}, mention, { focused: true, channelId: 'c', rootId: '' })).toBe(false)
  expect(told({}, mention, { focused: true, channelId: 'other', rootId: '' })).toBe(true)
  expect(told({}, { ...mention, post: { channel_id: 'unknown' } })).toBe(false)
  const reply: Event = { followed: true, post: REPLY }
  expect(told({ collapsed: true }, reply, { focused: true, channelId: 'c', rootId: '' })).toBe(true)
  expect(told({ collapsed: true }, reply, { focused: true, channelId: '', rootId: 'r' })).toBe(false)
})

test('the title says how often I am meant, else that something is new', () => {
  expect(titleOf('Garden - Team', { mentions: 3, unread: true })).toBe('(3) Garden - Team')
  expect(titleOf('Garden - Team', { mentions: 0, unread: true })).toBe('* Garden - Team')
  expect(titleOf('Garden - Team', { mentions: 0, unread: false })).toBe('Garden - Team')
})
