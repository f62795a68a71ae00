import type { App } from '../app.ts'

type Text = readonly [en: string, ko: string]

/**
 * What the server itself writes into channels. Clients build most of these from the post's props; the text is for
 * those that do not know a type, for mails and for search.
 */
const texts = {
  townSquare: ['Town Square', '전체 대화'],
  offTopic: ['Off-Topic', '자유 대화'],
  joined: ['{username} joined the channel.', '{username} 님이 채널에 들어왔습니다.'],
  guestJoined: ['{username} joined the channel as a guest.', '{username} 님이 게스트로 채널에 들어왔습니다.'],
  left: ['{username} has left the channel.', '{username} 님이 채널에서 나갔습니다.'],
  added: ['{added} was added to the channel by {username}.', '{username} 님이 {added} 님을 채널에 추가했습니다.'],
  guestAdded: [
    '{added} was added to the channel as a guest by {username}.',
    '{username} 님이 {added} 님을 채널에 게스트로 추가했습니다.',
  ],
  removed: ['{username} was removed from the channel.', '{username} 님이 채널에서 내보내졌습니다.'],
  joinedTeam: ['{username} joined the team.', '{username} 님이 팀에 들어왔습니다.'],
  leftTeam: ['{username} has left the team.', '{username} 님이 팀에서 나갔습니다.'],
  addedToTeam: ['{added} was added to the team by {username}.', '{username} 님이 {added} 님을 팀에 추가했습니다.'],
  removedFromTeam: ['{username} was removed from the team.', '{username} 님이 팀에서 내보내졌습니다.'],
  headerSet: ['{username} set the channel header to: {new}', '{username} 님이 채널 헤더를 정했습니다: {new}'],
  headerChanged: [
    '{username} changed the channel header from: {old} to: {new}',
    '{username} 님이 채널 헤더를 바꾸었습니다: {old} → {new}',
  ],
  headerRemoved: [
    '{username} removed the channel header (was: {old})',
    '{username} 님이 채널 헤더를 지웠습니다 (이전: {old})',
  ],
  purposeSet: ['{username} set the channel purpose to: {new}', '{username} 님이 채널 목적을 정했습니다: {new}'],
  purposeChanged: [
    '{username} changed the channel purpose from: {old} to: {new}',
    '{username} 님이 채널 목적을 바꾸었습니다: {old} → {new}',
  ],
  purposeRemoved: [
    '{username} removed the channel purpose (was: {old})',
    '{username} 님이 채널 목적을 지웠습니다 (이전: {old})',
  ],
  renamed: [
    '{username} changed the channel name from: {old} to: {new}',
    '{username} 님이 채널 이름을 바꾸었습니다: {old} → {new}',
  ],
  archived: ['{username} archived the channel.', '{username} 님이 채널을 보관했습니다.'],
  restored: ['{username} restored the channel.', '{username} 님이 채널을 복원했습니다.'],
  madePrivate: [
    '{username} made this channel private. It is no longer open to everyone.',
    '{username} 님이 이 채널을 비공개로 바꾸었습니다. 이제 초대받은 사람만 들어올 수 있습니다.',
  ],
  madePublic: [
    '{username} made this channel public. Everyone in the team can join it.',
    '{username} 님이 이 채널을 공개로 바꾸었습니다. 이제 팀의 모든 구성원이 들어올 수 있습니다.',
  ],
  moved: ['This channel was moved here from the team {team}.', '이 채널은 {team} 팀에서 옮겨 왔습니다.'],
  converted: [
    '{username} made this private channel from a group message with {members}.',
    '{username} 님이 {members} 님과의 그룹 메시지를 비공개 채널로 바꾸었습니다.',
  ],
} satisfies Record<string, Text>

export type ChannelText = keyof typeof texts

/** A text in the language of the server (people of all languages read the same post). */
export function channelText(
  app: Pick<App, 'config'>,
  text: ChannelText,
  params: Readonly<Record<string, string>> = {},
): string {
  const korean = app.config.get().LocalizationSettings.DefaultServerLocale.toLowerCase().startsWith('ko')
  return texts[text][korean ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}
