const query = new URLSearchParams(location.search)

/** The gallery's look, from its address: ?theme=dark&contrast=more&lang=ko&show=dialog */
export const look = {
  theme: query.get('theme'),
  contrast: query.get('contrast'),
  lang: query.get('lang') === 'ko' ? 'ko' : 'en',
  show: query.get('show'),
}

/** A sample's words in the gallery's language. */
export const say = (english: string, korean: string): string => (look.lang === 'ko' ? korean : english)
