import { reader } from '../../../client/api.ts'
import { getState, update } from '../../../client/store.ts'
import { currentText } from '../../../shell/i18n.tsx'
import { receivedChannelStats } from '../../../store/load.ts'
import type { Id } from '../../../store/state.ts'
import { mentionedEveryone, mentionedGroups } from './mentioned.ts'

/** As many people are told without a question. */
const FEW = 5

interface GroupCount {
  readonly group_id: Id
  readonly channel_member_count: number
  readonly channel_member_timezones_count: number
}

/** What to ask before a message that tells many people; null when it tells few. */
export async function mentionQuestion(channelId: Id, text: string): Promise<string | null> {
  const state = getState()
  const channel = state.channels[channelId]
  if (state.config['EnableConfirmNotificationsToChannel'] !== 'true' || !channel || channel.type === 'D') return null
  const words = mentionedEveryone(state, channelId, text)
  if (words.length > 0) return everyoneQuestion(channelId, words)
  const groups = mentionedGroups(state, channelId, text)
  return groups.length > 0
    ? groupsQuestion(
        channelId,
        groups.map(({ id }) => id),
      )
    : null
}

async function everyoneQuestion(channelId: Id, words: readonly string[]): Promise<string | null> {
  const t = currentText()
  const [stats, zones] = await Promise.all([
    reader.maybe(`/channels/${channelId}/stats?exclude_files_count=true`),
    reader.maybe(`/channels/${channelId}/timezones`) as Promise<readonly string[] | null>,
  ])
  if (stats) update((state) => receivedChannelStats(state, stats))
  const people = (stats?.member_count ?? 1) - 1
  if (people <= FEW) return null
  const values = { words: words.map((word) => `@${word}`).join(', '), people, zones: zones?.length ?? 0 }
  if (values.zones > 1) {
    return t(
      'composer.ask_everyone_zones',
      '{words} notifies up to {people, number} people in {zones, number} time zones. For some of them it may be night.',
      values,
    )
  }
  return t('composer.ask_everyone', '{words} notifies up to {people, number} people.', values)
}

async function groupsQuestion(channelId: Id, ids: readonly Id[]): Promise<string | null> {
  const t = currentText()
  const all: readonly GroupCount[] | null = await reader.maybe(
    `/channels/${channelId}/member_counts_by_group?include_timezones=true`,
  )
  const counts = (all ?? []).filter((one) => ids.includes(one.group_id))
  const people = counts.reduce((sum, one) => sum + one.channel_member_count, 0)
  const zones = Math.max(0, ...counts.map((one) => one.channel_member_timezones_count))
  if (people <= FEW) return null
  const words = ids.map((id) => `@${getState().groups[id]?.name}`).join(', ')
  if (zones > 1) {
    return t(
      'composer.ask_groups_zones',
      '{words} notifies {people, number} people in {zones, number} time zones. For some of them it may be night.',
      { words, people, zones },
    )
  }
  return t('composer.ask_groups', '{words} notifies {people, number} people.', { words, people })
}
