import type { App } from '../app.ts'
import type { NotificationDecision } from '../notifications/decide.ts'
import type { Announcement } from './announce-post.ts'
import { ephemeralMessage, ephemeralPost } from './ephemeral-post.ts'
import { isSystemPost } from './post.ts'
import { findOutsiders } from './tell-author.store.ts'
import type { Outsider } from './tell-author.store.ts'
import { authorText } from './tell-author.texts.ts'
import type { AuthorText } from './tell-author.texts.ts'

/** Names of one post that are looked up, and people who are named to its author. */
const MAX_NAMES = 200
const MAX_PEOPLE = 100
const MAX_NAMED = 20

/** One notice: its text, and for clients the people who could be added to the channel. */
interface Notice {
  readonly text: string
  readonly outsiders?: readonly Outsider[]
}

/**
 * Tells the author of a post, and only him, which of his mentions reached nobody: people who are not in the channel or
 * not in the team, groups without members there, `@channel` in a channel that is too large. A post whose mentions all
 * arrived costs no query. Of people whom the author may not see he learns nothing.
 */
export async function tellAuthor(
  app: Pick<App, 'access' | 'config' | 'db' | 'unitOfWork'>,
  announcement: Announcement,
  decision: NotificationDecision,
): Promise<void> {
  const { session, channel, post } = announcement
  const groups = decision.groupMentions.filter((group) => group.outsideIds.length > 0 || group.memberIds.length === 0)
  const isSilent = decision.channelWide !== 'too_many_members' && decision.potentialMentions.length === 0
  if ((isSilent && groups.length === 0) || isSystemPost(post)) return
  const author = await app.access.user(session.userId)
  if (!author || author.isBot) return
  const notices = channelWideNotices(app, decision, author.locale)
  if (channel.teamId) notices.push(...(await outsiderNotices(app, announcement, decision, author.locale)))
  if (notices.length === 0) return
  await app.unitOfWork.single(async (tx) => {
    for (const { text, outsiders } of notices) {
      const from = { authorId: post.user_id, channelId: post.channel_id, rootId: post.root_id, message: text }
      const notice = { ...ephemeralPost(from), create_at: post.create_at + 1, update_at: post.create_at + 1 }
      if (outsiders) notice.props = { add_channel_member: addChannelMember(notice.id, outsiders, channel) }
      tx.publish(ephemeralMessage(session.userId, notice))
    }
  })
}

function channelWideNotices(app: Pick<App, 'config'>, decision: NotificationDecision, locale: string): Notice[] {
  if (decision.channelWide !== 'too_many_members') return []
  const count = app.config.get().TeamSettings.MaxNotificationsPerChannel
  const used: [AuthorText, boolean][] = [
    ['here', decision.hereUsed],
    ['channel', decision.channelUsed],
    ['all', decision.allUsed],
  ]
  return used.filter(([, isUsed]) => isUsed).map(([key]) => ({ text: authorText(key, locale, { count }) }))
}

async function outsiderNotices(
  app: Pick<App, 'access' | 'db'>,
  { session, channel }: Announcement,
  decision: NotificationDecision,
  locale: string,
): Promise<Notice[]> {
  const ids = new Set(decision.groupMentions.flatMap((group) => group.outsideIds))
  const names = decision.potentialMentions.slice(0, MAX_NAMES)
  const all = ids.size + names.length > 0 ? await findOutsiders(app.db, channel, { names, ids: [...ids] }) : []
  const teamIds = new Set(all.filter((one) => one.inTeam).map((one) => one.id))
  const named = new Set(names)
  const visible: Outsider[] = []
  // Of a group only those count who could be added: it may be as large as the company.
  for (const one of all.filter((person) => person.inTeam || named.has(person.username))) {
    if (visible.length < MAX_PEOPLE && (await app.access.canSeeUser(session, one.id))) visible.push(one)
  }
  const notices: Notice[] = []
  for (const { name, memberIds, outsideIds } of decision.groupMentions) {
    const isThere = memberIds.length > 0 || outsideIds.some((id) => teamIds.has(id))
    if (!isThere) notices.push({ text: authorText('groupOutside', locale, { group: name }) })
  }
  const inTeam = visible.filter((one) => one.inTeam)
  if (inTeam.length > 0) {
    const closed = (one: Outsider) => channel.groupConstrained && !one.inGroups
    const texts = [
      peopleText(
        'outsideChannel',
        inTeam.filter((one) => !closed(one)),
        locale,
      ),
      peopleText('outsideGroups', inTeam.filter(closed), locale),
    ]
    notices.push({ text: texts.filter(Boolean).join('\n'), outsiders: inTeam })
  }
  const foreign = peopleText(
    'outsideTeam',
    visible.filter((one) => !one.inTeam),
    locale,
  )
  if (foreign) notices.push({ text: foreign })
  return notices
}

function peopleText(key: AuthorText, people: readonly Outsider[], locale: string): string {
  if (people.length === 0) return ''
  const shown = people.slice(0, MAX_NAMED).map((one) => `@${one.username}`)
  const list = shown.join(', ')
  const count = people.length - shown.length
  return authorText(key, locale, { people: count > 0 ? authorText('others', locale, { people: list, count }) : list })
}

/** What clients build their own text and the button to add people from. */
function addChannelMember(postId: string, people: readonly Outsider[], channel: Announcement['channel']): object {
  const addable = people.filter((one) => !channel.groupConstrained || one.inGroups)
  const closed = people.filter((one) => !addable.includes(one))
  return {
    post_id: postId,
    usernames: people.map((one) => one.username),
    user_ids: people.map((one) => one.id),
    not_in_channel_usernames: addable.map((one) => one.username),
    not_in_channel_user_ids: addable.map((one) => one.id),
    not_in_groups_usernames: closed.map((one) => one.username),
    not_in_groups_user_ids: closed.map((one) => one.id),
  }
}
