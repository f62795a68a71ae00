import { describe, expect, test } from 'vitest'

import { hostileInputs } from '../text/hostile-inputs.ts'
import { ChannelKeywords } from './keywords.ts'
import { matchMentions, mentionTexts } from './match-mentions.ts'
import { member } from './notification-fixtures.ts'

const TEAM = [
  member('bob', { user: { mention_keys: 'Deploy, 배포,on call,bob' } }),
  member('eve.b', { firstName: 'Eve', user: { first_name: 'true' } }),
  member('gildong', { firstName: '길동', user: { first_name: 'true', mention_keys: '홍길동' } }),
  member('dot.', {}),
  member('gone', { deleteAt: 1 }),
]
const hit = (text: string, members = TEAM) => [...matchMentions([text], new ChannelKeywords(members), new Map()).users]

describe('keywords', () => {
  test.each<[string, string[]]>([
    ['@bob', ['bob']],
    ['@BOB!', ['bob']],
    ['hello (@bob), hi', ['bob']],
    ['@bob...', ['bob']],
    ['@bob:_-.', ['bob']],
    ['.@bob', ['bob']],
    ['cc:@bob', ['bob']],
    ['**@bob** _@eve.b_', ['bob', 'eve.b']],
    ['x@bob', []],
    ['@bobby', []],
    ['@bob@eve.b', []],
    ['@bob-smith', []],
    ['@eve.b.', ['eve.b']],
    ['@eve', []],
    ['@dot.', ['dot.']],
    ['@dot', []],
    ['deploy', ['bob']],
    ['DEPLOY!', ['bob']],
    ['pre-deploy.now', ['bob']],
    ['deploys', []],
    ['deploy_now', []],
    ['on call', []],
    [':deploy:', []],
    ['bob', ['bob']],
    ['Eve said', ['eve.b']],
    ['eve said', []],
    ['Eve-Marie', ['eve.b']],
    ['@gone gone', []],
    ['`@bob` deploy`', ['bob']],
    ['`@bob deploy`', []],
    ['```\n@bob\n```', []],
    ['    @bob', []],
    ['[x](http://h/@bob) <http://h/deploy> http://h/deploy', []],
    ['[@bob](http://h)', ['bob']],
  ])('%j', (text, expected) => {
    expect(hit(text)).toEqual(expected)
  })

  test.each<[string, string[]]>([
    ['홍길동', ['gildong']],
    ['홍길동님께 드립니다', ['gildong']],
    ['길동아!', ['gildong']],
    ['오늘배포했습니다', ['bob']],
    ['배-포', []],
    ['배 포', []],
    ['`홍길동님`', []],
    ['홍길동님이배포를', ['bob', 'gildong']],
    ['홍길동'.normalize('NFD'), ['gildong']],
    ['@gildong님 안녕하세요', ['gildong']],
    ['@bob에게', ['bob']],
    ['@bobx에게', []],
    ['deploy가', []],
  ])('Korean: %j', (text, expected) => {
    expect(hit(text).toSorted()).toEqual(expected)
  })

  test('nobody can take the channel-wide words as a keyword of their own', () => {
    const hits = matchMentions(
      ['@channel @ball'],
      new ChannelKeywords([member('x', { user: { mention_keys: '@channel,ball,@ball' } })]),
      new Map(),
    )
    expect([...hits.channelWide]).toEqual(['channel'])
    expect([...hits.users]).toEqual(['x'])
  })
})

describe('names nobody in the channel has', () => {
  test.each<[string, string[]]>([
    ['@nobody, @bob', ['nobody']],
    ['@nobody.', ['nobody.', 'nobody']],
    ['cc:@nobody', ['nobody']],
    ['@nobody님', ['nobody']],
    ['@here @All @channel.', []],
    ['mail@nobody.com', []],
    ['@홍길', []],
    ['`@nobody`', []],
  ])('%j', (text, expected) => {
    expect([...matchMentions([text], new ChannelKeywords(TEAM), new Map()).unknown]).toEqual(expected)
  })
})

describe('the index', () => {
  test('follows changes of a member', () => {
    const index = new ChannelKeywords(TEAM)
    const users = (text: string) => [...matchMentions([text], index, new Map()).users]
    index.setMember(
      member('bob', { username: 'robert', user: { mention_keys: '출시', first_name: 'true' }, firstName: 'Rob' }),
    )
    expect(users('@bob deploy 배포')).toEqual([])
    expect(users('@robert')).toEqual(['bob'])
    expect(users('오늘출시')).toEqual(['bob'])
    expect(users('Rob')).toEqual(['bob'])
    index.removeMember('bob')
    index.removeMember('bob')
    expect(users('@robert 출시 Rob')).toEqual([])
    expect(index.has('bob')).toBe(false)
    expect(index.size).toBe(3)
  })

  test('keeps a keyword as long as one of its owners stays', () => {
    const index = new ChannelKeywords(['a', 'b'].map((name) => member(name, { user: { mention_keys: '배포,ship' } })))
    index.removeMember('a')
    expect([...matchMentions(['배포 ship'], index, new Map()).users]).toEqual(['b'])
    expect(index.hasPlainKeywords).toBe(true)
    index.removeMember('b')
    expect(index.hasPlainKeywords).toBe(false)
  })

  test('a deactivated member leaves it', () => {
    const index = new ChannelKeywords([member('bob')])
    index.setMember(member('bob', { deleteAt: 5 }))
    expect(index.size).toBe(0)
  })

  test('keywords that could never match, or are made to hurt, are not taken', () => {
    const keys = ['x'.repeat(10_000), 'two words', 'c++', '', ' '].join(',')
    expect(new ChannelKeywords([member('bob', { user: { mention_keys: keys } })]).hasPlainKeywords).toBe(false)
  })
})

describe('the cost of a message', () => {
  const crowd = Array.from({ length: 20_000 }, (_, i) => member(`user${i}`))

  test('is nothing without @ where nobody has words of their own', () => {
    const index = new ChannelKeywords(crowd)
    matchMentions(['a long message. '.repeat(500)], index, new Map())
    expect([index.lookups, index.visits]).toEqual([0, 0])
  })

  test('is one look-up for each word that could match, however many members', () => {
    const index = new ChannelKeywords([...crowd, member('keen', { user: { mention_keys: 'deploy,배포' } })])
    matchMentions(['four plain words here'], index, new Map())
    expect([index.lookups, index.visits]).toEqual([4, 0])
  })

  test('stays in proportion for hostile messages and keywords', () => {
    const keys = ['a'.repeat(128), 'ab', '홍길동'.repeat(42), '홍', `${'a'.repeat(100)}홍`].join(',')
    const index = new ChannelKeywords([member('mean', { user: { mention_keys: keys } })])
    for (const text of hostileInputs(16_383)) {
      index.lookups = 0
      matchMentions([text], index, new Map())
      // The worst is a word and three pieces for every two characters, never a look-up per pair of characters.
      expect(index.lookups, text.slice(0, 30)).toBeLessThan(40_000)
    }
  })
})

test('attachments are searched, whatever is in them', () => {
  const attachments = [
    { pretext: 'a', text: 'b', title: 'no', fields: [{ title: 'no', value: 'c' }, { value: 4 }, null, 'x'] },
    null,
    'text',
    { text: { toString: 'evil' }, fields: {} },
  ]
  expect(mentionTexts('m', { attachments })).toEqual(['m', 'a', 'b', 'c'])
  for (const wrong of [null, {}, 'x', 7]) expect(mentionTexts('m', { attachments: wrong })).toEqual(['m'])
})
