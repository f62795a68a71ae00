import { useState } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Text } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { Markdown } from '../../markdown/Markdown.tsx'
import { useMessageContext } from '../post/message-context.tsx'
import css from './AddToChannel.module.css'
import { combine } from './combine.ts'
import type { Combined } from './combine.ts'

/** Names in a sentence before the others are only counted. */
const SHOWN = 3

/** Several messages about who came and went, told as one; all names on demand. */
export function CombinedText({ ids }: { ids: readonly Id[] }): ReactNode {
  const t = useText()
  const context = useMessageContext()
  const posts = useStore(useShallow((state) => ids.flatMap((id) => state.posts[id] ?? [])))
  const [open, setOpen] = useState(false)
  const sentences = combine(posts)
  const long = sentences.some(({ who }) => who.length > SHOWN + 1)
  return (
    <>
      <Markdown text={sentences.map((one) => sentence(t, one, open)).join('\n')} context={context} />
      {long && (
        <Button size="s" variant="quiet" className={css['names']} onPress={() => setOpen(!open)}>
          {open ? t('system.show_fewer', 'Show fewer names') : t('system.show_all', 'Show all names')}
        </Button>
      )}
    </>
  )
}

function sentence(t: Text, { what, who, by }: Combined, open: boolean): string {
  const names = who.map((name) => `@${name}`)
  const shown = open || names.length <= SHOWN + 1 ? names : names.slice(0, SHOWN)
  const rest = names.length - shown.length
  const users =
    rest > 0
      ? t('posts.and_others', '{names} and {count} others', { names: shown.join(', '), count: rest })
      : t.intl.formatList(shown)
  switch (what) {
    case 'joined':
      return t('system.many_joined', '{users} joined the channel.', { users })
    case 'left':
      return t('system.many_left', '{users} left the channel.', { users })
    case 'came_and_went':
      return t('system.many_came_and_went', '{users} joined and left the channel.', { users })
    case 'added':
      return t('system.many_added', '{by} added {users} to the channel.', { users, by: `@${by}` })
    case 'removed':
      return t('system.many_removed', 'Removed from the channel: {users}.', { users })
    case 'joined_team':
      return t('system.many_joined_team', '{users} joined the team.', { users })
    case 'left_team':
      return t('system.many_left_team', '{users} left the team.', { users })
    case 'added_to_team':
      return t('system.many_added_to_team', '{by} added {users} to the team.', { users, by: `@${by}` })
    case 'removed_from_team':
      return t('system.many_removed_from_team', 'Removed from the team: {users}.', { users })
  }
}
