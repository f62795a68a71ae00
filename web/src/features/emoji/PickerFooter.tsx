import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { Plus } from '../../ui/icons.ts'
import { Emoji } from './Emoji.tsx'
import type { EmojiPickerProps } from './EmojiPicker.tsx'
import { withSkinTone } from './names.ts'
import type { EmojiFind, EmojiWords } from './search-emoji.ts'
import { SkinToneChoice } from './SkinToneChoice.tsx'
import styles from './EmojiPicker.module.css'

type Props = EmojiPickerProps & { marked: EmojiFind | undefined; words: EmojiWords | null }

/** What the marked emoji is called, the tone of skins, and the way to a new emoji. */
export function PickerFooter({ marked, words, skinTone, onSkinTone, custom, onAddCustom }: Props): ReactNode {
  const t = useText()
  return (
    <footer className={styles.footer}>
      {marked ? (
        <div className={styles.preview}>
          <span className={styles.large}>
            <Emoji name={withSkinTone(marked.name, skinTone)} url={custom?.url(marked.name) ?? null} silent />
          </span>
          <span className={styles.names}>
            {words?.labelOf(marked.name) && <span className={styles.label}>{words.labelOf(marked.name)}</span>}
            <span className={styles.name}>:{marked.name}:</span>
          </span>
        </div>
      ) : (
        <span className={styles.preview} />
      )}
      {onAddCustom && (
        <Button size="s" variant="quiet" icon={Plus} onPress={onAddCustom}>
          {t('emoji.add', 'Add emoji')}
        </Button>
      )}
      <SkinToneChoice value={skinTone} onChange={onSkinTone} />
    </footer>
  )
}
