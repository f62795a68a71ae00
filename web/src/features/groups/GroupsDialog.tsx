import { useState } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { useText } from '../../shell/i18n.tsx'
import { can } from '../../store/permissions.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Plus } from '../../ui/icons.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import { CreateGroupDialog } from './dialogs.ts'
import { GroupList } from './GroupList.tsx'
import type { Kind } from './GroupList.tsx'
import css from './Groups.module.css'

/** The groups of people that can be mentioned: found, looked into, made by those who may. */
export default function GroupsDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const [kind, setKind] = useState<Kind>()
  const mayCreate = useStore((state) => can(state, 'create_custom_group'))
  // The filter has the focus at first; whoever goes along the tabs keeps it there.
  const tab = (id: Kind, label: string) => ({
    id,
    label,
    content: <GroupList kind={id} autoFocus={kind === undefined} onCreate={mayCreate ? create : undefined} />,
  })
  return (
    <Dialog
      title={t('groups.title', 'User groups')}
      flush
      onClose={onClose}
      headerActions={
        mayCreate && (
          <Button icon={Plus} size="s" onPress={create}>
            {t('groups.create', 'Create a group')}
          </Button>
        )
      }
    >
      <Tabs
        label={t('groups.which', 'Which groups')}
        selected={kind ?? 'all'}
        onSelect={setKind}
        className={css['tabs']}
        tabs={[
          tab('all', t('groups.all', 'All groups')),
          tab('mine', t('groups.mine', 'My groups')),
          tab('archived', t('groups.archived', 'Archived')),
        ]}
      />
    </Dialog>
  )
}

const create = (): void => void openDialog((close) => <CreateGroupDialog onClose={close} />, 'create-group')
