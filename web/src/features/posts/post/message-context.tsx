import type { ReactNode } from 'react'
import { api, request } from '../../../client/api.ts'
import { basePath, siteAddress } from '../../../client/base-path.ts'
import { getState, update, useStore } from '../../../client/store.ts'
import { currentText } from '../../../shell/i18n.tsx'
import { channelPath, goTo } from '../../../shell/navigate.ts'
import { openPanel } from '../../../shell/panels.ts'
import { currentTeamId } from '../../../shell/place.ts'
import type { User } from '../../../store/entities.ts'
import { receivedUsers } from '../../../store/load.ts'
import { showsFormatted } from '../../../store/message-format.ts'
import { nameFormat, nameIn } from '../../../store/names.ts'
import { preferenceKey } from '../../../store/state.ts'
import type { Id, State, Table } from '../../../store/state.ts'
import { Copy } from '../../../ui/icons.ts'
import { PlainIconButton } from '../../../ui/PlainIconButton.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { openPicture } from '../../files/open-viewer.tsx'
import type { MarkdownContext, MentionTarget } from '../../markdown/context.ts'
import { openGroup } from '../../people/group-card.ts'
import { openProfile } from '../../people/profile-card.ts'
import { mentionHighlights } from '../../markdown/highlight-terms.ts'

/** What of the state a message may show. The same parts give the same context: posts are drawn anew only when one of them changes. */
const partsOf = (state: State): readonly unknown[] => [
  state.me,
  state.users,
  state.groups,
  state.myGroups,
  state.emojis,
  state.config,
  showsFormatted(state),
  state.preferences[preferenceKey('display_settings', 'collapse_previews')],
  state.preferences[preferenceKey('display_settings', 'name_format')],
  state.preferences[preferenceKey('display_settings', 'render_emoticons_as_emoji')],
]

let known: { parts: readonly unknown[]; context: MarkdownContext } | undefined
let seen: State | undefined

/** The context of messages anywhere: knows people, groups, channels and custom emoji, and where a press leads. */
export function messageContext(state: State): MarkdownContext {
  // Every post in view asks, whenever anything changes.
  if (known && seen === state) return known.context
  seen = state
  const parts = partsOf(state)
  if (known && parts.every((part, at) => part === known!.parts[at])) return known.context
  known = { parts, context: makeContext(state) }
  return known.context
}

/** The same as a hook; a post adds what its own metadata tells. */
export const useMessageContext = (): MarkdownContext => useStore(messageContext)

const choice = (state: State, name: string, fallback: string): string =>
  state.preferences[preferenceKey('display_settings', name)]?.value ?? fallback

function makeContext(state: State): MarkdownContext {
  const { config } = state
  const people = new Map(Object.values(state.users).map((user) => [user.username, user]))
  const groups = new Map(Object.values(state.groups).map((group) => [group.name, group]))
  const emoji = new Map(Object.values(state.emojis).map((one) => [one.name, one.id]))
  const schemes = (config['CustomUrlSchemes'] ?? '').split(',').map((one) => one.trim().toLowerCase())
  return {
    siteURL: config['SiteURL'] || siteAddress(''),
    formatted: showsFormatted(state),
    dialect: { inlineLatex: config['EnableInlineLatex'] === 'true', urlSchemes: schemes.filter(Boolean) },
    latex: config['EnableLatex'] === 'true',
    emoticons: choice(state, 'render_emoticons_as_emoji', 'true') !== 'false',
    mostNodes: Number(config['MaxMarkdownNodes'] ?? 0),
    shortestHashtag: Number(config['MinimumHashtagLength'] ?? 3),
    imagesCollapsed: choice(state, 'collapse_previews', 'false') === 'true',
    highlights: ownKeywords(state),
    resolveMention: (name) => {
      if (name === 'all' || name === 'channel' || name === 'here') {
        return { kind: 'everyone', id: name, label: name, isMe: true }
      }
      const user = people.get(name)
      if (user) return personTarget(state, user)
      const group = groups.get(name)
      if (group) return { kind: 'group', id: group.id, label: name, isMe: state.myGroups.includes(group.id) }
      needUsername(name)
      return null
    },
    resolveChannel: (name) => channelTarget(name, undefined),
    customEmojiURL: (name) => (emoji.has(name) ? api.getCustomEmojiImageUrl(emoji.get(name)!) : null),
    imageSize: () => null,
    imageSource: imageSourceOf(config),
    onMention: ({ kind, id }, element) => {
      if (kind === 'user') openProfile(id, element)
      else if (kind === 'group') openGroup(id, element)
    },
    onChannel: ({ id, href }) => goTo(id ? channelPath(id) : new URL(href!).pathname.slice(basePath.length)),
    onHashtag: (tag) => openPanel({ kind: 'search', terms: tag }),
    onImage: (image, source) => openPicture(source, image.alt),
    onPage: (path) => goTo(path),
    codeActions: (code) => <CopyCode code={code} />,
  }
}

function personTarget(state: State, user: User): MentionTarget {
  const { id, username } = user
  const href = siteAddress(`/${teamName()}/messages/@${username}`)
  return { kind: 'user', id, label: nameIn(nameFormat(state), user), isMe: id === state.me, href }
}

const ownKeywords = ({ users, me }: State) => {
  const user = users[me]
  const notify = user?.notify_props as (Record<string, string> & User['notify_props']) | undefined
  const keys = [notify?.mention_keys ?? '', notify?.['highlight_keys'] ?? ''].filter(Boolean).join(',')
  return mentionHighlights(keys, notify?.first_name === 'true' ? user?.first_name : '')
}

/** The channel a name means: what the server wrote into the post, else mine in this team. */
export function channelTarget(name: string, mentioned: Table<{ display_name: string }> | undefined) {
  const team = currentTeamId()
  const mine = Object.values(getState().channels).find((one) => one.name === name && one.team_id === team)
  const label = mentioned?.[name]?.display_name ?? mine?.display_name
  if (!label) return null
  return { id: mine?.id ?? '', label, href: siteAddress(`/${teamName()}/channels/${name}`) }
}

const teamName = (): string => getState().teams[currentTeamId()]?.name ?? '_redirect'

function imageSourceOf(config: Table<string>): MarkdownContext['imageSource'] {
  if (config['HasImageProxy'] !== 'true') return (href) => href
  return (href) =>
    href.startsWith(location.origin) ? href : siteAddress(`/api/v4/image?url=${encodeURIComponent(href)}`)
}

/** Where an outside picture is loaded from. */
export const imageSource = (url: string): string => messageContext(getState()).imageSource(url)

function CopyCode({ code }: { code: string }): ReactNode {
  const t = currentText()
  const copy = (): void => {
    void navigator.clipboard.writeText(code).then(() => showToast(t('posts.code_copied', 'Code copied')))
  }
  return <PlainIconButton icon={Copy} label={t('posts.copy_code', 'Copy code')} onClick={copy} />
}

const asked = new Set<string>()
let wanted = new Set<string>()

/** Somebody is mentioned whom this page has not met: asked for once, together with others. */
function needUsername(name: Id): void {
  if (asked.has(name) || !/^[a-z0-9._-]{1,64}$/.test(name)) return
  if (asked.size > 5_000) asked.clear()
  asked.add(name)
  if (wanted.size === 0) setTimeout(askUsernames, 50)
  wanted.add(name)
}

async function askUsernames(): Promise<void> {
  const names = [...wanted].slice(0, 100)
  wanted = new Set()
  try {
    const users = await request<User[]>('POST', '/users/usernames', names)
    if (users.length > 0) update((state) => receivedUsers(state, users))
  } catch {
    for (const name of names) asked.delete(name)
  }
}
