import { memo } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { failureText, showFailure } from '../../shell/failure.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { useText } from '../../shell/i18n.tsx'
import { markRead } from '../channels/read.ts'
import type { Category } from '../../store/entities.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import {
  ArrowDown,
  ArrowUp,
  Bell,
  BellOff,
  CheckCheck,
  Ellipsis,
  ListFilter,
  Pencil,
  Plus,
  Trash2,
} from '../../ui/icons.ts'
import { Menu, MenuItem, MenuSeparator, MenuTrigger, Submenu } from '../../ui/Menu.tsx'
import { CategoryDialog } from './CategoryDialog.tsx'
import { changeCategory, deleteCategory, moveCategory } from './categories.ts'
import { categoryName } from './category-name.ts'

/** What can be done with a heading; also what the mouse does by dragging. */
export const CategoryMenu = memo(function CategoryMenu({ category }: { category: Category }): ReactNode {
  const t = useText()
  const order = useStore((state) => state.categoryOrder[category.team_id])
  const at = order?.indexOf(category.id) ?? 0
  const run = (work: Promise<void>): void => void work.catch(showFailure)
  const name = categoryName(t, category)
  const rename = (): void =>
    void openDialog((close) => <CategoryDialog category={category} teamId={category.team_id} onClose={close} />)
  return (
    <MenuTrigger>
      <IconButton size="s" icon={Ellipsis} label={t('sidebar.category_menu', 'Options of {name}', { name })} />
      <Menu label={name}>
        <MenuItem icon={CheckCheck} onAction={() => run(markRead(category.channel_ids))}>
          {t('sidebar.mark_read', 'Mark as read')}
        </MenuItem>
        {category.type !== 'favorites' && (
          <MenuItem
            icon={category.muted ? Bell : BellOff}
            onAction={() => run(changeCategory(category, { muted: !category.muted }))}
          >
            {category.muted
              ? t('sidebar.unmute_category', 'Unmute category')
              : t('sidebar.mute_category', 'Mute category')}
          </MenuItem>
        )}
        <SortingMenu category={category} />
        <MenuItem
          icon={ArrowUp}
          disabled={at <= 0}
          onAction={() => run(moveCategory(category.team_id, category.id, at - 1))}
        >
          {t('sidebar.move_up', 'Move up')}
        </MenuItem>
        <MenuItem
          icon={ArrowDown}
          disabled={at >= (order?.length ?? 0) - 1}
          onAction={() => run(moveCategory(category.team_id, category.id, at + 1))}
        >
          {t('sidebar.move_down', 'Move down')}
        </MenuItem>
        <MenuSeparator />
        {category.type === 'custom' && (
          <MenuItem icon={Pencil} onAction={rename}>
            {t('sidebar.rename_category', 'Rename category')}
          </MenuItem>
        )}
        {category.type === 'custom' && (
          <MenuItem icon={Trash2} danger onAction={() => confirmDelete(category, t)}>
            {t('sidebar.delete_category', 'Delete category')}
          </MenuItem>
        )}
        <MenuItem
          icon={Plus}
          onAction={() => openDialog((close) => <CategoryDialog teamId={category.team_id} onClose={close} />)}
        >
          {t('sidebar.new_category', 'New category')}
        </MenuItem>
      </Menu>
    </MenuTrigger>
  )
})

function SortingMenu({ category }: { category: Category }): ReactNode {
  const t = useText()
  const sorting = category.sorting || (category.type === 'direct_messages' ? 'recent' : 'alpha')
  return (
    <Submenu
      icon={ListFilter}
      label={t('sidebar.sort', 'Sort')}
      selectionMode="single"
      selectedKeys={[sorting]}
      onSelectionChange={(keys) => {
        const [key] = [...keys]
        if (key) void changeCategory(category, { sorting: key as Category['sorting'] }).catch(showFailure)
      }}
    >
      <MenuItem id="alpha">{t('sidebar.sort_alpha', 'By name')}</MenuItem>
      <MenuItem id="recent">{t('sidebar.sort_recent', 'By latest activity')}</MenuItem>
      <MenuItem id="manual">{t('sidebar.sort_manual', 'By hand')}</MenuItem>
    </Submenu>
  )
}

function confirmDelete(category: Category, t: ReturnType<typeof useText>): void {
  openDialog((close) => (
    <ConfirmDialog
      title={t('sidebar.delete_question', 'Delete the category “{name}”?', { name: category.display_name })}
      confirmLabel={t('sidebar.delete_category', 'Delete category')}
      danger
      onConfirm={() => deleteCategory(category)}
      errorText={failureText}
      onClose={close}
    >
      {t('sidebar.delete_hint', 'Its channels go back below Channels and Direct messages.')}
    </ConfirmDialog>
  ))
}
