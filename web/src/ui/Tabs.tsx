import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { LucideIcon } from 'lucide-react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import styles from './Tabs.module.css'

export interface TabItem<Id extends string> {
  id: Id
  label: string
  icon?: LucideIcon
  /** After the label, for example a count. */
  badge?: ReactNode
  disabled?: boolean
  content: ReactNode
}

export interface TabsProps<Id extends string> {
  /** What the tabs part. */
  label: string
  tabs: readonly TabItem<Id>[]
  selected: Id
  onSelect: (id: Id) => void
  /** vertical: a list at the left, as in settings; turns to the top on narrow screens. */
  orientation?: 'horizontal' | 'vertical'
  className?: string
}

/** Several views in one place; only the chosen one is rendered. Arrow keys move between them. */
export function Tabs<Id extends string>({ orientation = 'horizontal', ...props }: TabsProps<Id>): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // A row that is wider than the screen scrolls to what is chosen.
    const chosen = list.current?.querySelector(`[data-key="${CSS.escape(props.selected)}"]`)
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [props.selected])
  return (
    <AriaTabs
      orientation={orientation}
      selectedKey={props.selected}
      onSelectionChange={(key) => props.onSelect(key as Id)}
      className={cx(styles.tabs, styles[orientation], props.className)}
    >
      <TabList ref={list} aria-label={props.label} className={styles.list}>
        {props.tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} isDisabled={tab.disabled} className={styles.tab}>
            {tab.icon && <Icon icon={tab.icon} />}
            {tab.label}
            {tab.badge}
          </Tab>
        ))}
      </TabList>
      {props.tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.panel}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
