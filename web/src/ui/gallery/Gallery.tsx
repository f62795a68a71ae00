import type { ReactNode } from 'react'
import { Buttons } from './Buttons.tsx'
import { Colors } from './Colors.tsx'
import { Fields } from './Fields.tsx'
import { Frame } from './Frame.tsx'
import { Lists } from './Lists.tsx'
import { Notices } from './Notices.tsx'
import { Overlays } from './Overlays.tsx'
import { People } from './People.tsx'
import { look, say } from './say.ts'
import styles from './Gallery.module.css'

const href = (changes: Record<string, string>): string => {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) query.set(name, value)
  return `?${query.toString()}`
}

const LOOKS: [label: string, changes: Record<string, string>][] = [
  ['Light', { theme: 'light', contrast: 'normal' }],
  ['Dark', { theme: 'dark', contrast: 'normal' }],
  ['Light, contrast', { theme: 'light', contrast: 'more' }],
  ['Dark, contrast', { theme: 'dark', contrast: 'more' }],
  ['English', { lang: 'en' }],
  ['한국어', { lang: 'ko' }],
]

/** One titled part of the gallery. */
function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className={styles.part}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  )
}

/** Everything of the kit on one page, for eyes and for tests. */
export function Gallery(): ReactNode {
  if (look.show === 'frame') return <Frame />
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.name}>{say('Components', '컴포넌트')}</h1>
        <nav className={styles.looks} aria-label={say('Look', '모양')}>
          {LOOKS.map(([label, changes]) => (
            <a key={label} href={href(changes)}>
              {label}
            </a>
          ))}
          <a href={href({ show: 'frame' })}>Frame</a>
        </nav>
      </header>
      <Part title={say('Buttons', '버튼')}>
        <Buttons />
      </Part>
      <Part title={say('Fields', '입력')}>
        <Fields />
      </Part>
      <Part title={say('Menus and dialogs', '메뉴와 대화 상자')}>
        <Overlays />
      </Part>
      <Part title={say('Lists', '목록')}>
        <Lists />
      </Part>
      <Part title={say('People and counts', '사람과 숫자')}>
        <People />
      </Part>
      <Part title={say('Notices', '알림')}>
        <Notices />
      </Part>
      <Part title={say('Colours', '색')}>
        <Colors />
      </Part>
    </main>
  )
}
