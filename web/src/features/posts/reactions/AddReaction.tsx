import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { SmilePlus } from '../../../ui/icons.ts'
import { PlainIconButton } from '../../../ui/PlainIconButton.tsx'
import { PickReaction } from './PickReaction.tsx'

interface Props {
  readonly postId: Id
  readonly className?: string
  readonly onOpenChange?: (open: boolean) => void
  readonly onPicked?: () => void
}

/** The button that opens the picker for a reaction. */
export function AddReaction({ postId, className, onOpenChange, onPicked }: Props): ReactNode {
  const t = useText()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const change = (next: boolean): void => {
    setOpen(next)
    onOpenChange?.(next)
  }
  return (
    <>
      <PlainIconButton
        ref={button}
        icon={SmilePlus}
        label={t('posts.add_reaction', 'Add reaction')}
        aria-haspopup="dialog"
        aria-expanded={open}
        className={className}
        onClick={() => change(true)}
      />
      {open && <PickReaction postId={postId} anchor={button} onClose={() => change(false)} onPicked={onPicked} />}
    </>
  )
}
