import { memo } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Text } from '../../../shell/i18n.tsx'
import type { Post, Reaction } from '../../../store/entities.ts'
import { displayName } from '../../../store/names.ts'
import { can } from '../../../store/permissions.ts'
import type { Id, State, Table } from '../../../store/state.ts'
import { cx } from '../../../ui/cx.ts'
import { tooltip } from '../../../ui/Tooltip.tsx'
import { Emoji } from '../../emoji/Emoji.tsx'
import { usePostContext } from '../post/MessageText.tsx'
import { AddReaction } from './AddReaction.tsx'
import { toggleReaction } from './react.ts'
import css from './Reactions.module.css'

const NONE: Table<Reaction> = {}
/** Names in a tooltip; the others are counted. */
const MOST_NAMES = 20

interface Chip {
  readonly emoji: string
  readonly userIds: readonly Id[]
  readonly first: number
}

/** The reactions to a post: each with its count, who reacted in the tooltip; a press adds mine or takes it back. */
export const Reactions = memo(function Reactions({ post }: { post: Post }): ReactNode {
  const t = useText()
  const all = useStore((state) => state.reactions[post.id] ?? NONE)
  const me = useStore((state) => state.me)
  const may = useStore((state) => can(state, 'add_reaction', { channelId: post.channel_id }))
  const context = usePostContext(post)
  const chips = chipsOf(all)
  if (chips.length === 0) return null
  return (
    <div className={css['row']} role="group" aria-label={t('posts.reactions', 'Reactions')}>
      {chips.map((chip) => (
        <ReactionChip
          key={chip.emoji}
          chip={chip}
          mine={chip.userIds.includes(me)}
          disabled={!may}
          url={context.customEmojiURL(chip.emoji)}
          onPress={() => toggleReaction(post.id, chip.emoji)}
        />
      ))}
      {may && <AddReaction postId={post.id} className={css['add']} />}
    </div>
  )
})

interface ChipProps {
  readonly chip: Chip
  readonly mine: boolean
  readonly disabled: boolean
  readonly url: string | null
  readonly onPress: () => void
}

function ReactionChip({ chip, mine, disabled, url, onPress }: ChipProps): ReactNode {
  const t = useText()
  const names = useStore((state) => namesOf(state, t, chip))
  const text = t('posts.reacted', '{names} reacted with :{emoji}:', { names, emoji: chip.emoji })
  return (
    <button
      type="button"
      className={cx(css['chip'], mine && css['mine'])}
      aria-pressed={mine}
      aria-label={`:${chip.emoji}: ${chip.userIds.length}`}
      disabled={disabled}
      onClick={onPress}
      {...tooltip(text)}
    >
      <Emoji name={chip.emoji} url={url} silent className={css['emoji']} />
      <span className={css['count']}>{chip.userIds.length}</span>
    </button>
  )
}

function chipsOf(all: Table<Reaction>): readonly Chip[] {
  const byEmoji = new Map<string, Reaction[]>()
  for (const reaction of Object.values(all)) {
    byEmoji.set(reaction.emoji_name, [...(byEmoji.get(reaction.emoji_name) ?? []), reaction])
  }
  const chips = [...byEmoji].map(([emoji, list]): Chip => {
    const inOrder = list.toSorted((a, b) => a.create_at - b.create_at)
    return { emoji, userIds: inOrder.map((one) => one.user_id), first: inOrder[0]!.create_at }
  })
  return chips.toSorted((a, b) => a.first - b.first)
}

function namesOf(state: State, t: Text, { userIds }: Chip): string {
  const others = userIds.filter((id) => id !== state.me).map((id) => displayName(state, id) || '…')
  const all = userIds.includes(state.me) ? [...others, t('posts.you', 'you')] : others
  if (all.length <= MOST_NAMES) return t.intl.formatList(all)
  const names = all.slice(0, MOST_NAMES).join(', ')
  return t('posts.and_others', '{names} and {count} others', { names, count: all.length - MOST_NAMES })
}
