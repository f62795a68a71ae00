type Text = readonly [en: string, ko: string]

const texts = {
  outsideChannel: [
    '{people}: not in this channel, so the mention did not reach them.',
    '{people} 님은 이 채널에 없어서 멘션 알림을 받지 못했습니다.',
  ],
  outsideGroups: [
    '{people}: not in this channel, so the mention did not reach them. Only members of its linked groups can be added.',
    '{people} 님은 이 채널에 없어서 멘션 알림을 받지 못했습니다. 이 채널에는 연결된 그룹의 구성원만 추가할 수 있습니다.',
  ],
  outsideTeam: [
    '{people}: not in this team, so the mention did not reach them.',
    '{people} 님은 이 팀에 없어서 멘션 알림을 받지 못했습니다.',
  ],
  groupOutside: [
    'Nobody in @{group} is in this team, so nobody was notified.',
    '@{group} 그룹의 구성원이 이 팀에 없어서 알림을 보내지 않았습니다.',
  ],
  others: ['{people} and {count} more', '{people} 외 {count}명'],
  here: [
    '@here notified nobody, because this channel has {count} members or more.',
    '이 채널의 구성원이 {count}명 이상이므로 @here 알림을 보내지 않았습니다.',
  ],
  channel: [
    '@channel notified nobody, because this channel has {count} members or more.',
    '이 채널의 구성원이 {count}명 이상이므로 @channel 알림을 보내지 않았습니다.',
  ],
  all: [
    '@all notified nobody, because this channel has {count} members or more.',
    '이 채널의 구성원이 {count}명 이상이므로 @all 알림을 보내지 않았습니다.',
  ],
} satisfies Record<string, Text>

export type AuthorText = keyof typeof texts

/** What an author is told of his mentions, in his language. */
export function authorText(key: AuthorText, locale: string, values: Readonly<Record<string, string | number>>): string {
  const text = texts[key][locale.toLowerCase().startsWith('ko') ? 1 : 0]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
