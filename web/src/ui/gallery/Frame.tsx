import { useState } from 'react'
import type { ReactNode } from 'react'
import { Avatar, CountBadge, Divider, Icon, IconButton, PresenceDot, Resizer, SearchField } from '../index.ts'
import { Bold, CodeXml, Hash, Italic, Link, Lock, Paperclip, Pin, SendHorizontal, Smile, Users } from '../icons.ts'
import { say } from './say.ts'
import styles from './Frame.module.css'

const ROWS = [
  { name: say('announcements', '공지'), icon: Hash },
  { name: say('design', '디자인'), icon: Hash, selected: true },
  { name: say('release-18', '배포-18'), icon: Hash, unread: true },
  { name: say('operations', '운영'), icon: Lock, unread: true, mentions: 2 },
  { name: say('random', '잡담'), icon: Hash },
]

const POSTS = [
  {
    name: '김민아',
    time: say('9:02 AM', '오전 9:02'),
    texts: [
      say(
        'Good morning. The new tokens are in: one accent, one alarm colour.',
        '좋은 아침입니다. 새 디자인 토큰을 반영했습니다. 강조색 하나, 경고색 하나만 씁니다.',
      ),
      say('Please look at the dark theme on your own screens.', '각자 화면에서 어두운 테마를 확인해 주세요.'),
    ],
  },
  {
    name: 'Anna Berg',
    time: say('9:05 AM', '오전 9:05'),
    texts: [
      say(
        'Looks calm. The header lines meet across the columns now, which I like a lot.',
        '차분하네요. 이제 머리글 선이 모든 열에서 만나는 점이 특히 마음에 듭니다.',
      ),
    ],
  },
  {
    name: '박준호',
    time: say('9:11 AM', '오전 9:11'),
    texts: [
      say(
        'One question about long lines: on a very wide screen the text should stop at about eighty characters, so that the eye finds the next line. Is that the case for quotes and lists as well?',
        '긴 줄에 대해 하나 여쭤봅니다. 아주 넓은 화면에서는 눈이 다음 줄을 쉽게 찾도록 본문 폭이 여든 자 정도에서 끝나야 하는데, 인용과 목록에도 똑같이 적용되나요?',
      ),
    ],
  },
]

function Sidebar({ width, onWidth }: { width: number; onWidth: (width: number) => void }): ReactNode {
  const [query, setQuery] = useState('')
  return (
    <nav className={styles.sidebar} style={{ width }} aria-label={say('Channels', '채널')}>
      <header className={styles.header}>
        <strong>{say('Platform', '플랫폼')}</strong>
      </header>
      <div className={styles.find}>
        <SearchField label={say('Find', '찾기')} placeholder={say('Find', '찾기')} value={query} onChange={setQuery} />
      </div>
      {ROWS.map((row) => (
        <a key={row.name} href="#row" className={styles.row} aria-current={row.selected} data-unread={row.unread}>
          <Icon icon={row.icon} />
          <span className={styles.rowName}>{row.name}</span>
          <CountBadge count={row.mentions ?? 0} tone="mention" />
        </a>
      ))}
      {['Anna Berg', '박준호'].map((name) => (
        <a key={name} href="#row" className={styles.row}>
          <Avatar name={name} size={20} />
          <span className={styles.rowName}>{name}</span>
          <PresenceDot presence={name === 'Anna Berg' ? 'online' : 'away'} size="s" />
        </a>
      ))}
      <Resizer label={say('Width', '너비')} edge="right" value={width} min={220} max={360} onChange={onWidth} />
    </nav>
  )
}

function Conversation(): ReactNode {
  return (
    <main className={styles.main}>
      <header className={styles.header}>
        <Icon icon={Hash} />
        <h1 className={styles.title}>{say('design', '디자인')}</h1>
        <span className={styles.topic}>{say('How it looks and feels', '보이고 느껴지는 것에 대하여')}</span>
        <IconButton icon={Pin} label={say('Pinned', '고정된 글')} tooltipSide="bottom" />
        <IconButton icon={Users} label={say('Members', '멤버')} tooltipSide="bottom" />
      </header>
      <div className={styles.posts}>
        <Divider>{say('Sunday, November 22', '11월 22일 일요일')}</Divider>
        {POSTS.map((post) => (
          <article key={post.name} className={styles.post}>
            <Avatar name={post.name} />
            <div className={styles.body}>
              <strong className={styles.author}>{post.name}</strong>
              <time className={styles.time}>{post.time}</time>
              {post.texts.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
          </article>
        ))}
      </div>
      <div className={styles.composer}>
        <textarea
          className={styles.input}
          rows={1}
          aria-label={say('Write', '쓰기')}
          placeholder={say('Write to design', '디자인에 쓰기')}
        />
        <div className={styles.tools}>
          <IconButton size="s" icon={Paperclip} label={say('Attach', '첨부')} />
          <IconButton size="s" icon={Smile} label={say('Emoji', '이모지')} />
          <IconButton size="s" icon={Bold} label={say('Bold', '굵게')} />
          <IconButton size="s" icon={Italic} label={say('Italic', '기울임')} />
          <IconButton size="s" icon={CodeXml} label={say('Code', '코드')} />
          <IconButton size="s" icon={Link} label={say('Link', '링크')} />
          <IconButton
            size="s"
            variant="primary"
            icon={SendHorizontal}
            label={say('Send', '보내기')}
            className={styles.send}
          />
        </div>
      </div>
    </main>
  )
}

/** A window of the client in outline: how tokens and components look together. */
export function Frame(): ReactNode {
  const [width, setWidth] = useState(264)
  return (
    <div className={styles.frame}>
      <Sidebar width={width} onWidth={setWidth} />
      <Conversation />
    </div>
  )
}
