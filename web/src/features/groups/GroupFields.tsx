import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import { TextField } from '../../ui/TextField.tsx'
import { mentionFault } from './mention.ts'

export interface GroupTexts {
  readonly name: string
  readonly mention: string
}

interface Props extends GroupTexts {
  readonly onName: (name: string) => void
  readonly onMention: (mention: string) => void
  /** what is wrong with the mention, from `useMentionFault` */
  readonly fault: string
}

/** What a group is called, and what people write to mention it. */
export function GroupFields({ name, mention, onName, onMention, fault }: Props): ReactNode {
  const t = useText()
  return (
    <>
      <TextField label={t('groups.name', 'Name')} value={name} onChange={onName} maxLength={128} autoFocus required />
      <TextField
        label={t('groups.mention', 'Mention')}
        value={mention}
        onChange={(value) => onMention(value.replace(/^@/, '').toLowerCase())}
        maxLength={64}
        autoCapitalize="none"
        spellCheck={false}
        required
        description={t('groups.mention_hint', 'People write {mention} to tell everybody in it.', {
          mention: `@${mention || '…'}`,
        })}
        error={fault || undefined}
      />
    </>
  )
}

/** What is wrong with a mention, for the reader; '' when nothing is, as far as the client knows. */
export function useMentionFault(mention: string, ownId: Id = ''): string {
  const t = useText()
  const fault = useStore((state) => mentionFault(state, mention, ownId))
  switch (fault) {
    case 'letters':
      return t('groups.bad_letters', 'Use only a–z, 0–9, dots, dashes and underscores.')
    case 'reserved':
      return t('groups.reserved', 'This word means everybody in a channel. Choose another one.')
    case 'group':
      return t('groups.taken_by_group', 'Another group has this mention.')
    case 'user':
      return t('groups.taken_by_user', 'Somebody has this username. Choose another mention.')
    default:
      return ''
  }
}
