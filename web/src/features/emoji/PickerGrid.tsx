import { useImperativeHandle, useRef } from 'react'
import type { ReactNode, Ref } from 'react'
import { VList } from 'virtua'
import type { VListHandle } from 'virtua'
import { useText } from '../../shell/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { groupLabel } from './group-icons.ts'
import { emojiCharacter, withSkinTone } from './names.ts'
import type { SkinTone } from './names.ts'
import { rowOf } from './picker-rows.ts'
import type { PickerGroup, PickerRow } from './picker-rows.ts'
import type { EmojiFind } from './search-emoji.ts'
import styles from './EmojiPicker.module.css'

export interface PickerGridHandle {
  /** Brings an emoji into view. */
  show: (at: number) => void
  showGroup: (group: PickerGroup) => void
}

export interface PickerGridProps {
  ref: Ref<PickerGridHandle>
  id: string
  rows: readonly PickerRow[]
  active: number
  state: 'loading' | 'ready' | 'failed'
  skinTone: SkinTone | null
  url?: (name: string) => string | null
  labelOf?: (name: string) => string | undefined
  onMark: (at: number) => void
  onPick: (emoji: EmojiFind, more: boolean) => void
  /** Somebody came near the end. */
  onEnd: () => void
}

/** Pixels before the end at which more custom emoji are asked for. */
const NEAR = 600

/** The emoji in lines; only those in view exist. */
export function PickerGrid({ ref, ...props }: PickerGridProps): ReactNode {
  const t = useText()
  const { id, rows } = props
  const list = useRef<VListHandle>(null)
  useImperativeHandle(ref, () => ({
    show: (at) => {
      const row = rowOf(rows, at)
      // The title above the first line comes into view with it.
      if (row >= 0) list.current?.scrollToIndex(row === 1 ? 0 : row, { align: 'nearest' })
    },
    showGroup: (group) =>
      list.current?.scrollToIndex(
        rows.findIndex((row) => row.group === group),
        { align: 'start' },
      ),
  }))
  const onScroll = (offset: number): void => {
    const handle = list.current
    if (handle && offset + handle.viewportSize > handle.scrollSize - NEAR) props.onEnd()
  }
  if (props.state === 'loading') {
    return (
      <div className={cx(styles.grid, styles.empty)}>
        <Spinner />
      </div>
    )
  }
  if (rows.length === 0) {
    const words =
      props.state === 'failed'
        ? t('emoji.failed', 'Emoji could not be loaded. Open the picker again to retry.')
        : t('emoji.none', 'No emoji by that name.')
    return (
      <p role="status" className={cx(styles.grid, styles.empty)}>
        {words}
      </p>
    )
  }
  return (
    <div className={styles.grid}>
      <VList
        ref={list}
        role="grid"
        id={id}
        aria-label={t('emoji.all', 'Emoji')}
        aria-rowcount={rows.length}
        className={styles.list}
        onScroll={onScroll}
      >
        {rows.map((row, index) => (
          <Row key={row.kind === 'title' ? row.group : `${row.group} ${row.from}`} row={row} index={index} {...props} />
        ))}
      </VList>
    </div>
  )
}

function Row({ row, index, ...props }: { row: PickerRow; index: number } & Omit<PickerGridProps, 'ref'>): ReactNode {
  const t = useText()
  if (row.kind === 'title') {
    return (
      <div role="row" aria-rowindex={index + 1} className={styles.title}>
        <span role="rowheader">{groupLabel(row.group, t)}</span>
      </div>
    )
  }
  return (
    <div role="row" aria-rowindex={index + 1} className={styles.row}>
      {row.emoji.map((emoji, column) => (
        <Cell key={emoji.name} emoji={emoji} at={row.from + column} {...props} />
      ))}
    </div>
  )
}

function Cell({ emoji, at, ...props }: { emoji: EmojiFind; at: number } & Omit<PickerGridProps, 'ref'>): ReactNode {
  const { id, active, skinTone, url, labelOf, onMark, onPick } = props
  const label = labelOf?.(emoji.name) ?? emoji.name
  const character = skinTone ? emojiCharacter(withSkinTone(emoji.name, skinTone)) : emoji.character
  return (
    <span
      role="gridcell"
      id={`${id}-${at}`}
      aria-label={label}
      aria-selected={at === active}
      className={cx(styles.cell, at === active && styles.active)}
      onPointerEnter={() => onMark(at)}
      // The focus stays in the search field, where the keys are.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => onPick(emoji, event.shiftKey)}
    >
      {character ?? <img src={url?.(emoji.name) ?? ''} alt="" loading="lazy" draggable={false} />}
    </span>
  )
}
