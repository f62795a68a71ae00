import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { openDialog } from '../../shell/dialogs.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ArchiveRestore, LogIn, LogOut, UserPlus } from '../../ui/icons.ts'
import { AddToGroupDialog } from './dialogs.ts'
import { changed, restoreGroup } from './change-group.tsx'
import { useGroupNews } from './group-news.ts'
import { memberCount } from './GroupList.tsx'
import type { CountedGroup } from './GroupList.tsx'
import { GroupMembers } from './GroupMembers.tsx'
import { GroupMenu } from './GroupMenu.tsx'
import { useGroupRights } from './group-rights.ts'
import css from './Groups.module.css'

interface Props {
  /** as it was known when it was chosen */
  readonly group: CountedGroup
  readonly onClose: () => void
}

/** One group: who is in it, and what I may do with it. */
export default function GroupDialog({ group: known, onClose }: Props): ReactNode {
  const t = useText()
  const group = useFreshGroup(known)
  const isArchived = group.delete_at > 0
  const rights = useGroupRights(group)
  const facts = (
    <span className={css['facts']}>
      @{group.name}
      {group.member_count !== undefined && ` · ${memberCount(t, group.member_count)}`}
      {isArchived && <Badge>{t('groups.archived', 'Archived')}</Badge>}
    </span>
  )
  return (
    <Dialog
      title={group.display_name}
      description={facts}
      flush
      onClose={onClose}
      headerActions={<GroupMenu group={group} />}
      footer={isArchived ? rights.restore && <Restore group={group} /> : rights.members && <Doings group={group} />}
    >
      <GroupMembers groupId={group.id} mayRemove={rights.members && !isArchived} />
    </Dialog>
  )
}

function Restore({ group }: { group: CountedGroup }): ReactNode {
  const t = useText()
  return (
    <Button variant="primary" icon={ArchiveRestore} onPress={() => restoreGroup(group)}>
      {t('groups.restore', 'Restore group')}
    </Button>
  )
}

/** To come in or go out myself, and to bring others. */
function Doings({ group }: { group: CountedGroup }): ReactNode {
  const t = useText()
  const me = useStore((state) => state.me)
  const mine = useStore((state) => state.myGroups.includes(group.id))
  const [busy, setBusy] = useState(false)
  const toggle = (): void => {
    setBusy(true)
    const work = mine ? api.removeUsersFromGroup(group.id, [me]) : api.addUsersToGroup(group.id, [me])
    changed(work)
      .catch(showFailure)
      .finally(() => setBusy(false))
  }
  const add = (): void => void openDialog((close) => <AddToGroupDialog group={group} onClose={close} />, 'add-to-group')
  return (
    <>
      <Button icon={mine ? LogOut : LogIn} pending={busy} onPress={toggle}>
        {mine ? t('groups.leave', 'Leave group') : t('groups.join', 'Join group')}
      </Button>
      <Button variant="primary" icon={UserPlus} onPress={add}>
        {t('groups.add', 'Add people')}
      </Button>
    </>
  )
}

/** The group as it is now; as it was while the server does not say. */
function useFreshGroup(known: CountedGroup): CountedGroup {
  const [group, setGroup] = useState(known)
  const news = useGroupNews()
  useEffect(() => {
    let here = true
    // Of a directory's group not everybody may ask: then what the list said stays.
    api.getGroup(known.id, true).then(
      (fresh) => here && setGroup(fresh),
      () => undefined,
    )
    return () => void (here = false)
  }, [known.id, news])
  return group
}
