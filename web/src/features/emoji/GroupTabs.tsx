import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { GROUP_ICONS, groupLabel } from './group-icons.ts'
import type { PickerGroup, PickerSection } from './picker-rows.ts'
import styles from './EmojiPicker.module.css'

/** Leads to the groups of the picker. */
export function GroupTabs(props: {
  sections: readonly PickerSection[]
  onChoose: (group: PickerGroup) => void
}): ReactNode {
  const t = useText()
  return (
    <div role="toolbar" aria-label={t('emoji.groups', 'Groups')} className={styles.tabs}>
      {props.sections
        .filter(({ emoji }) => emoji.length > 0)
        .map(({ group }) => (
          <IconButton
            key={group}
            size="s"
            icon={GROUP_ICONS[group]}
            label={groupLabel(group, t)}
            onPress={() => props.onChoose(group)}
            preventFocusOnPress
          />
        ))}
    </div>
  )
}
