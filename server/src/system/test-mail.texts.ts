const TEXT = {
  en: {
    subject: (site: string) => `[${site}] Test mail`,
    line: 'This server can send you mail.',
    footer: 'You get this mail because you tested the settings for mail.',
  },
  ko: {
    subject: (site: string) => `[${site}] 시험 메일`,
    line: '이 서버에서 메일을 보낼 수 있습니다.',
    footer: '메일 설정을 시험하셔서 보내 드린 메일입니다.',
  },
} as const

/** What a test mail says, in the language of its reader. */
export const testMailText = (locale: string): (typeof TEXT)['en' | 'ko'] =>
  TEXT[locale.toLowerCase().startsWith('ko') ? 'ko' : 'en']
