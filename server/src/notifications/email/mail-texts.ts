/** What mails say, in the languages of the server. Parameters are plain text; the frame escapes them. */
export const mailTexts = {
  en: {
    surprise: (site: string) =>
      `If this was not you, tell the people who run ${site}: somebody else may be using your account.`,
    ignore: 'If you did not ask for this, you need not do anything.',
    hello: (name: string) => `Hello ${name},`,
    help: (address: string) => `Questions? Write to ${address}.`,
    password_reset: {
      subject: (site: string) => `[${site}] Choose a new password`,
      line: 'You can choose a new password with this link. It works for a day, and once.',
      label: 'Choose a password',
    },
    verify_email: {
      subject: (site: string) => `[${site}] Confirm your e-mail address`,
      line: (email: string) => `Confirm that ${email} is your address. The link works for a day.`,
      label: 'Confirm the address',
    },
    password_changed: {
      subject: (site: string) => `[${site}] Your password was changed`,
      'by the user': 'Your password was changed while you were signed in.',
      'by an administrator': 'An administrator has given you a new password.',
      'by a reset link': 'Your password was changed with a link that was mailed to you.',
    },
    mfa_changed: {
      subject: (site: string) => `[${site}] Multi-factor sign-in was changed`,
      on: 'From now on signing in also asks for a code from your phone.',
      off: 'Signing in no longer asks for a code from your phone.',
    },
    access_token_added: {
      subject: (site: string) => `[${site}] A personal access token was made`,
      line: 'A personal access token was made for your account. Whoever has it can act in your name.',
    },
    sign_in_method_changed: {
      subject: (site: string) => `[${site}] You sign in another way now`,
      line: (way: string) => `From now on you sign in with ${way}. You were signed out everywhere.`,
      account: (service: string) => `your ${service} account`,
      password: 'your e-mail address and a password',
    },
    invitation: {
      subject: (site: string, sender: string, team: string) =>
        sender ? `[${site}] ${sender} invites you to ${team}` : `[${site}] You are invited to ${team}`,
      line: (site: string, team: string) =>
        `You are invited to the team ${team} on ${site}. The link works for two days.`,
      guest: (site: string, team: string) =>
        `You are invited as a guest of the team ${team} on ${site}. The link works for two days.`,
      label: 'Join the team',
    },
  },
  ko: {
    surprise: (site: string) =>
      `본인이 한 일이 아니라면 다른 사람이 계정을 쓰고 있을 수 있습니다. ${site} 관리자에게 알려 주세요.`,
    ignore: '요청한 적이 없다면 아무것도 하지 않아도 됩니다.',
    hello: (name: string) => `${name} 님, 안녕하세요.`,
    help: (address: string) => `궁금한 점은 ${address} 주소로 문의해 주세요.`,
    password_reset: {
      subject: (site: string) => `[${site}] 새 암호 정하기`,
      line: '아래 링크에서 새 암호를 정할 수 있습니다. 링크는 하루 동안 한 번만 쓸 수 있습니다.',
      label: '암호 정하기',
    },
    verify_email: {
      subject: (site: string) => `[${site}] 이메일 주소 확인`,
      line: (email: string) => `${email} 주소가 맞는지 확인해 주세요. 링크는 하루 동안 쓸 수 있습니다.`,
      label: '주소 확인하기',
    },
    password_changed: {
      subject: (site: string) => `[${site}] 암호가 바뀌었습니다`,
      'by the user': '로그인한 상태에서 암호를 바꾸었습니다.',
      'by an administrator': '관리자가 새 암호를 정했습니다.',
      'by a reset link': '메일로 받은 링크에서 암호를 바꾸었습니다.',
    },
    mfa_changed: {
      subject: (site: string) => `[${site}] 다단계 인증 설정이 바뀌었습니다`,
      on: '이제 로그인할 때 휴대폰의 코드도 입력해야 합니다.',
      off: '이제 로그인할 때 휴대폰의 코드를 묻지 않습니다.',
    },
    access_token_added: {
      subject: (site: string) => `[${site}] 개인 액세스 토큰이 만들어졌습니다`,
      line: '계정에 개인 액세스 토큰이 만들어졌습니다. 이 토큰이 있으면 누구든 내 이름으로 활동할 수 있습니다.',
    },
    sign_in_method_changed: {
      subject: (site: string) => `[${site}] 로그인 방식이 바뀌었습니다`,
      line: (way: string) => `이제 ${way} 로그인합니다. 모든 기기에서 로그아웃되었습니다.`,
      account: (service: string) => `${service} 계정으로`,
      password: '이메일 주소와 암호로',
    },
    invitation: {
      subject: (site: string, sender: string, team: string) =>
        sender ? `[${site}] ${sender} 님이 ${team} 팀에 초대했습니다` : `[${site}] ${team} 팀에 초대되었습니다`,
      line: (site: string, team: string) => `${site}의 ${team} 팀에 초대되었습니다. 링크는 이틀 동안 쓸 수 있습니다.`,
      guest: (site: string, team: string) =>
        `${site}의 ${team} 팀에 게스트로 초대되었습니다. 링크는 이틀 동안 쓸 수 있습니다.`,
      label: '팀에 참여하기',
    },
  },
}

export type MailTexts = (typeof mailTexts)['en']

/** The texts in somebody's language; English for those that the server does not speak. */
export const mailTextsFor = (locale: string): MailTexts =>
  locale.toLowerCase().startsWith('ko') ? mailTexts.ko : mailTexts.en
