import { newId } from '../ids.ts'

type Fields = Readonly<Record<string, unknown>>

/** The message attachments of a post's props; anything that is none is passed over: integrations send what they like. */
export function attachmentsOf(props: Fields): Fields[] {
  return records(props.attachments)
}

const records = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.filter((item): item is Fields => typeof item === 'object' && item !== null) : []

/** The texts of attachments in which emojis and pictures may stand. */
export function attachmentTexts(props: Fields): string[] {
  const texts: string[] = []
  const add = (value: unknown) => {
    if (typeof value === 'string' && value !== '') texts.push(value)
  }
  for (const attachment of attachmentsOf(props)) {
    add(attachment.pretext)
    add(attachment.title)
    add(attachment.text)
    for (const field of records(attachment.fields)) add(field.value)
  }
  return texts
}

/** Addresses of the pictures that attachments show beside their texts. */
export function attachmentImages(props: Fields): string[] {
  const urls: string[] = []
  for (const attachment of attachmentsOf(props)) {
    for (const key of ['image_url', 'thumb_url', 'author_icon', 'footer_icon']) {
      const url = attachment[key]
      if (typeof url === 'string' && url !== '') urls.push(url)
    }
  }
  return urls
}

/** Props without the addresses that buttons and menus call: they may hold secrets, and clients do not need them. */
export function withoutIntegrations(props: Record<string, unknown>): Record<string, unknown> {
  const attachments = props.attachments
  if (!Array.isArray(attachments) || !attachments.some((one) => Array.isArray(one?.actions))) return props
  const cleaned = attachments.map((attachment) => {
    if (!Array.isArray(attachment?.actions)) return attachment
    return { ...attachment, actions: records(attachment.actions).map(withoutIntegration) }
  })
  return { ...props, attachments: cleaned }
}

function withoutIntegration({ integration: _secret, ...action }: Fields): Fields {
  return action
}

/** What a button or menu calls, as its author declared it. */
export interface CallableAction {
  readonly type: string
  readonly data_source: string
  readonly integration: { readonly url: string; readonly context: Record<string, unknown> }
}

/** The button or menu called `id`; null when there is none that calls an address. */
export function findAction(props: Fields, id: string): CallableAction | null {
  const action = attachmentsOf(props)
    .flatMap((attachment) => records(attachment.actions))
    .find((one) => one.id === id)
  const integration = records([action?.integration])[0]
  if (!action || typeof integration?.url !== 'string' || integration.url === '') return null
  return {
    type: textOf(action.type),
    data_source: textOf(action.data_source),
    integration: { url: integration.url, context: { ...records([integration.context])[0] } },
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Props whose buttons and menus all have an id: without one they could not be clicked. */
export function withActionIds(props: Record<string, unknown>): Record<string, unknown> {
  const attachments = props.attachments
  const isNameless = (one: Fields) => one.id === undefined || one.id === null || one.id === ''
  if (!attachmentsOf(props).some((one) => records(one.actions).some(isNameless))) return props
  const named = (attachments as unknown[]).map((attachment) => {
    const [fields] = records([attachment])
    if (!fields || !Array.isArray(fields.actions)) return attachment
    const actions = fields.actions.map((action: unknown) => {
      const [own] = records([action])
      return own && isNameless(own) ? { ...own, id: newId() } : action
    })
    return { ...fields, actions }
  })
  return { ...props, attachments: named }
}
