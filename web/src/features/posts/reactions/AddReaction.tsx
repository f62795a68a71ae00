import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SmilePlus } from '../../../ui/icons.ts'
import { ReactionPicker } from '../../emoji/EmojiPopover.tsx'
import { useEmojiChoice } from './emoji-choice.tsx'
import { react } from './react.ts'

interface Props {
  readonly postId: Id
  readonly className?: string
  readonly onOpenChange?: (open: boolean) => void
}

/** The button that opens the picker for a reaction. */
export function AddReaction({ postId, className, onOpenChange }: Props): ReactNode {
  const t = useText()
  const choice = useEmojiChoice()
  return (
    <ReactionPicker {...choice} onOpenChange={onOpenChange} onPick={(name) => void react(postId, name, true)}>
      <IconButton size="s" icon={SmilePlus} label={t('posts.add_reaction', 'Add reaction')} className={className} />
    </ReactionPicker>
  )
}
