import { useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { useShortcut } from '../../shell/keyboard.ts'
import { afterClosing } from '../../ui/after-closing.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Smile } from '../../ui/icons.ts'
import { EmojiPopover } from '../emoji/EmojiPopover.tsx'
import { noteEmojiUse, useEmojiChoice } from '../posts/reactions/emoji-choice.tsx'
import { applyEdit } from './apply-edit.ts'
import { replaceWith } from './edit-text.ts'

/** Opens the emoji picker; what is picked stands at the caret. */
export function EmojiButton({ field }: { field: RefObject<HTMLTextAreaElement | null> }): ReactNode {
  const t = useText()
  const [open, setOpen] = useState(false)
  const choice = useEmojiChoice()
  useShortcut('mod+shift+e', () => {
    if (document.activeElement !== field.current) return false
    setOpen(true)
    return true
  })
  const picked = useRef<string[]>([])
  const put = (): void => {
    const { current } = field
    const names = picked.current.splice(0)
    if (!current || names.length === 0) return
    const before = current.value.slice(0, current.selectionStart)
    const space = /\S$/.test(before) ? ' ' : ''
    applyEdit(current, replaceWith(`${space}${names.map((name) => `:${name}: `).join('')}`, current))
  }
  const insert = (name: string, more: boolean): void => {
    noteEmojiUse(name)
    picked.current.push(name)
    if (!more) afterClosing(put)
  }
  return (
    <EmojiPopover
      {...choice}
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (!next) afterClosing(put)
      }}
      placement="top start"
      onPick={insert}
    >
      <IconButton size="s" icon={Smile} label={t('composer.emoji', 'Emoji')} shortcut="Ctrl+Shift+E" />
    </EmojiPopover>
  )
}
