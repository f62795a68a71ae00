import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useText } from '../../shell/i18n.tsx'
import { Emoji } from '../emoji/Emoji.tsx'
import { EmojiPopover } from '../emoji/EmojiPopover.tsx'
import { useMessageContext } from '../posts/post/message-context.tsx'
import { useEmojiChoice } from '../posts/reactions/emoji-choice.tsx'
import css from './Person.module.css'

/** A button that shows an emoji and lets another one be chosen. */
export function ChosenEmoji({ name, onChange }: { name: string; onChange: (name: string) => void }): ReactNode {
  const t = useText()
  const context = useMessageContext()
  const picker = useEmojiChoice()
  return (
    <EmojiPopover {...picker} placement="bottom start" onPick={onChange}>
      <AriaButton className={css['emojiButton']} aria-label={t('people.choose_emoji', 'Choose an emoji')}>
        <Emoji name={name} url={context.customEmojiURL(name)} silent />
      </AriaButton>
    </EmojiPopover>
  )
}
