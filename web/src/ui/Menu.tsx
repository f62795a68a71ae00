import type { ReactNode } from 'react'
import type { LucideIcon } from 'lucide-react'
import {
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
  Popover,
  Separator,
  SubmenuTrigger,
  Text,
} from 'react-aria-components/Menu'
import type { MenuProps as AriaMenuProps } from 'react-aria-components/Menu'
import type { PopoverProps as AriaPopoverProps } from 'react-aria-components/Popover'
import { Check, ChevronRight } from './icons.ts'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'
import popover from './Popover.module.css'
import styles from './Menu.module.css'

/** `<MenuTrigger><IconButton …/><Menu …>items</Menu></MenuTrigger>` */
export { MenuTrigger }

type Selection = Pick<
  AriaMenuProps<object>,
  'selectionMode' | 'selectedKeys' | 'onSelectionChange' | 'disallowEmptySelection'
>

export interface MenuListProps extends Selection {
  label: string
  children: ReactNode
}

/** The list of a menu without its surface. With `selectionMode` items have an `id` and show a check mark. */
export function MenuList({ label, children, ...selection }: MenuListProps): ReactNode {
  return (
    <AriaMenu {...selection} aria-label={label} className={styles.menu}>
      {children}
    </AriaMenu>
  )
}

export interface MenuProps extends MenuListProps {
  placement?: AriaPopoverProps['placement']
}

/** Actions that open from a button. Typing finds an item by its first letters. */
export function Menu({ placement = 'bottom start', ...list }: MenuProps): ReactNode {
  return (
    <Popover placement={placement} offset={4} className={popover.popover} style={{ zIndex: 'var(--z-popover)' }}>
      <MenuList {...list} />
    </Popover>
  )
}

export interface MenuItemProps {
  /** Needed when the menu has a selection. */
  id?: string
  icon?: LucideIcon
  /** Keys that do the same. */
  shortcut?: string
  /** A second, muted line. */
  description?: string
  danger?: boolean
  disabled?: boolean
  /** A link instead of an action; `target="_blank"` opens another tab. */
  href?: string
  target?: string
  onAction?: () => void
  /** What typing finds, when the children are no plain text. */
  textValue?: string
  children: ReactNode
}

/** One action of a menu. */
export function MenuItem({
  icon,
  shortcut,
  description,
  danger,
  disabled,
  children,
  ...props
}: MenuItemProps): ReactNode {
  return (
    <AriaMenuItem
      {...props}
      isDisabled={disabled}
      textValue={props.textValue ?? (typeof children === 'string' ? children : undefined)}
      className={cx(styles.item, danger && styles.danger)}
    >
      {({ selectionMode, isSelected, hasSubmenu }) => (
        <>
          {selectionMode !== 'none' && <span className={styles.check}>{isSelected && <Icon icon={Check} />}</span>}
          {icon && <Icon icon={icon} className={styles.icon} />}
          <span className={styles.texts}>
            <Text slot="label" className={styles.label}>
              {children}
            </Text>
            {description && (
              <Text slot="description" className={styles.description}>
                {description}
              </Text>
            )}
          </span>
          {shortcut && <Kbd keys={shortcut} className={styles.shortcut} />}
          {hasSubmenu && <Icon icon={ChevronRight} className={styles.more} />}
        </>
      )}
    </AriaMenuItem>
  )
}

/** Narrower windows have no room beside a menu. */
const ROOM_BESIDE = 768

/** An item that opens further items beside it, or below it in a narrow window. */
export function Submenu(
  props: { label: string; icon?: LucideIcon; disabled?: boolean } & Selection & { children: ReactNode },
): ReactNode {
  const { label, icon, disabled, ...list } = props
  const place =
    innerWidth < ROOM_BESIDE
      ? ({ placement: 'bottom end', offset: 0, crossOffset: 0 } as const)
      : { offset: -2, crossOffset: -5 }
  return (
    <SubmenuTrigger>
      <MenuItem icon={icon} disabled={disabled}>
        {label}
      </MenuItem>
      <Popover {...place} className={popover.popover} style={{ zIndex: 'var(--z-popover)' }}>
        <MenuList {...list} label={label} />
      </Popover>
    </SubmenuTrigger>
  )
}

/** Items under a title of their own; with `selectionMode` they are choices. */
export function MenuSection({
  title,
  children,
  ...selection
}: Selection & { title: string; children: ReactNode }): ReactNode {
  return (
    <AriaMenuSection {...selection} className={styles.section}>
      <Header className={styles.title}>{title}</Header>
      {children}
    </AriaMenuSection>
  )
}

/** A line between groups of items. */
export const MenuSeparator = (): ReactNode => <Separator className={styles.separator} />
