import type { ReactNode, RefObject } from 'react'
import type { Id } from '../../../store/state.ts'
import { ReactionPicker } from '../../emoji/EmojiPopover.tsx'
import { useEmojiChoice } from './emoji-choice.tsx'
import { react } from './react.ts'

interface Props {
  readonly postId: Id
  /** what it stands beside */
  readonly anchor: RefObject<Element | null>
  readonly onClose: () => void
  readonly onPicked?: () => void
}

/** The open picker of a reaction to a post. */
export function PickReaction({ postId, anchor, onClose, onPicked }: Props): ReactNode {
  const choice = useEmojiChoice()
  return (
    <ReactionPicker
      {...choice}
      triggerRef={anchor}
      open
      onOpenChange={(open) => !open && onClose()}
      onPick={(name) => {
        void react(postId, name, true)
        onPicked?.()
      }}
    />
  )
}
