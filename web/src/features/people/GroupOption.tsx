import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Group } from '../../store/entities.ts'
import { typed } from '../../store/match-name.ts'
import { compareNames } from '../../store/sidebar.ts'
import { Icon } from '../../ui/Icon.tsx'
import { UsersRound } from '../../ui/icons.ts'
import css from './PeoplePicker.module.css'

const NONE: readonly Group[] = []

/** Groups whose name fits what was typed; none while nothing is typed. */
export function useFittingGroups(query: string, wanted: boolean): readonly Group[] {
  const groups = useStore((state) => state.groups)
  return useMemo(() => {
    if (!wanted || query.trim() === '') return NONE
    const { score } = typed(query)
    return Object.values(groups)
      .filter((one) => score(one.name ?? '') + score(one.display_name) > 0)
      .toSorted((a, b) => compareNames(a.display_name, b.display_name))
  }, [groups, query, wanted])
}

/** One group in a list of choices: it stands for the people in it. */
export function GroupOption({ group }: { group: Group }): ReactNode {
  const t = useText()
  return (
    <span className={css['option']}>
      <span className={css['groupIcon']}>
        <Icon icon={UsersRound} />
      </span>
      <span className={css['name']}>{group.display_name}</span>
      <span className={css['username']}>
        @{group.name} · {t('people.group', 'Group')}
      </span>
    </span>
  )
}
