import { useId, useRef } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import type { CustomEmojiSource } from './custom-emoji.ts'
import { GroupTabs } from './GroupTabs.tsx'
import type { SkinTone } from './names.ts'
import { PickerFooter } from './PickerFooter.tsx'
import { PickerGrid } from './PickerGrid.tsx'
import type { PickerGridHandle } from './PickerGrid.tsx'
import { usePicker } from './use-picker.ts'
import styles from './EmojiPicker.module.css'

export interface EmojiPickerProps {
  /** Names of emoji used often, best first; see recent-emoji.ts. */
  recent: readonly string[]
  skinTone: SkinTone | null
  onSkinTone: (tone: SkinTone | null) => void
  /** A name, skin tone included. `more`: another one is to follow (Shift was held). */
  onPick: (name: string, more: boolean) => void
  /** Keep the object: another one starts loading anew. */
  custom?: CustomEmojiSource
  /** Opens the dialog for a new custom emoji; absent when the reader may not make one. */
  onAddCustom?: () => void
}

/**
 * All emoji by group, found by words of the reader's language or by name. The focus stays in the search field: arrows move
 * through the grid, Enter takes the marked emoji, Shift+Enter takes it and goes on.
 */
export function EmojiPicker(props: EmojiPickerProps): ReactNode {
  const t = useText()
  const id = useId()
  const grid = useRef<PickerGridHandle>(null)
  const picker = usePicker(props, t.locale, grid)
  const { query, words, failed, active } = picker
  return (
    <div className={styles.picker} style={{ '--columns': picker.columns } as object}>
      <div className={styles.top}>
        <SearchField
          label={t('emoji.search', 'Search emoji')}
          placeholder={t('emoji.search', 'Search emoji')}
          value={query}
          onChange={picker.search}
          onKeyDown={picker.onKeyDown}
          // The picker opens from a press on a button: this is where its keys are.
          autoFocus
          role="combobox"
          aria-expanded={picker.rows.length > 0}
          aria-controls={id}
          aria-haspopup="grid"
          aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
        />
      </div>
      {query.trim() === '' && <GroupTabs sections={picker.sections} onChoose={picker.goTo} />}
      <PickerGrid
        ref={grid}
        id={id}
        rows={picker.rows}
        active={active}
        state={failed ? 'failed' : words ? 'ready' : 'loading'}
        skinTone={props.skinTone}
        url={props.custom?.url}
        labelOf={words?.labelOf}
        onMark={picker.mark}
        onPick={picker.pick}
        onEnd={picker.loadMore}
      />
      <PickerFooter marked={picker.marked} words={words} {...props} />
    </div>
  )
}
