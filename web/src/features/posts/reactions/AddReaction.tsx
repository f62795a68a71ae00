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
  readonly onPicked?: () => void
}

/** The button that opens the picker for a reaction. */
export function AddReaction({ postId, className, onOpenChange, onPicked }: Props): ReactNode {
  const t = useText()
  const choice = useEmojiChoice()
  const pick = (name: string): void => {
    void react(postId, name, true)
    onPicked?.()
  }
  return (
    <ReactionPicker {...choice} onOpenChange={onOpenChange} onPick={pick}>
      <IconButton size="s" icon={SmilePlus} label={t('posts.add_reaction', 'Add reaction')} className={className} />
    </ReactionPicker>
  )
}
