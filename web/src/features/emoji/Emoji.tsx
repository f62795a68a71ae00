import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { tooltip } from '../../ui/Tooltip.tsx'
import { emojiCharacter } from './names.ts'
import styles from './Emoji.module.css'

export interface EmojiProps {
  /** A short name: of a character, skin tones included, or of a custom emoji. */
  name: string
  /** The picture of a custom emoji. */
  url: string | null
  /** Nothing is said of it: the words beside it do. */
  silent?: boolean
  className?: string
}

/** An emoji as a character of the reader's own font, or the picture of a custom one; its name where there is neither. */
export function Emoji({ name, url, silent, className }: EmojiProps): ReactNode {
  const character = emojiCharacter(name)
  const written = `:${name}:`
  const tip = silent ? {} : tooltip(written)
  if (character !== null) {
    return (
      <span className={cx(styles.character, className)} aria-hidden={silent || undefined} {...tip}>
        {character}
      </span>
    )
  }
  if (url === null) return written
  return (
    <img className={cx(styles.picture, className)} src={url} alt={silent ? '' : written} draggable={false} {...tip} />
  )
}
