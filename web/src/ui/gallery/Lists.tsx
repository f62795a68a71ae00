import { useState } from 'react'
import type { ReactNode } from 'react'
import { Avatar, Badge, Disclosure, Divider, ListBox, Resizer, Tabs } from '../index.ts'
import { Bell, Palette, User } from '../icons.ts'
import { say } from './say.ts'
import styles from './Gallery.module.css'

const PEOPLE = [
  { id: 'mina', name: '김민아', team: say('Design', '디자인') },
  { id: 'junho', name: '박준호', team: say('Design', '디자인') },
  { id: 'anna', name: 'Anna Berg', team: say('Platform', '플랫폼') },
  { id: 'sam', name: 'Sam Okoro', team: say('Platform', '플랫폼') },
]

function Picker(): ReactNode {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['anna']))
  const found = PEOPLE.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()))
  return (
    <div className={styles.card}>
      <ListBox
        label={say('People', '사람')}
        query={query}
        onQueryChange={setQuery}
        placeholder={say('Filter by name', '이름으로 찾기')}
        items={found}
        keyOf={(person) => person.id}
        sectionOf={(person) => person.team}
        selectedKeys={chosen}
        onChoose={({ id }) =>
          setChosen(chosen.has(id) ? new Set([...chosen].filter((one) => one !== id)) : new Set([...chosen, id]))
        }
        empty={say('Nobody of that name.', '일치하는 사람이 없습니다.')}
      >
        {(person) => (
          <>
            <Avatar name={person.name} size={24} />
            {person.name}
            {person.id === 'sam' && <Badge>BOT</Badge>}
          </>
        )}
      </ListBox>
    </div>
  )
}

function Views(): ReactNode {
  const [view, setView] = useState<'profile' | 'notices' | 'look'>('profile')
  const tabs = [
    { id: 'profile', label: say('Profile', '프로필'), icon: User },
    { id: 'notices', label: say('Notifications', '알림'), icon: Bell, badge: <Badge tone="accent">2</Badge> },
    { id: 'look', label: say('Display', '화면'), icon: Palette },
  ] as const
  const filled = tabs.map((tab) => ({ ...tab, content: <p style={{ padding: '12px 0' }}>{tab.label}</p> }))
  return (
    <div className={styles.stack}>
      <Tabs label={say('Settings', '설정')} tabs={filled} selected={view} onSelect={setView} />
      <Tabs label={say('Sections', '항목')} orientation="vertical" tabs={filled} selected={view} onSelect={setView} />
    </div>
  )
}

/** Lists, and what parts them. */
export function Lists(): ReactNode {
  const [width, setWidth] = useState(200)
  return (
    <div className={styles.grid}>
      <Picker />
      <Views />
      <div className={styles.stack}>
        <Disclosure title={say('Advanced', '고급')} open>
          {say('For those who need it.', '필요한 분을 위한 설정입니다.')}
        </Disclosure>
        <Disclosure title={say('Closed', '닫힘')}>…</Disclosure>
        <Divider />
        <Divider>{say('Sunday, November 22', '11월 22일 일요일')}</Divider>
        <Divider accent>{say('New', '새 글')}</Divider>
        <div className={styles.column} style={{ width }}>
          <Resizer
            label={say('Width', '너비')}
            edge="right"
            value={width}
            min={120}
            max={300}
            onChange={setWidth}
            onReset={() => setWidth(200)}
          />
        </div>
      </div>
    </div>
  )
}
