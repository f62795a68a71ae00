import type { ReactNode } from 'react'
import { openDialog } from '../../shell/dialogs.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { Group } from '../../store/entities.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Archive, EllipsisVertical, Pencil } from '../../ui/icons.ts'
import { Menu, MenuItem, MenuTrigger } from '../../ui/Menu.tsx'
import { archiveGroup } from './change-group.tsx'
import { EditGroupDialog } from './dialogs.ts'
import { useGroupRights } from './group-rights.ts'

/** What can be done with a live group as a whole; nothing for those who may do none of it. */
export function GroupMenu({ group }: { group: Group }): ReactNode {
  const t = useText()
  const { edit, archive } = useGroupRights(group)
  if (group.delete_at > 0 || (!edit && !archive)) return null
  const label = t('groups.options', 'Options of the group')
  const rename = (): void => void openDialog((close) => <EditGroupDialog group={group} onClose={close} />, 'edit-group')
  return (
    <MenuTrigger>
      <IconButton icon={EllipsisVertical} label={label} tooltipSide="bottom" />
      <Menu label={label} placement="bottom end">
        {edit && (
          <MenuItem icon={Pencil} onAction={rename}>
            {t('groups.edit', 'Change name and mention')}
          </MenuItem>
        )}
        {archive && (
          <MenuItem icon={Archive} danger onAction={() => archiveGroup(group)}>
            {t('groups.archive', 'Archive group')}
          </MenuItem>
        )}
      </Menu>
    </MenuTrigger>
  )
}
